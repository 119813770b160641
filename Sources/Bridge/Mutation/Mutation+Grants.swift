/// Of codes, refresh tokens and assertions (security check groups B and C).
extension Mutation {
  /// S-B8: a bound refresh token is good with any certificate.
  @_transparent @_alwaysEmitIntoClient
  public static var refreshesWithOtherCertificates: Mutation { Mutation() }

  /// S-B9: tokens are bound to nothing.
  @_transparent @_alwaysEmitIntoClient
  public static var issuesUnboundTokens: Mutation { Mutation() }

  /// S-C11: a token is for whatever was asked for.
  @_transparent @_alwaysEmitIntoClient
  public static var grantsEveryResource: Mutation { Mutation() }

  /// S-C12: an assertion is good again and again.
  @_transparent @_alwaysEmitIntoClient
  public static var takesAssertionsAgain: Mutation { Mutation() }

  /// S-C12: an assertion may be for others as well.
  @_transparent @_alwaysEmitIntoClient
  public static var takesForeignAssertions: Mutation { Mutation() }

  /// S-C14: a refresh token that was replaced harms nothing when it is used again.
  @_transparent @_alwaysEmitIntoClient
  public static var keepsReusedFamilies: Mutation { Mutation() }

  /// S-C15: who asks at once with the same refresh token is somebody else.
  @_transparent @_alwaysEmitIntoClient
  public static var takesRetriesForReuse: Mutation { Mutation() }

  /// S-C16: an answer may be lost for as long as one likes.
  @_transparent @_alwaysEmitIntoClient
  public static var takesLateRetries: Mutation { Mutation() }

  /// S-C17: a refresh token gives what the client asks for.
  @_transparent @_alwaysEmitIntoClient
  public static var widensScopes: Mutation { Mutation() }

  /// S-C18: a refresh token is good for every client.
  @_transparent @_alwaysEmitIntoClient
  public static var takesOthersRefreshTokens: Mutation { Mutation() }

  /// S-C19: a code outlives the person who granted it.
  @_transparent @_alwaysEmitIntoClient
  public static var keepsEndedGrants: Mutation { Mutation() }

  /// S-C20: a refresh token that nobody uses stays good.
  @_transparent @_alwaysEmitIntoClient
  public static var keepsIdleFamilies: Mutation { Mutation() }

  /// S-C21: a code is good twice.
  @_transparent @_alwaysEmitIntoClient
  public static var takesCodesTwice: Mutation { Mutation() }

  /// S-C21: a code has no end.
  @_transparent @_alwaysEmitIntoClient
  public static var takesOldCodes: Mutation { Mutation() }

  /// S-C21: who has a code needs no verifier.
  @_transparent @_alwaysEmitIntoClient
  public static var takesEveryVerifier: Mutation { Mutation() }

  /// S-C21: a code is good with another redirect URI.
  @_transparent @_alwaysEmitIntoClient
  public static var takesOtherRedirects: Mutation { Mutation() }

  /// S-C22: a redirect URI that begins as a registered one does is registered.
  @_transparent @_alwaysEmitIntoClient
  public static var matchesPartsOfRedirects: Mutation { Mutation() }
}
