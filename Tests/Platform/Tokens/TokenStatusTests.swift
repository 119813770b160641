import GeneratedAuth
import GeneratedOptions
import LibCrypto
import Pipeline
import RPC
import TestSupport
import Testing

@testable import Platform

@Suite("Ending and explaining tokens")
struct TokenStatusTests {
  private struct World {
    let fixture: PlatformFixture
    let alpha, beta: Tenant
    let endpoint: TokenEndpoint
    var secrets: [String: String] = [:]

    init(_ fixture: PlatformFixture) async throws {
      self.fixture = fixture
      alpha = try await fixture.tenant("alpha")
      beta = try await fixture.tenant("beta")
      for (id, kind, tenant) in [
        ("intercom", .partner, alpha), ("barrier", .partner, alpha), ("console", .service, alpha),
        ("stranger", .service, beta),
      ] as [(String, Artel_Options_V1_PrincipalKind, Tenant)] {
        secrets[id] = try await fixture.administration.createClient(
          id, kind: kind, scopes: ["a", "b"], in: tenant
        ).secret
      }
      endpoint = TokenEndpoint(fixture)
      try await fixture.platform.revocations.refresh()
    }

    func token(_ id: String) async throws -> String {
      try await endpoint.token(id, secrets[id] ?? "").accessToken
    }

    func introspect(
      _ token: String, by id: String
    ) async throws -> Artel_Auth_V1_TokenIntrospection {
      try await endpoint.introspect(token, by: id, secrets[id] ?? "")
    }

    func revoke(_ token: String, by id: String) async throws {
      try await endpoint.revoke(token, by: id, secrets[id] ?? "")
    }
  }

  private static let inactive = Artel_Auth_V1_TokenIntrospection.with { $0.active = false }

  @Test("tells a client what its token says, and a service what its tenant's say", .covers("S-C26"))
  func describes() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await World(fixture)
      let token = try await world.token("intercom")
      for reader in ["intercom", "console"] {
        let answer = try await world.introspect(token, by: reader)
        #expect(answer.active)
        #expect(answer.clientID == "intercom")
        #expect(answer.sub == "clients/intercom")
        #expect(answer.scope == "a b")
        #expect(answer.iss == "https://alpha.artel.localhost")
        #expect(answer.exp - answer.iat == 600)
        #expect(!answer.hasCnf)
      }
    }
  }

  @Test(
    "says of every other token nothing but that it is not active, and of none to who is no client",
    .covers("S-C26"))
  func inactive() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await World(fixture)
      let token = try await world.token("intercom")
      let foreign = try await world.token("stranger")
      for (text, reader) in [
        (token, "barrier"), (token, "stranger"), (foreign, "console"), ("garbage", "console"),
        (String(token.dropLast(2)), "console"), (token + "x", "intercom"),
      ] {
        #expect(try await world.introspect(text, by: reader) == Self.inactive)
      }
      await expectRefusal(.unauthenticated, "INVALID_CLIENT") {
        _ = try await world.endpoint.introspect(token, by: "console", "wrong")
      }
      await expectRefusal(.invalidArgument, "INVALID_REQUEST") {
        _ = try await world.introspect("", by: "console")
      }
      let later = TokenEndpoint(fixture, now: { UnixTime.now() + 700 })
      #expect(
        try await later.introspect(token, by: "console", world.secrets["console"] ?? "")
          == Self.inactive)
    }
  }

  @Test("ends a token for its own client alone; what is no token is a success", .covers("S-C23"))
  func revokes() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await World(fixture)
      let token = try await world.token("intercom")
      let other = try await world.token("intercom")
      await expectRefusal(.invalidArgument, "UNAUTHORIZED_CLIENT") {
        try await world.revoke(token, by: "barrier")
      }
      // Not even a service ends another's; another tenant's client learns nothing.
      await expectRefusal(.invalidArgument, "UNAUTHORIZED_CLIENT") {
        try await world.revoke(token, by: "console")
      }
      try await world.revoke(token, by: "stranger")
      #expect(try await world.introspect(token, by: "intercom").active)
      await expectRefusal(.unauthenticated, "INVALID_CLIENT") {
        try await world.endpoint.revoke(token, by: "intercom", "wrong")
      }
      for text in ["garbage", "a.b.c", String(repeating: "x", count: 8000)] {
        try await world.revoke(text, by: "intercom")
      }
      try await world.revoke(token, by: "intercom")
      #expect(try await world.introspect(token, by: "intercom") == Self.inactive)
      #expect(try await world.introspect(other, by: "intercom").active)
      try await world.revoke(token, by: "intercom")
      #expect(try await fixture.audit(world.alpha).last?.hasSuffix("revoked") == true)
    }
  }

  @Test("ends it at a process that has just started, too", .covers("S-C24"))
  func otherProcess() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await World(fixture)
      let token = try await world.token("intercom")
      try await world.revoke(token, by: "intercom")
      let feed = RevocationFeed(
        source: RevocationReader(pool: fixture.directoryPool), logger: .silent)
      let secret = world.secrets["intercom"] ?? ""
      let other = TokenEndpoint(fixture, revocations: feed)
      // It does not know yet what was revoked, so it says nothing at all.
      await expectRefusal(.unavailable, "REVOCATIONS_UNAVAILABLE") {
        _ = try await other.introspect(token, by: "intercom", secret)
      }
      try await feed.refresh()
      #expect(try await other.introspect(token, by: "intercom", secret) == Self.inactive)
    }
  }

  @Test("ends everything of a client with it, and of no other", .covers("S-C25"))
  func client() async throws {
    try await PlatformFixture.with { fixture in
      let world = try await World(fixture)
      let token = try await world.token("intercom")
      let other = try await world.token("barrier")
      try await fixture.administration.revokeClient("intercom", in: world.alpha)
      #expect(try await world.introspect(token, by: "console") == Self.inactive)
      #expect(try await world.introspect(other, by: "console").active)
      await expectRefusal(.unauthenticated, "INVALID_CLIENT") {
        _ = try await world.token("intercom")
      }
      let error = await #expect(throws: AdministrationError.self) {
        try await fixture.administration.revokeClient("stranger", in: world.alpha)
      }
      #expect(error?.code == .notFound)
    }
  }
}
