import LibCrypto
import Postgres
import Storage

/// A key for a tenant's tokens, just made; its private half is sealed already.
struct NewSigningKey: Sendable {
  let kid: String
  let insertion: Statement

  /// - Parameter lead: how long it is only published before it signs.
  init(tenantID: String, vault: TenantVault, lead: Duration = .zero) async throws {
    let key = try PrivateKey.makeP256()
    guard let point = key.publicKey.coordinates else {
      throw AdministrationError(.refused, "the new key has no point on P-256")
    }
    kid = UUIDv7.make()
    let sealed = try await vault.seal(
      Array(try key.pem.utf8), at: SigningKey.place(tenantID: tenantID, kid: kid), subject: nil)
    insertion = Statement(
      """
      INSERT INTO artel.tenant_signing_key (tenant_id, kid, sealed_private_key, x, y, activate_time)
      VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))
      """,
      .uuid(tenantID), .text(kid), .bytes(sealed), .text(Base64URL.encode(point.x)),
      .text(Base64URL.encode(point.y)), .double(lead / .seconds(1)))
  }
}
