public import Pipeline
public import Postgres

/// A domain's way to its rows. Every statement runs under row-level security in the scope of one
/// tenant; every change carries its audit entries and its events in the same transaction.
public struct TenantDatabase: Sendable {
  private let pool: PostgresPool
  private let hub: EventHub
  private let sealing: TenantVault?

  /// Creates the way over the application role's pool; committed events wake the hub.
  ///
  /// - Parameter vault: seals and opens what rows say of people; nil where no such row is touched.
  public init(pool: PostgresPool, hub: EventHub, vault: TenantVault? = nil) {
    self.pool = pool
    self.hub = hub
    sealing = vault
  }

  /// The same way over another role's pool, for what the application's role may not do.
  public func over(_ pool: PostgresPool) -> TenantDatabase {
    TenantDatabase(pool: pool, hub: hub, vault: sealing)
  }

  /// What seals and opens columns.
  ///
  /// - Throws: where this way was made without one.
  public var vault: TenantVault {
    get throws {
      guard let sealing else { throw VaultError.absent }
      return sealing
    }
  }

  /// Reads in one round trip.
  public func query(
    _ statement: Statement, as caller: Caller, deadline: ContinuousClock.Instant?
  ) async throws -> [PostgresRow] {
    try await query(statement, as: Actor(caller), deadline: deadline)
  }

  /// Reads in one round trip.
  public func query(
    _ statement: Statement, as actor: Actor, deadline: ContinuousClock.Instant?
  ) async throws -> [PostgresRow] {
    try await pool.read(statement, in: actor.scope, deadline: deadline)
  }

  /// Changes: one transaction, committed when `body` returns and rolled back when it throws.
  ///
  /// - Parameters:
  ///   - action: What audit entries call it: `package.Service/Method`, or a job's name.
  ///   - deadline: When the caller stops waiting; the server gives the statements up then.
  public func change<R: Sendable>(
    as actor: Actor, action: String, deadline: ContinuousClock.Instant?,
    _ body: (TenantChange) async throws -> R
  ) async throws -> R {
    // A key store that begins to hang finds no transaction open: behind its first failure everybody
    // fails at once. Who seals nothing does not need it, so that a failure is not this place's.
    if actor.isPerson {
      try? await sealing?.prepare(subject: actor.subject, tenantID: actor.tenantID)
    }
    let (result, hasEvents) = try await pool.transaction(in: actor.scope, deadline: deadline) {
      transaction in
      let change = TenantChange(
        transaction: consume transaction, actor: actor, action: action, vault: sealing)
      do {
        let result = try await body(change)
        transaction = change.end()
        return (result, change.hasEvents)
      } catch {
        transaction = change.end()
        throw error
      }
    }
    if hasEvents { hub.wake() }
    return result
  }

  /// Writes the audit entry of something that changes no row, in one round trip and with its commit.
  ///
  /// - Parameters: as for `change` and `TenantChange.record`.
  public func record(
    as actor: Actor, action: String, resource: String, change: String,
    deadline: ContinuousClock.Instant?
  ) async throws {
    try await pool.execute(
      try await TenantChange.auditEntry(
        of: actor, action: action, resource: resource, change: change, vault: sealing),
      in: actor.scope, deadline: deadline)
  }
}
