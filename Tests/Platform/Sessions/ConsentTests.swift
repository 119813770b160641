import GeneratedAuth
import GeneratedPeople
import Pipeline
import Postgres
import RPC
import TestSupport
import Testing

@testable import Platform

@Suite("What people allow apps of others")
struct ConsentTests {
  typealias Methods = Artel_People_V1_ConsentService.Method

  private struct Desk {
    let world: SessionWorld
    let member: String
    let consents: ConsentService

    func context(_ method: MethodDescriptor) -> ServerContext { world.desk.context(method) }

    /// Sends a browser to the app of somebody else.
    func ask(
      _ cookie: String, _ change: (inout Artel_Auth_V1_AuthorizeRequest) -> Void = { _ in }
    ) async throws -> String {
      try await world.authorize(cookie) {
        $0.clientID = "theirs"
        change(&$0)
      }
    }

    /// What stands behind `consent=`.
    func question(_ location: String) throws -> String {
      let prefix = "/sign-in#consent="
      try #require(location.hasPrefix(prefix))
      return String(location.dropFirst(prefix.count))
    }

    func decide(_ question: String, _ allow: Bool = true) async throws -> String {
      try await consents.decideConsent(
        request: .with {
          $0.request = question
          $0.allow = allow
        }, context: context(Methods.DecideConsent.descriptor)
      ).location
    }

    func redeem(_ location: String) async throws -> Artel_Auth_V1_Token {
      let code = try #require(try AppWorld.answer(location)["code"])
      return try await world.apps.redeem(code) { $0.clientID = "theirs" }
    }

    func withdraw(_ client: String = "clients/theirs", by member: String? = nil) async throws {
      let context = try await world.own(
        Methods.WithdrawConsent.descriptor, member ?? self.member)
      _ = try await consents.withdrawConsent(
        request: .with { $0.client = client }, context: context)
    }
  }

  private func with(_ body: (Desk, _ cookie: String) async throws -> Void) async throws {
    try await PlatformFixture.with { fixture in
      let world = try await SessionWorld(fixture)
      _ = try await fixture.administration.createClient(
        "theirs", kind: .user, scopes: ["a", "b", "openid"],
        profile: ClientProfile(
          method: .none, redirectURIs: [AppWorld.redirectURI], requiresConsent: true),
        in: world.tenant)
      _ = try await world.desk.createRole("reader", scopes: ["a", "b"])
      let member = try await world.desk.person(roles: ["roles/reader"])
      let consents = ConsentService(
        database: fixture.tenants, authorization: world.apps.endpoint.server.authorization,
        revocations: fixture.platform.revocations)
      let desk = Desk(world: world, member: member, consents: consents)
      try await body(desk, try await world.browser())
    }
  }

  @Test("is asked once, says what for, and is remembered", .covers("C82", "S-C19"))
  func once() async throws {
    try await with { desk, cookie in
      let question = try desk.question(try await desk.ask(cookie))
      let shown = try await desk.consents.lookUpConsent(
        request: .with { $0.request = question },
        context: desk.context(Methods.LookUpConsent.descriptor))
      #expect(shown.client == "clients/theirs")
      #expect(shown.tenantDisplayName == "The alpha")
      #expect(shown.scopes == ["a", "b"])
      let token = try await desk.redeem(try await desk.decide(question))
      #expect(token.scope == "a b")
      // Answered once, asked no more; for more, and where the app wants it, asked again.
      await expectRefusal(.failedPrecondition, "CONSENT_ENDED") {
        _ = try await desk.decide(question)
      }
      let silent = try await desk.ask(cookie) { $0.prompt = "none" }
      #expect(silent.contains("code="))
      let wider = try await desk.ask(cookie) { $0.scope = "a openid" }
      #expect(wider.hasPrefix("/sign-in#consent="))
      let again = try await desk.ask(cookie) { $0.prompt = "consent" }
      #expect(again.hasPrefix("/sign-in#consent="))
      // The tenant's own app asks nobody.
      #expect(try await desk.world.authorize(cookie).contains("code="))
    }
  }

  @Test("is a refusal to the app where the person denies, or cannot be asked")
  func denied() async throws {
    try await with { desk, cookie in
      let denied = try await desk.decide(try desk.question(try await desk.ask(cookie)), false)
      let answer = try AppWorld.answer(denied)
      #expect(answer["error"] == "access_denied")
      #expect(answer["state"] == "s t/1")
      let silent = try AppWorld.answer(try await desk.ask(cookie) { $0.prompt = "none" })
      #expect(silent["error"] == "consent_required")
    }
  }

  @Test("is asked behind a sign-in, too")
  func signIn() async throws {
    try await with { desk, _ in
      let waiting = try await desk.world.apps.waiting { $0.clientID = "theirs" }
      let done = try await desk.world.signIn(for: waiting)
      let question = try desk.question(done.location)
      #expect(try await desk.redeem(try await desk.decide(question)).scope == "a b")
      // What waits for a sign-in is no question, and the other way round.
      let other = try await desk.world.apps.waiting { $0.clientID = "theirs" }
      for wrong in ["alpha.\(other)", other, "beta.\(other)", "", "."] {
        await expectRefusal(.failedPrecondition, "CONSENT_ENDED") {
          _ = try await desk.decide(wrong)
        }
      }
    }
  }

  @Test("is withdrawn with all that came of it, by its person alone", .covers("S-C19"))
  func withdrawal() async throws {
    try await with { desk, cookie in
      let token = try await desk.redeem(
        try await desk.decide(try desk.question(try await desk.ask(cookie))))
      let own = try await desk.world.tokens(cookie)
      let waiting = try #require(try AppWorld.answer(try await desk.ask(cookie))["code"])
      let boris = try await desk.world.desk.person("boris@example.org")
      for (client, member) in [
        ("clients/theirs", boris), ("clients/none", desk.member), ("x", boris),
      ] {
        await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
          try await desk.withdraw(client, by: member)
        }
      }
      let listed = try await desk.consents.listOwnConsents(
        request: .init(),
        context: desk.world.own(Methods.ListOwnConsents.descriptor, desk.member))
      #expect(listed.consents.map(\.client) == ["clients/theirs"])
      #expect(listed.consents.map(\.scopes) == [["a", "b"]])
      try await desk.withdraw()
      #expect(try await !desk.world.apps.isGood(token.accessToken))
      #expect(try await desk.world.apps.isGood(own.accessToken))
      await expectRefusal(.invalidArgument, "INVALID_GRANT") {
        _ = try await desk.world.apps.endpoint.refresh(token.refreshToken, by: "theirs")
      }
      await expectRefusal(.invalidArgument, "INVALID_GRANT") {
        _ = try await desk.world.apps.redeem(waiting) { $0.clientID = "theirs" }
      }
      #expect(try await desk.ask(cookie).hasPrefix("/sign-in#consent="))
    }
  }
}
