import GeneratedAuth
import Pipeline
import RPC
import Storage

/// The authorization endpoint: judges requests, sends people to sign in, and hands out codes to those
/// who have.
struct AuthorizationService: Artel_Auth_V1_AuthorizationService.ServiceProtocol {
  private static let patience: Duration = .seconds(10)
  static let action = "artel.auth.v1.AuthorizationService/Authorize"

  let directory: PlatformDirectory
  let database: TenantDatabase
  let issuer: TokenIssuer
  let browsers: BrowserSessions
  let now: @Sendable () -> Int64

  func authorize(
    request: ServerRequest<Artel_Auth_V1_AuthorizeRequest>, context: ServerContext
  ) async throws -> ServerResponse<Artel_Auth_V1_AuthorizeResponse> {
    let deadline = context.deadline ?? .now + Self.patience
    let location = try await location(
      request.message, cookie: context.metadata.first("artel-cookie"), deadline: deadline)
    // See Other: the browser comes with GET and without a body, never with what it was sent here with.
    return ServerResponse(
      message: .with { $0.location = location },
      metadata: ["artel-http-status": "303", "location": .string(location)])
  }

  /// Where the browser goes: to sign in, or back to the app, with a code of whom the browser
  /// remembers or with an error.
  ///
  /// - Throws: `RPCError` with INVALID_REQUEST where it may go nowhere: the client or the redirect URI
  ///   is not known (S-C22).
  func location(
    _ request: Artel_Auth_V1_AuthorizeRequest, cookie: String? = nil,
    deadline: ContinuousClock.Instant
  ) async throws -> String {
    let (tenant, client) = try await app(request, deadline: deadline)
    do {
      let wish = try AuthorizationRequest(request, client: client, tenant: tenant, issuer: issuer)
      let remembered = try await browsers.person(cookie, of: tenant, deadline: deadline)
      if let person = try wish.judge(remembered, now: now()) {
        return try await code(
          of: person, for: wish, request, by: client, tenant, deadline: deadline)
      }
    } catch let refusal as AuthorizationRequest.Refusal {
      return try Self.back(request, refusal.answer, tenant)
    }
    let name = try await database.change(
      as: Actor(tenantID: tenant.id, service: "tokens"), action: Self.action, deadline: deadline
    ) { try await PendingAuthorization.keep(request, now: now(), in: $0) }
    // Behind the mark, which neither goes to servers nor into their logs.
    return "/sign-in#authorization=\(name)&tenant=\(tenant.name)"
  }

  /// The app of a request, with its tenant.
  func app(
    _ request: Artel_Auth_V1_AuthorizeRequest, deadline: ContinuousClock.Instant
  ) async throws -> (Tenant, RegisteredClient) {
    guard let record = try await directory.client(request.clientID), record.kind == .user,
      let tenant = try await directory.tenant(id: record.tenantID),
      let client = try await RegisteredClient.read(
        request.clientID, tenantID: tenant.id, from: database, deadline: deadline), client.isLive
    else { throw RPCError.invalidRequest("the client is not a known app") }
    let isRegistered = client.redirectURIs.contains {
      RedirectURI($0)?.matches(request.redirectUri) ?? false
    }
    guard isRegistered else {
      throw RPCError.invalidRequest("the redirect URI is not one of the app's")
    }
    return (tenant, client)
  }

  /// The app's address with an answer.
  static func back(
    _ request: Artel_Auth_V1_AuthorizeRequest, _ answer: [(String, String)], _ tenant: Tenant
  ) throws(RPCError) -> String {
    guard let redirect = RedirectURI(request.redirectUri) else {
      throw .invalidRequest("the redirect URI is not one of the app's")
    }
    let state = request.state.isEmpty ? [] : [("state", request.state)]
    return redirect.adding(answer + state + [("iss", tenant.issuer)])
  }
}

extension AuthorizationService: AuthorizationRequests {
  func complete(
    _ name: String, by person: SignedInPerson, of tenant: Tenant,
    deadline: ContinuousClock.Instant
  ) async throws -> String {
    let actor = Actor(tenantID: tenant.id, service: "tokens")
    let taken: Artel_Auth_V1_AuthorizeRequest? = try await database.change(
      as: actor, action: Self.action, deadline: deadline
    ) { try await PendingAuthorization.take(name, now: now(), in: $0) }
    guard let request = taken else {
      throw RPCError.invalidRequest("the authorization request has ended")
    }
    // As it was judged then, or worse: the app may have been shut out meanwhile.
    let (_, client) = try await app(request, deadline: deadline)
    do {
      let wish = try AuthorizationRequest(request, client: client, tenant: tenant, issuer: issuer)
      return try await code(of: person, for: wish, request, by: client, tenant, deadline: deadline)
    } catch let refusal as AuthorizationRequest.Refusal {
      return try Self.back(request, refusal.answer, tenant)
    }
  }

  /// The app's address with a code; or that of the page, where the person has to be asked first.
  private func code(
    of person: SignedInPerson, for wish: AuthorizationRequest,
    _ request: Artel_Auth_V1_AuthorizeRequest, by client: RegisteredClient, _ tenant: Tenant,
    deadline: ContinuousClock.Instant
  ) async throws -> String {
    let (code, question) = try await database.change(
      as: Actor(tenantID: tenant.id, service: "tokens"), action: Self.action, deadline: deadline
    ) { change -> (String, String) in
      let scopes = person.granted(wish.scopes)
      let isAllowed = try await change.hasConsent(of: person.id, to: client, for: scopes)
      guard isAllowed, !wish.wantsConsent else {
        guard !wish.isSilent else {
          throw AuthorizationRequest.Refusal("consent_required", "the person has not allowed it")
        }
        return (
          "", try await PendingAuthorization.keep(request, by: person, now: now(), in: change)
        )
      }
      return (try await makeCode(for: person, wish, change), "")
    }
    guard question.isEmpty else { return "/sign-in#consent=\(tenant.name).\(question)" }
    return try Self.back(request, [("code", code)], tenant)
  }

  func makeCode(
    for person: SignedInPerson, _ wish: AuthorizationRequest, _ change: TenantChange
  ) async throws -> String {
    let scopes = person.granted(wish.scopes)
    guard !scopes.isEmpty || wish.scopes.isEmpty else {
      throw AuthorizationRequest.Refusal("access_denied", "the person may give nothing of it")
    }
    try await change.record(
      resource: "clients/\(wish.clientID)", change: "code issued for users/artel:\(person.id)")
    return try await AuthorizationCode.make(
      for: PersonalGrant(
        subject: person.id, isAdministrator: person.administrator, roles: person.roles,
        scopes: scopes, authTime: person.authTime, methods: person.methods,
        sessionID: person.sessionID, resource: wish.resource, nonce: wish.nonce,
        epoch: person.epoch),
      clientID: wish.clientID, redirectURI: wish.redirectURI, codeChallenge: wish.codeChallenge,
      now: now(), in: change)
  }
}

extension AuthorizationRequest.Refusal {
  fileprivate var answer: [(String, String)] {
    [("error", error), ("error_description", description)]
  }
}
