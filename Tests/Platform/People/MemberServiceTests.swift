import GeneratedPeople
import Pipeline
import RPC
import TestSupport
import Testing

@testable import Platform

@Suite("The member service")
struct MemberServiceTests {
  private typealias Methods = Artel_People_V1_MemberService.Method

  private func update(
    _ desk: SignInDesk, _ name: String, mask: [String]? = nil, subject: String = "artel:ann",
    _ body: (inout Artel_People_V1_Member) -> Void
  ) async throws -> Artel_People_V1_Member {
    try await desk.members.updateMember(
      request: .with {
        $0.member.name = name
        body(&$0.member)
        if let mask { $0.updateMask.paths = mask }
      }, context: desk.administrator(Methods.UpdateMember.descriptor, subject: subject))
  }

  @Test("makes people known, each login once, within the tenant's limit")
  func create() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      _ = try await desk.create("ann@example.org")
      await expectRefusal(.alreadyExists, "RESOURCE_EXISTS") {
        _ = try await desk.create("Ann@Example.org")
      }
      for login in ["", "nobody"] {
        await expectRefusal(.invalidArgument, "FIELD_INVALID") { _ = try await desk.create(login) }
      }
      await expectRefusal(.failedPrecondition, "REFERENCE_NOT_FOUND") {
        _ = try await desk.create("b@example.org", roles: ["roles/none"])
      }
      try await fixture.database.sql("UPDATE artel.tenant SET max_members = 1")
      await expectRefusal(.resourceExhausted, "LIMIT_REACHED") {
        _ = try await desk.create("c@example.org")
      }
      // Nothing that names a person is in the audit.
      #expect(try await !fixture.audit(desk.tenant).contains { $0.contains("@") })
    }
  }

  @Test("changes people and roles only as their caller has seen them", .covers("A12"))
  func etag() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let seen = try await desk.create("ann@example.org").member
      let named = try await update(desk, seen.name) { $0.displayName = "Ann" }
      #expect(!seen.etag.isEmpty && named.etag != seen.etag)
      await expectRefusal(.aborted, "ETAG_MISMATCH") {
        _ = try await update(desk, seen.name, mask: ["administrator", "etag"]) {
          $0.administrator = true
          $0.etag = seen.etag
        }
      }
      let raised = try await update(desk, seen.name, mask: ["administrator"]) {
        $0.administrator = true
        $0.etag = named.etag
      }
      #expect(raised.administrator && raised.etag != named.etag)

      typealias Roles = Artel_People_V1_RoleService.Method
      let roles = RoleService(database: fixture.tenants, baseDomain: fixture.baseDomain)
      let role = try await roles.createRole(
        request: .with {
          $0.roleID = "dispatcher"
          $0.role.scopes = ["a", "b"]
        }, context: desk.administrator(Roles.CreateRole.descriptor))
      func change(_ scopes: [String], _ etag: String) async throws -> Artel_People_V1_Role {
        try await roles.updateRole(
          request: .with {
            $0.role.name = role.name
            $0.role.scopes = scopes
            $0.role.etag = etag
          }, context: desk.administrator(Roles.UpdateRole.descriptor))
      }
      let narrowed = try await change(["a"], role.etag)
      await expectRefusal(.aborted, "ETAG_MISMATCH") { _ = try await change(["c"], role.etag) }
      #expect(try await change(["b"], narrowed.etag).scopes == ["b"])
    }
  }

  @Test("lists people page by page, and shows no other tenant's", .covers("S-D12"))
  func list() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let other = try await SignInDesk(fixture, "beta")
      for index in 0..<5 { _ = try await desk.create("p\(index)@example.org") }
      let foreign = try await other.create("p0@example.org").member.name
      var logins: [String] = []
      var token = ""
      repeat {
        let page = try await desk.members.listMembers(
          request: .with {
            $0.pageSize = 2
            $0.pageToken = token
          }, context: desk.administrator(Methods.ListMembers.descriptor))
        logins += page.members.map(\.login)
        token = page.nextPageToken
      } while !token.isEmpty
      #expect(logins == (0..<5).map { "p\($0)@example.org" })
      for name in [foreign, "members/00000000-0000-0000-0000-000000000000", "members/x"] {
        await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
          _ = try await desk.members.getMember(
            request: .with { $0.name = name },
            context: desk.administrator(Methods.GetMember.descriptor))
        }
        await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
          _ = try await update(desk, name) { $0.displayName = "Mine" }
        }
      }
    }
  }

  @Test("ends what was granted when a role or the administration is taken away", .covers("A17"))
  func revokes() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let name = try await desk.create("boss@example.org", administrator: true).member.name
      let subject = "artel:\(name.dropFirst("members/".count))"
      func revocations() async throws -> String {
        try await fixture.database.sql(
          "SELECT count(*) FROM artel.revocation WHERE kind = 'SUBJECT' AND id = '\(subject)'")
      }
      _ = try await update(desk, name) { $0.displayName = "The Boss" }
      #expect(try await revocations() == "0")
      let demoted = try await update(desk, name, mask: ["administrator"]) { _ in }
      #expect(!demoted.administrator)
      #expect(demoted.displayName == "The Boss")
      #expect(try await revocations() == "1")
      for disabled in [true, true, false] {
        let request = disabled ? Methods.DisableMember.descriptor : Methods.EnableMember.descriptor
        let person =
          try await disabled
          ? desk.members.disableMember(
            request: .with { $0.name = name }, context: desk.administrator(request))
          : desk.members.enableMember(
            request: .with { $0.name = name }, context: desk.administrator(request))
        #expect((person.state == .disabled) == disabled)
      }
      #expect(try await revocations() == "2")
    }
  }

  @Test("lets no two administrators shut each other out at the same moment")
  func eachOther() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      for round in 0..<5 {
        var names: [String] = []
        for side in ["a", "b"] {
          names.append(
            try await desk.create("\(side)\(round)@example.org", administrator: true).member.name)
        }
        let pairs = [(names[0], names[1]), (names[1], names[0])]
        let outcomes = await withTaskGroup(of: Bool.self) { group in
          for (who, whom) in pairs {
            group.addTask {
              let subject = "artel:\(who.dropFirst("members/".count))"
              let context = desk.administrator(Methods.DisableMember.descriptor, subject: subject)
              return
                (try? await desk.members.disableMember(
                  request: .with { $0.name = whom }, context: context)) != nil
            }
          }
          return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.filter { $0 }.count == 1)
      }
    }
  }

  @Test("lets nobody raise, lower or shut out themselves")
  func ownMember() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let name = try await desk.create("boss@example.org", administrator: true).member.name
      let subject = "artel:\(name.dropFirst("members/".count))"
      await expectRefusal(.failedPrecondition, "OWN_MEMBER") {
        _ = try await update(desk, name, mask: ["administrator"], subject: subject) { _ in }
      }
      await expectRefusal(.failedPrecondition, "OWN_MEMBER") {
        _ = try await desk.members.disableMember(
          request: .with { $0.name = name },
          context: desk.administrator(Methods.DisableMember.descriptor, subject: subject))
      }
      let error = await #expect(throws: RPCError.self) {
        _ = try await update(desk, name, mask: ["state"]) { _ in }
      }
      #expect(error?.violatedFields == ["update_mask"])
    }
  }
}
