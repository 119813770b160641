import GeneratedOptions
import GeneratedTenancy
import Pipeline
import RPC
import SwiftProtobuf

/// Tells a caller about its own tenant: what its credential was verified against, so it asks
/// nobody.
struct TenantService: Artel_Tenancy_V1_TenantService.SimpleServiceProtocol {
  func getTenant(
    request: Artel_Tenancy_V1_GetTenantRequest, context: ServerContext
  ) async throws -> Artel_Tenancy_V1_Tenant {
    let tenant = try context.caller.tenant
    let (seconds, microseconds) = tenant.createTime.quotientAndRemainder(dividingBy: 1_000_000)
    return .with {
      $0.name = "tenants/\(tenant.name)"
      $0.displayName = tenant.displayName
      $0.kind = tenant.kind
      $0.state = tenant.suspended ? .suspended : .active
      $0.issuer = tenant.issuer
      $0.createTime = .with {
        $0.seconds = seconds
        $0.nanos = Int32(truncatingIfNeeded: microseconds * 1000)
      }
    }
  }
}
