import GeneratedAuth
import LibCrypto
import Pipeline
import RPC
import TestSupport
import Testing

@testable import Platform

@Suite("Codes")
struct AuthorizationCodeTests {
  @Test("give the person's tokens, once", .covers("S-C21"))
  func redeem() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      let token = try await world.tokens()
      #expect(token.expiresIn == 600)
      #expect(token.scope == "a b")
      #expect(token.refreshToken.hasPrefix("art_"))
      #expect(token.idToken.isEmpty)
      let claims = try await AppWorld.claims(token.accessToken)
      #expect(claims.sub == AppWorld.anna)
      #expect(claims.kind == "user")
      #expect(claims.roles == ["resident"])
      #expect(claims.clientID == "app")
      #expect(claims.amr == ["pwd", "otp"])
      #expect(claims.authTime == world.clock.now())
      let caller = try await world.endpoint.service.status.inspector.caller(
        token: token.accessToken)
      #expect(caller?.principal.subject == "artel:\(AppWorld.anna)")
      #expect(caller?.principal.sessionID == claims.sid)
    }
  }

  @Test("end what came of them when they are used again", .covers("S-C21"))
  func reuse() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      let code = try await world.code()
      let token = try await world.redeem(code)
      #expect(try await world.isGood(token.accessToken))
      await expectRefusal(.invalidArgument, "INVALID_GRANT") { _ = try await world.redeem(code) }
      #expect(try await !world.isGood(token.accessToken))
      await expectRefusal(.invalidArgument, "INVALID_GRANT") {
        _ = try await world.endpoint.refresh(token.refreshToken)
      }
    }
  }

  @Test("are good for a minute, their app, their redirect URI and their verifier", .covers("S-C21"))
  func binding() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      let code = try await world.code()
      let cases: [(inout Artel_Auth_V1_CreateTokenRequest) -> Void] = [
        { $0.clientID = "other" }, { $0.redirectUri = "" },
        { $0.redirectUri = AppWorld.redirectURI + "/" }, { $0.codeVerifier = "" },
        { $0.codeVerifier = AppWorld.challenge },
        { $0.codeVerifier = String(AppWorld.verifier.dropLast()) },
        { $0.codeVerifier += "x" }, { $0.code += "x" }, { $0.code = "aac_" },
      ]
      for change in cases {
        await expectRefusal(.invalidArgument, "INVALID_GRANT") {
          _ = try await world.redeem(code, change)
        }
      }
      await expectRefusal(.invalidArgument, "INVALID_REQUEST") {
        _ = try await world.redeem(code) { $0.code = "" }
      }
      await expectRefusal(.invalidArgument, "INVALID_REQUEST") {
        _ = try await world.redeem(code) { $0.scope = "a" }
      }
      await expectRefusal(.invalidArgument, "INVALID_TARGET") {
        _ = try await world.redeem(code) { $0.resource = "https://beta.artel.localhost" }
      }
      world.clock.advance(59)
      _ = try await world.redeem(code)
      let late = try await world.code()
      world.clock.advance(60)
      await expectRefusal(.invalidArgument, "INVALID_GRANT") { _ = try await world.redeem(late) }
    }
  }

  @Test(
    "end with the person, or with everything of the tenant", .covers("S-C19"),
    arguments: [TenantAdministration.Ended.subject("artel:\(AppWorld.anna)"), .all])
  func endings(ended: TenantAdministration.Ended) async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      // Of the very second in which it ends.
      let code = try await world.code()
      try await fixture.administration.revoke(ended, in: world.tenant)
      await expectRefusal(.invalidArgument, "INVALID_GRANT") { _ = try await world.redeem(code) }
      world.clock.advance(2)
      _ = try await world.tokens()
    }
  }

  @Test("end with a person who is disabled while they wait", .covers("S-C19"))
  func disabledPerson() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      let code = try await world.code()
      _ = try await fixture.database.sql("UPDATE artel.person SET disabled = true")
      await expectRefusal(.invalidArgument, "INVALID_GRANT") { _ = try await world.redeem(code) }
    }
  }

  @Test("are redeemed before their person is disabled or not at all", .covers("S-C19"))
  func race() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      for _ in 0..<5 {
        let code = try await world.code()
        async let redeemed = world.redeem(code)
        try await fixture.administration.revoke(
          .subject("artel:\(AppWorld.anna)"), in: world.tenant)
        guard let token = try? await redeemed else { continue }
        try await fixture.platform.revocations.refresh()
        await expectRefusal(.invalidArgument, "INVALID_GRANT") {
          _ = try await world.endpoint.refresh(token.refreshToken)
        }
        #expect(try await !world.isGood(token.accessToken))
      }
    }
  }

  @Test("give tokens that end with their app", .covers("S-A20"))
  func disabledApp() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      let token = try await world.tokens()
      #expect(try await world.isGood(token.accessToken))
      try await fixture.administration.setClientDisabled(true, of: "app", in: world.tenant)
      #expect(try await eventually { try await !world.isGood(token.accessToken) })
      await expectRefusal(.unauthenticated, "INVALID_CLIENT") {
        _ = try await world.endpoint.refresh(token.refreshToken)
      }
    }
  }

  @Test("are redeemed by five at once for one family", .covers("S-C21"))
  func parallel() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      let code = try await world.code()
      let good = await withTaskGroup(of: Bool.self) { group in
        for _ in 0..<5 {
          group.addTask { (try? await world.redeem(code)) != nil }
        }
        return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(good <= 1)
      #expect(try await fixture.database.sql("SELECT count(*) FROM artel.refresh_family") == "1")
    }
  }

  @Test("need the secret of an app that has one, and are no other client's grant", .covers("S-C2"))
  func confidential() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      let code = try await world.code { $0.clientID = "web" }
      await expectRefusal(.unauthenticated, "INVALID_CLIENT") {
        _ = try await world.redeem(code) { $0.clientID = "web" }
      }
      let token = try await world.endpoint.token(
        authorization: basicAuthorization("web:\(world.secret)")
      ) {
        $0.grantType = "authorization_code"
        $0.code = code
        $0.redirectUri = AppWorld.redirectURI
        $0.codeVerifier = AppWorld.verifier
      }
      #expect(try await world.isGood(token.accessToken))
      // An app stands for nobody by itself.
      await expectRefusal(.invalidArgument, "UNAUTHORIZED_CLIENT") {
        _ = try await world.endpoint.token(
          authorization: basicAuthorization("web:\(world.secret)")
        ) { _ in }
      }
    }
  }

  @Test("bring an ID token where it was asked for, which is no access token", .covers("S-A13"))
  func idToken() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      let token = try await world.redeem(
        try await world.code {
          $0.scope = "openid a"
          $0.nonce = "n-1"
        })
      #expect(!token.idToken.isEmpty)
      #expect(try await !world.isGood(token.idToken))
      #expect(try await !world.isGood(token.refreshToken))
      let payload = token.idToken.split(separator: ".")[1]
      let text = String(decoding: try #require(Base64URL.decode(payload)), as: UTF8.self)
      #expect(text.contains(#""nonce":"n-1""#))
      #expect(text.contains(#""aud":"app""#))
    }
  }

  @Test("are stored as hashes alone", .covers("S-H3"))
  func storage() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await AppWorld(fixture)
      let code = try await world.code()
      let token = try await world.redeem(code)
      let dump = try await fixture.database.sql(
        """
        SELECT string_agg(c::text, ' ') || string_agg(f::text, ' ')
          || (SELECT string_agg(a::text, ' ') FROM artel.audit_entry AS a)
        FROM artel.authorization_code AS c, artel.refresh_family AS f
        """)
      #expect(dump.contains(AppWorld.anna))
      #expect(!dump.contains(code))
      #expect(!dump.contains(token.refreshToken))
      #expect(!dump.contains(token.accessToken))
    }
  }
}
