import LibCrypto
import Postgres
import RPC
import Storage

/// Issues certificates to a tenant's clients, and writes down which.
struct CertificateIssuer: Sendable {
  static let shortestLife: Int64 = 60

  let vault: TenantVault
  let baseDomain: BaseDomain

  /// A certificate with the authority that issued it.
  struct Issued: Sendable {
    let certificate: Certificate
    let authority: Certificate
    let authorityID: String
    let clientID: String
  }

  /// Issues a certificate for a key that its owner has proved to possess.
  ///
  /// - Parameters:
  ///   - seconds: How long it is to be valid; nil takes what the tenant's policy
  ///     says.
  /// - Throws: `RPCError` where the client is disabled or unknown, the time too long, or there is no
  ///   authority.
  func issue(
    to clientID: String, of tenantName: String, key: PublicKey, seconds: Int64?,
    in change: TenantChange
  ) async throws -> Issued {
    let life = try await life(seconds, clientID, change)
    let (id, issuer) = try await Self.authority(change, vault)
    let left = issuer.certificate.notAfter - UnixTime.now()
    guard left >= Self.shortestLife else { throw CertificateFault.noAuthority }
    let certificate = try issuer.issueClient(
      uriSAN: baseDomain.spiffeID(tenantName: tenantName, clientID: clientID),
      commonName: clientID, publicKey: key, validity: .seconds(min(life, left)),
      revocationListURI: baseDomain.issuer(of: tenantName) + "/v1/"
        + CertificateNames.revocationList(tenant: tenantName, authority: id),
      notBefore: try await Self.earliest(clientID, change))
    try await change.execute(
      Statement(
        """
        INSERT INTO artel.tenant_certificate (tenant_id, thumbprint, authority_id, client_id,
          serial_number, certificate_pem, not_before, not_after)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        .uuid(change.tenantID), .text(certificate.thumbprint), .uuid(id), .text(clientID),
        .bytes(certificate.serialNumber), .text(certificate.pem),
        .timestamp(Timestamp(seconds: certificate.notBefore, nanoseconds: 0)),
        .timestamp(Timestamp(seconds: certificate.notAfter, nanoseconds: 0))))
    try await change.record(
      resource: CertificateNames.client(clientID),
      change: "certificate \(certificate.thumbprint) issued by authority \(id)")
    return Issued(
      certificate: certificate, authority: issuer.certificate, authorityID: id, clientID: clientID)
  }

  /// The first second whose certificates the newest revocation of everything of the client, or of the
  /// tenant, spares: one that said an earlier second would be refused as long as it lives.
  private static func earliest(_ clientID: String, _ change: TenantChange) async throws -> Int64 {
    let rows = try await change.query(
      Statement(
        """
        SELECT max(not_before) FROM artel.revocation
        WHERE tenant_id = $1 AND (kind = 'TENANT' OR kind = 'CLIENT' AND id = $2)
        """, .uuid(change.tenantID), .text(clientID)))
    return try rows.first?.optionalTimestamp(0).map { $0.seconds + 1 } ?? .min
  }

  /// How long a client's certificate is valid.
  private func life(
    _ seconds: Int64?, _ clientID: String, _ change: TenantChange
  ) async throws -> Int64 {
    let rows = try await change.query(
      Statement(
        """
        SELECT c.disabled OR t.state <> 'ACTIVE', t.certificate_seconds,
          t.max_certificate_seconds
        FROM artel.tenant_client AS c JOIN artel.tenant AS t USING (tenant_id)
        WHERE c.tenant_id = $1 AND c.client_id = $2
        """, .uuid(change.tenantID), .text(clientID)))
    guard let row = rows.first else { throw Refusal.notFound }
    guard try !row.bool(0) else { throw CertificateFault.clientDisabled }
    let most = Int64(try row.int(2))
    guard let seconds else { return min(Int64(try row.int(1)), most) }
    guard (Self.shortestLife...most).contains(seconds) else {
      throw Refusal.invalid(
        "lifetime", "must be between \(Self.shortestLife) and \(most) seconds")
    }
    return seconds
  }

  /// The newest authority with a key, but for one that other processes may not know yet: a client
  /// must not be refused because its certificate is too new (S-B26).
  private static func authority(
    _ change: TenantChange, _ vault: TenantVault
  ) async throws -> (id: String, CertificateAuthority) {
    let rows = try await change.query(
      Statement(
        """
        SELECT authority_id, certificate_pem, sealed_key FROM artel.tenant_authority
        WHERE tenant_id = $1 AND sealed_key IS NOT NULL AND remove_time IS NULL
        ORDER BY create_time < now() - interval '5 seconds' DESC, create_time DESC, authority_id
        LIMIT 1
        -- Nobody removes it while it signs.
        FOR KEY SHARE
        """, .uuid(change.tenantID)))
    guard let row = rows.first else { throw CertificateFault.noAuthority }
    let id = try row.uuid(0)
    return (
      id,
      try await NewAuthority.open(
        tenantID: change.tenantID, id: id, certificatePEM: try row.text(1),
        sealedKey: try row.bytes(2), vault)
    )
  }
}

extension NewAuthority {
  /// An authority that was stored, with its key.
  static func open(
    tenantID: String, id: String, certificatePEM: String, sealedKey: [UInt8], _ vault: TenantVault
  ) async throws -> CertificateAuthority {
    let key = try await vault.secret(sealedKey, at: place(tenantID: tenantID, id: id))
    return try CertificateAuthority(
      certificate: Certificate(pem: certificatePEM),
      privateKey: PrivateKey(pem: String(decoding: key, as: UTF8.self)))
  }
}
