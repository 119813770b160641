import COpenSSL
import LibCrypto

/// An ECDSA key on P-256 that signs what a test likes.
struct SigningKey: Sendable {
  private let pem: String
  let x: [UInt8]
  let y: [UInt8]

  init() throws {
    let key = try PrivateKey.makeP256()
    pem = try key.pem
    // The point is at the end of the key's DER.
    x = Array(key.publicKey.der.suffix(64).prefix(32))
    y = Array(key.publicKey.der.suffix(32))
  }

  /// The signature of a message with SHA-256, in DER.
  func sign(_ message: [UInt8]) -> [UInt8] {
    let source = BIO_new_mem_buf(pem, Int32(pem.utf8.count))
    let key = PEM_read_bio_PrivateKey(source, nil, nil, nil)
    let context = EVP_MD_CTX_new()
    defer {
      EVP_MD_CTX_free(context)
      EVP_PKEY_free(key)
      BIO_free(source)
    }
    var count = 128
    var signature = [UInt8](repeating: 0, count: count)
    precondition(
      EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key) == 1
        && EVP_DigestSign(context, &signature, &count, message, message.count) == 1)
    return Array(signature.prefix(count))
  }
}
