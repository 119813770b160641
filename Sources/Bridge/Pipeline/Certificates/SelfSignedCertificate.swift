import LibCrypto

/// Certificates that no authority signed: they say nothing of a tenant, but whoever shows one has
/// proved to hold its key, and a token can be bound to it.
enum SelfSignedCertificate {
  /// `x5t#S256` of a certificate whose issuer is its own subject; nil for any other.
  static func thumbprint(_ pem: [UInt8]) -> String? {
    guard let certificate = try? Certificate(pem: String(decoding: pem, as: UTF8.self)),
      certificate.issuerDER == certificate.subjectDER
    else { return nil }
    return certificate.thumbprint
  }
}
