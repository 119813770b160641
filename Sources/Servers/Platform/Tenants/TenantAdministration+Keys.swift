public import Pipeline
import Postgres
import Storage

extension TenantAdministration {
  /// The least time for which a key is published before it signs: as long as whoever read the set
  /// without it may go on with that, and a process with what it remembers.
  public static let publicationLead: Duration = .seconds(360)
  /// How much longer than its tokens a key that was replaced is published: processes may sign with it
  /// for so long after its time.
  private static let overlap = 120

  /// Makes a new key for the tenant's tokens. It is published at once and signs after `lead`; the
  /// one before it verifies until the last token that it signed has ended (S-C28).
  ///
  /// - Returns: the new key's identifier.
  public func rotateSigningKey(
    of tenant: Tenant, lead: Duration = publicationLead
  ) async throws -> String {
    guard lead >= Self.publicationLead, lead <= .seconds(30 * 86_400) else {
      throw AdministrationError(
        .invalid, "a key is published for 360 seconds to 30 days before it signs")
    }
    let key = try await NewSigningKey(tenantID: tenant.id, vault: vault, lead: lead)
    try await change(in: tenant.id, "RotateSigningKey") { change in
      // Two at once would each leave the other's key without an end.
      _ = try await change.query(TenantStatements.lock(id: tenant.id))
      // One that still waits for its time behind the new one's has signed nothing, and never will.
      try await change.execute(
        Statement(
          """
          UPDATE artel.tenant_signing_key SET state = 'DROPPED'
          WHERE tenant_id = $1 AND state = 'ACTIVE'
            AND activate_time > now() + make_interval(secs => $2)
          """, .uuid(tenant.id), .double(lead / .seconds(1))))
      try await change.execute(
        Statement(
          """
          UPDATE artel.tenant_signing_key
          SET expire_time = now() + make_interval(secs => $2)
          WHERE tenant_id = $1 AND state = 'ACTIVE' AND expire_time IS NULL
          """, .uuid(tenant.id),
          .double(
            lead / .seconds(1) + Double(TokenLives.longestAccess + Self.overlap))))
      try await change.execute(key.insertion)
      try await change.record(
        resource: "tenants/\(tenant.name)",
        change: "signing key \(key.kid) made; it signs in \(lead.components.seconds) s")
    }
    return key.kid
  }

  /// Drops a key that somebody else may have: what it signed is refused at once, everywhere. Where
  /// no other key could sign, a new one does.
  public func dropSigningKey(_ kid: String, of tenant: Tenant) async throws {
    let key = try await NewSigningKey(tenantID: tenant.id, vault: vault)
    let revocation = try await change(in: tenant.id, "DropSigningKey") { change in
      let count = try await change.execute(
        Statement(
          """
          UPDATE artel.tenant_signing_key SET state = 'DROPPED'
          WHERE tenant_id = $1 AND kid = $2 AND state <> 'DROPPED'
          """, .uuid(tenant.id), .text(kid)))
      guard count == 1 else { throw AdministrationError(.notFound, "there is no such key") }
      let others = try await change.query(
        Statement(
          """
          SELECT 1 FROM artel.tenant_signing_key
          WHERE tenant_id = $1 AND state = 'ACTIVE' AND activate_time <= now()
            AND expire_time IS NULL
          """, .uuid(tenant.id)))
      if others.isEmpty { try await change.execute(key.insertion) }
      try await change.record(
        resource: "tenants/\(tenant.name)", change: "signing key \(kid) dropped")
      return try await change.revoke(
        .key, kid, life: .seconds(TokenLives.longestAccess + Self.overlap))
    }
    revocations.add([revocation])
  }
}
