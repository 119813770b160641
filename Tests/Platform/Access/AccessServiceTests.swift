import GeneratedAccess
import GeneratedDescriptors
import Pipeline
import Postgres
import RPC
import Storage
import TestSupport
import Testing
import Transcoding

@testable import Platform

@Suite("The access service")
struct AccessServiceTests {
  private typealias Methods = Artel_Access_V1_AccessService.Method

  /// Knows one resource, which nobody but those who see the whole tenant sees.
  private struct Shelf: ResourceRows {
    func shows(
      _ name: String, to actor: Storage.Actor, deadline: ContinuousClock.Instant?
    ) async throws -> Bool? {
      name == "books/1" ? actor.reach == .tenant : name.hasPrefix("books/") ? false : nil
    }
  }

  private static func service(_ fixture: PlatformFixture) throws -> AccessService {
    let explainer = AccessExplainer(
      schema: try Schema(descriptorSet: ArtelDescriptors.descriptorSet),
      configuration: .init(trustDomain: "artel.localhost", operatorTenant: "platform"),
      directory: fixture.platform.directory, revocations: nil)
    let service = fixture.platform.access(explainer, resources: [Shelf()])
    return try #require(service as? AccessService)
  }

  private static func explain(
    _ fixture: PlatformFixture, _ tenant: Tenant,
    _ fill: (inout Artel_Access_V1_ExplainAccessRequest) -> Void
  ) async throws -> Artel_Access_V1_Explanation {
    try await service(fixture).explainAccess(
      request: .with(fill), context: .of(tenant, Methods.ExplainAccess.descriptor))
  }

  private static func verdict(
    _ name: String, _ explanation: Artel_Access_V1_Explanation
  ) -> Artel_Access_V1_AccessCheck? { explanation.checks.first { $0.name == name } }

  /// A person of the tenant with a role.
  private static func member(
    _ fixture: PlatformFixture, _ tenant: Tenant, disabled: Bool = false
  ) async throws -> String {
    try await fixture.database.sql(
      """
      INSERT INTO artel.role (tenant_id, role_id, display_name, scopes)
        VALUES ('\(tenant.id)', 'resident', '', '{residential.directory:read}')
        ON CONFLICT DO NOTHING;
      WITH made AS (INSERT INTO artel.person (tenant_id, person_id, sealed_login,
          login_index, sealed_display_name, administrator, disabled)
        SELECT '\(tenant.id)', id, '', uuid_send(id), '', false, \(disabled) FROM gen_random_uuid() AS id
        RETURNING tenant_id, person_id)
      INSERT INTO artel.person_role SELECT tenant_id, person_id, 'resident' FROM made
        RETURNING 'members/' || person_id
      """
    ).split(separator: "\n").map(String.init).first { $0.hasPrefix("members/") } ?? ""
  }

