import GeneratedAuth
import LibCrypto
import Mutation
import Pipeline
import Postgres
import RPC
import Storage

/// Redeems a code for the first tokens of a family (RFC 6749 section 4.1.3). Each code is good once;
/// a second use ends what came of the first (S-C21).
struct AuthorizationCodeGrant: Sendable {
  let database: TenantDatabase
  let issuer: TokenIssuer
  let vault: TenantVault
  let revocations: RevocationFeed
  let now: @Sendable () -> Int64

  private enum Outcome {
    case good(PersonalGrant, familyID: String, token: String)
    /// The code had been used: what came of it ended.
    case reused([Revocation])
  }

  /// - Throws: `RPCError` with INVALID_GRANT for a code that is not good, for this client, with this
  ///   redirect URI and this verifier.
  func issue(
    _ request: Artel_Auth_V1_CreateTokenRequest, to authenticated: AuthenticatedClient,
    deadline: ContinuousClock.Instant
  ) async throws -> Artel_Auth_V1_Token {
    guard !request.code.isEmpty else { throw RPCError.invalidRequest("code is missing") }
    guard request.scope.isEmpty else {
      throw RPCError.invalidRequest("a code's scopes are those that were granted")
    }
    let client = authenticated.client
    guard client.kind == .user else { throw RPCError.unauthorizedClient }
    let resource = try issuer.resource(request.resource, of: authenticated.tenant)
    let thumbprint = try authenticated.binding()
    let stamp = issuer.mint.stamp()
    let outcome = try await database.change(
      as: Actor(tenantID: authenticated.tenant.id, service: "tokens"), action: TokenIssuer.action,
      deadline: deadline
    ) { change in
      guard
        let code = try await AuthorizationCode.lock(request.code, in: change),
        code.clientID == client.clientID,
        code.redirectURI == request.redirectUri || Mutation.isOn(.takesOtherRedirects),
        code.isProved(by: request.codeVerifier) || Mutation.isOn(.takesEveryVerifier)
      else { throw RPCError.invalidGrant }
      if let familyID = code.familyID, !Mutation.isOn(.takesCodesTwice) {
        let ended = try await change.end(.family(familyID))
        try await change.record(
          resource: "clients/\(client.clientID)",
          change: "code used again: family \(familyID) is revoked")
        return Outcome.reused(ended)
      }
      guard now() < code.expireTime || Mutation.isOn(.takesOldCodes),
        resource == nil || code.grant.resource == nil || resource == code.grant.resource
      else { throw RPCError.invalidGrant }
      guard var grant = try await change.standing(code.grant, within: client.scopes),
        try await change.holdsSession(of: grant),
        try await change.hasConsent(
          of: grant.subject, to: client, for: grant.scopes, isHeld: true)
      else { throw RPCError.invalidGrant }
      let familyID = UUIDv7.make()
      grant.resource = grant.resource ?? resource
      let token = try await RefreshFamily.begin(
        familyID, of: grant, client: client, thumbprint: thumbprint, now: now(), in: change,
        vault: vault)
      try await code.use(for: familyID, in: change)
      try await change.record(
        resource: "clients/\(client.clientID)",
        change: "token \(stamp.identifier) issued of family \(familyID)")
      return Outcome.good(grant, familyID: familyID, token: token)
    }
    switch outcome {
    case .reused(let ended):
      revocations.add(ended)
      throw RPCError.invalidGrant
    case .good(let grant, let familyID, let token):
      let minted = try await issuer.mint.mint(
        grant.tokenGrant(
          clientID: client.clientID, scopes: grant.scopes, familyID: familyID,
          thumbprint: thumbprint),
        tenant: authenticated.tenant, life: client.lives.access, stamp: stamp)
      var answer = TokenIssuer.answer(minted, grant.scopes, refreshToken: token)
      if grant.scopes.contains("openid") {
        answer.idToken = try await issuer.mint.idToken(
          of: grant, clientID: client.clientID, familyID: familyID, tenant: authenticated.tenant)
      }
      return answer
    }
  }
}
