public import Pipeline
public import Postgres
import Storage

extension TenantAdministration {
  /// How long deleting a tenant's rows may take.
  private static let erasurePatience: Duration = .seconds(3600)

  /// Deletes every row of a suspended tenant, its keys and its audit among them. Its name stays
  /// taken, since credentials that carry it are still out there. There is no way back but a backup.
  ///
  /// - Parameter owner: the pool of the role `artel_owner`: the application cannot delete.
  /// - Returns: how many rows were deleted.
  /// - Throws: `AdministrationError` for a tenant that is not suspended; `PostgresError` where the
  ///   database fails, and nothing is deleted then.
  public func erase(_ tenant: Tenant, owner: PostgresPool) async throws -> Int {
    let row = try await change(in: tenant.id, "EraseTenant") { change in
      try await TenantChanges.locked(change, baseDomain)
    }
    guard row.state == "SUSPENDED" else {
      throw AdministrationError(.refused, "only a suspended tenant can be erased")
    }
    // Apart from the deletion: it locks each table for a moment, and the deletion takes long.
    _ = try await owner.query(
      Statement("SELECT artel.prepare_erasure()"), in: nil, deadline: .now + Self.patience)
    let rows = try await database.over(owner).change(
      as: Actor(tenantID: tenant.id, operator: operatorName),
      action: "artel.administration/EraseTenant", deadline: .now + Self.erasurePatience
    ) { change in
      try await change.query(Statement("SELECT artel.erase_rows($1)", .uuid(tenant.id)))
    }
    return try rows.first?.int(0) ?? 0
  }

  /// Writes into an audit what was done to a tenant that has none any more.
  ///
  /// - Parameter keeper: the tenant whose audit keeps it: the one that operates the platform.
  public func recordErasure(of name: String, reason: String, in keeper: Tenant) async throws {
    try await change(in: keeper.id, "EraseTenant") { change in
      try await change.record(resource: "tenants/\(name)", change: "erased: \(reason)")
    }
  }
}
