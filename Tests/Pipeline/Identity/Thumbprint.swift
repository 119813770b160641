import GeneratedOptions
import LibCrypto

typealias Access = Artel_Options_V1_Access

/// `x5t#S256` of a certificate (RFC 8705 section 3.1).
enum Thumbprint {
  static func of(_ pem: [UInt8]) -> String? {
    (try? Certificate(pem: String(decoding: pem, as: UTF8.self)))
      .map { Base64URL.encode($0.fingerprint) }
  }
}
