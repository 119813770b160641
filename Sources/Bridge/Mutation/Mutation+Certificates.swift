/// Of TLS and client certificates (security check group B).
extension Mutation {
  /// S-B1: TLS 1.1 and weak ciphers are spoken.
  @_transparent @_alwaysEmitIntoClient
  public static var speaksOldTLS: Mutation { Mutation() }

  /// S-B3: a client that does not speak HTTP/2 gets as far as its first words.
  @_transparent @_alwaysEmitIntoClient
  public static var speaksAnyProtocol: Mutation { Mutation() }

  /// S-B4, S-B5: a token that is bound to a certificate is good without it.
  @_transparent @_alwaysEmitIntoClient
  public static var ignoresBindings: Mutation { Mutation() }

  /// S-B6: a token need not be bound where its tenant or client wants it.
  @_transparent @_alwaysEmitIntoClient
  public static var takesUnboundTokens: Mutation { Mutation() }

  /// S-B10: who signed a client's certificate is of no interest.
  @_transparent @_alwaysEmitIntoClient
  public static var trustsEveryAuthority: Mutation { Mutation() }

  /// S-B11: each name trusts the authorities of all.
  @_transparent @_alwaysEmitIntoClient
  public static var trustsUnderEveryName: Mutation { Mutation() }

  /// S-B12: a call is taken for one of the first connection.
  @_transparent @_alwaysEmitIntoClient
  public static var mixesConnections: Mutation { Mutation() }

  /// S-B12: a request may be for another name than its connection.
  @_transparent @_alwaysEmitIntoClient
  public static var servesOtherAuthorities: Mutation { Mutation() }

  /// S-B13: an authority's own certificate is a client's.
  @_transparent @_alwaysEmitIntoClient
  public static var takesAuthorities: Mutation { Mutation() }

  /// S-B14: a certificate for something else is a client's.
  @_transparent @_alwaysEmitIntoClient
  public static var takesOtherPurposes: Mutation { Mutation() }

  /// S-B15: of several URIs the first counts.
  @_transparent @_alwaysEmitIntoClient
  public static var takesManyNames: Mutation { Mutation() }

  /// S-B16: a certificate has no end.
  @_transparent @_alwaysEmitIntoClient
  public static var takesOldCertificates: Mutation { Mutation() }

  /// S-B17: a chain may have any length.
  @_transparent @_alwaysEmitIntoClient
  public static var takesLongChains: Mutation { Mutation() }

  /// S-B18: a key may be weak.
  @_transparent @_alwaysEmitIntoClient
  public static var takesWeakKeys: Mutation { Mutation() }

  /// S-B19: a connection outlives its certificate.
  @_transparent @_alwaysEmitIntoClient
  public static var keepsRevokedConnections: Mutation { Mutation() }

  /// S-B21, S-B22: revocation lists are not asked.
  @_transparent @_alwaysEmitIntoClient
  public static var takesRevokedCertificates: Mutation { Mutation() }

  /// S-B23: an authority without revocations is not believed.
  @_transparent @_alwaysEmitIntoClient
  public static var refusesEmptyLists: Mutation { Mutation() }

  /// S-B24: who signed a revocation list is of no interest.
  @_transparent @_alwaysEmitIntoClient
  public static var takesForeignLists: Mutation { Mutation() }

  /// S-B25: a caller may say by a header what its certificate is.
  @_transparent @_alwaysEmitIntoClient
  public static var passesCertificateHeaders: Mutation { Mutation() }

  /// S-B26: of a tenant's authorities the first counts.
  @_transparent @_alwaysEmitIntoClient
  public static var knowsOneAuthority: Mutation { Mutation() }

  /// S-B28: a file that is half written is a shorter one.
  @_transparent @_alwaysEmitIntoClient
  public static var takesCutFiles: Mutation { Mutation() }
}
