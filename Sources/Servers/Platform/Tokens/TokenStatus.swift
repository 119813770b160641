import GeneratedAuth
import LibCrypto
import Mutation
import Pipeline
import RPC
import Storage

/// Ends tokens and tells whether they are good.
struct TokenStatus: Sendable {
  /// How much longer than its token a revocation stays, for clocks that differ.
  static let margin: Int64 = 60

  let database: TenantDatabase
  let inspector: CredentialInspector
  let revocations: RevocationFeed
  let vault: TenantVault
  let now: @Sendable () -> Int64

  /// Ends an access token of the client's. What is no good token, here or at all, is a success
  /// without an effect (RFC 7009 section 2.2).
  ///
  /// - Throws: `RPCError` with UNAUTHORIZED_CLIENT for another client's token, which goes on.
  func revoke(
    accessToken token: String, by authenticated: AuthenticatedClient,
    deadline: ContinuousClock.Instant
  ) async throws {
    guard let caller = try await inspector.caller(token: token),
      caller.tenant.id == authenticated.tenant.id, let tokenID = caller.principal.tokenID
    else { return }
    guard
      caller.principal.clientID == authenticated.client.clientID
        || Mutation.isOn(.revokesForOthers)
    else {
      throw RPCError.foreignToken
    }
    let left = (caller.principal.expiresAt ?? now()) - now() + Self.margin
    let revocation = try await database.change(
      as: Actor(tenantID: caller.tenant.id, service: "tokens"),
      action: "artel.auth.v1.TokenService/RevokeToken", deadline: deadline
    ) { change in
      try await change.record(
        resource: "clients/\(authenticated.client.clientID)", change: "token \(tokenID) revoked")
      return try await change.revoke(.token, tokenID, life: .seconds(max(left, Self.margin)))
    }
    revocations.add([revocation])
  }

  /// What an access token says to the client that asks; nil where it is not good, or not the
  /// client's to know.
  func describe(
    accessToken token: String, to authenticated: AuthenticatedClient
  ) async throws -> Artel_Auth_V1_TokenIntrospection? {
    guard let caller = try await inspector.caller(token: token),
      Self.maySee(authenticated, tenantID: caller.tenant.id, clientID: caller.principal.clientID)
    else { return nil }
    let principal = caller.principal
    return .with {
      $0.active = true
      $0.scope = principal.scopes.sorted().joined(separator: " ")
      $0.clientID = principal.clientID ?? ""
      $0.tokenType = "Bearer"
      $0.exp = UInt32(clamping: principal.expiresAt ?? 0)
      $0.iat = UInt32(clamping: principal.issuedAt ?? 0)
      $0.sub = principal.subject
      // Other issuers' tokens are good here, and have been told by their own.
      if principal.isClient || principal.subject.hasPrefix("artel:") {
        $0.iss = caller.tenant.issuer
      }
      $0.jti = principal.tokenID ?? ""
      if let thumbprint = principal.certificateThumbprint {
        $0.cnf = .with { $0.certificateThumbprint = thumbprint }
      }
    }
  }

  /// A client's own tokens are its to know, and the tenant's all are its services'.
  static func maySee(
    _ authenticated: AuthenticatedClient, tenantID: String, clientID: String?
  ) -> Bool {
    tenantID == authenticated.tenant.id
      && (authenticated.client.kind == .service || clientID == authenticated.client.clientID
        || Mutation.isOn(.explainsForeignTokens))
  }
}
