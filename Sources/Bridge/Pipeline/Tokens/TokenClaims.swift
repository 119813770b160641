import GeneratedOptions
import Mutation

/// Reads the claims of a token whose signature is good.
enum TokenClaims {
  static func read(_ token: CompactToken, issuer: TokenIssuerRecord) throws(TokenError)
    -> TokenVerifier.Verified
  {
    try checkType(token, profile: issuer.profile)
    let payload = token.payload
    guard payload["iss"]?.string == issuer.issuer else { throw .unknownIssuer }
    guard let audience = payload["aud"]?.strings,
      audience.contains(where: { isOurs($0, issuer.audiences) })
    else { throw .claim("aud") }
    guard let expiresAt = try time(payload, "exp") else { throw .claim("exp") }
    guard let subject = payload["sub"]?.string, !subject.isEmpty, subject.utf8.count <= 255
    else { throw .claim("sub") }
    guard let identifier = payload["jti"]?.string ?? Self.anyIdentifier, !identifier.isEmpty
    else { throw .claim("jti") }
    guard let client = payload["client_id"]?.string ?? payload["azp"]?.string, !client.isEmpty
    else { throw .claim("client_id") }
    // Neither may lie in the future by more than the leeway.
    let issuedAt = try time(payload, "iat")
    let notBefore = max(try time(payload, "nbf") ?? 0, issuedAt ?? 0)
    let kind = try kind(payload, issuer: issuer)
    let isClient =
      (kind == .partner || kind == .service) && !Mutation.isOn(.takesClientsForPersons)
    let principal = Principal(
      kind: kind,
      subject: isClient ? "clients/\(client)" : "\(issuer.alias):\(subject)",
      clientID: client,
      scopes: scopes(payload), roles: roles(payload, profile: issuer.profile),
      authTime: try time(payload, "auth_time"), expiresAt: expiresAt,
      certificateThumbprint: try boundCertificate(payload), tokenID: identifier,
      sessionID: payload["sid"]?.string, keyID: token.keyID,
      // Of a token that does not say it, every revocation of the past counts.
      issuedAt: issuedAt ?? 0)
    return TokenVerifier.Verified(
      issuer: issuer.issuer, principal: principal, notBefore: notBefore)
  }

  private static func isOurs(_ audience: String, _ audiences: [String]) -> Bool {
    audiences.contains(audience)
      || Mutation.isOn(.matchesPartsOfAudiences) && audiences.contains(where: audience.hasPrefix)
  }

  private static var anyIdentifier: String? {
    Mutation.isOn(.takesIncompleteTokens) ? "none" : nil
  }

  /// A time that no arithmetic overflows with: until the year 2255.
  private static func time(_ payload: StrictJSON, _ name: String) throws(TokenError) -> Int64? {
    guard let value = payload[name] else { return nil }
    guard let seconds = value.seconds, (0...9_000_000_000).contains(seconds) else {
      throw .claim(name)
    }
    return seconds
  }

  /// The certificate that the token is bound to (RFC 8705 section 3.1). Another kind of binding
  /// cannot be checked here, so it is refused.
  private static func boundCertificate(_ payload: StrictJSON) throws(TokenError) -> String? {
    guard let confirmation = payload["cnf"] else { return nil }
    guard let value = confirmation["x5t#S256"]?.string, !value.isEmpty else {
      throw .claim("cnf")
    }
    return value
  }

  /// An ID token or a refresh token is not an access token.
  private static func checkType(_ token: CompactToken, profile: TokenProfile) throws(TokenError) {
    if Mutation.isOn(.takesOtherTypes) { return }
    let type = token.header["typ"]?.string
    switch profile {
    case .artel:
      guard type == "at+jwt" || type == "application/at+jwt" else { throw .claim("typ") }
    case .keycloak:
      guard type == "JWT", token.payload["typ"]?.string == "Bearer" else { throw .claim("typ") }
    }
  }

  /// Only the tenant's own issuer says who is a client or an administrator: another issuer's
  /// tokens are people.
  private static func kind(_ payload: StrictJSON, issuer: TokenIssuerRecord) throws(TokenError)
    -> Artel_Options_V1_PrincipalKind
  {
    guard issuer.profile == .artel else { return .user }
    switch payload["artel_kind"]?.string {
    case "user": return .user
    case "partner": return .partner
    case "service": return .service
    case "administrator": return .administrator
    default: throw .claim("artel_kind")
    }
  }

  private static func scopes(_ payload: StrictJSON) -> Set<String> {
    Set((payload["scope"]?.string ?? "").split(separator: " ").map(String.init))
  }

  private static func roles(_ payload: StrictJSON, profile: TokenProfile) -> Set<String> {
    let list =
      switch profile {
      case .artel: payload["roles"]
      case .keycloak: payload["realm_access"]?["roles"]
      }
    return Set(list?.strings ?? [])
  }
}
