/// Of the walls between tenants (security check group D).
extension Mutation {
  /// S-D1: without a tenant, the session's counts.
  @_transparent @_alwaysEmitIntoClient
  public static var keepsSessionTenant: Mutation { Mutation() }

  /// S-D2: a tenant is set for the session, not for the transaction.
  @_transparent @_alwaysEmitIntoClient
  public static var setsTenantForSession: Mutation { Mutation() }

  /// S-D3: a process starts over tables without row-level security.
  @_transparent @_alwaysEmitIntoClient
  public static var passesOpenTables: Mutation { Mutation() }

  /// S-D4: a process starts as a superuser.
  @_transparent @_alwaysEmitIntoClient
  public static var passesStrongRoles: Mutation { Mutation() }

  /// S-D5: a tenant's rows may be written for another.
  @_transparent @_alwaysEmitIntoClient
  public static var writesForOthers: Mutation { Mutation() }

  /// S-D6, S-D17: an identifier is unique across tenants.
  @_transparent @_alwaysEmitIntoClient
  public static var sharesIdentifiers: Mutation { Mutation() }

  /// S-D7: a process starts over views that see every tenant.
  @_transparent @_alwaysEmitIntoClient
  public static var passesOwnersViews: Mutation { Mutation() }

  /// S-D9, S-D11: a statement that the connection knows needs no tenant.
  @_transparent @_alwaysEmitIntoClient
  public static var keepsTenantOfConnection: Mutation { Mutation() }

  /// S-D12: a page token is good for every tenant.
  @_transparent @_alwaysEmitIntoClient
  public static var sharesPageTokens: Mutation { Mutation() }

  /// S-D12: a journal goes on behind an event of another.
  @_transparent @_alwaysEmitIntoClient
  public static var takesOtherJournals: Mutation { Mutation() }

  /// S-D13: a header that names another tenant is passed over.
  @_transparent @_alwaysEmitIntoClient
  public static var ignoresNamedTenant: Mutation { Mutation() }

  /// S-D13: token and certificate may be of different tenants.
  @_transparent @_alwaysEmitIntoClient
  public static var mixesCredentials: Mutation { Mutation() }

  /// S-D14: an issuer is of several tenants at once.
  @_transparent @_alwaysEmitIntoClient
  public static var sharesIssuers: Mutation { Mutation() }

  /// S-D16: events go to the watchers of every tenant.
  @_transparent @_alwaysEmitIntoClient
  public static var sharesEvents: Mutation { Mutation() }

  /// S-D16: a limit is the same for callers of a name in every tenant.
  @_transparent @_alwaysEmitIntoClient
  public static var sharesLimits: Mutation { Mutation() }

  /// S-D18: an error has the database's own words.
  @_transparent @_alwaysEmitIntoClient
  public static var showsValues: Mutation { Mutation() }

  /// S-D19: a stream outlives its tenant's suspension.
  @_transparent @_alwaysEmitIntoClient
  public static var keepsSuspendedStreams: Mutation { Mutation() }

  /// S-D22: a caller may set what only the service sets.
  @_transparent @_alwaysEmitIntoClient
  public static var takesOutputOnlyFields: Mutation { Mutation() }
}
