/// Of data at rest (security checks S-H1, S-H4, S-H5).
extension Mutation {
  /// S-H4: a process goes on with keys that were destroyed elsewhere.
  @_transparent @_alwaysEmitIntoClient
  public static var keepsDestroyedKeys: Mutation { Mutation() }

  /// S-H4: of a stranger it is said that it was erased.
  @_transparent @_alwaysEmitIntoClient
  public static var erasesStrangers: Mutation { Mutation() }

  /// S-H4: an erasure whose process died goes on only where it is asked for again.
  @_transparent @_alwaysEmitIntoClient
  public static var leavesErasures: Mutation { Mutation() }

  /// S-H5: personal data is shown to whoever may call.
  @_transparent @_alwaysEmitIntoClient
  public static var masksNothing: Mutation { Mutation() }

  /// S-H2: a key of keys that opens nothing of the key store wraps new keys.
  @_transparent @_alwaysEmitIntoClient
  public static var takesAnyKeyOfKeys: Mutation { Mutation() }
}
