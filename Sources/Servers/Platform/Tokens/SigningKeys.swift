import LibCrypto
import Pipeline
import Postgres
import RPC
import Storage

/// The key that each tenant signs with now. Read in the tenant's own scope: no role sees the sealed
/// keys of all tenants.
final class SigningKeys: Sendable {
  /// A key that was replaced signs for so long at most.
  private static let freshness: Duration = .seconds(60)
  private static let patience: Duration = .seconds(2)

  private let keys: DirectoryCache<String, SigningKey>
  private let revocations: RevocationFeed?

  /// - Parameter revocations: tells which keys were dropped; nil where none is.
  init(database: TenantDatabase, vault: TenantVault, revocations: RevocationFeed? = nil) {
    self.revocations = revocations
    keys = DirectoryCache(life: Self.freshness, capacity: 5_000) { tenantID in
      let rows = try await database.query(
        Self.statement(tenantID), as: Actor(tenantID: tenantID, service: "tokens"),
        deadline: .now + Self.patience)
      guard let row = rows.first else {
        throw RPCError(
          code: .failedPrecondition, reason: "SIGNING_KEY_MISSING",
          message: "the tenant has no key to sign with")
      }
      let kid = try row.text(0)
      let pem = try await vault.secret(
        try row.bytes(1), at: SigningKey.place(tenantID: tenantID, kid: kid))
      return try await SigningKey(kid: kid, privateKeyPEM: String(decoding: pem, as: UTF8.self))
    }
  }

  /// The tenant's key.
  ///
  /// - Throws: `RPCError`, `PostgresError`, or `CryptoError` where the key encryption key is not
  ///   the one that sealed it.
  func key(tenantID: String) async throws -> SigningKey {
    let key = try await keys.value(tenantID)
    guard revocations?.contains(.key, key.kid, tenantID: tenantID) ?? false else { return key }
    // Dropped since it was remembered: what it signs now is refused everywhere.
    keys.forget(tenantID)
    return try await keys.value(tenantID)
  }

  private static func statement(_ tenantID: String) -> Statement {
    Statement(
      """
      SELECT kid, sealed_private_key FROM artel.tenant_signing_key
      WHERE tenant_id = $1 AND state = 'ACTIVE' AND activate_time <= now()
        AND (expire_time IS NULL OR expire_time > now())
      ORDER BY activate_time DESC, kid LIMIT 1
      """, .uuid(tenantID))
  }
}
