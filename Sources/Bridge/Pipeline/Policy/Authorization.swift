import GeneratedOptions
import Mutation
import RPC

/// A method's access rule, made ready once at start.
struct Authorization: Sendable {
  let principals: Set<Artel_Options_V1_PrincipalKind>
  let scopes: [String]
  let roles: Set<String>
  let tenantKinds: Set<Artel_Options_V1_TenantKind>
  let stepUpSeconds: Int64
  let operatorTenant: OperatorTenant

  /// Whose callers may call.
  enum OperatorTenant: Sendable {
    case anyTenant
    /// The tenant of this name; nobody's where the process was told none.
    case only(String?)
  }

  /// - Parameter operatorTenant: the name of the tenant that operates the platform; nil for none.
  init(_ access: Artel_Options_V1_Access, operatorTenant: String?) {
    principals = Set(access.principals)
    scopes = access.scopes
    roles = Set(access.roles)
    tenantKinds = Set(access.tenantKinds)
    stepUpSeconds = Int64(access.stepUpSeconds)
    self.operatorTenant = access.operator ? .only(operatorTenant) : .anyTenant
  }

  /// Whether the caller may call.
  ///
  /// - Throws: `RPCError` with `.permissionDenied` and what is missing.
  func check(_ caller: Caller, now: Int64) throws(RPCError) {
    for check in PermissionCheck.order {
      if let refusal = refusal(check, caller, now: now) { throw refusal }
    }
  }

  /// What one check says of the caller; nil where nothing speaks against the call.
  func refusal(_ check: PermissionCheck, _ caller: Caller, now: Int64) -> RPCError? {
    let principal = caller.principal
    switch check {
    case .operatingTenant:
      guard case .only(let name) = operatorTenant, name == nil || caller.tenant.name != name
      else { return nil }
      return denied("NOT_OPERATOR", "the caller does not operate the platform")
    case .tenantKind:
      guard !tenantKinds.isEmpty, !tenantKinds.contains(caller.tenant.kind) else { return nil }
      return denied("TENANT_KIND_NOT_ALLOWED", "tenants of this kind do not have the method")
    case .principalKind:
      guard !principals.isEmpty, !principals.contains(principal.kind) else { return nil }
      return denied("PRINCIPAL_NOT_ALLOWED", "callers of this kind may not call the method")
    case .scopes:
      let missing = scopes.filter { !Self.holds(principal.scopes, $0) }
      guard !missing.isEmpty else { return nil }
      return denied(
        "SCOPE_MISSING", "the credential lacks a scope",
        ["scopes": missing.joined(separator: " ")])
    case .roles:
      guard !roles.isEmpty, roles.isDisjoint(with: principal.roles) else { return nil }
      return denied("ROLE_MISSING", "the caller lacks a role")
    case .stepUp:
      guard asksStepUp(of: principal),
        !(-TokenVerifier.leeway...stepUpSeconds).contains(now - (principal.authTime ?? 0))
      else { return nil }
      return RPCError(
        code: .unauthenticated, reason: "STEP_UP_REQUIRED",
        message: "the caller must sign in again with a second factor",
        metadata: ["max_age_seconds": String(stepUpSeconds)])
    }
  }

  /// Whether the principal has to have signed in a moment ago: clients do not sign in.
  func asksStepUp(of principal: Principal) -> Bool {
    stepUpSeconds > 0 && !principal.isClient && !Mutation.isOn(.asksNoStepUp)
  }

  private static func holds(_ scopes: Set<String>, _ wanted: String) -> Bool {
    scopes.contains(wanted)
      || Mutation.isOn(.matchesPartsOfScopes) && scopes.contains { $0.hasPrefix(wanted) }
  }

  private func denied(_ reason: String, _ message: String, _ metadata: [String: String] = [:])
    -> RPCError
  {
    RPCError(code: .permissionDenied, reason: reason, message: message, metadata: metadata)
  }
}
