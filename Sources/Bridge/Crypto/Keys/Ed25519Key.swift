import COpenSSL

/// A key that signs by Ed25519, RFC 8032.
///
/// `@unchecked Sendable`: the EVP_PKEY is not written after `init`; each signature takes a context of
/// its own, and using one key from many threads at once is documented as safe (openssl-threads).
public final class Ed25519Key: @unchecked Sendable {
  /// The number of bytes of a seed and of a public key.
  public static let size = 32
  private static let signatureSize = 64

  private let native: Owned
  /// The other half, 32 bytes.
  public let publicKey: [UInt8]

  /// Makes the key of a seed of 32 bytes.
  ///
  /// - Throws: `malformed` for a seed of another length.
  public init(seed: [UInt8]) throws(CryptoError) {
    guard seed.count == Self.size else {
      throw CryptoError(.malformed, "a seed of Ed25519 has 32 bytes")
    }
    guard
      let native = Owned(
        EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count), free: EVP_PKEY_free)
    else { throw .native("Ed25519 key") }
    var bytes = [UInt8](repeating: 0, count: Self.size)
    var count = bytes.count
    guard EVP_PKEY_get_raw_public_key(native.pointer, &bytes, &count) == 1 else {
      throw .native("Ed25519 key")
    }
    publicKey = bytes
    self.native = native
  }

  /// Reads a seed from the contents of a secret file: 64 hexadecimal digits.
  public convenience init(fileContents: String) throws(CryptoError) {
    guard let seed = Hexadecimal.decode(fileContents.utf8) else {
      throw CryptoError(.malformed, "a key file has 64 hexadecimal digits")
    }
    try self.init(seed: seed)
  }

  /// The 64 bytes of the signature of a message.
  public func signature(of message: [UInt8]) throws(CryptoError) -> [UInt8] {
    var signature = [UInt8](repeating: 0, count: Self.signatureSize)
    var count = signature.count
    guard let context = Owned(EVP_MD_CTX_new(), free: EVP_MD_CTX_free),
      EVP_DigestSignInit(context.pointer, nil, nil, nil, native.pointer) == 1,
      EVP_DigestSign(context.pointer, &signature, &count, message, message.count) == 1
    else { throw .native("Ed25519 signature") }
    return signature
  }

  /// A key for one purpose that follows from this one, 32 bytes: those of other purposes, and
  /// signatures, tell nothing of it.
  public func derivedKey(for purpose: String) throws(CryptoError) -> [UInt8] {
    var seed = [UInt8](repeating: 0, count: Self.size)
    var count = seed.count
    guard EVP_PKEY_get_raw_private_key(native.pointer, &seed, &count) == 1 else {
      throw .native("Ed25519 seed")
    }
    return HMACSHA256.code(of: Array("artel derived key: \(purpose)".utf8), key: seed)
  }

  /// Whether a signature is that of a message by the key of these 32 bytes.
  public static func isValid(
    _ signature: [UInt8], of message: [UInt8], publicKey: [UInt8]
  ) -> Bool {
    guard publicKey.count == size, signature.count == signatureSize,
      let key = Owned(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, publicKey, publicKey.count),
        free: EVP_PKEY_free),
      let context = Owned(EVP_MD_CTX_new(), free: EVP_MD_CTX_free),
      EVP_DigestVerifyInit(context.pointer, nil, nil, nil, key.pointer) == 1,
      EVP_DigestVerify(context.pointer, signature, signature.count, message, message.count) == 1
    else {
      _ = takeFailureReason()
      return false
    }
    return true
  }
}

extension Ed25519Key: CustomStringConvertible {
  /// The public half alone.
  public var description: String { "Ed25519Key(\(Hexadecimal.encode(publicKey)))" }
}
