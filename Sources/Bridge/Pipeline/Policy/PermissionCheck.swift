/// What the permission of a call is made of, in the order in which it is asked for. The first check
/// that fails refuses the call.
public enum PermissionCheck: String, Sendable, CaseIterable {
  /// The caller's tenant operates the platform.
  case operatingTenant = "OPERATING_TENANT"
  /// The caller's tenant is of a kind that has the method.
  case tenantKind = "TENANT_KIND"
  /// The caller is of a kind that may call.
  case principalKind = "PRINCIPAL_KIND"
  /// The credential has every scope.
  case scopes = "SCOPES"
  /// The caller has one of the roles.
  case roles = "ROLES"
  /// The person signed in with a second factor a moment ago.
  case stepUp = "STEP_UP"

  /// Made once: a call asks them all.
  static let order = allCases
}
