/// Time was over.
public struct TimeLimitExceeded: Error {}

/// Runs `body`, cancelled at `expiry`.
///
/// - Throws: `TimeLimitExceeded` when it did not return before, or what it throws.
public func withTimeLimit<R: Sendable>(
  until expiry: ContinuousClock.Instant, _ body: @escaping @Sendable () async throws -> R
) async throws -> R {
  try await withThrowingTaskGroup(of: R?.self) { group in
    group.addTask { try await body() }
    group.addTask {
      try await Task.sleep(until: expiry, clock: .continuous)
      return nil
    }
    defer { group.cancelAll() }
    guard let first = try await group.next(), let result = first else { throw TimeLimitExceeded() }
    return result
  }
}
