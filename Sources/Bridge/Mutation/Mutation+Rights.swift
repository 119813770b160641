/// Of what people may do within their tenant (security check groups D and H).
extension Mutation {
  /// S-D12: a person's call reaches everything of its tenant.
  @_transparent @_alwaysEmitIntoClient
  public static var reachesWholeTenant: Mutation { Mutation() }

  /// S-D15: the operator looks at a tenant, and the tenant does not learn of it.
  @_transparent @_alwaysEmitIntoClient
  public static var readsTenantsUnseen: Mutation { Mutation() }

  /// S-D19: background jobs go on for tenants that are suspended.
  @_transparent @_alwaysEmitIntoClient
  public static var worksForSuspendedTenants: Mutation { Mutation() }

  /// S-H10: nobody is asked for a second factor again.
  @_transparent @_alwaysEmitIntoClient
  public static var asksNoStepUp: Mutation { Mutation() }
}
