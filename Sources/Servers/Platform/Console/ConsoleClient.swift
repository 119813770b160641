import Postgres
import Storage

/// The app of the administrator's console in one tenant: a public client as any other, which an
/// administrator sees among the clients and can shut out.
enum ConsoleClient {
  /// Where the console is, at every tenant's own host.
  static let path = "/console"

  /// What it may ask for in the name of who has signed in; who is no administrator has less.
  static let scopes = [
    "access:read", "audit.personal:read", "audit:read", "clients:read", "clients:write", "openid",
    "operations.breakers:read", "operations.breakers:write", "operations.errors:read",
    "operations.errors:write", "passkeys:read", "passkeys:write",
    "people.contacts:read", "people:read", "people:write", "platform.audit:read",
    "platform.certificates:read",
    "platform.certificates:write", "platform.operations:read", "platform.tenants:read",
    "platform.tenants:write", "privacy:read", "privacy:write", "residential.partners:read",
    "residential.partners:write", "sessions.addresses:read",
    "sessions:read", "sessions:write", "tenant:read", "tenant:write",
  ]

  /// The page knows it by the name of its host. Nil where the name would be too long for a client's.
  static func identifier(_ tenantName: String) -> String? {
    let id = "\(tenantName).console"
    return ClientIdentifier.isValid(id) ? id : nil
  }

  /// Makes it known, or gives it back the scopes and addresses of now.
  ///
  /// - Parameter more: addresses of the page beside its usual one.
  /// - Returns: its identifier; nil where the tenant's name is too long for one.
  /// - Throws: `AdministrationError` where another client has its name, or it was revoked.
  static func admit(
    to tenantName: String, at more: [String] = [], _ change: TenantChange, _ baseDomain: BaseDomain
  ) async throws -> String? {
    guard let id = identifier(tenantName) else { return nil }
    let addresses = Set([baseDomain.issuer(of: tenantName) + path] + more).sorted()
    guard addresses.allSatisfy({ RedirectURI($0) != nil }) else {
      throw AdministrationError(.invalid, "the address of the console is not one for codes")
    }
    let count = try await change.execute(
      Statement(
        """
        INSERT INTO artel.tenant_client
          (tenant_id, client_id, kind, display_name, scopes, auth_method, redirect_uris,
            secret_hashes)
        VALUES ($1, $2, 'APP', 'Console', $3, 'NONE', $4, '{}')
        ON CONFLICT (tenant_id, client_id) DO UPDATE
        SET scopes = excluded.scopes, redirect_uris = excluded.redirect_uris
        WHERE tenant_client.kind = 'APP' AND tenant_client.auth_method = 'NONE'
          AND tenant_client.revoke_time IS NULL
        """,
        .uuid(change.tenantID), .text(id), .textArray(scopes), .textArray(addresses)))
    guard count == 1 else {
      throw AdministrationError(.refused, "\(id) is another client, or was revoked")
    }
    try await change.record(resource: "clients/\(id)", change: "admitted as the console")
    return id
  }
}
