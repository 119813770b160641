import GeneratedTenancy
import Pipeline
import RPC

/// Limits of a request, each 0 or at least what a policy needs.
enum TenantLimitsCheck {
  /// - Throws: INVALID_ARGUMENT with every field that is too small.
  static func check(_ limits: Artel_Tenancy_V1_TenantLimits) throws(RPCError) {
    let small = [
      ("access_token_seconds", limits.accessTokenSeconds),
      ("refresh_idle_seconds", limits.refreshIdleSeconds),
      ("refresh_absolute_seconds", limits.refreshAbsoluteSeconds),
      ("certificate_seconds", limits.certificateSeconds),
    ].filter { $0.1 != 0 && $0.1 < 60 }
    guard small.isEmpty else {
      throw RPCError(
        code: .invalidArgument, reason: "FIELD_INVALID", message: "a limit is too small",
        violations: small.map {
          .init(field: "limits.\($0.0)", description: "must be 0 or at least 60")
        })
    }
  }
}
