public import GeneratedOptions
public import Pipeline
import Storage

/// A person in whose name an operator makes a token.
public struct PersonGrant: Sendable, Hashable {
  /// The token's `sub`; the person's subject is `artel:` and this.
  public var subject: String
  /// What the token allows.
  public var scopes: [String]
  /// What the person is in the tenant.
  public var roles: [String]
  /// A user or an administrator.
  public var kind: Artel_Options_V1_PrincipalKind
  /// When the person signed in with a second factor, in seconds since 1970; nil says that nobody
  /// did, and step-up methods refuse the token.
  public var authTime: Int64?

  /// Creates a grant.
  public init(
    subject: String, scopes: [String] = [], roles: [String] = [],
    kind: Artel_Options_V1_PrincipalKind = .user, authTime: Int64? = nil
  ) {
    self.subject = subject
    self.scopes = scopes
    self.roles = roles
    self.kind = kind
    self.authTime = authTime
  }
}

extension TenantAdministration {
  /// Makes a token for a person with the tenant's own key. Only an operator can: no endpoint does
  /// it.
  ///
  /// - Returns: an access token, and for how many seconds it lives: 600, or less where the tenant says so.
  /// - Throws: `AdministrationError`; `PostgresError` where the database fails.
  public func mintUserToken(
    _ grant: PersonGrant, in tenant: Tenant
  ) async throws -> (token: String, seconds: Int) {
    guard grant.kind == .user || grant.kind == .administrator else {
      throw AdministrationError(.invalid, "a person is a user or an administrator")
    }
    guard (1...200).contains(grant.subject.utf8.count),
      grant.subject.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f })
    else { throw AdministrationError(.invalid, "a subject is printable ASCII without spaces") }
    guard (grant.scopes + grant.roles).allSatisfy(ScopeList.isScope) else {
      throw AdministrationError(.invalid, "a scope or a role is malformed")
    }
    let minted = try await mint.mint(
      TokenMint.Grant(
        kind: grant.kind, subject: grant.subject, clientID: "artel-cli", scopes: grant.scopes,
        roles: grant.roles, authTime: grant.authTime),
      tenant: tenant, life: min(600, Int(tenant.policy.accessTokenSeconds)))
    try await change(in: tenant.id, "MintUserToken") { change in
      try await change.record(
        resource: "users/artel:\(grant.subject)",
        change: "token \(minted.identifier) issued to a \(grant.kind.claim ?? "person")")
    }
    return (minted.token, minted.life)
  }
}
