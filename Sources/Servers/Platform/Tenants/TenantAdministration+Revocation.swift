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
  public func revoke(_ ended: Ended, in tenant: Tenant) async throws {
    let (kind, name) = ended.kindAndID
    // People's identifiers are compared in lower case.
    let id = kind == .subject && name.hasPrefix("artel:") ? name.lowercased() : name
    guard kind == .tenant || (1...400).contains(id.unicodeScalars.count),
      id.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7f })
    else { throw AdministrationError(.invalid, "what is revoked has a name of 1 to 400 signs") }
    let revoked = try await change(in: tenant.id, "Revoke") { change in
      try await change.record(
        resource: "tenants/\(tenant.name)", change: "\(kind.rawValue) \(id) revoked")
      return [try await change.revoke(kind, id)]
    }
    revocations.add(revoked)
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
