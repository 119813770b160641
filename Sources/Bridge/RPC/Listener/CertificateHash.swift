internal import COpenSSL

/// The SHA-256 of a certificate's DER: tells certificates apart.
struct CertificateHash: Hashable, Sendable {
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  /// - Parameter certificate: An X509, borrowed.
  init(of certificate: OpaquePointer) {
    // Stays zero where there is no memory: such clients share an allowance.
    withUnsafeMutableBytes(of: &words) {
      var count = UInt32($0.count)
      _ = X509_digest(
        certificate, EVP_sha256(), $0.bindMemory(to: UInt8.self).baseAddress, &count)
    }
  }

  static func == (one: CertificateHash, other: CertificateHash) -> Bool {
    one.words == other.words
  }

  func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
