import LibCrypto
import Postgres
import Storage

/// An authority for the certificates of a tenant's clients, just made; its key is sealed already.
struct NewAuthority: Sendable {
  let id: String
  let insertion: Statement

  init(tenantID: String, tenantName: String, validity: Duration, vault: TenantVault) async throws {
    let authority = try CertificateAuthority.make(
      commonName: String("Artel \(tenantName)".prefix(64)), validity: validity)
    id = UUIDv7.make()
    let sealed = try await vault.seal(
      Array(try authority.privateKey.pem.utf8), at: Self.place(tenantID: tenantID, id: id),
      subject: nil)
    insertion = Statement(
      """
      INSERT INTO artel.tenant_authority (tenant_id, authority_id, certificate_pem, sealed_key)
      VALUES ($1, $2, $3, $4)
      """,
      .uuid(tenantID), .uuid(id), .text(authority.certificate.pem), .bytes(sealed))
  }

  /// Where the key of an authority is stored: it opens there alone.
  static func place(tenantID: String, id: String) -> SealedPlace {
    SealedPlace(tenant: tenantID, table: "tenant_authority", column: "sealed_key", row: id)
  }
}
