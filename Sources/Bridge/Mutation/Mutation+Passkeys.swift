/// Of passkeys (security check S-H10: the second factor of administrators).
extension Mutation {
  /// S-H10: what was made on another site is good here.
  @_transparent @_alwaysEmitIntoClient
  public static var takesForeignOrigins: Mutation { Mutation() }

  /// S-H10: a creation proves who somebody is.
  @_transparent @_alwaysEmitIntoClient
  public static var takesOtherCeremonies: Mutation { Mutation() }

  /// S-H10: whoever holds the device is its owner.
  @_transparent @_alwaysEmitIntoClient
  public static var takesUnverifiedUsers: Mutation { Mutation() }

  /// S-H10: nothing need be signed.
  @_transparent @_alwaysEmitIntoClient
  public static var takesUnsignedProofs: Mutation { Mutation() }

  /// S-H10: a copy of a passkey is as good as the passkey.
  @_transparent @_alwaysEmitIntoClient
  public static var takesClones: Mutation { Mutation() }

  /// S-H10: a challenge is good as often as one likes.
  @_transparent @_alwaysEmitIntoClient
  public static var repeatsChallenges: Mutation { Mutation() }
}
