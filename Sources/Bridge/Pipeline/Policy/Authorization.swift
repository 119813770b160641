import GeneratedOptions
import Mutation
import RPC

/// A method's access rule, made ready once at start.
struct Authorization: Sendable {
  private let principals: Set<Artel_Options_V1_PrincipalKind>
  private let scopes: [String]
  private let roles: Set<String>
  private let tenantKinds: Set<Artel_Options_V1_TenantKind>
  private let stepUpSeconds: Int64
  private let operatorTenant: OperatorTenant

  /// Whose callers may call.
  private enum OperatorTenant: Sendable {
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
    let principal = caller.principal
    if case .only(let name) = operatorTenant, name == nil || caller.tenant.name != name {
      throw denied("NOT_OPERATOR", "the caller does not operate the platform")
    }
    if !tenantKinds.isEmpty && !tenantKinds.contains(caller.tenant.kind) {
      throw denied("TENANT_KIND_NOT_ALLOWED", "tenants of this kind do not have the method")
    }
    if !principals.isEmpty && !principals.contains(principal.kind) {
      throw denied("PRINCIPAL_NOT_ALLOWED", "callers of this kind may not call the method")
    }
    let missing = scopes.filter { !Self.holds(principal.scopes, $0) }
    if !missing.isEmpty {
      throw denied(
        "SCOPE_MISSING", "the credential lacks a scope",
        ["scopes": missing.joined(separator: " ")])
    }
    if !roles.isEmpty && roles.isDisjoint(with: principal.roles) {
      throw denied("ROLE_MISSING", "the caller lacks a role")
    }
    if stepUpSeconds > 0,
      !(-TokenVerifier.leeway...stepUpSeconds).contains(now - (principal.authTime ?? 0))
    {
      throw RPCError(
        code: .unauthenticated, reason: "STEP_UP_REQUIRED",
        message: "the caller must sign in again with a second factor",
        metadata: ["max_age_seconds": String(stepUpSeconds)])
    }
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
