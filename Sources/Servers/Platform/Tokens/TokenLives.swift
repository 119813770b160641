import GeneratedOptions

/// How long the tokens of a tenant live, in seconds, as its policy says.
struct TokenLives: Sendable, Hashable {
  /// The longest that an access token of any tenant lives.
  static let longestAccess = 3600
  /// How long access tokens of a family can live yet when it ends, with a minute for clocks.
  static let familyLife: Duration = .seconds(longestAccess + 60)
  /// The longest that a refresh token goes unused, whatever the policy says (S-C20).
  private static let longestIdle = 3600

  let access: Int
  /// How long a refresh token may go unused.
  let refreshIdle: Int
  /// How long refresh tokens may go on for after the sign-in.
  let refreshAbsolute: Int

  init(access: Int, refreshIdle: Int, refreshAbsolute: Int) {
    self.access = min(access, Self.longestAccess)
    self.refreshIdle = min(refreshIdle, Self.longestIdle)
    self.refreshAbsolute = refreshAbsolute
  }

  /// The absolute life of what a person gets: an administrator signs in again every hour (S-C20).
  func absolute(of kind: Artel_Options_V1_PrincipalKind) -> Int {
    kind == .administrator ? min(refreshAbsolute, 3600) : refreshAbsolute
  }
}
