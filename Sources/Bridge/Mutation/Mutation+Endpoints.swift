/// Of the OAuth endpoints (security check group C).
extension Mutation {
  /// S-C1: a token lives longer than it says.
  @_transparent @_alwaysEmitIntoClient
  public static var issuesLongTokens: Mutation { Mutation() }

  /// S-C2: an unknown client hears that it is unknown.
  @_transparent @_alwaysEmitIntoClient
  public static var tellsUnknownClients: Mutation { Mutation() }

  /// S-C3: of two ways to authenticate the header counts.
  @_transparent @_alwaysEmitIntoClient
  public static var takesTwoAuthentications: Mutation { Mutation() }

  /// S-C4: of a repeated parameter the last counts.
  @_transparent @_alwaysEmitIntoClient
  public static var takesRepeatedParameters: Mutation { Mutation() }

  /// S-C5: a token may be asked for by GET.
  @_transparent @_alwaysEmitIntoClient
  public static var takesTokenRequestsByGET: Mutation { Mutation() }

  /// S-C6: a token may be asked for in JSON.
  @_transparent @_alwaysEmitIntoClient
  public static var takesTokenRequestsInJSON: Mutation { Mutation() }

  /// S-C7: a secret may stand in the query.
  @_transparent @_alwaysEmitIntoClient
  public static var takesSecretsInQueries: Mutation { Mutation() }

  /// S-C8: the parts of HTTP Basic are taken as they are.
  @_transparent @_alwaysEmitIntoClient
  public static var readsRawCredentials: Mutation { Mutation() }

  /// S-C9: any grant is client credentials.
  @_transparent @_alwaysEmitIntoClient
  public static var takesOtherGrants: Mutation { Mutation() }

  /// S-C10: a client gets the scopes that it asks for.
  @_transparent @_alwaysEmitIntoClient
  public static var grantsEveryScope: Mutation { Mutation() }

  /// S-C13: a secret that was replaced stays good.
  @_transparent @_alwaysEmitIntoClient
  public static var keepsOldSecrets: Mutation { Mutation() }

  /// S-C23: a client may revoke another's token.
  @_transparent @_alwaysEmitIntoClient
  public static var revokesForOthers: Mutation { Mutation() }

  /// S-C24: what is revoked goes on.
  @_transparent @_alwaysEmitIntoClient
  public static var ignoresRevocations: Mutation { Mutation() }

  /// S-C25: a revoked client's tokens are good until they expire.
  @_transparent @_alwaysEmitIntoClient
  public static var keepsRevokedClients: Mutation { Mutation() }

  /// S-C26: a client may ask what another's token says.
  @_transparent @_alwaysEmitIntoClient
  public static var explainsForeignTokens: Mutation { Mutation() }

  /// S-C27: the published keys have a private member.
  @_transparent @_alwaysEmitIntoClient
  public static var publishesPrivateKeys: Mutation { Mutation() }

  /// S-C28: what was verified once is good until it expires.
  @_transparent @_alwaysEmitIntoClient
  public static var keepsWithdrawnKeys: Mutation { Mutation() }

  /// S-C29: secrets may be guessed without end.
  @_transparent @_alwaysEmitIntoClient
  public static var forgetsFailedAttempts: Mutation { Mutation() }

  /// S-C30: who cannot be verified now is let in if it was before.
  @_transparent @_alwaysEmitIntoClient
  public static var failsOpen: Mutation { Mutation() }

  /// S-C31: a stream outlives the token behind it.
  @_transparent @_alwaysEmitIntoClient
  public static var keepsExpiredStreams: Mutation { Mutation() }
}