  @Test("says what a client lacks, and what would change it", .covers("A22"))
  func client() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      _ = try await fixture.administration.createClient(
        "erp", kind: .service, scopes: ["residential.directory:read"], in: alpha)
      let method = "artel.residential.v1.PartnerService/GetPartner"
      let refused = try await Self.explain(fixture, alpha) {
        $0.principal = "clients/erp"
        $0.method = method
      }
      #expect(!refused.allowed)
      #expect(refused.reason == "SCOPE_MISSING")
      #expect(refused.subject == "clients/erp")
      let scopes = try #require(Self.verdict("SCOPES", refused))
      #expect(scopes.demanded == ["residential.partners:read"])
      #expect(scopes.held == ["residential.directory:read"])
      #expect(scopes.verdict == .refused)
      #expect(!scopes.remedy.isEmpty)
      let allowed = try await Self.explain(fixture, alpha) {
        $0.principal = "clients/erp"
        $0.method = "artel.residential.v1.DirectoryService/ListUnits"
      }
      #expect(allowed.allowed)
    }
  }

  @Test(
    "says of a person whether a thing is its own, of one who is disabled only that", .covers("A23"))
  func person() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let member = try await Self.member(fixture, alpha)
      func explain(_ resource: String) async throws -> Artel_Access_V1_Explanation {
        try await Self.explain(fixture, alpha) {
          $0.principal = member
          $0.method = "artel.residential.v1.DirectoryService/GetUnit"
          $0.resource = resource
        }
      }
      let foreign = try await explain("books/1")
      #expect(foreign.reason == "RESOURCE_NOT_FOUND")
      #expect(Self.verdict("ROWS", foreign)?.held == ["OWN"])
      #expect(Self.verdict("ROWS", foreign)?.remedy.contains("not the person's own") == true)
      #expect(
        Self.verdict("ROWS", try await explain("books/2"))?.remedy.contains("no such") == true)
      #expect(try await explain("shelves/1").allowed)
      #expect(try await explain("").allowed)
      let disabled = try await Self.member(fixture, alpha, disabled: true)
      let nothing = try await Self.explain(fixture, alpha) {
        $0.principal = disabled
        $0.method = "artel.residential.v1.DirectoryService/GetUnit"
      }
      #expect(nothing.reason == "MEMBER_DISABLED")
      #expect(nothing.checks.count == 1)
    }
  }

  @Test("knows nobody of another tenant, by name or by token", .covers("S-D12"))
  func foreign() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let beta = try await fixture.tenant("beta")
      let secret = try await fixture.administration.createClient(
        "lift", kind: .service, scopes: ["a"], in: beta
      ).secret
      let member = try await Self.member(fixture, beta)
      let token = try await TokenEndpoint(fixture).token("lift", secret).accessToken
      let method = "artel.tenancy.v1.TenantService/GetTenant"
      for name in ["clients/lift", "clients/nobody", member, "members/x", "partners/doors"] {
        await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
          _ = try await Self.explain(fixture, alpha) {
            $0.principal = name
            $0.method = method
          }
        }
      }
      await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
        _ = try await Self.explain(fixture, alpha) {
          $0.token = token
          $0.method = method
        }
      }
      let own = try await Self.explain(fixture, beta) {
        $0.token = token
        $0.method = method
      }
      #expect(own.allowed)
      #expect(!(try own.jsonString()).contains(token))
      let garbage = try await Self.explain(fixture, alpha) {
        $0.token = "garbage"
        $0.method = method
      }
      #expect(garbage.reason == "TOKEN_INVALID")
      await expectRefusal(.invalidArgument, "FIELD_INVALID") {
        _ = try await Self.explain(fixture, alpha) { $0.method = method }
      }
      await expectRefusal(.invalidArgument, "FIELD_INVALID") {
        _ = try await Self.explain(fixture, beta) {
          $0.principal = "clients/lift"
          $0.method = "artel.nothing.v1.Nothing/Get"
        }
      }
    }
  }

  @Test("is asked by the operator in the tenant's sight", .covers("S-D15"))
  func asOperator() async throws {
    try await PlatformFixture.with { fixture in
      let platform = try await fixture.tenant("platform")
      let alpha = try await fixture.tenant("alpha")
      _ = try await fixture.administration.createClient(
        "erp", kind: .service, scopes: [], in: alpha)
      let service = try Self.service(fixture)
      func ask(_ name: String) async throws -> Artel_Access_V1_Explanation {
        try await service.explainTenantAccess(
          request: .with {
            $0.name = name
            $0.reason = "ticket 9"
            $0.question.principal = "clients/erp"
            $0.question.method = "artel.tenancy.v1.TenantService/GetTenant"
          }, context: .of(platform, Methods.ExplainTenantAccess.descriptor))
      }
      #expect(try await ask("tenants/alpha").allowed)
      #expect(
        try await fixture.audit(alpha).last
          == "operators/artel:ann artel.access.v1.AccessService/ExplainTenantAccess tenants/alpha: "
          + "access explained: ticket 9")
      await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") { _ = try await ask("tenants/nobody") }
    }
  }
}
