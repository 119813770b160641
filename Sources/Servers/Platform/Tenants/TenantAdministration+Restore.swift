public import Postgres
import Storage

extension TenantAdministration {
  private static let restorePatience: Duration = .seconds(3600)

  /// Puts an archived tenant back, or into another database, in one transaction: as it was, but
  /// suspended, in this process's cell. Nothing of another tenant's is touched.
  ///
  /// - Parameters:
  ///   - tenantID: whose archive it is.
  ///   - keySource: its keys, where this key store does not have them.
  ///   - owner: the pool of the role `artel_owner`.
  ///   - keepsCredentials: whether what was issued before stays good. Only where nothing was revoked
  ///     since the archive was written: a tenant that moves. Else all of it is revoked.
  /// - Returns: how many rows.
  /// - Throws: `AdministrationError` where the tenant is there and not erased; `PostgresError` where
  ///   the database fails, and nothing is put back then.
  public func restore(
    _ tenantID: String, from source: some TenantArchiveSource,
    keys keySource: (any TenantArchiveSource)? = nil, cell: String, owner: PostgresPool,
    reason: String, keepsCredentials: Bool
  ) async throws -> Int {
    var given: [String] = []
    while let (_, key) = try await keySource?.next() { given.append(key) }
    let ownKeys = given
    do {
      return try await database.over(owner).change(
        as: Actor(tenantID: tenantID, operator: operatorName),
        action: "artel.administration/RestoreTenant", deadline: .now + Self.restorePatience
      ) { change in
        // What an erasure left of it makes room, and what came late of it; an unerased one stays, and
        // refuses the row below.
        let erased = try await change.query(
          Statement(
            "SELECT 1 FROM artel.tenant WHERE tenant_id = $1 AND state = 'ERASED'", .uuid(tenantID))
        )
        if !erased.isEmpty {
          _ = try await change.query(Statement("SELECT artel.erase_rows($1)", .uuid(tenantID)))
        }
        try await change.execute(
          Statement(
            "DELETE FROM artel.tenant WHERE tenant_id = $1 AND state = 'ERASED'", .uuid(tenantID)))
        var count = 0
        var keys = ownKeys
        while let (table, row) = try await source.next() {
          // Of sign-ins that were under way when logins were hashed without a key.
          if ["sign_in", "code_send"].contains(table), row.contains(#""login_hash""#) { continue }
          count += 1
          guard table != Self.archivedKeys else {
            keys.append(row)
            continue
          }
          _ = try await change.query(
            Statement("SELECT artel.restore_row($1, $2)", .text(table), .jsonb(row)))
        }
        let updated = try await change.execute(
          Statement(
            """
            UPDATE artel.tenant
            SET state = 'SUSPENDED', cell = $2, suspend_time = now(), revision = revision + 1
            WHERE tenant_id = $1
            """, .uuid(tenantID), .text(cell)))
        guard updated == 1 else {
          throw AdministrationError(.invalid, "the archive holds no such tenant")
        }
        if !keepsCredentials { _ = try await change.revoke(.tenant, "") }
        let name = try await TenantChanges.row(change, baseDomain).tenant.name
        try await change.record(
          resource: "tenants/\(name)", change: "restored with \(count) rows: \(reason)")
        // Behind all that may be refused: where the commit is cut off, the same again does no harm.
        try await database.vault.restore(keys, tenantID: tenantID)
        return count
      }
    } catch let error as VaultError {
      throw AdministrationError(.refused, error.description)
    } catch let error as PostgresError where error.code == .uniqueViolation {
      throw AdministrationError(
        .exists, "the tenant, or a name of its issuers or clients, is there already")
    }
  }
}
