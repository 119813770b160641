/// An open transaction, for the body of `PostgresPool.transaction` and what it calls. Statements
/// run one after another on one connection; the value can neither be copied nor kept.
///
/// The first statement takes a connection and carries BEGIN and the tenant's context in the same
/// round trip. After an error the server refuses every further statement until the end.
public struct PostgresTransaction: ~Copyable {
  private enum State {
    /// Nothing was sent.
    case fresh
    case open(ConnectionID)
    /// The connection is gone, or never came: the transaction does not exist on the server.
    case lost
    case ended
  }

  /// The tenant and the principal of the transaction.
  public let scope: TenantScope?
  /// When its statements have to be over.
  public let deadline: ContinuousClock.Instant?
  private let pool: PostgresPool
  private let isolation: Isolation
  private var state = State.fresh
  /// The server asked to run the transaction again.
  private(set) var hasConflict = false

  init(
    _ pool: PostgresPool, scope: TenantScope?, deadline: ContinuousClock.Instant?,
    isolation: Isolation
  ) {
    self.pool = pool
    self.scope = scope
    self.deadline = deadline
    self.isolation = isolation
  }

  /// Runs a statement and gives its rows.
  public mutating func query(
    _ statement: Statement
  ) async throws(PostgresError) -> [PostgresRow] {
    try await run([statement]).first?.rows ?? []
  }

  /// Runs a statement and gives the number of affected rows.
  @discardableResult
  public mutating func execute(_ statement: Statement) async throws(PostgresError) -> Int {
    try await run([statement]).first?.affected ?? 0
  }

  /// Runs a statement in another scope than the transaction's, and goes back to it in the same round
  /// trip; gives the number of affected rows. Where the statement fails, so does the transaction: nothing
  /// is ever run in a scope that was left behind.
  public mutating func execute(
    _ statement: Statement, in other: TenantScope
  ) async throws(PostgresError) -> Int {
    guard let scope else {
      throw PostgresError(code: .invalidParameter, diagnostic: "the transaction has no scope")
    }
    let results = try await run([
      try TransactionContext(scope: other).switching, statement,
      try TransactionContext(scope: scope).switching,
    ])
    return results[1].affected
  }

  /// Runs several statements in one round trip and gives the rows of each.
  @discardableResult
  public mutating func pipeline(
    _ statements: [Statement]
  ) async throws(PostgresError) -> [[PostgresRow]] {
    try await run(statements).map(\.rows)
  }

  private mutating func run(
    _ statements: [Statement]
  ) async throws(PostgresError) -> [StatementResult] {
    let reply: TripReply
    switch state {
    case .fresh:
      let context = try TransactionContext(scope: scope)
      reply = try await pool.perform(
        statements, as: .first(context, isolation), deadline: deadline)
    case .open(let lease):
      reply = try await pool.perform(statements, as: .middle, lease: lease, deadline: deadline)
    case .lost: throw PostgresError(code: .unavailable)
    case .ended: throw PostgresError(code: .transactionEnded)
    }
    state = reply.lease.map { .open($0) } ?? .lost
    do throws(PostgresError) {
      return try reply.outcome.get()
    } catch {
      if error.code == .serializationFailure { hasConflict = true }
      throw error
    }
  }

  /// Commits what was done. Nothing was sent: nothing is to be done.
  mutating func commit() async throws(PostgresError) {
    switch state {
    case .fresh, .ended:
      state = .ended
    case .lost:
      throw PostgresError(code: .unavailable)
    case .open(let lease):
      if Task.isCancelled { throw PostgresError(code: .cancelled) }
      state = .ended
      let reply = try await pool.perform(
        [Statement("COMMIT")], as: .commit, lease: lease, deadline: nil)
      do throws(PostgresError) {
        // The server answers COMMIT with ROLLBACK when a statement had failed.
        guard try reply.outcome.get().first?.tag == "COMMIT" else {
          throw PostgresError(code: .transactionAborted)
        }
      } catch {
        if error.code == .serializationFailure { hasConflict = true }
        throw error
      }
    }
  }

  /// Undoes what was done. Never fails: a connection that cannot roll back is closed, and with it
  /// its transaction.
  mutating func rollback() async {
    guard case .open(let lease) = state else {
      state = .ended
      return
    }
    state = .ended
    // The error would only say that the connection is gone, which ends the transaction too.
    _ = try? await pool.perform(
      [Statement("ROLLBACK")], as: .rollback, lease: lease, deadline: nil)
  }
}
