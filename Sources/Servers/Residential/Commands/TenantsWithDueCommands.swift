public import Postgres

/// Of the tenants that background jobs work for, those with a command that nobody takes care of any
/// more: one question for all tenants, however many there are.
public struct TenantsWithDueCommands: TenantLister {
  private static let patience: Duration = .seconds(5)

  private let pool: PostgresPool
  private let tenants: any TenantLister

  /// - Parameters:
  ///   - pool: The pool of the role `artel_dispatcher`.
  ///   - tenants: Those that may be worked for.
  public init(pool: PostgresPool, tenants: any TenantLister) {
    self.pool = pool
    self.tenants = tenants
  }

  public func activeTenantIDs() async throws -> [String] {
    let rows = try await pool.read(
      Statement(
        """
        SELECT DISTINCT tenant_id FROM artel.command
        WHERE state IN ('SENT', 'ACKNOWLEDGED') AND lease_until <= now()
        """),
      in: nil, deadline: .now + Self.patience)
    guard !rows.isEmpty else { return [] }
    let active = Set(try await tenants.activeTenantIDs())
    return try rows.map { row throws(PostgresError) in try row.uuid(0) }.filter(active.contains)
  }
}
