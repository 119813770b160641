/// Of limits and repeated calls (security check groups F and G).
extension Mutation {
  /// S-D21: a tenant's callers together have no limit.
  @_transparent @_alwaysEmitIntoClient
  public static var ignoresTenantRate: Mutation { Mutation() }
}

extension Mutation {
  /// S-G1: a key that the contract requires may be missing.
  @_transparent @_alwaysEmitIntoClient
  public static var needsNoKey: Mutation { Mutation() }

  /// S-G2: what was answered before is not looked for.
  @_transparent @_alwaysEmitIntoClient
  public static var forgetsAnswers: Mutation { Mutation() }

  /// S-G3: a key is good for any request.
  @_transparent @_alwaysEmitIntoClient
  public static var takesReusedKeys: Mutation { Mutation() }

  /// S-G4: a call begins while the first of its key runs.
  @_transparent @_alwaysEmitIntoClient
  public static var runsKeysTwice: Mutation { Mutation() }
}

extension Mutation {
  /// S-D21: a tenant's calls may hold all that the process has.
  @_transparent @_alwaysEmitIntoClient
  public static var givesTenantsAll: Mutation { Mutation() }

  /// S-F8: the process takes more calls than it gets through.
  @_transparent @_alwaysEmitIntoClient
  public static var shedsNothing: Mutation { Mutation() }

  /// A15: networks that are denied may call.
  @_transparent @_alwaysEmitIntoClient
  public static var ignoresNetworkRules: Mutation { Mutation() }

  /// B08: a quota is used on when it is used up.
  @_transparent @_alwaysEmitIntoClient
  public static var ignoresQuotas: Mutation { Mutation() }

  /// S-E14: whoever calls may say from where.
  @_transparent @_alwaysEmitIntoClient
  public static var believesForwardedFor: Mutation { Mutation() }
}

extension Mutation {
  /// S-F4: calls that are refused for their credentials are not counted.
  @_transparent @_alwaysEmitIntoClient
  public static var refusesWithoutEnd: Mutation { Mutation() }

  /// A15: a network that is denied gets its handshakes.
  @_transparent @_alwaysEmitIntoClient
  public static var greetsDeniedNetworks: Mutation { Mutation() }

  /// A15: a stream goes on from a network that was denied since.
  @_transparent @_alwaysEmitIntoClient
  public static var keepsDeniedStreams: Mutation { Mutation() }

  /// S-F3: whatever a server of limits says is taken for true.
  @_transparent @_alwaysEmitIntoClient
  public static var believesRedis: Mutation { Mutation() }

  /// S-F8: the operator's methods are called by anybody, however much there is to do.
  @_transparent @_alwaysEmitIntoClient
  public static var shedsNoOperators: Mutation { Mutation() }

  /// B08: a tenant that has used up its quota can change nothing until tomorrow.
  @_transparent @_alwaysEmitIntoClient
  public static var keepsNoReserve: Mutation { Mutation() }
}
