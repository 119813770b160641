import GeneratedPeople
import Pipeline
import Postgres
import RPC
import Storage

/// The sessions of a tenant's people, as they themselves and their administrators list and end them.
struct Sessions: Sendable {
  let database: TenantDatabase
  let revocations: RevocationFeed
  let now: @Sendable () -> Int64

  func list(
    of person: String, size: Int32, token: String, method: String, _ context: ServerContext
  ) async throws -> Artel_People_V1_ListSessionsResponse {
    let caller = try context.caller
    let page = try PageRequest(
      size: size, token: token, caller: caller, method: "\(method) \(person)")
    let current = try await current(caller, context)
    let found = try await database.query(
      SessionRow.page(of: person, before: page.after.first, limit: page.limit + 1, now: now()),
      as: caller, deadline: context.deadline)
    let rows = try await SessionRow.read(
      found, person: person, current: current, in: caller.tenant.id, database.vault)
    return .with {
      $0.sessions = rows.prefix(page.limit).map(\.message)
      if rows.count > page.limit { $0.nextPageToken = page.nextToken([rows[page.limit - 1].id]) }
    }
  }

  /// Whether there is such a person, for those who may know of everybody.
  func demand(_ person: String, _ context: ServerContext) async throws {
    let rows = try await database.query(
      Statement("SELECT 1 FROM artel.person WHERE person_id = $1", .uuid(person)),
      as: try context.caller, deadline: context.deadline)
    guard !rows.isEmpty else { throw Refusal.notFound }
  }

  /// Ends one session.
  func end(_ session: String, of person: String, _ context: ServerContext) async throws {
    let ended = try await change(context) { change -> [Revocation] in
      let known = try await change.query(
        Statement(
          "SELECT 1 FROM artel.session WHERE person_id = $1 AND session_id = $2",
          .uuid(person), .uuid(session)))
      guard !known.isEmpty else { throw Refusal.notFound }
      return try await change.endSessions(ofPerson: person, session).revocations
    }
    revocations.add(ended)
  }

  /// Ends every session of a person, but for one.
  func endAll(
    of person: String, but spared: String? = nil, _ context: ServerContext
  ) async throws -> Artel_People_V1_EndSessionsResponse {
    let (ended, revoked) = try await change(context) {
      try await $0.endSessions(ofPerson: person, but: spared)
    }
    revocations.add(revoked)
    return .with { $0.ended = Int32(clamping: ended.count) }
  }

  /// The session that a caller's token came of.
  func current(_ caller: Caller, _ context: ServerContext) async throws -> String? {
    guard let family = caller.principal.sessionID, TenantIdentifier.isValid(family) else {
      return nil
    }
    let rows = try await database.query(
      Statement(
        "SELECT session_id FROM artel.refresh_family WHERE family_id = $1", .uuid(family)),
      as: caller, deadline: context.deadline)
    return try rows.first?.optionalText(0)
  }

  private func change<R: Sendable>(
    _ context: ServerContext, _ body: (TenantChange) async throws -> R
  ) async throws -> R {
    try await database.change(
      as: .init(try context.caller), action: context.action, deadline: context.deadline, body)
  }
}
