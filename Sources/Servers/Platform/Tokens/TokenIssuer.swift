import GeneratedAuth
import Mutation
import Pipeline
import RPC
import Storage

/// Issues access tokens to authenticated clients.
struct TokenIssuer: Sendable {
  static let action = "artel.auth.v1.TokenService/CreateToken"

  let database: TenantDatabase
  let mint: TokenMint

  /// The scopes asked for, or all of the grant's where it asks for none; never others (S-C10, S-C17).
  static func scopes(_ requested: String, of granted: [String]) throws(RPCError) -> [String] {
    guard !requested.isEmpty else { return granted }
    guard let scopes = ScopeList.parse(requested),
      scopes.allSatisfy(granted.contains) || Mutation.isOn(.grantsEveryScope)
    else {
      throw .invalidScope
    }
    return scopes
  }

  /// For whom a token may be: the platform, or the tenant's own host on it (S-C11).
  func resource(_ requested: String, of tenant: Tenant) throws(RPCError) -> String? {
    guard !requested.isEmpty else { return nil }
    guard
      [mint.baseDomain.audience, tenant.issuer].contains(requested)
        || Mutation.isOn(.grantsEveryResource)
    else {
      throw .invalidTarget
    }
    return requested
  }

  /// Issues a token for the client itself (RFC 6749 section 4.4).
  func issue(
    _ request: Artel_Auth_V1_CreateTokenRequest, to authenticated: AuthenticatedClient,
    deadline: ContinuousClock.Instant
  ) async throws -> Artel_Auth_V1_Token {
    let client = authenticated.client
    // A person's app stands for nobody without the person.
    guard client.kind == .partner || client.kind == .service else {
      throw RPCError.unauthorizedClient
    }
    let scopes = try Self.scopes(request.scope, of: client.scopes)
    let minted = try await mint.mint(
      TokenMint.Grant(
        kind: client.kind, subject: client.clientID, clientID: client.clientID, scopes: scopes,
        certificateThumbprint: try authenticated.binding(),
        resource: try resource(request.resource, of: authenticated.tenant)),
      tenant: authenticated.tenant, life: client.lives.access)
    // A token that the audit does not know is not handed out.
    try await database.record(
      as: Actor(tenantID: authenticated.tenant.id, service: "tokens"), action: Self.action,
      resource: "clients/\(client.clientID)", change: "token \(minted.identifier) issued",
      deadline: deadline)
    return Self.answer(minted, scopes)
  }

  static func answer(
    _ minted: TokenMint.Minted, _ scopes: [String], refreshToken: String = ""
  ) -> Artel_Auth_V1_Token {
    .with {
      $0.accessToken = minted.token
      $0.tokenType = "Bearer"
      $0.expiresIn = Int32(minted.life)
      $0.scope = scopes.joined(separator: " ")
      $0.refreshToken = refreshToken
    }
  }
}
