import GeneratedPeople
import LibCrypto
import Pipeline
import RPC
import TestSupport
import Testing

@testable import Platform

@Suite("Signing in with a code that is sent")
struct SignInCodeTests {
  private func desk(_ fixture: PlatformFixture) async throws -> SignInDesk {
    let desk = try await SignInDesk(fixture)
    try await desk.allowCodes()
    return desk
  }

  @Test(
    "takes the last code, once, by e-mail and by SMS", .covers("B12"),
    arguments: [
      "ann@example.org", "+79161234567",
    ])
  func code(login: String) async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await desk(fixture)
      let outbox = Outbox()
      try await desk.person(login)
      let begun = try await desk.begin(login, authorization: "request-1")
      #expect(begun.codeAllowed)
      #expect(try await desk.send(begun.token).state == .needsPassword)
      try await fixture.dispatch(outbox)
      let old = outbox.code
      _ = try await desk.send(begun.token)
      try await fixture.dispatch(outbox)
      let code = outbox.code
      #expect(outbox.messages.map(\.recipient) == [login, login])
      #expect(code.count == 6 && code.allSatisfy(\.isNumber))
      if old != code {
        await expectRefusal(.unauthenticated, "PROOF_WRONG") {
          _ = try await desk.sent(begun.token, old)
        }
      }
      let done = try await desk.sent(begun.token, code)
      #expect(done.state == .complete)
      #expect(done.location == "https://app.example/back?code=1")
      #expect(desk.requests.answered.withLock { $0.last?.1.methods } == ["otp"])
      await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
        _ = try await desk.sent(begun.token, code)
      }
      // Of another sign-in it is no code at all.
      let other = try await desk.begin(login)
      await expectRefusal(.unauthenticated, "PROOF_WRONG") {
        _ = try await desk.sent(other.token, code)
      }
    }
  }

  @Test("needs the tenant's leave, to be sent and to be taken")
  func policy() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await desk(fixture)
      let outbox = Outbox()
      try await desk.person()
      let begun = try await desk.begin()
      _ = try await desk.send(begun.token)
      try await fixture.dispatch(outbox)
      try await desk.allowCodes(false)
      await expectRefusal(.unauthenticated, "PROOF_WRONG") {
        _ = try await desk.sent(begun.token, outbox.code)
      }
      #expect(try await !desk.begin().codeAllowed)
      await expectRefusal(.failedPrecondition, "CODES_NOT_ALLOWED") {
        _ = try await desk.send(begun.token)
      }
      #expect(try await desk.password(begun.token).state == .complete)
    }
  }

  @Test(
    "sends nothing to administrators, invited and unknown people, and says so to nobody",
    .covers("S-C2"))
  func unknown() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await desk(fixture)
      let outbox = Outbox()
      _ = try await desk.accept(
        desk.token(try await desk.create("boss@example.org", administrator: true)))
      _ = try await desk.create("new@example.org")
      for login in ["boss@example.org", "new@example.org", "x@y.org", "?"] {
        let begun = try await desk.begin(login)
        var answer = try await desk.send(begun.token)
        answer.token = ""
        #expect(
          answer
            == .with {
              $0.state = .needsPassword
              $0.tenantDisplayName = "The alpha"
              $0.codeAllowed = true
            })
        await expectRefusal(.unauthenticated, "PROOF_WRONG") {
          _ = try await desk.sent(begun.token, "000000")
        }
      }
      #expect(try await fixture.dispatch(outbox) == 0)
    }
  }

  @Test("goes on to the authenticator of whoever has one", .covers("S-H10"))
  func secondFactor() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await desk(fixture)
      let outbox = Outbox()
      let member = try await desk.person()
      let id = String(member.dropFirst("members/".count))
      let key = Random.bytes(OneTimeCode.keySize)
      let sealed = try await fixture.vault.seal(
        key, at: SignIns.place(desk.tenant, person: id), subject: PersonRow.subject(id))
      _ = try await fixture.database.sql(
        "UPDATE artel.person SET sealed_authenticator = '\\x\(Hexadecimal.encode(sealed))'"
          + " WHERE person_id = '\(id)'")
      let begun = try await desk.begin(authorization: "request-1")
      _ = try await desk.send(begun.token)
      try await fixture.dispatch(outbox)
      #expect(try await desk.sent(begun.token, outbox.code).state == .needsSecondFactor)
      #expect(try await desk.code(begun.token, desk.present(key)).state == .complete)
      #expect(desk.requests.answered.withLock { $0.last?.1.methods } == ["otp", "mfa"])
    }
  }

  @Test(
    "takes five wrong answers, sends three codes, and five an hour to a login", .covers("S-H10"))
  func limits() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await desk(fixture)
      let outbox = Outbox()
      try await desk.person()
      let begun = try await desk.begin()
      for _ in 0..<3 { _ = try await desk.send(begun.token) }
      await expectRefusal(.resourceExhausted, "TOO_MANY_CODES") {
        _ = try await desk.send(begun.token)
      }
      try await fixture.dispatch(outbox)
      for _ in 0..<5 {
        await expectRefusal(.unauthenticated, "PROOF_WRONG") {
          _ = try await desk.sent(begun.token, "wrong")
        }
      }
      for code in Set(outbox.messages.map { String($0.text.prefix(6)) }) {
        await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
          _ = try await desk.sent(begun.token, code)
        }
      }
      for login in ["ann@example.org", "nobody@example.org"] {
        let before = login.hasPrefix("ann") ? 3 : 0
        for _ in before..<5 { _ = try await desk.send(try await desk.begin(login).token) }
        await expectRefusal(.resourceExhausted, "TOO_MANY_CODES") {
          _ = try await desk.send(try await desk.begin(login).token)
        }
      }
    }
  }

  @Test("takes no code that is over, nor one for a login that is another by now")
  func over() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await desk(fixture)
      let outbox = Outbox()
      let member = try await desk.person()
      for isOver in [true, false] {
        let begun = try await desk.begin()
        _ = try await desk.send(begun.token)
        try await fixture.dispatch(outbox)
        if isOver {
          _ = try await fixture.database.sql("UPDATE artel.sign_in SET code_expire_time = now()")
        } else {
          try await fixture.setLogin(
            "other@example.org", of: String(member.dropFirst("members/".count)), in: desk.tenant)
        }
        await expectRefusal(.unauthenticated, "PROOF_WRONG") {
          _ = try await desk.sent(begun.token, outbox.code)
        }
      }
    }
  }
}
