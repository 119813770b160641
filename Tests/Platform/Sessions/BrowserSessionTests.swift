import GeneratedAuth
import GeneratedPeople
import JWTKit
import Pipeline
import Postgres
import RPC
import TestSupport
import Testing

@testable import Platform

@Suite("A browser that remembers")
struct BrowserSessionTests {
  private struct Claims: JWTPayload {
    let acr: String
    let amr: [String]
    let auth_time: Int64
    func verify(using algorithm: some JWTAlgorithm) async throws {}
  }

  private func with(
    roles: [String] = ["roles/reader"],
    _ body: (SessionWorld, _ member: String) async throws -> Void
  ) async throws {
    try await PlatformFixture.with { fixture in
      let world = try await SessionWorld(fixture)
      _ = try await world.desk.createRole("reader", scopes: ["a", "b"])
      try await body(world, try await world.desk.person(roles: roles))
    }
  }

  private func refusal(_ location: String) throws -> String? {
    try AppWorld.answer(location)["error"]
  }

  @Test(
    "gives a code without a new proof, and says when and how the person signed in", .covers("C82"))
  func code() async throws {
    try await with { world, _ in
      let cookie = try await world.browser()
      let signedIn = world.apps.clock.now()
      world.apps.clock.advance(1000)
      let location = try await world.authorize(cookie) {
        $0.prompt = "none"
        $0.scope = "a openid sessions:read"
      }
      #expect(location.hasPrefix("https://app.example/back?code=aac_"))
      let code = try #require(try AppWorld.answer(location)["code"])
      let token = try await world.apps.redeem(code)
      #expect(token.scope == "a openid sessions:read")
      #expect(try await AppWorld.claims(token.accessToken).authTime == signedIn)
      let claims = try await JWTKeyCollection().unverified(token.idToken, as: Claims.self)
      #expect(claims.auth_time == signedIn)
      #expect(claims.amr == ["pwd"])
      #expect(claims.acr == "urn:artel:acr:sfa")
    }
  }

  @Test("asks for a new proof where the app does: login, select_account, max_age", .covers("C82"))
  func proof() async throws {
    try await with { world, _ in
      let cookie = try await world.browser()
      world.apps.clock.advance(100)
      for prompt in ["login", "select_account", "login select_account"] {
        let asked = try await world.authorize(cookie) { $0.prompt = prompt }
        #expect(asked.hasPrefix("/sign-in#"))
      }
      for (age, isEnough) in [(0, false), (99, false), (100, true), (3600, true)] {
        let asked = try await world.authorize(cookie) { $0.maxAge = Int32(age) }
        #expect(asked.contains("code=") == isEnough)
        let silent = try await world.authorize(cookie) {
          $0.maxAge = Int32(age)
          $0.prompt = "none"
        }
        let refused = try refusal(silent)
        #expect(refused == (isEnough ? nil : "login_required"))
      }
      for prompt in ["none login", "create", "none none"] {
        let refused = try refusal(try await world.authorize(cookie) { $0.prompt = prompt })
        #expect(refused == "invalid_request")
      }
    }
  }

