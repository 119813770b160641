public import Pipeline
public import Postgres
import Storage

extension TenantAdministration {
  /// How long deleting a tenant's rows may take.
  private static let erasurePatience: Duration = .seconds(3600)
  /// Longer than a call, a job or a stream of a suspended tenant goes on.
  private static let settling: Duration = .seconds(60)

  /// Erases a tenant, and has another's audit tell of it: that it was begun, before anything is
  /// gone, and how it ended.
  ///
  /// - Parameter keeper: the tenant whose audit keeps it: the one that operates the platform.
  /// - Returns: how many rows were deleted.
  public func erase(
    _ tenant: Tenant, owner: PostgresPool, reason: String, keeper: Tenant
  ) async throws -> Int {
    try await checkErasable(tenant)
    try await record("erasure begun: \(reason)", of: tenant, in: keeper)
    let (rows, keys) = try await eraseAll(tenant, owner: owner)
    let fate = keys == nil ? "its keys stay with the database into which it moved" : "and its keys"
    try await record("erased with \(rows) rows, \(fate): \(reason)", of: tenant, in: keeper)
    return rows
  }

  private func record(_ text: String, of tenant: Tenant, in keeper: Tenant) async throws {
    try await change(in: keeper.id, "EraseTenant") { change in
      try await change.record(resource: "tenants/\(tenant.name)", change: text)
    }
  }

  private func checkErasable(_ tenant: Tenant) async throws {
    let rows = try await change(in: tenant.id, "EraseTenant") { change in
      try await change.query(
        Statement(
          """
          SELECT state, suspend_time > now() - make_interval(secs => $2) FROM artel.tenant
          WHERE tenant_id = $1
          """, .uuid(tenant.id), .double(Self.settling / .seconds(1))))
    }
    guard let row = rows.first, try ["SUSPENDED", "ERASED"].contains(row.text(0)) else {
      throw AdministrationError(.refused, "only a suspended tenant can be erased")
    }
    guard try row.optionalBool(1) != true else {
      throw AdministrationError(
        .refused,
        "the tenant was suspended less than a minute ago: what was begun may still write")
    }
  }

  /// Deletes every row of a tenant that has been suspended for a minute, its keys and its audit among
  /// them; of an erased one, what came late. Its name stays taken, since credentials that carry it are
  /// still out there. There is no way back but a backup.
  ///
  /// - Parameter owner: the pool of the role `artel_owner`: the application cannot delete.
  /// - Returns: how many rows were deleted.
  /// - Throws: `AdministrationError` for a tenant that is not suspended; `PostgresError` where the
  ///   database fails, and nothing is deleted then.
  func erase(_ tenant: Tenant, owner: PostgresPool) async throws -> Int {
    try await eraseAll(tenant, owner: owner).rows
  }

  private func eraseAll(
    _ tenant: Tenant, owner: PostgresPool
  ) async throws -> (rows: Int, keys: Int?) {
    try await checkErasable(tenant)
    // Nothing to do where every migration let the owner erase; it would lock the tables.
    _ = try await owner.query(
      Statement("SELECT artel.prepare_erasure()"), in: nil, deadline: .now + Self.patience)
    let rows = try await database.over(owner).change(
      as: Actor(tenantID: tenant.id, operator: operatorName),
      action: "artel.administration/EraseTenant", deadline: .now + Self.erasurePatience
    ) { change in
      try await change.query(Statement("SELECT artel.erase_rows($1)", .uuid(tenant.id)))
    }
    // Also what a backup brings back is unreadable from here on; unless the tenant lives on in another
    // database of this key store.
    let keys = try await database.vault.erase(tenantID: tenant.id)
    return (try rows.first?.int(0) ?? 0, keys)
  }
}
