internal import COpenSSL
internal import Mutation

/// Reads what libcrypto knows from a PEM text.
enum PEMReader {
  /// Every certificate of a text, in its order. The caller owns each.
  ///
  /// - Throws: `ServerCredentialsError` where one of them, or anything that looks like one, is
  ///   broken. A text without any gives an empty list.
  static func certificates(
    _ pem: String, _ name: String
  ) throws(ServerCredentialsError) -> [OpaquePointer] {
    try all(pem, name, free: X509_free) { PEM_read_bio_X509($0, nil, nil, nil) }
  }

  /// Every certificate revocation list of a text. The caller owns each.
  static func revocationLists(
    _ pem: String, _ name: String
  ) throws(ServerCredentialsError) -> [OpaquePointer] {
    try all(pem, name, free: X509_CRL_free) { PEM_read_bio_X509_CRL($0, nil, nil, nil) }
  }

  /// The unencrypted private key of a text. The caller owns it.
  static func privateKey(_ pem: String) throws(ServerCredentialsError) -> OpaquePointer {
    ERR_clear_error()
    guard PEMText.isWhole(pem.utf8) else {
      throw ServerCredentialsError(description: "the private key is cut off")
    }
    let bio = memory(pem)
    defer { BIO_free(bio) }
    // Without this libcrypto would ask a terminal for the password of an encrypted key.
    guard let key = PEM_read_bio_PrivateKey(bio, nil, { _, _, _, _ in -1 }, nil) else {
      throw ServerCredentialsError(
        description: "the private key cannot be read: \(TLSFailure.take())")
    }
    return key
  }

  private static func all(
    _ pem: String, _ name: String, free: (OpaquePointer?) -> Void,
    _ read: (OpaquePointer?) -> OpaquePointer?
  ) throws(ServerCredentialsError) -> [OpaquePointer] {
    ERR_clear_error()
    guard PEMText.isWhole(pem.utf8) || Mutation.isOn(.takesCutFiles) else {
      throw ServerCredentialsError(description: "\(name) cannot be read: it is cut off")
    }
    let bio = memory(pem)
    defer { BIO_free(bio) }
    var found: [OpaquePointer] = []
    while let next = read(bio) { found.append(next) }
    // The end of the text, and nothing else, is a missing start line.
    let isEnd = (ERR_peek_last_error() & 0x7fffff) == UInt(PEM_R_NO_START_LINE)
    guard isEnd else {
      found.forEach { free($0) }
      throw ServerCredentialsError(description: "\(name) cannot be read: \(TLSFailure.take())")
    }
    ERR_clear_error()
    return found
  }

  /// A BIO with a copy of the text.
  private static func memory(_ text: String) -> OpaquePointer? {
    let bio = BIO_new(BIO_s_mem())
    var text = text
    text.withUTF8 { _ = BIO_write(bio, $0.baseAddress, Int32(clamping: $0.count)) }
    return bio
  }
}
