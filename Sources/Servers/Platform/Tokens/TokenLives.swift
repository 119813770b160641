import GeneratedOptions

/// How long the tokens of a tenant live, in seconds, as its policy says.
struct TokenLives: Sendable, Hashable {
  let access: Int
  /// How long a refresh token may go unused.
  let refreshIdle: Int
  /// How long refresh tokens may go on for after the sign-in.
  let refreshAbsolute: Int

  /// The absolute life of what a person gets: an administrator signs in again every hour (S-C20).
  func absolute(of kind: Artel_Options_V1_PrincipalKind) -> Int {
    kind == .administrator ? min(refreshAbsolute, 3600) : refreshAbsolute
  }
}
