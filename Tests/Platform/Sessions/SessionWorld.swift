import GeneratedAuth
import GeneratedOptions
import GeneratedPeople
import LibCrypto
import Pipeline
import RPC
import Storage
import Testing

@testable import Platform

/// A tenant with people who sign in, and the apps that they use, on one clock.
struct SessionWorld {
  typealias Methods = Artel_People_V1_SessionService.Method

  let apps: AppWorld
  let desk: SignInDesk
  let sessions: SessionService
  let browsers: BrowserSessions
  var fixture: PlatformFixture { apps.fixture }
  var tenant: Tenant { apps.tenant }

  init(_ fixture: PlatformFixture) async throws {
    apps = try await AppWorld(fixture)
    let authorization = apps.endpoint.server.authorization
    desk = SignInDesk(
      fixture, tenant: apps.tenant, requests: authorization, now: apps.clock.now)
    sessions = SessionService(
      sessions: Sessions(
        database: fixture.tenants, revocations: fixture.platform.revocations,
        now: apps.clock.now))
    browsers = authorization.browsers
  }

  /// Somebody signs in; returns the sign-in.
  func signIn(
    _ login: String = "ann@example.org", for request: String = ""
  ) async throws -> Artel_People_V1_SignIn {
    try await desk.password(try await desk.begin(login, authorization: request).token)
  }

  /// Signs in at a browser that remembers it; returns the cookie.
  func browser(_ login: String = "ann@example.org", before: String? = nil) async throws -> String {
    try await remember(try await signIn(login).token, before: before)
  }

  func remember(_ signIn: String, before: String? = nil) async throws -> String {
    let (_, cookie) = try await browsers.remember(signIn, context(before))
    return String(try #require(cookie.split(separator: ";").first))
  }

  /// A call of a browser with its cookie.
  func context(_ cookie: String?) -> ServerContext {
    var context = desk.context(
      Artel_People_V1_BrowserService.Method.RememberSession.descriptor)
    if let cookie { context.metadata.add(cookie, for: "artel-cookie") }
    return context
  }

  /// Where a browser with a cookie is sent.
  func authorize(
    _ cookie: String?, _ change: (inout Artel_Auth_V1_AuthorizeRequest) -> Void = { _ in }
  ) async throws -> String {
    var request = AppWorld.request
    change(&request)
    return try await apps.endpoint.server.authorization.location(
      request, cookie: cookie, deadline: .now + .seconds(30))
  }

  /// The tokens of an app, for whom the browser remembers.
  func tokens(_ cookie: String) async throws -> Artel_Auth_V1_Token {
    let code = try #require(try AppWorld.answer(try await authorize(cookie))["code"])
    return try await apps.redeem(code)
  }

  /// A call by a person with a token.
  func own(
    _ method: MethodDescriptor, _ member: String, _ token: Artel_Auth_V1_Token? = nil
  ) async throws -> ServerContext {
    var session: String?
    if let token { session = try await AppWorld.claims(token.accessToken).sid }
    return ServerContext(
      method: method, metadata: [:], peer: Peer(address: "", door: .rest),
      attachment: Caller(
        tenant: tenant,
        principal: Principal(
          kind: .user, subject: "artel:" + member.dropFirst("members/".count),
          sessionID: session),
        // As the contracts of these methods say.
        rows: .decided))
  }

  func list(
    _ member: String, token: Artel_Auth_V1_Token? = nil
  ) async throws -> [Artel_People_V1_Session] {
    try await sessions.listOwnSessions(
      request: .init(), context: own(Methods.ListOwnSessions.descriptor, member, token)
    ).sessions
  }
}
