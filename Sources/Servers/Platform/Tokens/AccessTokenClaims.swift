import JWTKit

/// What an access token says (RFC 9068 section 2.2).
struct AccessTokenClaims: JWTPayload {
  /// The header's `typ`.
  static let type = "at+jwt"

  let iss: String
  let aud: [String]
  let sub: String
  let clientID: String
  /// Separated by spaces (RFC 8693 section 4.2).
  let scope: String
  /// Seconds since 1970.
  let iat: Int64
  let exp: Int64
  let jti: String
  /// `user`, `partner`, `service` or `administrator`.
  let kind: String
  let roles: [String]
  /// When the person signed in, in seconds since 1970; clients do not sign in.
  let authTime: Int64?
  /// How the person signed in (RFC 8176).
  let amr: [String]?
  /// The family of refresh tokens that the token came of.
  let sid: String?
  /// The certificate that the token is bound to.
  let cnf: Confirmation?

  /// What the bearer has to prove (RFC 8705 section 3.1).
  struct Confirmation: Codable, Sendable {
    let certificateThumbprint: String

    enum CodingKeys: String, CodingKey {
      case certificateThumbprint = "x5t#S256"
    }
  }

  enum CodingKeys: String, CodingKey {
    case iss, aud, sub, scope, iat, exp, jti, roles, amr, sid, cnf
    case clientID = "client_id"
    case kind = "artel_kind"
    case authTime = "auth_time"
  }

  /// The platform verifies tokens by its own pipeline, never by this type.
  func verify(using algorithm: some JWTAlgorithm) async throws {}
}
