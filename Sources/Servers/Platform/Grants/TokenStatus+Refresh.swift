import GeneratedAuth
import Pipeline
import RPC
import Storage

extension TokenStatus {
  /// Ends a refresh token of the client's, with its family and every access token of it (S-C23). Of
  /// which generation it is does not matter: whoever has it had the family's.
  ///
  /// - Throws: `RPCError` with UNAUTHORIZED_CLIENT for another client's token, which goes on.
  func revoke(
    _ token: RefreshToken, by authenticated: AuthenticatedClient,
    deadline: ContinuousClock.Instant
  ) async throws {
    let ended = try await database.change(
      as: Actor(tenantID: authenticated.tenant.id, service: "tokens"),
      action: "artel.auth.v1.TokenService/RevokeToken", deadline: deadline
    ) { change -> [Revocation] in
      guard
        let family = try await RefreshFamily.lock(token.familyID, in: change, vault: vault),
        token.isMade(with: family.secret, tenantID: change.tenantID), !family.isRevoked
      else { return [] }
      guard family.clientID == authenticated.client.clientID else { throw RPCError.foreignToken }
      try await change.record(
        resource: "clients/\(family.clientID)", change: "family \(family.id) revoked")
      return try await change.end(.family(family.id))
    }
    revocations.add(ended)
  }

  /// What a refresh token says to the client that asks; nil where it is not good, or not the
  /// client's to know.
  func describe(
    _ token: RefreshToken, to authenticated: AuthenticatedClient,
    deadline: ContinuousClock.Instant
  ) async throws -> Artel_Auth_V1_TokenIntrospection? {
    let found = try await database.change(
      as: Actor(tenantID: authenticated.tenant.id, service: "tokens"),
      action: "artel.auth.v1.TokenService/IntrospectToken", deadline: deadline
    ) { change -> (RefreshFamily, PersonalGrant)? in
      guard
        let family = try await RefreshFamily.lock(token.familyID, in: change, vault: vault),
        let grant = try await change.standing(family.grant, within: nil)
      else { return nil }
      return (family, grant)
    }
    let tenantID = authenticated.tenant.id
    guard let (family, grant) = found, token.isMade(with: family.secret, tenantID: tenantID),
      token.generation == family.generation, !family.isRevoked,
      Self.maySee(authenticated, tenantID: tenantID, clientID: family.clientID)
    else { return nil }
    // Whichever comes first: it goes unused for too long, or its family is over.
    let lives = authenticated.client.lives
    let end = min(
      family.expireTime, family.grant.authTime + Int64(lives.absolute(of: family.grant.kind)),
      family.useTime + Int64(lives.refreshIdle))
    guard now() < end else { return nil }
    return .with {
      $0.active = true
      $0.scope = grant.scopes.joined(separator: " ")
      $0.clientID = family.clientID
      $0.exp = UInt32(clamping: end)
      $0.sub = "artel:\(family.grant.subject)"
      $0.iss = authenticated.tenant.issuer
      if let thumbprint = family.certificateThumbprint {
        $0.cnf = .with { $0.certificateThumbprint = thumbprint }
      }
    }
  }
}
