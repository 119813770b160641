import RPC

extension Stage {
  /// Ends a stream when the credential behind it ends (security.md C31), and within about a second
  /// of its tenant's suspension or its client's end (A20); at once when it is revoked (C24).
  func untilExpiry<R: Sendable>(
    _ context: ServerContext, _ body: @escaping @Sendable () async throws -> R
  ) async throws -> R {
    guard let caller = context.attachment as? Caller else { return try await body() }
    return try await withThrowingTaskGroup(of: R.self) { group in
      group.addTask { try await body() }
      group.addTask {
        while true {
          let left = pipeline.secondsLeft(of: caller) ?? 1
          guard left > 0 else {
            throw RPCError(
              code: .unauthenticated, reason: "TOKEN_EXPIRED", message: "the token has expired")
          }
          try await Task.sleep(for: .seconds(min(left, 1)))
          if (pipeline.secondsLeft(of: caller) ?? 1) > 0 {
            try await pipeline.recheck(context, caller)
          }
        }
      }
      if pipeline.watchesRevocations {
        group.addTask {
          try await pipeline.untilRevoked(caller)
          // Only a revocation or the stream's own end gets here, and both throw.
          throw CancellationError()
        }
      }
      defer { group.cancelAll() }
      return try await group.next()!
    }
  }
}
