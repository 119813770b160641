/// Of what is told to operators (security check group H).
extension Mutation {
  /// S-H11: anybody's `traceparent` chooses the number of our trace, and whether it is kept.
  @_transparent @_alwaysEmitIntoClient
  public static var trustsEveryTrace: Mutation { Mutation() }

  /// S-F16: a process that cannot serve says that it is ready.
  @_transparent @_alwaysEmitIntoClient
  public static var staysReady: Mutation { Mutation() }
}
