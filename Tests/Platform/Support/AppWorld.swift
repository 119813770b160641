import GeneratedAuth
import JWTKit
import LibCrypto
import Pipeline
import RPC
import Storage
import Synchronization
import Testing

@testable import Platform

/// A clock of tokens that a test moves.
final class TokenClock: Sendable {
  private let time = Mutex(UnixTime.now())
  var now: @Sendable () -> Int64 { { self.time.withLock { $0 } } }
  func advance(_ seconds: Int64) { time.withLock { $0 += seconds } }
}

/// A tenant with a public app, a confidential one, and somebody who is signed in.
struct AppWorld {
  static let redirectURI = "https://app.example/back"
  static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
  /// The challenge of RFC 7636 appendix B.
  static let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

  static let anna = "01990000-0000-7000-8000-00000000a11a"

  let fixture: PlatformFixture
  let tenant: Tenant
  let clock = TokenClock()
  let endpoint: TokenEndpoint
  /// The confidential app's.
  let secret: String

  init(_ fixture: PlatformFixture) async throws {
    self.fixture = fixture
    tenant = try await fixture.tenant("alpha")
    for app in ["app", "other"] {
      _ = try await fixture.administration.createClient(
        app, kind: .user, scopes: ["a", "b", "openid", "sessions:read"],
        profile: ClientProfile(method: .none, redirectURIs: [Self.redirectURI]), in: tenant)
    }
    secret = try await fixture.administration.createClient(
      "web", kind: .user, scopes: ["a", "b"],
      profile: ClientProfile(
        method: .clientSecretBasic, redirectURIs: [Self.redirectURI, "http://127.0.0.1/back"]),
      in: tenant
    ).secret
    try await fixture.insert(person: Self.anna, login: "anna@example.org", in: tenant)
    _ = try await fixture.database.sql(
      """
      INSERT INTO artel.role (tenant_id, role_id, display_name, scopes)
        VALUES ('\(tenant.id)', 'resident', '', '{a,b,c}');
      INSERT INTO artel.person_role (tenant_id, person_id, role_id)
        VALUES ('\(tenant.id)', '\(Self.anna)', 'resident');
      """)
    endpoint = TokenEndpoint(fixture, now: clock.now)
    try await fixture.platform.revocations.refresh()
  }

  /// Another process on the same database.
  func process() async throws -> TokenEndpoint {
    let feed = RevocationFeed(
      source: RevocationReader(pool: fixture.directoryPool), logger: .silent)
    try await feed.refresh()
    return TokenEndpoint(fixture, revocations: feed, now: clock.now)
  }

  static var request: Artel_Auth_V1_AuthorizeRequest {
    .with {
      $0.responseType = "code"
      $0.clientID = "app"
      $0.redirectUri = redirectURI
      $0.scope = "a b"
      $0.state = "s t/1"
      $0.codeChallenge = challenge
      $0.codeChallengeMethod = "S256"
    }
  }

  /// Somebody who signs in now.
  func anna(with scopes: Set<String>? = ["a", "b", "c"]) async throws -> SignedInPerson {
    let epoch = try await fixture.database.sql(
      "SELECT grant_epoch FROM artel.person WHERE person_id = '\(Self.anna)'")
    return SignedInPerson(
      id: Self.anna, administrator: false, roles: ["resident"], scopes: scopes,
      authTime: clock.now(), methods: ["pwd", "otp"], epoch: Int64(epoch) ?? -1)
  }

  /// Where the browser is sent.
  func authorize(
    _ change: (inout Artel_Auth_V1_AuthorizeRequest) -> Void = { _ in }
  ) async throws -> String {
    var request = Self.request
    change(&request)
    return try await endpoint.server.authorization.location(request, deadline: .now + .seconds(30))
  }

  /// The name of a request that waits for a sign-in.
  func waiting(
    _ change: (inout Artel_Auth_V1_AuthorizeRequest) -> Void = { _ in }
  ) async throws -> String {
    let location = try await authorize(change)
    let prefix = "/sign-in#authorization="
    try #require(location.hasPrefix(prefix))
    return String(try #require(location.dropFirst(prefix.count).split(separator: "&").first))
  }

  /// Where the browser is sent when somebody has signed in.
  func complete(_ name: String, by person: SignedInPerson? = nil) async throws -> String {
    try await endpoint.server.authorization.complete(
      name, by: try await signedIn(or: person), of: tenant, deadline: .now + .seconds(30))
  }

  /// The parameters of an answer at the app.
  static func answer(_ location: String) throws -> [String: String] {
    let query = try #require(location.split(separator: "?", maxSplits: 1).last)
    var values: [String: String] = [:]
    for part in query.split(separator: "&") {
      let pair = part.split(separator: "=", maxSplits: 1).map {
        FormDecoding.decode(Array($0.utf8)) ?? ""
      }
      values[pair[0]] = pair.count > 1 ? pair[1] : ""
    }
    return values
  }

  private func signedIn(or person: SignedInPerson?) async throws -> SignedInPerson {
    if let person { return person }
    return try await anna()
  }

  func code(
    _ change: (inout Artel_Auth_V1_AuthorizeRequest) -> Void = { _ in }
  ) async throws -> String {
    try #require(try Self.answer(try await complete(try await waiting(change)))["code"])
  }

  /// Redeems a code, as the public app does.
  func redeem(
    _ code: String, _ change: (inout Artel_Auth_V1_CreateTokenRequest) -> Void = { _ in }
  ) async throws -> Artel_Auth_V1_Token {
    try await endpoint.token {
      $0.grantType = "authorization_code"
      $0.clientID = "app"
      $0.code = code
      $0.redirectUri = Self.redirectURI
      $0.codeVerifier = Self.verifier
      change(&$0)
    }
  }

  /// The public app's first tokens.
  func tokens() async throws -> Artel_Auth_V1_Token { try await redeem(try await code()) }

  /// Whether an access token is good, for this process.
  func isGood(_ token: String) async throws -> Bool {
    try await endpoint.service.status.inspector.caller(token: token) != nil
  }

  /// The claims of a token.
  static func claims(_ token: String) async throws -> AccessTokenClaims {
    try await JWTKeyCollection().unverified(token, as: AccessTokenClaims.self)
  }
}
