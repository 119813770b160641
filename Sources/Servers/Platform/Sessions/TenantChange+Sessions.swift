import Mutation
import Postgres
import Storage

extension TenantChange {
  /// Ends sessions of a person, with the browsers that remember them and the tokens that came of
  /// them.
  ///
  /// - Parameters:
  ///   - id: the session; nil for every one.
  ///   - spared: one that goes on.
  /// - Returns: which sessions ended now, and what the process's own list takes once it is committed.
  func endSessions(
    ofPerson person: String, _ id: String? = nil, but spared: String? = nil
  ) async throws -> (ended: [String], revocations: [Revocation]) {
    // Rows of sessions first: a code that is being redeemed holds its session until its family is
    // there to be ended.
    let ended = try await query(
      Statement(
        """
        UPDATE artel.session SET end_time = now(), token_hash = NULL
        WHERE person_id = $1 AND ($2::uuid IS NULL OR session_id = $2)
          AND ($3::uuid IS NULL OR session_id <> $3) AND end_time IS NULL
        RETURNING session_id
        """, .uuid(person), .uuid(id), .uuid(spared))
    ).map { try $0.uuid(0) }
    var revocations: [Revocation] = []
    for id in ended {
      if !Mutation.isOn(.keepsTokensOfEndedSessions) { revocations += try await end(.session(id)) }
      try await record(
        resource: "\(PersonRow.name(person))/sessions/\(id)", change: "ended",
        event: "people.session.ended")
    }
    return (ended, revocations)
  }

  /// Ends the sessions of those whose tokens a revocation ends.
  func endSessions(_ families: FamilySelection) async throws {
    switch families {
    case .subject(let id) where TenantIdentifier.isValid(id):
      try await execute(
        Statement(
          """
          UPDATE artel.session SET end_time = now(), token_hash = NULL
          WHERE person_id = $1 AND end_time IS NULL
          """, .uuid(id)))
    case .all:
      try await execute(
        Statement(
          """
          UPDATE artel.session SET end_time = now(), token_hash = NULL
          WHERE tenant_id = $1 AND end_time IS NULL
          """, .uuid(tenantID)))
    case .subject, .family, .session, .client: break
    }
  }

  /// Whether the session of a grant goes on, and cannot end before this transaction does.
  func holdsSession(of grant: PersonalGrant) async throws -> Bool {
    guard let id = grant.sessionID else { return true }
    return try await !query(
      Statement(
        """
        SELECT 1 FROM artel.session WHERE session_id = $1 AND end_time IS NULL FOR SHARE
        """, .uuid(id))
    ).isEmpty
  }
}
