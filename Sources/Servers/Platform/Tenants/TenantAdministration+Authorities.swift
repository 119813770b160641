public import Pipeline
import Postgres
import Storage

/// An authority of a tenant, as an operator sees it.
public struct AuthorityRecord: Sendable, Hashable {
  /// Its identifier.
  public let id: String
  /// Its certificate, in PEM.
  public let certificatePEM: String
  /// Whether the tenant has brought it.
  public let isBrought: Bool

  init(_ stored: StoredAuthority) {
    id = stored.id
    certificatePEM = stored.certificatePEM
    isBrought = stored.isBrought
  }
}

/// A certificate that was issued to a tenant's client, as an operator sees it.
public struct CertificateRecord: Sendable, Hashable {
  /// `x5t#S256`.
  public let thumbprint: String
  /// The client that it names.
  public let clientID: String
  /// The last second of its time, Unix.
  public let notAfter: Int64
  /// Whether it was revoked.
  public let isRevoked: Bool
}

extension TenantAdministration {
  /// The authorities that a tenant trusts, the newest first.
  public func authorities(of tenant: Tenant) async throws -> [AuthorityRecord] {
    try await StoredAuthority.all(
      of: Actor(tenantID: tenant.id, operator: operatorName), in: database,
      deadline: .now + Self.patience
    ).map(AuthorityRecord.init)
  }

  /// Makes another authority for a tenant. From five seconds on it issues new certificates.
  public func createAuthority(for tenant: Tenant) async throws -> AuthorityRecord {
    try await add(nil, to: tenant)
  }

  /// Has a tenant trust an authority of its own.
  ///
  /// - Parameters:
  ///   - certificatePEM: Its certificate, signed by itself.
  ///   - intermediatesPEM: Authorities below it.
  ///   - revocationListsPEM: Their lists, where there are any.
  public func bringAuthority(
    certificatePEM: String, intermediatesPEM: String = "", revocationListsPEM: String = "",
    for tenant: Tenant
  ) async throws -> AuthorityRecord {
    try await add(
      .init(
        certificatePEM: certificatePEM, intermediatesPEM: intermediatesPEM,
        listsPEM: revocationListsPEM), to: tenant)
  }

  private func add(
    _ brought: Authorities.Bringing?, to tenant: Tenant
  ) async throws -> AuthorityRecord {
    let authorities = Authorities(vault: vault)
    return try await change(in: tenant.id, "CreateAuthority") { change in
      AuthorityRecord(try await authorities.add(brought, tenantName: tenant.name, in: change))
    }
  }

  /// Replaces the revocation lists of an authority that a tenant has brought.
  public func replaceRevocationLists(
    of authorityID: String, by listsPEM: String, in tenant: Tenant
  ) async throws {
    guard TenantIdentifier.isValid(authorityID) else { throw Refusal.notFound }
    let authorities = Authorities(vault: vault)
    try await change(in: tenant.id, "ReplaceRevocationLists") { change in
      _ = try await authorities.replaceLists(of: authorityID, by: listsPEM, in: change)
    }
  }

  /// Has a tenant trust an authority no more.
  ///
  /// - Parameter force: Also where certificates that it issued here are valid.
  public func deleteAuthority(
    _ authorityID: String, force: Bool = false, in tenant: Tenant
  ) async throws {
    guard TenantIdentifier.isValid(authorityID) else { throw Refusal.notFound }
    let authorities = Authorities(vault: vault)
    try await change(in: tenant.id, "DeleteAuthority") { change in
      try await authorities.remove(authorityID, force: force, in: change)
    }
  }

  /// The certificates of a tenant's clients that are valid, or were revoked while they were; the
  /// newest first, 1,000 at most.
  public func certificates(
    of tenant: Tenant, clientID: String? = nil
  ) async throws -> [CertificateRecord] {
    try await database.query(
      Statement(
        """
        SELECT thumbprint, client_id, not_after, revoke_time IS NOT NULL
        FROM artel.tenant_certificate
        WHERE tenant_id = $1 AND ($2::text IS NULL OR client_id = $2) AND not_after > now()
        ORDER BY create_time DESC, thumbprint DESC LIMIT 1000
        """, .uuid(tenant.id), .text(clientID)),
      as: Actor(tenantID: tenant.id, operator: operatorName), deadline: .now + Self.patience
    ).map { row in
      CertificateRecord(
        thumbprint: try row.text(0), clientID: try row.text(1),
        notAfter: try row.timestamp(2).seconds, isRevoked: try row.bool(3))
    }
  }

  /// Revokes a certificate that was issued here.
  public func revokeCertificate(_ thumbprint: String, in tenant: Tenant) async throws {
    try await change(in: tenant.id, "RevokeCertificate") { change in
      guard try await StoredCertificate.find(thumbprint, in: change) != nil else {
        throw Refusal.notFound
      }
      try await RevocationLists.revoke(thumbprint, .unspecified, in: change)
    }
  }

  /// Makes a code by which a client enrolls once.
  ///
  /// - Returns: The code, which is stored nowhere.
  public func createEnrollmentCode(
    for clientID: String, lifetime: Duration = .seconds(3_600), in tenant: Tenant
  ) async throws -> String {
    try await change(in: tenant.id, "CreateEnrollmentCode") { change in
      try await EnrollmentCodes.make(
        for: clientID, seconds: lifetime.components.seconds, in: change
      ).code
    }
  }
}
