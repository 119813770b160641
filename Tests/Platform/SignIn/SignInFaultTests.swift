import GeneratedPeople
import Pipeline
import Postgres
import RPC
import TestSupport
import Testing

@testable import Platform

@Suite("Signing in while something changes")
struct SignInFaultTests {
  /// The person whom a sign-in is about.
  private func id(_ member: String) -> String { String(member.dropFirst("members/".count)) }

  @Test(
    "gives nobody who came to administer meanwhile a token without a second factor",
    .covers("S-H10"))
  func promotion() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let member = try await desk.person()
      for change in ["administrator = true", "administrator = false, sealed_authenticator = 'x'"] {
        try await fixture.database.sql("UPDATE artel.person SET \(change)")
        await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
          try await fixture.tenants.change(
            as: .init(tenantID: desk.tenant.id, service: "test"), action: "test", deadline: nil
          ) { change in
            let signIns = desk.service.signIns
            let begun = try await signIns.begin(
              desk.tenant, personID: id(member), login: "ann@example.org", authorization: "",
              state: "NEEDS_PASSWORD", change)
            _ = try await signIns.complete(
              begun, person: id(member), methods: ["pwd"], address: "a", change)
          }
        }
      }
    }
  }

  @Test("lets nobody enrol over an authenticator that was enrolled meanwhile", .covers("S-H10"))
  func secondEnrolment() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let invitation = try await desk.create("boss@example.org", administrator: true)
      let mine = try await desk.accept(desk.token(invitation))
      let theirs = try await desk.password(try await desk.begin("boss@example.org").token)
      #expect(theirs.state == .needsAuthenticator)
      _ = try await desk.service.beginAuthenticator(
        request: .with { $0.signIn = theirs.token },
        context: desk.context(SignInDesk.Methods.BeginAuthenticator.descriptor))
      let (key, codes) = try await desk.enrol(mine.token)
      await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
        _ = try await desk.enrol(theirs.token)
      }
      // What was enrolled goes on.
      desk.clock.advance(30)
      let next = try await desk.password(try await desk.begin("boss@example.org").token)
      #expect(try await desk.code(next.token, desk.present(key)).state == .complete)
      let last = try await desk.password(try await desk.begin("boss@example.org").token)
      #expect(try await desk.recovery(last.token, codes[3]).state == .complete)
    }
  }

  @Test("shows the recovery codes though the app's request has ended, and keeps the password")
  func endedRequest() async throws {
    try await PlatformFixture.with { fixture in
      let apps = try await AppWorld(fixture)
      let desk = SignInDesk(
        fixture, tenant: apps.tenant, requests: apps.endpoint.server.authorization,
        now: apps.clock.now)
      let invitation = try await desk.create("boss@example.org", administrator: true)
      let begun = try await desk.accept(desk.token(invitation), authorization: "aar_gone")
      let (_, codes) = try await desk.enrol(begun.token)
      #expect(Set(codes).count == 10)
      let person = try await desk.create("ann@example.org")
      let accepted = try await desk.accept(desk.token(person), authorization: "aar_gone")
      #expect(accepted.state == .complete)
      #expect(accepted.location.isEmpty)
    }
  }
}
