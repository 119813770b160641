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

  /// Whether what a person granted has ended since the sign-in that it rests on: a code, or a family
  /// that was begun while it ended.
  func hasEnded(_ grant: PersonalGrant) async throws -> Bool {
    // A sign-in of the same second is the one that came of it, as that of an invitation does.
    try await !query(
      Statement(
        """
        SELECT 1 FROM artel.revocation
        WHERE tenant_id = $1 AND (kind = 'TENANT' OR kind = 'SUBJECT' AND id = $2)
          AND not_before >= to_timestamp($3) LIMIT 1
        """, .uuid(tenantID), .text("artel:\(grant.subject)"),
        .double(Double(grant.authTime + 1)))
    ).isEmpty
  }

  /// Ends the refresh tokens alone: for a revocation that ends the access tokens itself. Returns
  /// which families ended now.
  func endRefreshing(_ families: FamilySelection) async throws -> [String] {
    try await query(statement(families)).map { try $0.uuid(0) }
  }

  private func statement(_ families: FamilySelection) -> Statement {
    switch families {
    case .family(let id):
      Statement(
        """
        UPDATE artel.refresh_family SET revoke_time = now()
        WHERE tenant_id = $1 AND family_id = $2 AND revoke_time IS NULL RETURNING family_id
        """, .uuid(tenantID), .uuid(id))
    case .session(let id):
      Statement(
        """
        UPDATE artel.refresh_family SET revoke_time = now()
        WHERE tenant_id = $1 AND session_id = $2 AND revoke_time IS NULL RETURNING family_id
        """, .uuid(tenantID), .text(id))
    case .subject(let subject):
      Statement(
        """
        UPDATE artel.refresh_family SET revoke_time = now()
        WHERE tenant_id = $1 AND subject = $2 AND revoke_time IS NULL RETURNING family_id
        """, .uuid(tenantID), .text(subject))
    case .client(let id):
      Statement(
        """
        UPDATE artel.refresh_family SET revoke_time = now()
        WHERE tenant_id = $1 AND client_id = $2 AND revoke_time IS NULL RETURNING family_id
        """, .uuid(tenantID), .text(id))
    case .all:
      Statement(
        """
        UPDATE artel.refresh_family SET revoke_time = now()
        WHERE tenant_id = $1 AND revoke_time IS NULL RETURNING family_id
        """, .uuid(tenantID))
    }
  }
}
