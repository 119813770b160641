import GeneratedOptions
import LibCrypto
import Mutation
import Pipeline
import RPC

/// Makes access tokens with the keys of their tenants.
struct TokenMint: Sendable {
  /// For whom a token is.
  struct Grant: Sendable {
    var kind: Artel_Options_V1_PrincipalKind
    /// The token's `sub`.
    var subject: String
    var clientID: String
    var scopes: [String]
    var roles: [String] = []
    /// When the person signed in, in seconds since 1970.
    var authTime: Int64?
    /// How the person signed in.
    var amr: [String]?
    /// The family of refresh tokens that the token comes of.
    var familyID: String?
    /// The certificate that the token is bound to.
    var certificateThumbprint: String?
    /// The resource that it was asked for, beside the platform.
    var resource: String?
  }

  /// A token and its identifier, which may be logged.
  struct Minted: Sendable {
    let token: String
    let identifier: String
    /// In seconds.
    let life: Int
  }

  /// What is decided before a token is made: its name and its time. Taken before the transaction
  /// that allows the token, so that what is revoked after that is older than the revocation.
  struct Stamp: Sendable {
    let identifier: String
    let issued: Int64
  }

  let keys: SigningKeys
  let baseDomain: BaseDomain
  let now: @Sendable () -> Int64

  /// A new token's name and time.
  func stamp() -> Stamp { Stamp(identifier: UUIDv7.make(), issued: now()) }

  /// Makes an access token.
  ///
  /// - Parameter life: in seconds; the tenant's policy where it is not said.
  /// - Throws: `RPCError` with `.internalError` for a kind that gets no tokens, and what the keys
  ///   throw.
  func mint(
    _ grant: Grant, tenant: Tenant, life: Int? = nil, stamp: Stamp? = nil
  ) async throws -> Minted {
    guard let kind = grant.kind.claim else {
      throw RPCError(
        code: .internalError, reason: "KIND_WITHOUT_TOKEN", message: "internal error")
    }
    let key = try await keys.key(tenantID: tenant.id)
    let life = life ?? Int(tenant.policy.accessTokenSeconds)
    let stamp = stamp ?? self.stamp()
    let (issued, identifier) = (stamp.issued, stamp.identifier)
    let token = try await key.sign(
      AccessTokenClaims(
        iss: tenant.issuer, aud: audience(grant), sub: grant.subject,
        clientID: grant.clientID, scope: grant.scopes.joined(separator: " "), iat: issued,
        exp: issued + Int64(life) * (Mutation.isOn(.issuesLongTokens) ? 10 : 1), jti: identifier,
        kind: kind, roles: grant.roles,
        authTime: grant.authTime, amr: grant.amr, sid: grant.familyID,
        cnf: grant.certificateThumbprint.map { .init(certificateThumbprint: $0) }),
      type: AccessTokenClaims.type)
    return Minted(token: token, identifier: identifier, life: life)
  }

  /// Makes an ID token: for the app alone, and no access token anywhere (its `typ` is another).
  func idToken(
    of grant: PersonalGrant, clientID: String, familyID: String, tenant: Tenant
  ) async throws -> String {
    let key = try await keys.key(tenantID: tenant.id)
    let issued = now()
    return try await key.sign(
      IDTokenClaims(
        iss: tenant.issuer, sub: grant.subject, aud: clientID, iat: issued,
        exp: issued + Int64(tenant.policy.accessTokenSeconds), authTime: grant.authTime,
        acr: grant.methods.contains("mfa") ? "urn:artel:acr:mfa" : "urn:artel:acr:sfa",
        amr: grant.methods, nonce: grant.nonce, sid: familyID),
      type: "JWT")
  }

  private func audience(_ grant: Grant) -> [String] {
    [baseDomain.audience]
      + [grant.resource].compactMap { $0 }.filter { $0 != baseDomain.audience }
  }
}
