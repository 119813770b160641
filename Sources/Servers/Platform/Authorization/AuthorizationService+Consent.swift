import GeneratedAuth
import Pipeline
import RPC
import Storage

/// Requests of apps that wait for a person's consent.
extension AuthorizationService {
  /// The tenant of a question, and the name of what waits: the page has both as `{tenant}.{name}`.
  func consentRequest(_ text: String) async throws -> (Tenant, String) {
    guard let dot = text.firstIndex(of: "."),
      let tenant = try await directory.tenant(named: String(text[..<dot]))
    else { throw Self.ended }
    guard !tenant.suspended else { throw SignInRefusal.suspended }
    return (tenant, String(text[text.index(after: dot)...]))
  }

  /// What waits, judged as it is now.
  func question(
    _ name: String, of tenant: Tenant, deadline: ContinuousClock.Instant
  ) async throws -> (AuthorizationRequest, SignedInPerson, RegisteredClient) {
    let found = try await database.change(
      as: Actor(tenantID: tenant.id, service: "tokens"), action: Self.action, deadline: deadline
    ) { try await PendingAuthorization.question(name, now: now(), isTaken: false, in: $0) }
    guard let (request, person) = found else { throw Self.ended }
    let (_, client) = try await app(request, deadline: deadline)
    do {
      let wish = try AuthorizationRequest(request, client: client, tenant: tenant, issuer: issuer)
      return (wish, person, client)
    } catch is AuthorizationRequest.Refusal {
      throw Self.ended
    }
  }

  /// Answers what waits, once.
  ///
  /// - Returns: where the browser goes.
  func decide(
    _ name: String, of tenant: Tenant, allows: Bool, deadline: ContinuousClock.Instant
  ) async throws -> String {
    let (wish, _, client) = try await question(name, of: tenant, deadline: deadline)
    let answer = try await database.change(
      as: Actor(tenantID: tenant.id, service: "tokens"), action: Self.action, deadline: deadline
    ) { change -> (Artel_Auth_V1_AuthorizeRequest, String?)? in
      let taken = try await PendingAuthorization.question(
        name, now: now(), isTaken: true, in: change)
      guard let (request, person) = taken else { return nil }
      guard allows else { return (request, nil) }
      try await change.allow(client.clientID, person.granted(wish.scopes), by: person.id)
      return (request, try await makeCode(for: person, wish, change))
    }
    guard let (request, code) = answer else { throw Self.ended }
    return try Self.back(
      request,
      code.map { [("code", $0)] }
        ?? [("error", "access_denied"), ("error_description", "the person does not allow it")],
      tenant)
  }

  private static let ended = RPCError(
    code: .failedPrecondition, reason: "CONSENT_ENDED",
    message: "this question was answered or has ended: begin again at the app")
}
