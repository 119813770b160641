import GeneratedAuth
import LibCrypto
import Mutation
import Pipeline
import Postgres
import RPC
import Storage

/// Gives the next access token for a refresh token (RFC 6749 section 6).
///
/// A public client's token is replaced by every use. The one before it gives the same successor
/// again for ten seconds, so that who lost an answer, or asked five times at once, goes on; any use
/// of an older one is somebody else's, and ends the family (S-C14 to S-C16). A client that proves
/// who it is keeps its token (FAPI 2.0 Security Profile section 5.3.2.1).
struct RefreshTokenGrant: Sendable {
  /// How long the token before the newest may be tried again, in seconds.
  static let retryWindow: Int64 = 10

  let database: TenantDatabase
  let issuer: TokenIssuer
  let vault: TenantVault
  let revocations: RevocationFeed
  let now: @Sendable () -> Int64

  private enum Outcome {
    case good(PersonalGrant, scopes: [String], familyID: String, token: String)
    /// The family ended with this use.
    case reused([Revocation])
  }

  /// - Throws: `RPCError` with INVALID_GRANT for a token that is worth nothing, INVALID_SCOPE for
  ///   scopes beyond the grant.
  func issue(
    _ request: Artel_Auth_V1_CreateTokenRequest, to authenticated: AuthenticatedClient,
    deadline: ContinuousClock.Instant
  ) async throws -> Artel_Auth_V1_Token {
    guard let token = RefreshToken(request.refreshToken) else { throw RPCError.invalidGrant }
    let client = authenticated.client
    let resource = try issuer.resource(request.resource, of: authenticated.tenant)
    let thumbprint = try authenticated.binding()
    let stamp = issuer.mint.stamp()
    let outcome = try await database.change(
      as: Actor(tenantID: authenticated.tenant.id, service: "tokens"), action: TokenIssuer.action,
      deadline: deadline
    ) { change in
      guard
        let family = try await RefreshFamily.lock(token.familyID, in: change, vault: vault),
        family.clientID == client.clientID || Mutation.isOn(.takesOthersRefreshTokens),
        token.isMade(with: family.secret, tenantID: change.tenantID), !family.isRevoked,
        family.certificateThumbprint == thumbprint
          || Mutation.isOn(.refreshesWithOtherCertificates),
        isAlive(family, client)
      else { throw RPCError.invalidGrant }
      // Before anything is answered about the request: who uses an old token learns nothing else.
      guard let next = try await use(token, of: family, by: client, in: change) else {
        if Mutation.isOn(.keepsReusedFamilies) { throw RPCError.invalidGrant }
        let ended = try await change.end(.family(family.id))
        try await change.record(
          resource: "clients/\(client.clientID)",
          change: "refresh token of family \(family.id) used again: the family is revoked")
        return Outcome.reused(ended)
      }
      guard var grant = try await change.standing(family.grant, within: client.scopes),
        try await change.hasConsent(of: family.grant.subject, to: client, for: family.grant.scopes)
      else {
        throw RPCError.invalidGrant
      }
      // RFC 8707 section 2.2: of what was granted, or of everything.
      guard resource == nil || grant.resource == nil || resource == grant.resource else {
        throw RPCError.invalidTarget
      }
      grant.resource = grant.resource ?? resource
      let scopes = try TokenIssuer.scopes(request.scope, of: Self.most(grant, client))
      try await change.record(
        resource: "clients/\(client.clientID)",
        change: "token \(stamp.identifier) issued of family \(family.id)")
      return Outcome.good(grant, scopes: scopes, familyID: family.id, token: next)
    }
    switch outcome {
    case .reused(let ended):
      revocations.add(ended)
      throw RPCError.invalidGrant
    case .good(let grant, let scopes, let familyID, let next):
      let minted = try await issuer.mint.mint(
        grant.tokenGrant(
          clientID: client.clientID, scopes: scopes, familyID: familyID, thumbprint: thumbprint),
        tenant: authenticated.tenant, life: client.lives.access, stamp: stamp)
      return TokenIssuer.answer(minted, scopes, refreshToken: next)
    }
  }

  /// The scopes that may be asked for.
  private static func most(_ grant: PersonalGrant, _ client: RegisteredClient) -> [String] {
    Mutation.isOn(.widensScopes) ? client.scopes : grant.scopes
  }

  private func isAlive(_ family: RefreshFamily, _ client: RegisteredClient) -> Bool {
    let now = now()
    // The policy of now counts, too: it may have become shorter since the family began.
    let end = family.grant.authTime + Int64(client.lives.absolute(of: family.grant.kind))
    return now < min(family.expireTime, end)
      && (now - family.useTime <= Int64(client.lives.refreshIdle)
        || Mutation.isOn(.keepsIdleFamilies))
  }

  /// Uses a token; returns the one to go on with, or nil where this one is not to be used any more.
  private func use(
    _ token: RefreshToken, of family: RefreshFamily, by client: RegisteredClient,
    in change: TenantChange
  ) async throws -> String? {
    let time = now()
    if client.isConfidential || token.generation != family.generation {
      guard token.generation == family.generation || isRetry(token, of: family, at: time) else {
        return nil
      }
      try await change.execute(
        Statement(
          "UPDATE artel.refresh_family SET use_time = $3 WHERE tenant_id = $1 AND family_id = $2",
          .uuid(change.tenantID), .uuid(family.id),
          .timestamp(Timestamp(seconds: time, nanoseconds: 0))))
      return family.token(family.generation, tenantID: change.tenantID)
    }
    try await change.execute(
      Statement(
        """
        UPDATE artel.refresh_family SET generation = $3, rotate_time = $4, use_time = $4
        WHERE tenant_id = $1 AND family_id = $2
        """, .uuid(change.tenantID), .uuid(family.id), .int8(Int64(family.generation) + 1),
        .timestamp(Timestamp(seconds: time, nanoseconds: 0))))
    return family.token(family.generation + 1, tenantID: change.tenantID)
  }

  private func isRetry(_ token: RefreshToken, of family: RefreshFamily, at time: Int64) -> Bool {
    guard token.generation < family.generation, token.generation == family.generation - 1,
      let rotated = family.rotateTime, !Mutation.isOn(.takesRetriesForReuse)
    else { return false }
    return time - rotated <= Self.retryWindow || Mutation.isOn(.takesLateRetries)
  }
}
