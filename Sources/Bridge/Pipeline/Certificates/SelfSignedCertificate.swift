import LibCrypto

/// Certificates that no authority signed: they say nothing of a tenant, but whoever shows one has
/// proved to hold its key, and a token can be bound to it.
enum SelfSignedCertificate {
  /// `x5t#S256` of a certificate whose issuer is its own subject; nil for any other, for one whose
  /// time is not now, and for one of a weak key.
  static func thumbprint(_ pem: [UInt8], now: Int64) -> String? {
    guard let certificate = try? Certificate(pem: String(decoding: pem, as: UTF8.self)),
      certificate.issuerDER == certificate.subjectDER, certificate.publicKey.kind.isAcceptable,
      certificate.notBefore <= now, now <= certificate.notAfter
    else { return nil }
    return certificate.thumbprint
  }
}
