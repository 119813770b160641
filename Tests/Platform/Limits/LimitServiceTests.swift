import GeneratedOperations
import GeneratedTenancy
import LibCrypto
import Pipeline
import Postgres
import RPC
import Storage
import TestSupport
import Testing

@testable import Platform

@Suite("The limit service")
struct LimitServiceTests {
  private typealias Methods = Artel_Operations_V1_LimitService.Method

  private func list(
    _ fixture: PlatformFixture, _ tenant: Tenant, size: Int32 = 0, token: String = ""
  ) async throws -> Artel_Operations_V1_ListUsagesResponse {
    try await LimitService(database: fixture.tenants, baseDomain: fixture.baseDomain).listUsages(
      request: .with {
        $0.pageSize = size
        $0.pageToken = token
      }, context: .of(tenant, Methods.ListUsages.descriptor))
  }

  @Test("tells a tenant what it has used of what the operator allows it", .covers("B08", "S-D16"))
  func usages() async throws {
    try await PlatformFixture.with { fixture in
      let tenant = try await fixture.tenant("alpha")
      let other = try await fixture.tenant("beta")
      let store = StoredQuotas(pool: fixture.dispatcherPool)
      let today = UnixTime.now() / 86_400
      for sequence in 1...2 {
        _ = try await store.add(
          QuotaBatch(
            meterID: UUIDv7.make(), sequence: Int64(sequence),
            uses: [
              QuotaUse(
                tenantID: tenant.id, day: today, calls: 7, expensiveCalls: 2, keyedCalls: 1),
              QuotaUse(tenantID: tenant.id, day: today - 1, calls: 100, expensiveCalls: 100),
            ]))
      }
      _ = try await fixture.tenants.change(
        as: Actor(tenantID: tenant.id, service: "test"), action: "test", deadline: nil
      ) { change in
        try await TenantChanges.setLimits(
          .with { $0.dailyCalls = 1000 }, reason: "test", change, fixture.baseDomain
        ).etag
      }
      let found = try await list(fixture, tenant).usages
      #expect(
        found.map { "\($0.name) \($0.used) \($0.limit)" } == [
          "usages/clients 0 1000", "usages/daily-calls 14 1000",
          "usages/daily-expensive-calls 4 1000000", "usages/daily-keyed-calls 2 100000",
          "usages/members 0 100000",
        ])
      #expect(found[1].resetTime.seconds == (today + 1) * 86_400)
      #expect(!found[0].hasResetTime)
      #expect(try await list(fixture, other).usages[1].used == 0)

      let first = try await list(fixture, tenant, size: 3)
      let rest = try await list(fixture, tenant, size: 3, token: first.nextPageToken)
      #expect(first.usages + rest.usages == found)
      #expect(rest.nextPageToken.isEmpty)
      // The pipeline has them within a second, as it has all of a tenant.
      #expect(
        try await fixture.platform.directory.tenant(id: tenant.id)?.quotas.dailyCalls == 1000)
    }
  }

  @Test("returns one of them, and no other")
  func usage() async throws {
    try await PlatformFixture.with { fixture in
      let tenant = try await fixture.tenant("alpha")
      let service = LimitService(database: fixture.tenants, baseDomain: fixture.baseDomain)
      let usage = try await service.getUsage(
        request: .with { $0.name = "usages/members" },
        context: .of(tenant, Methods.GetUsage.descriptor))
      #expect(usage.limit == 100_000)
      await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
        _ = try await service.getUsage(
          request: .with { $0.name = "usages/gold" },
          context: .of(tenant, Methods.GetUsage.descriptor))
      }
    }
  }

  @Test("lets a tenant say where its callers call from, and not shut itself out", .covers("A15"))
  func networks() async throws {
    try await PlatformFixture.with { fixture in
      let tenant = try await fixture.tenant("alpha")
      let service = TenantService(database: fixture.tenants, baseDomain: fixture.baseDomain)
      func update(_ ranges: [String]) async throws -> Artel_Tenancy_V1_Tenant {
        var context = ServerContext.of(
          tenant, Artel_Tenancy_V1_TenantService.Method.UpdateTenant.descriptor)
        context.peer = Peer(address: "ipv4:203.0.113.7:4000", door: .grpc)
        return try await service.updateTenant(
          request: .with {
            $0.tenant.policy.addressRanges = ranges
            $0.updateMask.paths = ["policy.address_ranges"]
          }, context: context)
      }
      let changed = try await update(["203.0.113.0/24", "2001:db8::/32"])
      #expect(changed.policy.addressRanges == ["203.0.113.0/24", "2001:db8::/32"])
      #expect(
        try await fixture.platform.directory.tenant(named: "alpha")?.policy.addressRanges
          == AddressRanges(["203.0.113.0/24", "2001:db8::/32"]))
      for ranges in [["198.51.100.0/24"], ["203.0.113.1/24"], ["nowhere"]] {
        await expectRefusal(.invalidArgument, "FIELD_INVALID") { _ = try await update(ranges) }
      }
      #expect(try await update([]).policy.addressRanges.isEmpty)
    }
  }
}
