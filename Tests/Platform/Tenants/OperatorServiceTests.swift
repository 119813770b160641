import Foundation
import GeneratedTenancy
import Postgres
import RPC
import Storage
import StorageTestSupport
import TestSupport
import Testing
import Transcoding

@testable import Pipeline
@testable import Platform

@Suite("The operator service")
struct OperatorServiceTests {
  private typealias Methods = Artel_Tenancy_V1_OperatorService.Method

  private struct Desk {
    let fixture: PlatformFixture
    let operating: Tenant
    let service: OperatorService

    init(_ fixture: PlatformFixture) async throws {
      self.fixture = fixture
      operating = try await fixture.tenant("platform")
      service = OperatorService(
        directory: fixture.platform.directory, database: fixture.tenants,
        baseDomain: fixture.baseDomain, cell: "main",
        administration: { [fixture] in fixture.platform.administration(operator: $0) })
    }

    func context(_ method: MethodDescriptor) -> ServerContext { .of(operating, method) }

    func create(
      _ name: String,
      _ body: (inout Artel_Tenancy_V1_CreateTenantRequest) -> Void = { _ in }
    ) async throws -> Artel_Tenancy_V1_Tenant {
      try await service.createTenant(
        request: .with {
          $0.tenantID = name
          $0.tenant.displayName = "The \(name)"
          $0.kind = .bank
          $0.reason = "a new customer"
          body(&$0)
        }, context: context(Methods.CreateTenant.descriptor))
    }
  }

