import LibCrypto
import Postgres
import Storage

/// A family of refresh tokens, one behind the other: of one person's grant to one app.
struct RefreshFamily: Sendable {
  let id: String
  let clientID: String
  let grant: PersonalGrant
  let certificateThumbprint: String?
  let secret: [UInt8]
  let generation: UInt32
  /// Seconds since 1970.
  let rotateTime: Int64?
  let useTime: Int64
  let expireTime: Int64
  let isRevoked: Bool

  /// Where the secret of a family is stored: it opens there alone.
  static func place(tenantID: String, id: String) -> SealedPlace {
    SealedPlace(tenant: tenantID, table: "refresh_family", column: "sealed_secret", row: id)
  }

  /// Reads a family and keeps others from changing it until the transaction ends.
  static func lock(
    _ id: String, in change: TenantChange, vault: TenantVault
  ) async throws -> RefreshFamily? {
    let rows = try await change.query(
      Statement(
        """
        SELECT client_id, person_grant, certificate_thumbprint, sealed_secret, generation,
          rotate_time, use_time, expire_time, revoke_time IS NOT NULL
        FROM artel.refresh_family WHERE tenant_id = $1 AND family_id = $2 FOR UPDATE
        """, .uuid(change.tenantID), .uuid(id)))
    guard let row = rows.first else { return nil }
    let secret = try await vault.secret(
      try row.bytes(3), at: place(tenantID: change.tenantID, id: id))
    return RefreshFamily(
      id: id, clientID: try row.text(0), grant: try PersonalGrant(json: try row.text(1)),
      certificateThumbprint: try row.optionalText(2), secret: secret,
      generation: UInt32(clamping: try row.int(4)),
      rotateTime: try row.optionalTimestamp(5)?.seconds, useTime: try row.timestamp(6).seconds,
      expireTime: try row.timestamp(7).seconds, isRevoked: try row.bool(8))
  }

  /// Begins a family; returns its first token.
  static func begin(
    _ id: String, of grant: PersonalGrant, client: RegisteredClient, thumbprint: String?,
    now: Int64, in change: TenantChange, vault: TenantVault
  ) async throws -> String {
    let secret = Random.bytes(32)
    let life = client.lives.absolute(of: grant.kind)
    // From the sign-in on: a code does not make it longer.
    let end = max(grant.authTime, now - Int64(life)) + Int64(life)
    try await change.execute(
      Statement(
        """
        INSERT INTO artel.refresh_family (tenant_id, family_id, client_id, subject, session_id,
          person_grant, certificate_thumbprint, sealed_secret, use_time, expire_time)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """,
        .uuid(change.tenantID), .uuid(id), .text(client.clientID), .text(grant.subject),
        .text(grant.sessionID), .jsonb(try grant.json), .text(thumbprint),
        .bytes(
          try await vault.seal(
            secret, at: place(tenantID: change.tenantID, id: id), subject: nil)),
        .timestamp(Timestamp(seconds: now, nanoseconds: 0)),
        .timestamp(Timestamp(seconds: end, nanoseconds: 0))))
    return RefreshToken.text(
      familyID: id, generation: 1, tenantID: change.tenantID, secret: secret)
  }

  /// The token of a generation.
  func token(_ generation: UInt32, tenantID: String) -> String {
    RefreshToken.text(
      familyID: id, generation: generation, tenantID: tenantID, secret: secret)
  }
}
