/// Of signing in, of what is sealed, and of where callers call from (security check group H, and
/// demands of the platform).
extension Mutation {
  /// A15, B07: a client may call from anywhere.
  @_transparent @_alwaysEmitIntoClient
  public static var ignoresAddressRanges: Mutation { Mutation() }

  /// S-H1: what was tampered with opens.
  @_transparent @_alwaysEmitIntoClient
  public static var opensForgedValues: Mutation { Mutation() }

  /// S-H10: an authenticator's code counts again.
  @_transparent @_alwaysEmitIntoClient
  public static var takesOneTimeCodesAgain: Mutation { Mutation() }

  /// S-H10: a recovery code counts again.
  @_transparent @_alwaysEmitIntoClient
  public static var keepsRecoveryCodes: Mutation { Mutation() }

  /// S-H10: a sign-in has as many attempts as one likes.
  @_transparent @_alwaysEmitIntoClient
  public static var keepsFailedSignIns: Mutation { Mutation() }

  /// S-H10: an administrator needs no authenticator.
  @_transparent @_alwaysEmitIntoClient
  public static var asksForNoAuthenticator: Mutation { Mutation() }
}
