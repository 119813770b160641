import LibCrypto

/// Seals the platform's secrets at partners for the row that they are stored in.
struct PartnerSecrets: Sendable {
  private let envelope: Envelope

  init(key: KeyEncryptionKey) { envelope = Envelope(key: key) }

  func seal(_ secret: String, tenantID: String, partnerID: String) throws(CryptoError) -> [UInt8] {
    try envelope.seal(Array(secret.utf8), at: Self.place(tenantID, partnerID))
  }

  /// - Throws: `CryptoError` where the value is another row's, or was changed.
  func open(_ sealed: [UInt8], tenantID: String, partnerID: String) throws(CryptoError) -> String {
    String(
      decoding: try envelope.open(sealed, at: Self.place(tenantID, partnerID)), as: UTF8.self)
  }

  private static func place(_ tenantID: String, _ partnerID: String) -> SealedPlace {
    SealedPlace(tenant: tenantID, table: "partner", column: "client_secret", row: partnerID)
  }
}
