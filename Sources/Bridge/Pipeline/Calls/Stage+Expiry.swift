import RPC

extension Stage {
  /// Ends a stream when the credential behind it ends (security.md C31), and within about a second
  /// of its tenant's suspension or its client's end (A20); at once when it is revoked (C24).
  ///
  /// Where the call is cancelled, the error that it ends with is its result: it may know why.
  func untilExpiry<R: Sendable>(
    _ context: ServerContext, _ body: @escaping @Sendable () async throws -> R
  ) async throws -> R {
    guard let caller = context.attachment as? Caller else { return try await body() }
    return try await withThrowingTaskGroup(of: R?.self) { group in
      group.addTask { try await body() }
      group.addTask {
        while true {
          let left = pipeline.secondsLeft(of: caller) ?? 1
          guard left > 0 else {
            throw RPCError(
              code: .unauthenticated, reason: "TOKEN_EXPIRED", message: "the token has expired")
          }
          guard (try? await Task.sleep(for: .seconds(min(left, 1)))) != nil else { return nil }
          if (pipeline.secondsLeft(of: caller) ?? 1) > 0 {
            do {
              try await pipeline.recheck(context, caller)
            } catch {
              // Of a call that has ended, or is cancelled, nothing is asked any more.
              if Task.isCancelled { return nil }
              throw error
            }
          }
        }
      }
      if pipeline.watchesRevocations {
        group.addTask {
          do {
            try await pipeline.untilRevoked(caller)
          } catch is CancellationError {}
          return nil
        }
      }
      defer { group.cancelAll() }
      while let ended = try await group.next() {
        guard let ended else { continue }
        // Nobody gets what it has come to.
        try Task.checkCancellation()
        return ended
      }
      // The call itself is in the group, and ends with a result or an error.
      throw CancellationError()
    }
  }
}
