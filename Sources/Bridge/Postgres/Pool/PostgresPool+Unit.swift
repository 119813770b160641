extension PostgresPool {
  /// Runs one statement in one round trip and one transaction of its own.
  /// - Parameters:
  ///   - scope: the tenant; nil sees no tenant's rows.
  ///   - deadline: ends the wait for a connection and, on the server, the statement.
  /// - Returns: the rows; none for a statement that returns none.
  /// - Throws: `.commitUnknown` when the connection was lost before the answer.
  public func query(
    _ statement: Statement, in scope: TenantScope?, deadline: ContinuousClock.Instant? = nil
  ) async throws(PostgresError) -> [PostgresRow] {
    try await unit([statement], in: scope, .readWrite, deadline).first?.rows ?? []
  }

  /// Like `query`, for a statement whose count of affected rows matters.
  @discardableResult
  public func execute(
    _ statement: Statement, in scope: TenantScope?, deadline: ContinuousClock.Instant? = nil
  ) async throws(PostgresError) -> Int {
    try await unit([statement], in: scope, .readWrite, deadline).first?.affected ?? 0
  }

  /// Runs several statements in one round trip and one transaction: all of them or none.
  @discardableResult
  public func pipeline(
    _ statements: [Statement], in scope: TenantScope?, deadline: ContinuousClock.Instant? = nil
  ) async throws(PostgresError) -> [[PostgresRow]] {
    try await unit(statements, in: scope, .readWrite, deadline).map(\.rows)
  }

  /// Like `query`, in a transaction that the server lets change nothing: losing the connection is
  /// then `.unavailable`, and the call may be repeated.
  public func read(
    _ statement: Statement, in scope: TenantScope?, deadline: ContinuousClock.Instant? = nil
  ) async throws(PostgresError) -> [PostgresRow] {
    try await unit([statement], in: scope, .readOnly, deadline).first?.rows ?? []
  }

  /// Like `pipeline`, in a transaction that the server lets change nothing.
  public func read(
    _ statements: [Statement], in scope: TenantScope?, deadline: ContinuousClock.Instant? = nil
  ) async throws(PostgresError) -> [[PostgresRow]] {
    try await unit(statements, in: scope, .readOnly, deadline).map(\.rows)
  }

  private func unit(
    _ statements: [Statement], in scope: TenantScope?, _ access: Access,
    _ deadline: ContinuousClock.Instant?
  ) async throws(PostgresError) -> [StatementResult] {
    let context = try TransactionContext(scope: scope, access: access)
    return try await perform(statements, as: .unit(context), deadline: deadline).outcome.get()
  }
}
