import GeneratedOptions
import GeneratedTenancy
import Pipeline
import RPC
import TestSupport
import Testing

@testable import Platform

@Suite("The tenant service")
struct TenantServiceTests {
  private func service(_ fixture: PlatformFixture) -> TenantService {
    TenantService(database: fixture.tenants, baseDomain: fixture.baseDomain)
  }

  private func update(
    _ fixture: PlatformFixture, _ tenant: Tenant, mask: [String]? = nil,
    _ body: (inout Artel_Tenancy_V1_Tenant) -> Void
  ) async throws -> Artel_Tenancy_V1_Tenant {
    try await service(fixture).updateTenant(
      request: .with {
        body(&$0.tenant)
        if let mask { $0.updateMask.paths = mask }
      },
      context: .of(tenant, Artel_Tenancy_V1_TenantService.Method.UpdateTenant.descriptor))
  }

  @Test("tells a caller about its own tenant")
  func ownTenant() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      _ = try await fixture.tenant("beta")
      let tenant = try await service(fixture).getTenant(
        request: .init(),
        context: .of(alpha, Artel_Tenancy_V1_TenantService.Method.GetTenant.descriptor))
      #expect(tenant.name == "tenants/alpha")
      #expect(tenant.displayName == "The alpha")
      #expect(tenant.kind == .residential)
      #expect(tenant.state == .active)
      #expect(tenant.issuer == "https://alpha.artel.localhost")
      #expect(
        tenant.createTime.seconds * 1_000_000 + Int64(tenant.createTime.nanos / 1000)
          == alpha.createTime)
      #expect(tenant.policy.accessTokenSeconds == 600)
      #expect(tenant.policy.refreshIdleSeconds == 3600)
      #expect(tenant.limits.clients == 1000)
      #expect(TenantIdentifier.isValid(tenant.uid))
      #expect(tenant.cell == "main")
    }
  }

  @Test("tells a stranger nothing")
  func stranger() async throws {
    try await PlatformFixture.with { fixture in
      await expectRefusal(.unauthenticated, "CREDENTIAL_MISSING") {
        _ = try await service(fixture).getTenant(
          request: .init(),
          context: .of(nil, Artel_Tenancy_V1_TenantService.Method.GetTenant.descriptor))
      }
    }
  }

  @Test("changes what the mask names, and what has a value without one")
  func updates() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let first = try await update(fixture, alpha) {
        $0.displayName = "Alpha"
        $0.policy.accessTokenSeconds = 300
        $0.policy.requiresBoundTokens = true
      }
      #expect(first.displayName == "Alpha")
      #expect(first.policy.accessTokenSeconds == 300)
      #expect(first.policy.refreshIdleSeconds == 3600)
      #expect(first.policy.requiresBoundTokens)
      let second = try await update(fixture, alpha, mask: ["policy.certificate_seconds"]) {
        $0.displayName = "Not this"
        $0.policy.certificateSeconds = 7200
      }
      #expect(second.displayName == "Alpha")
      #expect(second.policy.certificateSeconds == 7200)
      #expect(second.etag != first.etag)
      #expect(
        try await fixture.audit(alpha).suffix(2) == [
          "artel:ann artel.tenancy.v1.TenantService/UpdateTenant tenants/alpha: updated "
            + "display_name access_token_seconds=300 requires_bound_tokens=true",
          "artel:ann artel.tenancy.v1.TenantService/UpdateTenant tenants/alpha: updated "
            + "certificate_seconds=7200",
        ])
    }
  }

  @Test("holds for tokens issued from then on, within a second")
  func holds() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      _ = try await update(fixture, alpha) { $0.policy.accessTokenSeconds = 120 }
      #expect(
        try await eventually {
          try await fixture.platform.directory.tenant(named: "alpha")?.policy.accessTokenSeconds
            == 120
        })
    }
  }

  @Test("refuses a policy beyond the limits with every field, and changes nothing")
  func limits() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      try await fixture.database.sql(
        "UPDATE artel.tenant SET max_access_token_seconds = 900, max_certificate_seconds = 90000")
      let error = await #expect(throws: RPCError.self) {
        _ = try await update(fixture, alpha) {
          $0.policy.accessTokenSeconds = 901
          $0.policy.certificateSeconds = 90_001
          $0.policy.refreshIdleSeconds = 100
        }
      }
      #expect(error?.code == .invalidArgument)
      #expect(
        error?.violatedFields == [
          "tenant.policy.access_token_seconds", "tenant.policy.certificate_seconds",
        ])
      let row = try await fixture.platform.directory.tenant(named: "alpha")
      #expect(row?.policy == TenantPolicy())
    }
  }

  @Test(
    "refuses what cannot be",
    arguments: [
      (["state"], "update_mask"), (["policy.max"], "update_mask"), (["cell"], "update_mask"),
      (["display_name"], "tenant.display_name"),
      (["policy.access_token_seconds"], "tenant.policy.access_token_seconds"),
    ])
  func refuses(mask: [String], field: String) async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let error = await #expect(throws: RPCError.self) {
        _ = try await update(fixture, alpha, mask: mask) { _ in }
      }
      #expect(error?.violatedFields == [field])
    }
  }

  @Test("changes only what the caller has seen, where the caller says what that is")
  func etag() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let seen = try await update(fixture, alpha) { $0.displayName = "One" }
      _ = try await update(fixture, alpha) {
        $0.displayName = "Two"
        $0.etag = seen.etag
      }
      await expectRefusal(.aborted, "ETAG_MISMATCH") {
        _ = try await update(fixture, alpha) {
          $0.displayName = "Three"
          $0.etag = seen.etag
        }
      }
      await expectRefusal(.invalidArgument, "FIELD_INVALID") {
        _ = try await update(fixture, alpha) { $0.name = "tenants/beta" }
      }
    }
  }
}
