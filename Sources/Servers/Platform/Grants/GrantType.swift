/// What an access token is issued for.
enum GrantType: String, Sendable, CaseIterable {
  case clientCredentials = "client_credentials"
  case authorizationCode = "authorization_code"
  case refreshToken = "refresh_token"
}