  @Test("remembers a sign-in once, and forgets whom it remembered before")
  func once() async throws {
    try await with { world, member in
      let signIn = try await world.signIn().token
      let cookie = try await world.remember(signIn)
      for token in [signIn, "", "alpha.x", try await world.desk.begin().token] {
        await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
          _ = try await world.remember(token)
        }
      }
      let second = try await world.browser(before: cookie)
      #expect(try await world.authorize(cookie).hasPrefix("/sign-in#"))
      #expect(try await world.authorize(second).contains("code="))
      #expect(try await world.list(member).count == 1)
    }
  }

  @Test("says whom it remembers, and nobody for a cookie that is none")
  func lookUp() async throws {
    try await with { world, _ in
      let cookie = try await world.browser()
      let found = try await world.browsers.lookUp(world.context(cookie))
      #expect(found.login == "ann@example.org")
      #expect(found.tenantDisplayName == "The alpha")
      for other in [nil, "", "alpha.x", "nobody." + cookie.split(separator: ".")[1], cookie + "A"] {
        #expect(try await world.browsers.lookUp(world.context(other)) == .init())
      }
    }
  }

  @Test("is of one tenant", .covers("S-D14"))
  func tenant() async throws {
    try await with { world, _ in
      let cookie = try await world.browser()
      let beta = try await world.fixture.tenant("beta")
      let deadline = ContinuousClock.now + .seconds(30)
      #expect(try await world.browsers.person(cookie, of: beta, deadline: deadline) == nil)
      let renamed = "beta" + cookie.dropFirst("alpha".count)
      #expect(try await world.browsers.person(renamed, of: beta, deadline: deadline) == nil)
      #expect(
        try await world.browsers.person(cookie, of: world.tenant, deadline: deadline) != nil)
    }
  }

  @Test("forgets who signs out, with the tokens of apps", .covers("S-C19", "C83"))
  func signOut() async throws {
    try await with { world, _ in
      let cookie = try await world.browser()
      let token = try await world.tokens(cookie)
      try await world.browsers.signOut(world.context(nil))
      try await world.browsers.signOut(world.context("alpha.x"))
      #expect(try await world.apps.isGood(token.accessToken))
      try await world.browsers.signOut(world.context(cookie))
      #expect(try await !world.apps.isGood(token.accessToken))
      #expect(try await world.authorize(cookie).hasPrefix("/sign-in#"))
      try await world.browsers.signOut(world.context(cookie))
    }
  }

  @Test(
    "forgets after an hour without use, and after the tenant's time in any case", .covers("S-C20"))
  func lives() async throws {
    try await with { world, _ in
      let cookie = try await world.browser()
      for _ in 0..<3 {
        world.apps.clock.advance(3600)
        #expect(try await world.authorize(cookie).contains("code="))
      }
      world.apps.clock.advance(3601)
      #expect(try await world.authorize(cookie).hasPrefix("/sign-in#"))
      let second = try await world.browser()
      // The policy of today counts, too.
      try await world.fixture.database.sql(
        "UPDATE artel.tenant SET refresh_absolute_seconds = 5000 WHERE name = 'alpha'")
      world.apps.clock.advance(3000)
      #expect(try await world.authorize(second).contains("code="))
      world.apps.clock.advance(2000)
      #expect(try await world.authorize(second).hasPrefix("/sign-in#"))
    }
  }

  @Test(
    "forgets an administrator after an hour, and wants the second factor of who became one",
    .covers("S-C20", "S-H10"))
  func administrators() async throws {
    try await with { world, member in
      let cookie = try await world.browser()
      // Without the end of the sessions that such a change brings.
      try await world.fixture.database.sql(
        "UPDATE artel.person SET administrator = true "
          + "WHERE person_id = '\(member.dropFirst("members/".count))'")
      #expect(try await world.authorize(cookie).hasPrefix("/sign-in#"))
      let silent = try refusal(try await world.authorize(cookie) { $0.prompt = "none" })
      #expect(silent == "interaction_required")
      let signIn = try await world.signIn()
      #expect(signIn.state == .needsAuthenticator)
      _ = try await world.desk.enrol(signIn.token)
      let strong = try await world.remember(signIn.token)
      for _ in 0..<2 {
        world.apps.clock.advance(1790)
        #expect(try await world.authorize(strong).contains("code="))
      }
      world.apps.clock.advance(21)
      #expect(try await world.authorize(strong).hasPrefix("/sign-in#"))
    }
  }

  @Test("gives what the person may do now, not then")
  func present() async throws {
    try await with { world, member in
      let cookie = try await world.browser()
      try await world.fixture.database.sql(
        "UPDATE artel.role SET scopes = '{a}' WHERE role_id = 'reader'")
      #expect(try await world.tokens(cookie).scope == "a")
      try await world.fixture.database.sql(
        "UPDATE artel.person SET disabled = true "
          + "WHERE person_id = '\(member.dropFirst("members/".count))'")
      #expect(try await world.authorize(cookie).hasPrefix("/sign-in#"))
      let signedIn = try await world.browsers.lookUp(world.context(cookie))
      #expect(signedIn == .init())
      #expect(!member.isEmpty)
    }
  }
}
