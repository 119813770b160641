extension PostgresPool {
  /// Runs `body` in a transaction: commits when it returns, rolls back when it throws.
  ///
  /// No call to another system belongs into `body`: it holds a connection and perhaps locks.
  /// - Parameters:
  ///   - scope: the tenant; nil sees no tenant's rows.
  ///   - deadline: ends the wait for a connection and, on the server, each statement.
  ///   - retries: how often the body is run again after a serialization failure or a deadlock. It
  ///     must then be repeatable.
  /// - Throws: what `body` throws; `.commitUnknown` when the answer to COMMIT was lost;
  ///   `.transactionAborted` when `body` hid the error of a statement.
  @discardableResult
  public func transaction<Result: Sendable>(
    in scope: TenantScope?, deadline: ContinuousClock.Instant? = nil,
    isolation: Isolation = .readCommitted, retries: Int = 0,
    _ body: (inout PostgresTransaction) async throws -> Result
  ) async throws -> Result {
    var attempt = 0
    while true {
      var transaction = PostgresTransaction(
        self, scope: scope, deadline: deadline, isolation: isolation)
      do {
        let result = try await body(&transaction)
        try await transaction.commit()
        return result
      } catch {
        await transaction.rollback()
        guard transaction.hasConflict, attempt < retries else { throw error }
        attempt += 1
        // Whoever collided should not collide again at once.
        let pause = Duration.milliseconds(Int.random(in: 1...(4 << min(attempt, 5))))
        if let deadline, .now + pause >= deadline { throw error }
        try await Task.sleep(for: pause)
      }
    }
  }
}
