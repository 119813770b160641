import GeneratedPeople
import Pipeline
import Postgres
import RPC
import Storage
import TestSupport
import Testing

@testable import Platform

@Suite("Signing in")
struct SignInTests {
  @Test("goes by an invitation, once, and then by the password that was chosen")
  func invitation() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let invitation = try await desk.create("+7 (916) 123-45-67")
      #expect(
        invitation.uri.hasPrefix("https://alpha.artel.localhost/sign-in#invitation=alpha."))
      // Who may invite may not see every login.
      #expect(!invitation.uri.contains("9161234567"))
      #expect(invitation.member.state == .invited)
      let token = desk.token(invitation)
      for weak in ["short", "+79161234567", "aaaaaaaaaaaa", "tab\tin the middle"] {
        await expectRefusal(.invalidArgument, "FIELD_INVALID") {
          _ = try await desk.accept(token, weak)
        }
      }
      let done = try await desk.accept(token, authorization: "request-1")
      #expect(done.state == .complete)
      #expect(done.location == "https://app.example/back?code=1")
      #expect(done.login == "+79161234567")
      await expectRefusal(.failedPrecondition, "INVITATION_ENDED") {
        _ = try await desk.accept(token, "another strange password")
      }
      let begun = try await desk.begin("+79161234567", authorization: "request-2")
      #expect(begun.state == .needsPassword)
      #expect(begun.tenantDisplayName == "The alpha")
      #expect(try await desk.password(begun.token).state == .complete)
      let answered = desk.requests.answered.withLock { $0 }
      #expect(answered.map(\.0) == ["request-1", "request-2"])
      #expect(answered.last?.1.methods == ["pwd"])
      #expect(PersonRow.name(answered.last?.1.id ?? "") == invitation.member.name)
    }
  }

  @Test("of somebody unknown, disabled or uninvited is as that of somebody known", .covers("S-C2"))
  func unknown() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      try await desk.person()
      _ = try await desk.create("new@example.org")
      let gone = try await desk.person("gone@example.org")
      _ = try await desk.members.disableMember(
        request: .with { $0.name = gone },
        context: desk.administrator(Artel_People_V1_MemberService.Method.DisableMember.descriptor))
      for login in ["ann@example.org", "new@example.org", "gone@example.org", "x@y.org", "?"] {
        var begun = try await desk.begin(login)
        #expect(begun.token.count == "alpha.".count + 43)
        let token = begun.token
        begun.token = ""
        #expect(
          begun
            == .with {
              $0.state = .needsPassword
              $0.tenantDisplayName = "The alpha"
            })
        await expectRefusal(.unauthenticated, "PROOF_WRONG") {
          _ = try await desk.password(token, "wrong password")
        }
      }
    }
  }

  @Test("takes five wrong passwords in one go, however many come at once", .covers("S-H10"))
  func attempts() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      try await desk.person()
      let begun = try await desk.begin()
      let reasons = await withTaskGroup(of: String?.self, returning: [String?].self) { group in
        for index in 0..<12 {
          group.addTask {
            do {
              _ = try await desk.password(
                begun.token, "wrong password", address: "ipv4:10.0.1.\(index):1")
              return nil
            } catch { return (error as? RPCError)?.reason }
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(reasons.count { $0 == "PROOF_WRONG" } == 5)
      #expect(reasons.count { $0 == "SIGN_IN_ENDED" } == 7)
      await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
        _ = try await desk.password(begun.token)
      }
    }
  }

  @Test("is not locked for its person by strangers, who are slowed down together", .covers("S-C29"))
  func strangers() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      try await desk.person()
      _ = try await desk.password(try await desk.begin().token)
      var slowed = 0
      for index in 0..<16 {
        do {
          _ = try await desk.password(
            try await desk.begin().token, "wrong password", address: "ipv4:10.9.0.\(index):1")
        } catch let error as RPCError where error.reason == "TOO_MANY_ATTEMPTS" {
          slowed += 1
        } catch {}
      }
      #expect(slowed == 4)
      // From where it has been before, the person comes in.
      #expect(try await desk.password(try await desk.begin().token).state == .complete)
    }
  }

  @Test(
    "of an administrator needs an authenticator, which is enrolled first", .covers("B12", "S-H10"))
  func administrator() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let invitation = try await desk.create("boss@example.org", administrator: true)
      let begun = try await desk.accept(desk.token(invitation), authorization: "request")
      #expect(begun.state == .needsAuthenticator)
      #expect(begun.location.isEmpty)
      // Nobody who has only the password goes on without enrolling.
      let again = try await desk.password(try await desk.begin("boss@example.org").token)
      #expect(again.state == .needsAuthenticator)
      await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
        _ = try await desk.code(again.token, "000000")
      }
      let (key, codes) = try await desk.enrol(begun.token)
      #expect(Set(codes).count == 10)
      #expect(desk.requests.answered.withLock { $0.last?.1.methods } == ["pwd", "otp", "mfa"])
      #expect(desk.requests.answered.withLock { $0.last?.1.scopes } == .some(nil))
      // The code that enrolled has counted.
      let used = desk.present(key)
      let next = try await desk.password(try await desk.begin("boss@example.org").token)
      #expect(next.state == .needsSecondFactor)
      await expectRefusal(.unauthenticated, "PROOF_WRONG") {
        _ = try await desk.code(next.token, used)
      }
      desk.clock.advance(30)
      #expect(try await desk.code(next.token, desk.present(key)).state == .complete)
      let third = try await desk.password(try await desk.begin("boss@example.org").token)
      await expectRefusal(.unauthenticated, "PROOF_WRONG") {
        _ = try await desk.code(third.token, desk.present(key))
      }
      // A recovery code counts once, in whatever way it is written.
      let plain = codes[0].lowercased().replacing("-", with: " ")
      #expect(try await desk.recovery(third.token, plain).state == .complete)
      let fourth = try await desk.password(try await desk.begin("boss@example.org").token)
      await expectRefusal(.unauthenticated, "PROOF_WRONG") {
        _ = try await desk.recovery(fourth.token, codes[0])
      }
    }
  }

  @Test("slows down failures for an unknown login as it does for a known one", .covers("S-C2"))
  func equalLimits() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      try await desk.person()
      try await fixture.database.sql("DELETE FROM artel.person_address")
      var seen: [String: [String?]] = [:]
      for login in ["ann@example.org", "nobody@example.org"] {
        // From one address, and then from others.
        for index in 0..<14 {
          let address = index < 11 ? "ipv4:10.7.0.1:1" : "ipv4:10.7.1.\(index):1"
          let token = try await desk.begin(login).token
          let error = await #expect(throws: RPCError.self) {
            _ = try await desk.password(token, "wrong password", address: address)
          }
          seen[login, default: []].append(error?.reason)
        }
      }
      #expect(seen["ann@example.org"] == seen["nobody@example.org"])
      #expect(seen["ann@example.org"]?.contains("TOO_MANY_ATTEMPTS") == true)
    }
  }

  @Test("ends after ten minutes, and belongs to its own tenant")
  func bounds() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let other = try await SignInDesk(fixture, "beta")
      try await desk.person()
      let begun = try await desk.begin()
      // Beta's people are others, under the same login too (S-D17).
      try await other.person()
      let foreign = begun.token.replacing("alpha.", with: "beta.")
      for token in [foreign, "alpha.", "", "nobody.\(begun.token.dropFirst(6))", "\(begun.token)x"]
      {
        await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
          _ = try await desk.password(token)
        }
      }
      try await fixture.database.sql("UPDATE artel.sign_in SET expire_time = now()")
      await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
        _ = try await desk.password(begun.token)
      }
      // The next one sweeps it away.
      _ = try await desk.begin()
      #expect(
        try await fixture.database.sql(
          "SELECT count(*) FROM artel.sign_in WHERE tenant_id = '\(desk.tenant.id)'") == "1")
      try await fixture.administration.suspend(desk.tenant, reason: "test")
      #expect(
        try await eventually {
          do {
            _ = try await desk.begin()
            return false
          } catch { return (error as? RPCError)?.reason == "TENANT_SUSPENDED" }
        })
    }
  }

  @Test("begun before everything of its person ended is over", .covers("S-C19"))
  func overtaken() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      _ = try await desk.person()
      let begun = try await desk.begin()
      _ = try await fixture.database.sql("UPDATE artel.person SET grant_epoch = grant_epoch + 1")
      await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
        _ = try await desk.password(begun.token)
      }
      _ = try await desk.password(try await desk.begin().token)
    }
  }

  @Test(
    "makes nobody an administrator by a password, promoted while it was proved", .covers("S-H10"))
  func promoted() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      _ = try await desk.person()
      let begun = try await desk.begin()
      // Judged as a member's, and completed as an administrator's.
      _ = try await fixture.database.sql(
        """
        CREATE FUNCTION promote() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN NEW.administrator := true; RETURN NEW; END';
        CREATE TRIGGER promote BEFORE UPDATE ON artel.person FOR EACH ROW EXECUTE FUNCTION promote();
        """)
      await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
        _ = try await desk.password(begun.token)
      }
    }
  }

  @Test("gives the scopes of the roles, and a new invitation ends what was before")
  func roles() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let roles = RoleService(database: fixture.tenants, baseDomain: fixture.baseDomain)
      for (id, scopes) in [("resident", ["a", "b"]), ("guard", ["b", "c"])] {
        _ = try await roles.createRole(
          request: .with {
            $0.roleID = id
            $0.role.scopes = scopes
          },
          context: desk.administrator(Artel_People_V1_RoleService.Method.CreateRole.descriptor))
      }
      let name = try await desk.person(roles: ["roles/guard", "roles/resident"])
      _ = try await desk.password(try await desk.begin(authorization: "r").token)
      let person = desk.requests.answered.withLock { $0.last?.1 }
      #expect(person?.roles == ["guard", "resident"])
      #expect(person?.scopes == ["a", "b", "c"])
      let begun = try await desk.begin()
      let invitation = try await desk.members.inviteMember(
        request: .with { $0.name = name },
        context: desk.administrator(Artel_People_V1_MemberService.Method.InviteMember.descriptor))
      // Until it is used, the password goes on.
      _ = try await desk.password(try await desk.begin().token)
      _ = try await desk.accept(desk.token(invitation), "another strange password")
      await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
        _ = try await desk.password(begun.token)
      }
      await expectRefusal(.unauthenticated, "PROOF_WRONG") {
        _ = try await desk.password(try await desk.begin().token)
      }
      _ = try await desk.password(try await desk.begin().token, "another strange password")
      #expect(
        try await fixture.database.sql(
          "SELECT count(*) FROM artel.revocation WHERE kind = 'SUBJECT'") == "1")
    }
  }
}
