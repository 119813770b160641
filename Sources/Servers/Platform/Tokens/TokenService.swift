import GeneratedAuth
import Mutation
import Pipeline
import RPC

/// The token endpoint, what ends and explains its tokens, and the keys that verify them.
struct TokenService: Artel_Auth_V1_TokenService.SimpleServiceProtocol {
  /// The longest that an answer may take where the caller would wait longer.
  private static let patience: Duration = .seconds(10)

  let directory: PlatformDirectory
  let clients: ClientAuthenticator
  let issuer: TokenIssuer
  let codes: AuthorizationCodeGrant
  let refreshes: RefreshTokenGrant
  let status: TokenStatus

  func createToken(
    request: Artel_Auth_V1_CreateTokenRequest, context: ServerContext
  ) async throws -> Artel_Auth_V1_Token {
    guard !request.grantType.isEmpty else { throw RPCError.invalidRequest("grant_type is missing") }
    guard
      let grant = GrantType(rawValue: request.grantType)
        ?? (Mutation.isOn(.takesOtherGrants) ? .clientCredentials : nil)
    else { throw RPCError.unsupportedGrantType }
    let deadline = Self.deadline(context)
    let client = try await clients.authenticate(request, context, deadline: deadline)
    switch grant {
    case .clientCredentials:
      return try await issuer.issue(request, to: client, deadline: deadline)
    case .authorizationCode:
      return try await codes.issue(request, to: client, deadline: deadline)
    case .refreshToken:
      return try await refreshes.issue(request, to: client, deadline: deadline)
    }
  }

  func revokeToken(
    request: Artel_Auth_V1_RevokeTokenRequest, context: ServerContext
  ) async throws -> Artel_Auth_V1_RevokeTokenResponse {
    guard !request.token.isEmpty else { throw RPCError.invalidRequest("token is missing") }
    let deadline = Self.deadline(context)
    let client = try await clients.authenticate(request, context, deadline: deadline)
    if let refresh = RefreshToken(request.token) {
      try await status.revoke(refresh, by: client, deadline: deadline)
    } else {
      try await status.revoke(accessToken: request.token, by: client, deadline: deadline)
    }
    return Artel_Auth_V1_RevokeTokenResponse()
  }

  func introspectToken(
    request: Artel_Auth_V1_IntrospectTokenRequest, context: ServerContext
  ) async throws -> Artel_Auth_V1_TokenIntrospection {
    guard !request.token.isEmpty else { throw RPCError.invalidRequest("token is missing") }
    let deadline = Self.deadline(context)
    let client = try await clients.authenticate(request, context, deadline: deadline)
    // Whoever only says who it is learns nothing (RFC 7662 section 2.1).
    guard client.client.isConfidential else { throw RPCError.invalidClient }
    let answer =
      if let refresh = RefreshToken(request.token) {
        try await status.describe(refresh, to: client, deadline: deadline)
      } else {
        try await status.describe(accessToken: request.token, to: client)
      }
    return answer ?? .with { $0.active = false }
  }

  func getKeySet(
    request: Artel_Auth_V1_GetKeySetRequest, context: ServerContext
  ) async throws -> Artel_Auth_V1_KeySet {
    guard let tenant = try await directory.tenant(named: request.tenant) else {
      throw RPCError(
        code: .notFound, reason: "TENANT_NOT_FOUND", message: "there is no tenant of this name")
    }
    let keys = try await directory.keySet(tenantID: tenant.id)
    return .with {
      $0.keys = keys.map { key in
        .with {
          $0.kty = "EC"
          $0.use = "sig"
          $0.alg = "ES256"
          $0.kid = key.kid
          $0.crv = "P-256"
          $0.x = key.x
          $0.y = key.y
        }
      }
    }
  }

  private static func deadline(_ context: ServerContext) -> ContinuousClock.Instant {
    let latest = ContinuousClock.now + patience
    return context.deadline.map { min($0, latest) } ?? latest
  }
}
