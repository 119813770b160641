import GeneratedOptions
import Pipeline

extension Caller {
  /// A caller of a tenant, with these quotas.
  static func of(
    _ tenant: String, _ subject: String = "a", kind: Artel_Options_V1_PrincipalKind = .user,
    quotas: TenantQuotas = TenantQuotas()
  ) -> Caller {
    Caller(
      tenant: Tenant(
        id: tenant, name: tenant, displayName: "", kind: .residential, suspended: false,
        issuer: "", createTime: 0, quotas: quotas),
      principal: Principal(kind: kind, subject: subject))
  }
}
