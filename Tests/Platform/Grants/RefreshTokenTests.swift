import GeneratedAuth
import LibCrypto
import Pipeline
import RPC
import TestSupport
import Testing

@testable import Platform

@Suite("Refresh tokens")
struct RefreshTokenTests {
  private func expectDead(
    _ token: String, _ world: AppWorld, sourceLocation: SourceLocation = #_sourceLocation
  ) async {
    await expectRefusal(.invalidArgument, "INVALID_GRANT", sourceLocation: sourceLocation) {
      _ = try await world.endpoint.refresh(token)
    }
  }

  @Test("are replaced by each use of a public client's")
  func rotation() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      let first = try await world.tokens()
      let second = try await world.endpoint.refresh(first.refreshToken)
      #expect(second.refreshToken != first.refreshToken)
      #expect(try await world.isGood(second.accessToken))
      let third = try await world.endpoint.refresh(second.refreshToken)
      #expect(third.refreshToken != second.refreshToken)
      let (a, c) = (
        try await AppWorld.claims(first.accessToken), try await AppWorld.claims(third.accessToken)
      )
      #expect(a.sid == c.sid)
      #expect(c.authTime == a.authTime)
      #expect(c.amr == a.amr)
    }
  }

  @Test("end with their family when any older one is used again", .covers("S-C14"))
  func generations() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      for reused in 0..<3 {
        var tokens = [try await world.tokens()]
        for _ in 0..<4 {
          tokens.append(try await world.endpoint.refresh(tokens[tokens.count - 1].refreshToken))
        }
        let bystander = try await world.tokens()
        for token in tokens { #expect(try await world.isGood(token.accessToken)) }
        await expectDead(tokens[reused].refreshToken, world)
        for token in tokens {
          await expectDead(token.refreshToken, world)
          #expect(try await !world.isGood(token.accessToken))
        }
        let other = try await world.process()
        #expect(
          try await other.service.status.inspector.caller(token: tokens[4].accessToken) == nil)
        #expect(try await world.isGood(bystander.accessToken))
        _ = try await world.endpoint.refresh(bystander.refreshToken)
      }
    }
  }

  @Test("give five at once the same successor", .covers("S-C15"))
  func parallel() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      let first = try await world.tokens()
      let other = try await world.process()
      let endpoints = [world.endpoint, other, world.endpoint, other, world.endpoint]
      let successors = try await withThrowingTaskGroup(of: String.self) { group in
        for endpoint in endpoints {
          group.addTask { try await endpoint.refresh(first.refreshToken).refreshToken }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(successors.count == 5)
      #expect(Set(successors).count == 1)
      #expect(
        try await fixture.database.sql("SELECT generation FROM artel.refresh_family") == "2")
      _ = try await world.endpoint.refresh(successors[0])
    }
  }

  @Test("give who lost an answer the same successor for ten seconds", .covers("S-C16"))
  func retry() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      let first = try await world.tokens()
      let second = try await world.endpoint.refresh(first.refreshToken)
      world.clock.advance(10)
      let again = try await world.endpoint.refresh(first.refreshToken)
      #expect(again.refreshToken == second.refreshToken)
      world.clock.advance(1)
      await expectDead(first.refreshToken, world)
      await expectDead(second.refreshToken, world)
      #expect(try await !world.isGood(again.accessToken))
    }
  }

  @Test("widen no scope, and narrow it once", .covers("S-C17"))
  func scopes() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      let first = try await world.redeem(try await world.code { $0.scope = "a" })
      for wider in ["a b", "b", "c", "openid"] {
        await expectRefusal(.invalidArgument, "INVALID_SCOPE") {
          _ = try await world.endpoint.refresh(first.refreshToken, scope: wider)
        }
      }
      let both = try await world.tokens()
      let narrow = try await world.endpoint.refresh(both.refreshToken, scope: "b")
      #expect(narrow.scope == "b")
      #expect(try await world.endpoint.refresh(narrow.refreshToken).scope == "a b")
    }
  }

  @Test("are worth nothing to another client, which changes nothing", .covers("S-C18"))
  func otherClient() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      let first = try await world.tokens()
      let second = try await world.endpoint.refresh(first.refreshToken)
      for token in [first, second] {
        await expectRefusal(.invalidArgument, "INVALID_GRANT") {
          _ = try await world.endpoint.refresh(token.refreshToken, by: "other")
        }
      }
      #expect(try await world.isGood(second.accessToken))
      _ = try await world.endpoint.refresh(second.refreshToken)
    }
  }

  @Test("are nobody's where they are made up")
  func forged() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      let good = try await world.tokens().refreshToken
      let parsed = try #require(RefreshToken(good))
      let forged = RefreshToken.text(
        familyID: parsed.familyID, generation: 1, tenantID: world.tenant.id,
        secret: Array(repeating: 0, count: 32))
      for text in [
        "", "x", "art_", String(good.dropLast()), good + "A", forged,
        "art_" + Base64URL.encode(Array(repeating: 1, count: 52)), String(good.dropFirst(4)),
      ] { await expectDead(text, world) }
      _ = try await world.endpoint.refresh(good)
    }
  }

  @Test("end with the session, the person, the client and the tenant", .covers("S-C19", "S-A20"))
  func endings() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      let administration = fixture.administration
      let ends: [(String, () async throws -> Void)] = [
        ("all", { try await administration.revoke(.all, in: world.tenant) }),
        (
          "subject",
          { try await administration.revoke(.subject("artel:\(AppWorld.anna)"), in: world.tenant) }
        ),
      ]
      for (name, end) in ends {
        let tokens = try await world.tokens()
        try await end()
        try await fixture.platform.revocations.refresh()
        await expectDead(tokens.refreshToken, world)
        #expect(try await !world.isGood(tokens.accessToken), "\(name)")
        // What is issued in a later second is good.
        world.clock.advance(2)
      }
      let tokens = try await world.tokens()
      let caller = try #require(RefreshToken(tokens.refreshToken))
      try await administration.revoke(.session(id: caller.familyID), in: world.tenant)
      await expectDead(tokens.refreshToken, world)
      let last = try await world.tokens()
      try await administration.revokeClient("app", in: world.tenant)
      try await fixture.platform.revocations.refresh()
      await expectRefusal(.unauthenticated, "INVALID_CLIENT") {
        _ = try await world.endpoint.refresh(last.refreshToken)
      }
      #expect(try await !world.isGood(last.accessToken))
    }
  }

  @Test("give no scope that the person's roles or the app have lost", .covers("S-C19"))
  func lostScopes() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      let first = try await world.tokens()
      #expect(first.scope == "a b")
      _ = try await fixture.database.sql("UPDATE artel.role SET scopes = '{a}'")
      let second = try await world.endpoint.refresh(first.refreshToken)
      #expect(second.scope == "a")
      #expect(try await AppWorld.claims(second.accessToken).scope == "a")
      _ = try await fixture.database.sql(
        "UPDATE artel.role SET scopes = '{a,b}'; UPDATE artel.tenant_client SET scopes = '{b}'")
      let third = try await world.endpoint.refresh(second.refreshToken)
      #expect(third.scope == "b")
      // The token before it is good for less, too.
      #expect(
        try await eventually {
          try await world.endpoint.service.status.inspector.caller(token: first.accessToken)?
            .principal.scopes == ["b"]
        })
      _ = try await fixture.database.sql("UPDATE artel.tenant_client SET scopes = '{}'")
      await expectDead(third.refreshToken, world)
    }
  }

  @Test("keep nobody from ending what they are of, however often they are used", .covers("S-C19"))
  func refreshingWhileEnding() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      for _ in 0..<3 {
        let tokens = try await world.tokens()
        try await withThrowingTaskGroup(of: Void.self) { group in
          for _ in 0..<4 {
            group.addTask {
              // Five at once are given the same successor, until nobody is given any.
              for _ in 0..<20 {
                _ = try? await world.endpoint.refresh(tokens.refreshToken)
              }
            }
          }
          group.addTask {
            try await fixture.administration.revoke(
              .subject("artel:\(AppWorld.anna)"), in: world.tenant)
          }
          try await group.waitForAll()
        }
        await expectDead(tokens.refreshToken, world)
        // What is issued in a later second is good.
        world.clock.advance(2)
      }
    }
  }

  @Test("end earlier where the tenant's policy becomes shorter", .covers("S-C20"))
  func shorterPolicy() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      let first = try await world.tokens()
      world.clock.advance(1000)
      _ = try await fixture.database.sql("UPDATE artel.tenant SET refresh_absolute_seconds = 900")
      await expectDead(first.refreshToken, world)
    }
  }

  @Test("that are used again say nothing of the scopes they would give", .covers("S-C14"))
  func reuseWithWideScope() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      let first = try await world.tokens()
      let second = try await world.endpoint.refresh(first.refreshToken)
      let third = try await world.endpoint.refresh(second.refreshToken)
      await expectRefusal(.invalidArgument, "INVALID_GRANT") {
        _ = try await world.endpoint.token {
          $0.grantType = "refresh_token"
          $0.clientID = "app"
          $0.refreshToken = first.refreshToken
          $0.scope = "a b c"
        }
      }
      await expectDead(third.refreshToken, world)
    }
  }

  @Test("end when nobody uses them for an hour", .covers("S-C20"))
  func idle() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      let first = try await world.tokens()
      world.clock.advance(3600)
      let second = try await world.endpoint.refresh(first.refreshToken)
      world.clock.advance(3601)
      await expectDead(second.refreshToken, world)
    }
  }

  @Test("go on from the sign-in for as long as the tenant says", .covers("S-C20"))
  func absolute() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      _ = try await fixture.database.sql(
        """
        UPDATE artel.tenant SET access_token_seconds = 300, refresh_idle_seconds = 1800,
          refresh_absolute_seconds = 3600
        """)
      var token = try await world.tokens()
      #expect(token.expiresIn == 300)
      for _ in 0..<3 {
        world.clock.advance(1100)
        token = try await world.endpoint.refresh(token.refreshToken)
      }
      world.clock.advance(300)
      await expectDead(token.refreshToken, world)
      let lives = TokenLives(access: 600, refreshIdle: 86_400, refreshAbsolute: 86_400)
      #expect(lives.refreshIdle == 3600)
      #expect(lives.absolute(of: .administrator) == 3600)
      #expect(lives.absolute(of: .user) == 86_400)
    }
  }

  @Test("of a client that proves itself stay the same")
  func confidential() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      let code = try await world.code { $0.clientID = "web" }
      let basic = basicAuthorization("web:\(world.secret)")
      let first = try await world.endpoint.token(authorization: basic) {
        $0.grantType = "authorization_code"
        $0.code = code
        $0.redirectUri = AppWorld.redirectURI
        $0.codeVerifier = AppWorld.verifier
      }
      for _ in 0..<3 {
        let next = try await world.endpoint.token(authorization: basic) {
          $0.grantType = "refresh_token"
          $0.refreshToken = first.refreshToken
        }
        #expect(next.refreshToken == first.refreshToken)
        world.clock.advance(20)
      }
      await expectRefusal(.unauthenticated, "INVALID_CLIENT") {
        _ = try await world.endpoint.refresh(first.refreshToken, by: "web")
      }
    }
  }

  @Test("are ended and explained like access tokens", .covers("S-C23", "S-C26"))
  func status() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      let service = try await fixture.administration.createClient(
        "console", kind: .service, scopes: [], in: world.tenant)
      let first = try await world.tokens()
      let second = try await world.endpoint.refresh(first.refreshToken)
      func active(_ token: String) async throws -> Bool {
        try await world.endpoint.introspect(token, by: "console", service.secret).active
      }
      #expect(try await active(second.refreshToken))
      #expect(try await active(second.accessToken))
      #expect(try await !active(first.refreshToken))
      // A public client proves nothing, so it learns nothing.
      await expectRefusal(.unauthenticated, "INVALID_CLIENT") {
        _ = try await world.endpoint.introspect(second.accessToken, by: "app", "")
      }
      await expectRefusal(.invalidArgument, "UNAUTHORIZED_CLIENT") {
        try await world.endpoint.revoke(second.refreshToken, by: "other", "")
      }
      #expect(try await active(second.refreshToken))
      try await world.endpoint.revoke(second.refreshToken, by: "app", "", hint: "access_token")
      #expect(try await !active(second.refreshToken))
      #expect(try await !active(second.accessToken))
      #expect(try await !active(first.accessToken))
      try await world.endpoint.revoke(second.refreshToken, by: "app", "")
    }
  }
}
