import Postgres
import Storage

/// Which families end.
enum FamilySelection: Sendable, Hashable {
  case family(String)
  /// Those that came of one sign-in.
  case session(String)
  /// Those of a person, by the tokens' `sub`.
  case subject(String)
  case client(String)
  case all

  /// The families that end with a revocation; nil where none does.
  init?(of kind: Revocation.Kind, _ id: String) {
    switch kind {
    case .token, .certificate, .key: return nil
    case .client: self = .client(id)
    case .tenant: self = .all
    // Others' sessions have their refresh tokens elsewhere.
    case .family:
      guard TenantIdentifier.isValid(id) else { return nil }
      self = .family(id)
    // So have people of other issuers.
    case .subject:
      guard id.hasPrefix("artel:") else { return nil }
      self = .subject(String(id.dropFirst("artel:".count)))
    }
  }
}

extension TenantChange {
  /// Ends families: their refresh tokens with this transaction, their access tokens within a second
  /// of its commit (S-C14, S-C19).
  ///
  /// - Returns: what the process's own list takes once it is committed.
  func end(_ families: FamilySelection) async throws -> [Revocation] {
    var revocations: [Revocation] = []
    for id in try await endRefreshing(families) {
      revocations.append(
        try await revoke(.family, id, life: TokenLives.familyLife))
    }
    return revocations
  }

  /// Ends the refresh tokens alone: for a revocation that ends the access tokens itself. Returns
  /// which families ended now.
  func endRefreshing(_ families: FamilySelection) async throws -> [String] {
    switch families {
    case .subject(let subject): return try await endRefreshing(of: subject)
    case .all: return try await endRefreshing(of: nil)
    case .family(let id):
      return try await query(
        Statement(
          """
          UPDATE artel.refresh_family SET revoke_time = now()
          WHERE tenant_id = $1 AND family_id = $2 AND revoke_time IS NULL RETURNING family_id
          """, .uuid(tenantID), .uuid(id))
      ).map { try $0.uuid(0) }
    case .session(let id):
      return try await query(
        Statement(
          """
          UPDATE artel.refresh_family SET revoke_time = now()
          WHERE tenant_id = $1 AND session_id = $2 AND revoke_time IS NULL RETURNING family_id
          """, .uuid(tenantID), .text(id))
      ).map { try $0.uuid(0) }
    case .client(let id):
      return try await query(
        Statement(
          """
          UPDATE artel.refresh_family SET revoke_time = now()
          WHERE tenant_id = $1 AND client_id = $2 AND revoke_time IS NULL RETURNING family_id
          """, .uuid(tenantID), .text(id))
      ).map { try $0.uuid(0) }
    }
  }

  /// Ends the refresh tokens of a person, or of everybody, whose grants have ended in this transaction.
  ///
  /// A family that is being refreshed now is not waited for: who refreshes waits for the person's row,
  /// which this transaction holds, and the two would wait for each other. It ends by its epoch.
  ///
  /// - Returns: which families end, the ones that are not waited for too.
  private func endRefreshing(of subject: String?) async throws -> [String] {
    let living = try await query(
      Statement(
        """
        SELECT family_id FROM artel.refresh_family
        WHERE tenant_id = $1 AND ($2::text IS NULL OR subject = $2) AND revoke_time IS NULL
        """, .uuid(tenantID), .text(subject)))
    try await execute(
      Statement(
        """
        UPDATE artel.refresh_family SET revoke_time = now()
        WHERE tenant_id = $1 AND family_id IN (
          SELECT family_id FROM artel.refresh_family
          WHERE tenant_id = $1 AND ($2::text IS NULL OR subject = $2) AND revoke_time IS NULL
          FOR UPDATE SKIP LOCKED)
        """, .uuid(tenantID), .text(subject)))
    return try living.map { try $0.uuid(0) }
  }
}
