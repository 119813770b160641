public import Pipeline
import Postgres
import Storage

extension TenantAdministration {
  /// What an operator ends.
  public enum Ended: Sendable, Hashable {
    /// One access token, by its `jti`.
    case token(id: String)
    /// Everything that a person was issued until now, by the principal's subject.
    case subject(String)
    /// The access tokens of a session, by their `sid`.
    case session(id: String)
    /// A client certificate, by its `x5t#S256`.
    case certificate(thumbprint: String)
    /// Everything that anyone of the tenant was issued until now.
    case all

    var kindAndID: (Revocation.Kind, String) {
      switch self {
      case .token(let id): (.token, id)
      case .subject(let subject): (.subject, subject)
      case .session(let id): (.family, id)
      case .certificate(let thumbprint): (.certificate, thumbprint)
      case .all: (.tenant, "")
      }
    }
  }

  /// Ends credentials though their time is not over: every call with them, and every open stream,
  /// within a second at every process, also after a restart.
  ///
  /// - Throws: `AdministrationError` also where a subject of the tenant's own issuer is nobody's;
  ///   `PostgresError` where the database fails.
  public func revoke(_ ended: Ended, in tenant: Tenant) async throws {
    let (kind, name) = ended.kindAndID
    let person = kind == .subject ? Self.ownPerson(name) : nil
    let id = person.map { "artel:\($0)" } ?? name
    guard kind == .tenant || (1...400).contains(id.unicodeScalars.count),
      id.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7f })
    else { throw AdministrationError(.invalid, "what is revoked has a name of 1 to 400 signs") }
    let revoked = try await change(in: tenant.id, "Revoke") { change in
      if let person, try await !Self.isKnown(person, change) {
        throw AdministrationError(.notFound, "the tenant has nobody with the subject \(id)")
      }
      try await change.record(
        resource: "tenants/\(tenant.name)", change: "\(kind.rawValue) \(id) revoked")
      return [try await change.revoke(kind, id)]
    }
    revocations.add(revoked)
  }

  /// Whom a subject of the tenant's own issuer names; nil for those of others.
  private static func ownPerson(_ subject: String) -> String? {
    guard subject.hasPrefix("artel:") else { return nil }
    let name = String(subject.dropFirst("artel:".count))
    // People's identifiers are compared in lower case; other names are as an operator gave them.
    let identifier = name.lowercased()
    return TenantIdentifier.isValid(identifier) ? identifier : name
  }

  /// Whether there is such a person, or an operator made a token in such a name.
  private static func isKnown(_ person: String, _ change: TenantChange) async throws -> Bool {
    if TenantIdentifier.isValid(person) {
      let people = try await change.query(
        Statement("SELECT 1 FROM artel.person WHERE person_id = $1", .uuid(person)))
      if !people.isEmpty { return true }
    }
    let minted = try await change.query(
      Statement(
        """
        SELECT 1 FROM artel.audit_entry
        WHERE action = 'artel.administration/MintUserToken' AND resource = $1 LIMIT 1
        """, .text("users/artel:\(person)")))
    return !minted.isEmpty
  }

  /// Ends a client for good: its secrets are destroyed, it is shut out, and its tokens, its
  /// certificates and its open streams end within a second (S-C25).
  public func revokeClient(_ clientID: String, in tenant: Tenant) async throws {
    let revoked = try await change(in: tenant.id, "RevokeClient") { change in
      let count = try await change.execute(
        Statement(
          """
          UPDATE artel.tenant_client
          SET disabled = true, revoke_time = coalesce(revoke_time, now()), secret_hashes = '{}', older_secret_expire_time = NULL,
            key_set = NULL, certificate_thumbprints = '{}'
          WHERE tenant_id = $1 AND client_id = $2
          """, .uuid(tenant.id), .text(clientID)))
      guard count == 1 else { throw Self.noClient }
      try await RevocationLists.revokeAll(of: clientID, in: change)
      try await EnrollmentCodes.useUp(of: clientID, in: change)
      try await change.record(resource: "clients/\(clientID)", change: "revoked")
      return [try await change.revoke(.client, clientID)]
    }
    revocations.add(revoked)
  }
}
