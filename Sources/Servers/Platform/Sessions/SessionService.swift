import GeneratedPeople
import Pipeline
import RPC
import SwiftProtobuf

/// The sessions of people.
struct SessionService: Artel_People_V1_SessionService.SimpleServiceProtocol {
  let sessions: Sessions

  func listSessions(
    request: Artel_People_V1_ListSessionsRequest, context: ServerContext
  ) async throws -> Artel_People_V1_ListSessionsResponse {
    let person = try PersonRow.identifier(request.parent)
    try await sessions.demand(person, context)
    return try await sessions.list(
      of: person, size: request.pageSize, token: request.pageToken, method: "ListSessions",
      context)
  }

  func endSession(
    request: Artel_People_V1_EndSessionRequest, context: ServerContext
  ) async throws -> Google_Protobuf_Empty {
    let (person, session) = try SessionRow.identifiers(request.name)
    try await sessions.end(session, of: person, context)
    return Google_Protobuf_Empty()
  }

  func endSessions(
    request: Artel_People_V1_EndSessionsRequest, context: ServerContext
  ) async throws -> Artel_People_V1_EndSessionsResponse {
    let person = try PersonRow.identifier(request.parent)
    try await sessions.demand(person, context)
    return try await sessions.endAll(of: person, context)
  }

  func listOwnSessions(
    request: Artel_People_V1_ListOwnSessionsRequest, context: ServerContext
  ) async throws -> Artel_People_V1_ListSessionsResponse {
    // Who signed in elsewhere has no sessions here.
    guard let person = try Self.own(context) else { return .init() }
    return try await sessions.list(
      of: person, size: request.pageSize, token: request.pageToken, method: "ListOwnSessions",
      context)
  }

  func endOwnSession(
    request: Artel_People_V1_EndOwnSessionRequest, context: ServerContext
  ) async throws -> Google_Protobuf_Empty {
    let (person, session) = try SessionRow.identifiers(request.name)
    guard try Self.own(context) == person else { throw Refusal.notFound }
    try await sessions.end(session, of: person, context)
    return Google_Protobuf_Empty()
  }

  func endOtherSessions(
    request: Artel_People_V1_EndOtherSessionsRequest, context: ServerContext
  ) async throws -> Artel_People_V1_EndSessionsResponse {
    guard let person = try Self.own(context) else { return .init() }
    let current = try await sessions.current(try context.caller, context)
    return try await sessions.endAll(of: person, but: current, context)
  }

  /// The person that a caller is, where it signed in here.
  static func own(_ context: ServerContext) throws -> String? {
    let subject = try context.caller.principal.subject
    guard subject.hasPrefix("artel:") else { return nil }
    let id = subject.dropFirst("artel:".count).lowercased()
    return TenantIdentifier.isValid(id) ? id : nil
  }
}
