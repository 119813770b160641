/// Of the sessions of people (security check groups C, F and H).
extension Mutation {
  /// S-F15: another site's page acts in the name of whom the browser remembers.
  @_transparent @_alwaysEmitIntoClient
  public static var takesCookiesOfOtherSites: Mutation { Mutation() }

  /// S-C19: the tokens of a session outlive it.
  @_transparent @_alwaysEmitIntoClient
  public static var keepsTokensOfEndedSessions: Mutation { Mutation() }

  /// S-C20: a browser remembers somebody however long nobody came.
  @_transparent @_alwaysEmitIntoClient
  public static var remembersIdleBrowsers: Mutation { Mutation() }

  /// S-C19: an app needs nobody's consent.
  @_transparent @_alwaysEmitIntoClient
  public static var forgetsConsent: Mutation { Mutation() }

  /// S-H10: who is remembered needs no second factor.
  @_transparent @_alwaysEmitIntoClient
  public static var remembersWithoutSecondFactor: Mutation { Mutation() }
}
