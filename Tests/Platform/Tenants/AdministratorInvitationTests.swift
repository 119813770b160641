import GeneratedTenancy
import Pipeline
import Postgres
import RPC
import Storage
import TestSupport
import Testing

@testable import Platform

@Suite("The invitation of an administrator")
struct AdministratorInvitationTests {
  private static let login = "boss@example.org"

  private func expectRefusal(
    _ code: AdministrationError.Code, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
  ) async {
    let error = await #expect(throws: AdministrationError.self, sourceLocation: sourceLocation) {
      try await body()
    }
    #expect(error?.code == code, sourceLocation: sourceLocation)
  }

  private func create(_ name: String, _ login: String, _ fixture: PlatformFixture) async throws -> (
    tenant: Tenant, invitation: String
  ) {
    try await fixture.administration.createTenant(
      name: name, displayName: "A", kind: .store, cell: "main", administrator: login)
  }

  /// The tenant's people and their invitations, as `login administrator invitations`.
  private func people(_ tenant: Tenant, _ fixture: PlatformFixture) async throws -> String {
    let actor = Actor(tenantID: tenant.id, service: "test")
    let rows = try await fixture.tenants.query(
      PersonStatements.people(after: nil, limit: 100), as: actor, deadline: nil)
    var lines: [String] = []
    for person in try await PersonRow.read(rows, in: tenant.id, fixture.vault) {
      let invitations = try await fixture.database.sql(
        "SELECT count(*) FROM artel.invitation WHERE person_id = '\(person.id)'")
      lines.append("\(person.message.login) \(person.message.administrator) \(invitations)")
    }
    return lines.sorted().joined(separator: "\n")
  }

  @Test("comes with the tenant", .covers("A12", "S-H10"))
  func create() async throws {
    try await PlatformFixture.with { fixture in
      let (alpha, uri) = try await create("alpha", " Boss@Example.org", fixture)
      #expect(uri.hasPrefix("https://alpha.artel.localhost/sign-in#invitation="))
      #expect(try await people(alpha, fixture) == "boss@example.org true 1")
      let audit = try await fixture.audit(alpha)
      #expect(audit.count == 3)
      #expect(audit[1].hasSuffix(" clients/alpha.console: admitted as the console"))
      #expect(audit[2].hasPrefix("operators/test artel.administration/CreateTenant members/"))
      #expect(audit[2].hasSuffix(": created as administrator"))
      #expect(!audit.joined().contains("example.org"))
    }
  }

  @Test("leaves no tenant behind where it cannot be made", .covers("A12"))
  func allOrNothing() async throws {
    try await PlatformFixture.with { fixture in
      let directory = fixture.platform.directory
      await expectRefusal(.invalid) { _ = try await create("alpha", "nobody", fixture) }
      #expect(try await directory.tenant(named: "alpha") == nil)
      try await fixture.database.sql("REVOKE INSERT ON artel.invitation FROM artel_app")
      await #expect(throws: PostgresError.self) {
        _ = try await create("beta", Self.login, fixture)
      }
      #expect(
        try await fixture.database.sql("SELECT count(*) FROM artel.tenant") == "0")
      try await fixture.database.sql("GRANT INSERT ON artel.invitation TO artel_app")
      // The name is free: the command can be run again.
      _ = try await create("beta", Self.login, fixture)
    }
  }

  @Test("is made anew where it was lost, and then ends the one before")
  func renew() async throws {
    try await PlatformFixture.with { fixture in
      let administration = fixture.administration
      let (alpha, first) = try await create("alpha", Self.login, fixture)
      let second = try await administration.inviteAdministrator("BOSS@example.org", to: alpha)
      #expect(second != first)
      #expect(second.hasPrefix("https://alpha.artel.localhost/sign-in#invitation="))
      #expect(try await people(alpha, fixture) == "boss@example.org true 1")
      let audit = try #require(try await fixture.audit(alpha).last)
      #expect(audit.hasPrefix("operators/test artel.administration/InviteAdministrator members/"))
      #expect(audit.hasSuffix(": invited"))
      #expect(!audit.contains("example.org"))
    }
  }

  @Test("brings an administrator into a tenant that has none, once for two who ask")
  func another() async throws {
    try await PlatformFixture.with { fixture in
      let administration = fixture.administration
      let alpha = try await fixture.tenant("alpha")
      let (beta, _) = try await create("beta", Self.login, fixture)
      let uris = try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<2 {
          group.addTask { try await administration.inviteAdministrator(Self.login, to: alpha) }
        }
        return try await group.reduce(into: Set<String>()) { $0.insert($1) }
      }
      #expect(uris.count == 2)
      #expect(try await people(alpha, fixture) == "boss@example.org true 1")
      // Another tenant's administrator of the same login is somebody else.
      #expect(try await people(beta, fixture) == "boss@example.org true 1")
      _ = try await administration.inviteAdministrator("+7 916 123-45-67", to: alpha)
      #expect(
        try await people(alpha, fixture) == "+79161234567 true 1\nboss@example.org true 1")
    }
  }

  @Test("is refused to who is no administrator, to whom is shut out, and in no tenant")
  func refused() async throws {
    try await PlatformFixture.with { fixture in
      let administration = fixture.administration
      let (alpha, _) = try await create("alpha", Self.login, fixture)
      let sql = fixture.database.sql
      await expectRefusal(.invalid) {
        _ = try await administration.inviteAdministrator("boss", to: alpha)
      }
      _ = try await sql("UPDATE artel.person SET administrator = false")
      await expectRefusal(.refused) {
        _ = try await administration.inviteAdministrator(Self.login, to: alpha)
      }
      _ = try await sql("UPDATE artel.person SET administrator = true, disabled = true")
      await expectRefusal(.refused) {
        _ = try await administration.inviteAdministrator(Self.login, to: alpha)
      }
      _ = try await sql("UPDATE artel.tenant SET max_members = 1")
      await expectRefusal(.refused) {
        _ = try await administration.inviteAdministrator("other@example.org", to: alpha)
      }
      _ = try await sql("UPDATE artel.tenant SET max_members = 10, state = 'ERASED'")
      await expectRefusal(.refused) {
        _ = try await administration.inviteAdministrator("other@example.org", to: alpha)
      }
      var nobody = alpha
      nobody.id = TenantIdentifier.nobody
      await expectRefusal(.notFound) {
        _ = try await administration.inviteAdministrator(Self.login, to: nobody)
      }
      #expect(try await fixture.audit(alpha).count == 3)
    }
  }
}
