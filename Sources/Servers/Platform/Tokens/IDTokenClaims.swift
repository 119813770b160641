import JWTKit

/// What an ID token says (OpenID Connect Core 1.0 section 2).
struct IDTokenClaims: JWTPayload {
  let iss: String
  let sub: String
  /// The app.
  let aud: String
  /// Seconds since 1970.
  let iat: Int64
  let exp: Int64
  let authTime: Int64
  /// `urn:artel:acr:mfa` for two factors, `urn:artel:acr:sfa` for one.
  let acr: String
  let amr: [String]
  let nonce: String?
  let sid: String

  enum CodingKeys: String, CodingKey {
    case iss, sub, aud, iat, exp, acr, amr, nonce, sid
    case authTime = "auth_time"
  }

  /// Apps verify ID tokens; the platform never takes one.
  func verify(using algorithm: some JWTAlgorithm) async throws {}
}
