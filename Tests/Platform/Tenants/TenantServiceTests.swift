import GeneratedOptions
import GeneratedTenancy
import Pipeline
import RPC
import Testing

@testable import Platform

typealias PrincipalKind = Artel_Options_V1_PrincipalKind

@Suite("The tenant service")
struct TenantServiceTests {
  private func context(_ caller: Caller?) -> ServerContext {
    ServerContext(
      method: Artel_Tenancy_V1_TenantService.Method.GetTenant.descriptor, metadata: [:],
      peer: Peer(address: "", door: .grpc), attachment: caller)
  }

  @Test("tells a caller about its own tenant")
  func ownTenant() async throws {
    let caller = Caller(
      tenant: Tenant(
        id: TenantIdentifier.nobody, name: "alpha", displayName: "Alpha House", kind: .residential,
        suspended: false, issuer: "https://alpha.artel.localhost",
        createTime: 1_700_000_000_123_456),
      principal: Principal(kind: .user, subject: "artel:ann"))
    let tenant = try await TenantService().getTenant(request: .init(), context: context(caller))
    #expect(tenant.name == "tenants/alpha")
    #expect(tenant.displayName == "Alpha House")
    #expect(tenant.kind == .residential)
    #expect(tenant.state == .active)
    #expect(tenant.issuer == "https://alpha.artel.localhost")
    #expect(tenant.createTime.seconds == 1_700_000_000)
    #expect(tenant.createTime.nanos == 123_456_000)
  }

  @Test("tells a stranger nothing")
  func stranger() async {
    await expectRefusal(.unauthenticated, "CREDENTIAL_MISSING") {
      _ = try await TenantService().getTenant(request: .init(), context: context(nil))
    }
  }
}
