import FoundationEssentials
import JWTKit

extension EgressClient {
  /// What the breaker of a token endpoint is called.
  public static let tokenOperation = "token"

  private static let tokenTimeout = Duration.seconds(3)

  /// Sends a request with a token; once more with a new one where the other system no longer takes
  /// it, which it says before it does anything.
  ///
  /// - Throws: `AccessTokenError` where there is no token, `EgressError` where there is no answer.
  public func call(
    _ request: EgressRequest, to destination: EgressDestination,
    with credentials: ClientCredentials, from tokens: AccessTokens,
    until expiry: ContinuousClock.Instant
  ) async throws -> EgressResponse {
    // Nobody is asked for a token to go where nobody may go.
    _ = try guards.checked(request.url, of: destination)
    var isFirst = true
    // Nor is anybody where the call itself would go no further.
    try refuseWhereOpen(request, destination)
    while true {
      let token = try await tokens.token(for: credentials, until: expiry)
      var authorized = request
      authorized.headers.append((name: "authorization", value: "Bearer \(token.value)"))
      let response = try await call(authorized, to: destination, until: expiry)
      guard response.status == 401 else { return response }
      tokens.forget(token, of: credentials)
      guard isFirst else { return response }
      isFirst = false
    }
  }

  /// Asks a token endpoint (RFC 6749 section 4.4.2).
  func fetchToken(
    _ credentials: ClientCredentials
  ) async -> Result<AccessToken, AccessTokenError> {
    let asked = ContinuousClock.now
    var request = EgressRequest(
      operation: Self.tokenOperation, method: .post, url: credentials.id.tokenURL,
      headers: [
        (name: "content-type", value: "application/x-www-form-urlencoded"),
        (name: "accept", value: "application/json"),
      ])
    var form = [("grant_type", "client_credentials")]
    if !credentials.id.scope.isEmpty { form.append(("scope", credentials.id.scope)) }
    do {
      try await Self.prove(credentials, &request, &form)
    } catch {
      return .failure(error as? AccessTokenError ?? .secretUnreadable)
    }
    let text = form.map { "\($0)=\(FormCoding.encode($1))" }.joined(separator: "&")
    request.body = Array(text.utf8)
    do throws(EgressError) {
      let response = try await call(
        request, to: credentials.destination, until: asked + Self.tokenTimeout)
      switch response.status {
      case 200..<300:
        guard let answer = TokenAnswer(body: response.body) else { return .failure(.badAnswer) }
        return .success(answer.token(asked: asked))
      // What it has no time for now, it may have soon (RFC 6585 section 4, RFC 9110 section 15.5.9,
      // RFC 8470 section 5.2).
      case 408, 425, 429:
        return .failure(.throttled(status: response.status, retryAfter: response.retryAfter))
      case 300..<500:
        return .failure(.refused(status: response.status, body: response.body))
      default:
        return .failure(.failed(status: response.status))
      }
    } catch {
      return .failure(.unavailable(error))
    }
  }

  private static func prove(
    _ credentials: ClientCredentials, _ request: inout EgressRequest,
    _ form: inout [(String, String)]
  ) async throws {
    let id = credentials.id
    switch try await credentials.proof() {
    case .secretBasic(let secret):
      let pair = "\(FormCoding.encode(id.clientID)):\(FormCoding.encode(secret))"
      request.headers.append(
        (name: "authorization", value: "Basic \(Data(pair.utf8).base64EncodedString())"))
    case .secretPost(let secret):
      form += [("client_id", id.clientID), ("client_secret", secret)]
    case .privateKeyJWT(let pem, let keyID):
      form += [
        ("client_id", id.clientID),
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ("client_assertion", try await assertion(id, pem: pem, keyID: keyID)),
      ]
    case .tlsCertificate:
      form.append(("client_id", id.clientID))
    }
  }

  /// RFC 7523 section 3.
  private static func assertion(
    _ id: ClientCredentials.ID, pem: String, keyID: String
  ) async throws -> String {
    let keys = JWTKeyCollection()
    let kid = JWKIdentifier(string: keyID)
    await keys.add(ecdsa: try ES256PrivateKey(pem: pem), kid: kid)
    let claims = ClientAssertionClaims(
      iss: .init(value: id.clientID), sub: .init(value: id.clientID),
      aud: .init(value: id.tokenURL), jti: .init(value: UUID().uuidString),
      iat: .init(value: Date()), exp: .init(value: Date(timeIntervalSinceNow: 60)))
    return try await keys.sign(claims, kid: kid)
  }
}

/// What the platform says of itself in an assertion.
private struct ClientAssertionClaims: JWTPayload {
  let iss: IssuerClaim
  let sub: SubjectClaim
  let aud: AudienceClaim
  let jti: IDClaim
  let iat: IssuedAtClaim
  let exp: ExpirationClaim

  func verify(using _: some JWTAlgorithm) throws {}
}