  @Test("creates a tenant that can work at once, with its policy", .covers("A12"))
  func create() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await Desk(fixture)
      let bank = try await desk.create("north") { $0.tenant.policy.accessTokenSeconds = 120 }
      #expect(bank.name == "tenants/north")
      #expect(bank.kind == .bank)
      #expect(bank.policy.accessTokenSeconds == 120)
      #expect(bank.policy.refreshAbsoluteSeconds == 3600)
      let tenant = try #require(try await fixture.platform.directory.tenant(named: "north"))
      #expect(try await fixture.platform.directory.keySet(tenantID: tenant.id).count == 1)
      #expect(
        try await fixture.audit(tenant).map { $0.prefix(while: { $0 != ":" }) }.first
          == "operators/artel")
      #expect(try await fixture.audit(tenant).first?.hasSuffix(": a new customer") == true)
      await expectRefusal(.alreadyExists, "RESOURCE_EXISTS") { _ = try await desk.create("north") }
      await expectRefusal(.invalidArgument, "FIELD_INVALID") {
        _ = try await desk.create("south") { $0.tenant.displayName = "" }
      }
      await expectRefusal(.invalidArgument, "FIELD_INVALID") {
        _ = try await desk.create("south") { $0.tenant.policy.accessTokenSeconds = 5 }
      }
      // Beyond what a tenant may have: nothing is left of the attempt.
      await expectRefusal(.invalidArgument, "FIELD_INVALID") {
        _ = try await desk.create("south") { $0.tenant.policy.accessTokenSeconds = 5000 }
      }
      #expect(try await fixture.platform.directory.tenant(named: "south") == nil)
      #expect(try await desk.create("south").name == "tenants/south")
    }
  }

  @Test(
    "invites the first administrator with the tenant, and shows the invitation this once",
    .covers("A12", "S-H10"))
  func firstAdministrator() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await Desk(fixture)
      let north = try await desk.create("north") {
        $0.tenant.firstAdministrator.login = "Boss@example.org"
        $0.tenant.policy.accessTokenSeconds = 120
      }
      let invited = north.firstAdministrator
      #expect(
        invited.invitationUri.hasPrefix("https://north.artel.localhost/sign-in#invitation="))
      #expect(invited.hasInvitationExpireTime)
      #expect(invited.login.isEmpty)
      #expect(north.policy.accessTokenSeconds == 120)
      let seen = try await desk.service.lookUpTenant(
        request: .with {
          $0.name = "tenants/north"
          $0.reason = "ticket 7"
        }, context: desk.context(Methods.LookUpTenant.descriptor))
      #expect(!seen.hasFirstAdministrator)
      #expect(try await !desk.create("west").hasFirstAdministrator)
      for login in ["", "nobody"] {
        let error = await #expect(throws: RPCError.self) {
          _ = try await desk.create("south") { $0.tenant.firstAdministrator.login = login }
        }
        #expect(error?.violatedFields == ["tenant.first_administrator.login"])
      }
      #expect(try await fixture.platform.directory.tenant(named: "south") == nil)
    }
  }

  @Test(
    "answers a repeated creation as the first one, sealed in the operator's own tenant",
    .covers("S-G2", "S-G5"))
  func repeated() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await Desk(fixture)
      let answers = StoredAnswers(
        database: fixture.tenants, vault: EnvelopeVault(fixture.envelope))
      let caller = try desk.context(Methods.CreateTenant.descriptor).caller
      func create(_ name: String, _ call: KeyedCall) async throws -> [UInt8] {
        let reply = try await answers.keeping(call) {
          let tenant = try await desk.create(name) {
            $0.tenant.firstAdministrator.login = "boss@example.org"
          }
          return UnaryReply(message: try MessageBytes(serializing: tenant))
        }
        return reply.message.withUnsafeBytes { Array($0) }
      }
      let call = KeyedCall("k", MessageBytes([]), path: "/m", of: caller)
      let made = try await create("north", call)
      let kept = try #require(try await answers.answer(to: call, of: caller, deadline: nil))
      #expect(kept.message == made)
      let invitation = try Artel_Tenancy_V1_Tenant(serializedBytes: made).firstAdministrator
      #expect(invitation.invitationUri.contains("#invitation="))
      let rows = try await fixture.database.sql(
        """
        SELECT string_agg(name, ' ') FROM artel.idempotency_key JOIN artel.tenant USING (tenant_id)
        """)
      #expect(rows == "platform")
      // Another process that has not seen the first: its tenant is undone.
      await expectRefusal(.aborted, "IDEMPOTENCY_KEY_RUNNING") {
        _ = try await create("south", call)
      }
      #expect(try await fixture.platform.directory.tenant(named: "south") == nil)
    }
  }

  @Test(
    "suspends and resumes, each once, with the reason in the tenant's own audit", .covers("S-D19"))
  func suspend() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await Desk(fixture)
      let alpha = try await fixture.tenant("alpha")
      for _ in 0..<2 {
        let suspended = try await desk.service.suspendTenant(
          request: .with {
            $0.name = "tenants/alpha"
            $0.reason = "unpaid"
          }, context: desk.context(Methods.SuspendTenant.descriptor))
        #expect(suspended.state == .suspended)
      }
      let resumed = try await desk.service.resumeTenant(
        request: .with {
          $0.name = "tenants/alpha"
          $0.reason = "paid"
        }, context: desk.context(Methods.ResumeTenant.descriptor))
      #expect(resumed.state == .active)
      #expect(
        try await fixture.audit(alpha).dropFirst() == [
          "operators/artel:ann artel.tenancy.v1.OperatorService/SuspendTenant tenants/alpha: "
            + "ACTIVE -> SUSPENDED: unpaid",
          "operators/artel:ann artel.tenancy.v1.OperatorService/ResumeTenant tenants/alpha: "
            + "SUSPENDED -> ACTIVE: paid",
        ])
      await expectRefusal(.failedPrecondition, "OPERATOR_TENANT") {
        _ = try await desk.service.suspendTenant(
          request: .with { $0.name = "tenants/platform" },
          context: desk.context(Methods.SuspendTenant.descriptor))
      }
      await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
        _ = try await desk.service.suspendTenant(
          request: .with { $0.name = "tenants/nobody" },
          context: desk.context(Methods.SuspendTenant.descriptor))
      }
    }
  }

  @Test("looks at a tenant in its sight: who and why is in the tenant's audit", .covers("S-D15"))
  func lookUp() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await Desk(fixture)
      let alpha = try await fixture.tenant("alpha")
      let seen = try await desk.service.lookUpTenant(
        request: .with {
          $0.name = "tenants/alpha"
          $0.reason = "ticket 7"
        }, context: desk.context(Methods.LookUpTenant.descriptor))
      #expect(seen.policy.accessTokenSeconds == 600)
      #expect(
        try await fixture.audit(alpha).last
          == "operators/artel:ann artel.tenancy.v1.OperatorService/LookUpTenant tenants/alpha: "
          + "looked up by the operator: ticket 7")
      let page = try await desk.service.listTenants(
        request: .init(), context: desk.context(Methods.ListTenants.descriptor))
      #expect(page.tenants.count == 2)
      #expect(page.tenants.allSatisfy { !$0.hasPolicy && !$0.hasLimits })
    }
  }

  @Test("sets limits, and cuts the policy down to them")
  func limits() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await Desk(fixture)
      _ = try await fixture.tenant("alpha")
      let cut = try await desk.service.setTenantLimits(
        request: .with {
          $0.name = "tenants/alpha"
          $0.limits.accessTokenSeconds = 300
          $0.limits.clients = 2
          $0.reason = "a small plan"
        }, context: desk.context(Methods.SetTenantLimits.descriptor))
      #expect(cut.limits.accessTokenSeconds == 300)
      #expect(cut.limits.clients == 2)
      #expect(cut.limits.members == 100_000)
      #expect(cut.policy.accessTokenSeconds == 300)
      #expect(cut.policy.refreshIdleSeconds == 3600)
      let alpha = try #require(try await fixture.platform.directory.tenant(named: "alpha"))
      #expect(
        try await fixture.audit(alpha).last?.hasSuffix(
          "limits set: clients=2 access_token_seconds=300: a small plan") == true)
      let error = await #expect(throws: RPCError.self) {
        _ = try await desk.service.setTenantLimits(
          request: .with {
            $0.name = "tenants/alpha"
            $0.limits.certificateSeconds = 59
          }, context: desk.context(Methods.SetTenantLimits.descriptor))
      }
      #expect(error?.violatedFields == ["limits.certificate_seconds"])
    }
  }

  @Test("lists a thousand tenants page by page, each once, over an index")
  func thousand() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await Desk(fixture)
      try await fixture.database.sql(
        """
        INSERT INTO artel.tenant (tenant_id, name, display_name, kind)
        SELECT gen_random_uuid(), 'tenant-' || n, 'Tenant ' || n, 'STORE'
        FROM generate_series(1, 1000) AS n; ANALYZE artel.tenant
        """)
      var names: [String] = []
      var token = ""
      repeat {
        let page = try await desk.service.listTenants(
          request: .with {
            $0.pageSize = 170
            $0.pageToken = token
          }, context: desk.context(Methods.ListTenants.descriptor))
        #expect(page.tenants.count <= 170)
        names += page.tenants.map(\.name)
        token = page.nextPageToken
      } while !token.isEmpty
      #expect(names.count == 1001)
      #expect(Set(names).count == 1001)
      // What a call asks of the directory, and a page, is as dear among a thousand as among ten.
      let plan = try await fixture.database.sql(
        """
        EXPLAIN SELECT * FROM artel.tenant WHERE name = 'tenant-500';
        EXPLAIN SELECT * FROM artel.tenant WHERE name > 'tenant-500' ORDER BY name LIMIT 50
        """)
      #expect(plan.components(separatedBy: "tenant_name_key").count == 3)
    }
  }

  @Test("refuses a page token of another list")
  func foreignToken() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await Desk(fixture)
      await expectRefusal(.invalidArgument, "PAGE_INVALID") {
        _ = try await desk.service.listTenants(
          request: .with { $0.pageToken = "AAAA" },
          context: desk.context(Methods.ListTenants.descriptor))
      }
    }
  }
}
