/// Of calls to other systems (security check groups E and F).
extension Mutation {
  /// S-E13: whatever address a name has is dialled.
  @_transparent @_alwaysEmitIntoClient
  public static var dialsInnerAddresses: Mutation { Mutation() }

  /// S-E13: a redirect is followed wherever it leads.
  @_transparent @_alwaysEmitIntoClient
  public static var followsRedirects: Mutation { Mutation() }

  /// S-F6: what is broken at one partner is broken at all.
  @_transparent @_alwaysEmitIntoClient
  public static var sharesBreakers: Mutation { Mutation() }

  /// S-F7: calls are repeated as often as they fail.
  @_transparent @_alwaysEmitIntoClient
  public static var retriesWithoutBudget: Mutation { Mutation() }

  /// S-E13: a partner's secret goes wherever the partner is moved.
  @_transparent @_alwaysEmitIntoClient
  public static var sendsSecretsElsewhere: Mutation { Mutation() }
}
