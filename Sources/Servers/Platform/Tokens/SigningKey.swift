import JWTKit
import LibCrypto

/// A tenant's key for signing tokens: ECDSA on P-256 with SHA-256 (ES256 of RFC 7518).
struct SigningKey: Sendable {
  /// The key's identifier.
  let kid: String
  private let keys: JWTKeyCollection

  /// Takes a private key in PEM.
  ///
  /// - Throws: `CryptoError` or jwt-kit's error unless it is one on P-256.
  init(kid: String, privateKeyPEM: String) async throws {
    self.kid = kid
    keys = JWTKeyCollection()
    await keys.add(
      ecdsa: try ES256PrivateKey(pem: privateKeyPEM), kid: JWKIdentifier(string: kid))
  }

  /// The signed token: its header has `alg`, `typ` and `kid`, and nothing else.
  func sign(_ claims: some JWTPayload, type: String) async throws -> String {
    try await keys.sign(
      claims, kid: JWKIdentifier(string: kid),
      header: ["alg": "ES256", "typ": .string(type)])
  }

  /// Where the private half of a key is stored: it opens there alone.
  static func place(tenantID: String, kid: String) -> SealedPlace {
    SealedPlace(
      tenant: tenantID, table: "tenant_signing_key", column: "sealed_private_key", row: kid)
  }
}
