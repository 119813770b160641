/// Of the verification of tokens (security check group A).
extension Mutation {
  /// S-A12: a token is good at the hosts of all tenants.
  @_transparent @_alwaysEmitIntoClient
  public static var servesUnderEveryHost: Mutation { Mutation() }

  /// S-A1: a token without a signature is good.
  @_transparent @_alwaysEmitIntoClient
  public static var takesNoSignature: Mutation { Mutation() }

  /// S-A2: a token signed by HMAC is good, whatever the secret.
  @_transparent @_alwaysEmitIntoClient
  public static var takesHMAC: Mutation { Mutation() }

  /// S-A3: an issuer may use an algorithm that it is not registered with.
  @_transparent @_alwaysEmitIntoClient
  public static var takesForeignAlgorithms: Mutation { Mutation() }

  /// S-A4: a key that the issuer does not have is any that it has.
  @_transparent @_alwaysEmitIntoClient
  public static var takesUnknownKeys: Mutation { Mutation() }

  /// S-A5: every unknown key asks the issuer for its keys.
  @_transparent @_alwaysEmitIntoClient
  public static var asksForKeysEachTime: Mutation { Mutation() }

  /// S-A6: a token may bring its own key, or say where it is.
  @_transparent @_alwaysEmitIntoClient
  public static var takesKeysInHeaders: Mutation { Mutation() }

  /// S-A7: extensions that must be understood need not be.
  @_transparent @_alwaysEmitIntoClient
  public static var ignoresCriticalHeaders: Mutation { Mutation() }

  /// S-A8: a token has no end.
  @_transparent @_alwaysEmitIntoClient
  public static var takesExpiredTokens: Mutation { Mutation() }

  /// S-A9: a token has no beginning.
  @_transparent @_alwaysEmitIntoClient
  public static var takesTokensOfTheFuture: Mutation { Mutation() }

  /// S-A10: a token needs no identifier.
  @_transparent @_alwaysEmitIntoClient
  public static var takesIncompleteTokens: Mutation { Mutation() }

  /// S-A11: an audience that begins as ours does is ours.
  @_transparent @_alwaysEmitIntoClient
  public static var matchesPartsOfAudiences: Mutation { Mutation() }

  /// S-A12: an issuer is compared without its case and its last slash.
  @_transparent @_alwaysEmitIntoClient
  public static var ignoresCaseOfIssuers: Mutation { Mutation() }

  /// S-A12: another issuer's discovery document is good.
  @_transparent @_alwaysEmitIntoClient
  public static var takesForeignDiscovery: Mutation { Mutation() }

  /// S-A13: an ID token is an access token.
  @_transparent @_alwaysEmitIntoClient
  public static var takesOtherTypes: Mutation { Mutation() }

  /// S-A14: what stands behind a signature is passed over.
  @_transparent @_alwaysEmitIntoClient
  public static var takesOtherSignatures: Mutation { Mutation() }

  /// S-A15: a token may be of any length.
  @_transparent @_alwaysEmitIntoClient
  public static var takesLongTokens: Mutation { Mutation() }

  /// S-A15: a token may be of any depth.
  @_transparent @_alwaysEmitIntoClient
  public static var takesDeepTokens: Mutation { Mutation() }

  /// S-A15: of a repeated name the last counts.
  @_transparent @_alwaysEmitIntoClient
  public static var takesRepeatedNames: Mutation { Mutation() }

  /// S-A16: a token in the query is passed over.
  @_transparent @_alwaysEmitIntoClient
  public static var takesTokensInQueries: Mutation { Mutation() }

  /// S-A17: of two authorizations the first counts.
  @_transparent @_alwaysEmitIntoClient
  public static var takesTwoAuthorizations: Mutation { Mutation() }

  /// S-A18: a scope that begins as the wanted one does is enough.
  @_transparent @_alwaysEmitIntoClient
  public static var matchesPartsOfScopes: Mutation { Mutation() }

  /// S-A19: a client is the person that it calls itself.
  @_transparent @_alwaysEmitIntoClient
  public static var takesClientsForPersons: Mutation { Mutation() }

  /// S-A20: a disabled client's tokens are good until they expire.
  @_transparent @_alwaysEmitIntoClient
  public static var servesShutOutClients: Mutation { Mutation() }

  /// S-A20, S-D19: a suspended tenant is served.
  @_transparent @_alwaysEmitIntoClient
  public static var servesSuspendedTenants: Mutation { Mutation() }
}
