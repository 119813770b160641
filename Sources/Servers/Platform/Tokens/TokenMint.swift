import GeneratedOptions
import LibCrypto
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
  }

  /// A token and its identifier, which may be logged.
  struct Minted: Sendable {
    let token: String
    let identifier: String
    /// Its life in seconds: exactly the tenant's (S-C1).
    let life: Int32
  }

  let keys: SigningKeys
  let baseDomain: BaseDomain
  let now: @Sendable () -> Int64

  /// Makes a token.
  ///
  /// - Throws: `RPCError` with `.internalError` for a kind that gets no tokens, and what the keys
  ///   throw.
  func mint(_ grant: Grant, tenant: Tenant) async throws -> Minted {
    guard let kind = grant.kind.claim else {
      throw RPCError(
        code: .internalError, reason: "KIND_WITHOUT_TOKEN", message: "internal error")
    }
    let key = try await keys.key(tenantID: tenant.id)
    let issued = now()
    let life = tenant.policy.accessTokenSeconds
    let identifier = UUIDv7.make()
    let token = try await key.sign(
      AccessTokenClaims(
        iss: tenant.issuer, aud: [baseDomain.audience], sub: grant.subject,
        clientID: grant.clientID, scope: grant.scopes.joined(separator: " "), iat: issued,
        exp: issued + Int64(life), jti: identifier, kind: kind, roles: grant.roles,
        authTime: grant.authTime))
    return Minted(token: token, identifier: identifier, life: life)
  }
}
