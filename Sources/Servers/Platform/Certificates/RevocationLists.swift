import GeneratedCertificates
import LibCrypto
import Postgres
import RPC
import Storage

/// What was revoked here, and the lists that say so elsewhere.
struct RevocationLists: Sendable {
  /// How long a list counts.
  private static let life: Duration = .seconds(86_400)
  /// How old the published list may be before a newer one is made.
  private static let renewal: Int64 = 6 * 3_600

  /// The longest that making a list may take.
  private static let patience: Duration = .seconds(10)

  let directory: PlatformDirectory
  let database: TenantDatabase
  let vault: TenantVault
  private let maker = ListMaker()

  init(directory: PlatformDirectory, database: TenantDatabase, vault: TenantVault) {
    self.directory = directory
    self.database = database
    self.vault = vault
  }

  /// Revokes a certificate that was issued here; one that is revoked stays as it is.
  ///
  /// - Throws: NOT_FOUND where the tenant has none.
  static func revoke(
    _ thumbprint: String, _ reason: Artel_Certificates_V1_RevocationReason,
    in change: TenantChange
  ) async throws {
    let rows = try await change.query(
      Statement(
        """
        UPDATE artel.tenant_certificate SET revoke_time = now(), revoke_reason = $3
        WHERE tenant_id = $1 AND thumbprint = $2 AND revoke_time IS NULL
        RETURNING authority_id, client_id
        """, .uuid(change.tenantID), .text(thumbprint), .text(reason.stored)))
    guard let row = rows.first else { return }
    try await outdate(try row.uuid(0), change)
    // Running calls and streams end by this one, at every process.
    _ = try await change.revoke(.certificate, thumbprint)
    try await change.record(
      resource: CertificateNames.client(try row.text(1)),
      change: "certificate \(thumbprint) revoked: \(reason.stored)")
  }

  /// Revokes every certificate of a client, also in the lists for others. Here the client's own
  /// revocation says so already.
  static func revokeAll(of clientID: String, in change: TenantChange) async throws {
    let rows = try await change.query(
      Statement(
        """
        UPDATE artel.tenant_certificate
        SET revoke_time = now(), revoke_reason = 'CESSATION_OF_OPERATION'
        WHERE tenant_id = $1 AND client_id = $2 AND revoke_time IS NULL AND not_after > now()
        RETURNING authority_id
        """, .uuid(change.tenantID), .text(clientID)))
    for id in Set(try rows.map { try $0.uuid(0) }).sorted() { try await outdate(id, change) }
  }

  /// The list that is published is not the whole truth any more.
  private static func outdate(_ authorityID: String, _ change: TenantChange) async throws {
    try await change.execute(
      Statement(
        """
        UPDATE artel.tenant_authority SET published_list = NULL
        WHERE tenant_id = $1 AND authority_id = $2
        """, .uuid(change.tenantID), .uuid(authorityID)))
  }

  /// The published list of an authority, in DER; made where there is none that is young enough. Also
  /// of one that is trusted here no more: its certificates may be known elsewhere.
  ///
  /// - Throws: NOT_FOUND where there is no such authority with a key here.
  func published(
    tenantID: String, authorityID: String
  ) async throws -> [UInt8] {
    // Of what does not exist nothing is made, and nothing is locked.
    guard
      let known = try await directory.publishedList(tenantID: tenantID, authorityID: authorityID)
    else { throw Refusal.notFound }
    if let der = known.der, known.time > UnixTime.now() { return der }
    return try await maker.list(tenantID: tenantID, authorityID: authorityID) {
      try await database.change(
        as: Actor(tenantID: tenantID, service: "certificates"),
        action: "artel.certificates/PublishRevocationList", deadline: .now + Self.patience
      ) { change in
        try await publish(authorityID, change)
      }
    }
  }

  private func publish(_ authorityID: String, _ change: TenantChange) async throws -> [UInt8] {
    // The lock makes of several makers one behind the other, and keeps a revocation behind them.
    let rows = try await change.query(
      Statement(
        """
        SELECT certificate_pem, sealed_key, published_list_number, published_list,
          published_list_time
        FROM artel.tenant_authority
        WHERE tenant_id = $1 AND authority_id = $2 AND sealed_key IS NOT NULL
        FOR NO KEY UPDATE
        """, .uuid(change.tenantID), .uuid(authorityID)))
    guard let row = rows.first else { throw Refusal.notFound }
    let now = UnixTime.now()
    if let list = try row.optionalBytes(3), let time = try row.optionalTimestamp(4),
      time.seconds > now
    {
      return list
    }
    let authority = try await NewAuthority.open(
      tenantID: change.tenantID, id: authorityID, certificatePEM: try row.text(0),
      sealedKey: try row.bytes(1), vault)
    let number = Int64(try row.int(2)) + 1
    let list = try authority.issueRevocationList(
      try await Self.revoked(authorityID, change), number: number, validity: Self.life)
    try await change.execute(
      Statement(
        """
        UPDATE artel.tenant_authority
        SET published_list = $3, published_list_number = $4, published_list_time = $5
        WHERE tenant_id = $1 AND authority_id = $2
        """,
        .uuid(change.tenantID), .uuid(authorityID), .bytes(list.der), .int8(number),
        .timestamp(Timestamp(seconds: now + Self.renewal, nanoseconds: 0))))
    try await change.record(
      resource: CertificateNames.authority(authorityID),
      change: "revocation list \(number) published")
    return list.der
  }

  private static func revoked(
    _ authorityID: String, _ change: TenantChange
  ) async throws -> [RevokedCertificate] {
    try await change.query(
      Statement(
        """
        SELECT serial_number, revoke_time, revoke_reason FROM artel.tenant_certificate
        WHERE tenant_id = $1 AND authority_id = $2 AND revoke_time IS NOT NULL
          AND not_after > now() - interval '1 day'
        ORDER BY revoke_time, thumbprint
        """, .uuid(change.tenantID), .uuid(authorityID))
    ).map { row in
      RevokedCertificate(
        serialNumber: try row.bytes(0), time: try row.timestamp(1).seconds,
        reason: Artel_Certificates_V1_RevocationReason(stored: try row.text(2)).listed)
    }
  }
}
