import Mutation
import RPC

/// What is asked of a verified caller whatever it calls, in this order.
enum StandingCheck: String, Sendable, CaseIterable {
  /// The credential, and all that it came of, is still good.
  case revocation = "REVOCATION"
  /// The tenant is served.
  case tenantState = "TENANT_STATE"
  /// The tenant's rows are here.
  case cell = "CELL"

  /// Made once: a call asks them all.
  static let order = allCases
}

/// Whether a caller stands: it is who it says, but may it still come?
struct Standing: Sendable {
  let revocations: (any RevocationList)?
  let cell: String

  /// - Throws: `RPCError` of the first check that fails.
  func check(_ caller: Caller) throws(RPCError) {
    for check in StandingCheck.order {
      if let refusal = refusal(check, caller) { throw refusal }
    }
  }

  /// What one check says of the caller; nil where nothing speaks against it.
  func refusal(_ check: StandingCheck, _ caller: Caller) -> RPCError? {
    switch check {
    case .revocation:
      do {
        try revocations?.check(caller.principal, tenantID: caller.tenant.id)
        return nil
      } catch {
        return error
      }
    case .tenantState:
      guard caller.tenant.suspended, !Mutation.isOn(.servesSuspendedTenants) else { return nil }
      return RPCError(
        code: .permissionDenied, reason: "TENANT_SUSPENDED", message: "the tenant is suspended")
    case .cell:
      guard caller.tenant.cell != cell else { return nil }
      return RPCError(
        code: .failedPrecondition, reason: "TENANT_ELSEWHERE",
        message: "the tenant is served by another cell", metadata: ["cell": caller.tenant.cell])
    }
  }
}
