import JWTKit

/// What an access token says (RFC 9068 section 2.2).
struct AccessTokenClaims: JWTPayload {
  /// The header's `typ`.
  static let type = "at+jwt"

  let iss: String
  let aud: [String]
  let sub: String
  let client_id: String
  /// Separated by spaces (RFC 8693 section 4.2).
  let scope: String
  /// Seconds since 1970.
  let iat: Int64
  let exp: Int64
  let jti: String
  /// `user`, `partner`, `service` or `administrator`.
  let artel_kind: String
  let roles: [String]
  /// When the person signed in, in seconds since 1970; clients do not sign in.
  let auth_time: Int64?

  /// The platform verifies tokens by its own pipeline, never by this type.
  func verify(using algorithm: some JWTAlgorithm) async throws {}
}
