/// Of the audit (security check group H).
extension Mutation {
  /// S-H8: a change is made though nobody can keep it.
  @_transparent @_alwaysEmitIntoClient
  public static var changesUnaudited: Mutation { Mutation() }

  /// S-H7, S-G9: entries are sealed as they become visible, whoever still writes.
  @_transparent @_alwaysEmitIntoClient
  public static var sealsBeforeTheHorizon: Mutation { Mutation() }

  /// S-D21, S-H8: one tenant's calls take the room of all.
  @_transparent @_alwaysEmitIntoClient
  public static var sharesAuditRoom: Mutation { Mutation() }

  /// S-H6: of a message that came twice in one field, the audit shows the last.
  @_transparent @_alwaysEmitIntoClient
  public static var keepsLastMessages: Mutation { Mutation() }

  /// S-H6: a credential in a body is kept.
  @_transparent @_alwaysEmitIntoClient
  public static var keepsSecretsOfBodies: Mutation { Mutation() }

  /// S-H7: the sealer takes the database's word for what it has signed.
  @_transparent @_alwaysEmitIntoClient
  public static var forgetsCheckpoints: Mutation { Mutation() }

  /// S-H4: who did what and from where is in clear, whatever becomes of the person.
  @_transparent @_alwaysEmitIntoClient
  public static var keepsOrigins: Mutation { Mutation() }
}
