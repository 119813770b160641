import COpenSSL

/// A private key for signatures. libcrypto wipes it from memory when the last reference goes.
///
/// `@unchecked Sendable`: the EVP_PKEY is not written after `init`; signing takes a context of its
/// own, and using one key from many threads at once is documented as safe (openssl-threads).
public final class PrivateKey: @unchecked Sendable {
  let native: Owned
  /// The other half.
  public let publicKey: PublicKey

  private init(_ native: consuming Owned) throws(CryptoError) {
    let key = native.pointer
    guard let spki = encodedDER({ i2d_PUBKEY(key, $0) }) else { throw .native("private key") }
    publicKey = try PublicKey(der: spki)
    self.native = native
  }

  /// Makes an ECDSA key on P-256.
  public static func makeP256() throws(CryptoError) -> PrivateKey {
    guard
      let context = Owned(
        EVP_PKEY_CTX_new_from_name(nil, "EC", nil), free: EVP_PKEY_CTX_free)
    else { throw .native("P-256 key") }
    var key: OpaquePointer?
    guard EVP_PKEY_keygen_init(context.pointer) == 1,
      EVP_PKEY_CTX_set_group_name(context.pointer, "P-256") == 1,
      EVP_PKEY_generate(context.pointer, &key) == 1,
      let native = Owned(key, free: EVP_PKEY_free)
    else { throw .native("P-256 key") }
    return try PrivateKey(native)
  }

  /// Reads one unencrypted private key: PKCS #8 (`PRIVATE KEY`) or the older `EC PRIVATE KEY` and
  /// `RSA PRIVATE KEY`.
  ///
  /// - Throws: `malformed` for anything else, a second block included; the message never repeats
  ///   the text.
  public convenience init(pem: String) throws(CryptoError) {
    let labels: Set = ["PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY"]
    guard let der = PEM.single(pem, labels: labels),
      let native = decodedDER(
        der, { d2i_AutoPrivateKey(nil, $0, $1) }, free: EVP_PKEY_free)
    else {
      _ = takeFailureReason()
      throw CryptoError(.malformed, "not the PEM text of one unencrypted private key")
    }
    try self.init(native)
  }

  /// The key as an unencrypted PKCS #8 `PRIVATE KEY` block, RFC 7468 section 10: for a file that
  /// only its owner reads, or sealed in an envelope.
  public var pem: String {
    get throws(CryptoError) {
      guard let info = Owned(EVP_PKEY2PKCS8(native.pointer), free: PKCS8_PRIV_KEY_INFO_free) else {
        throw .native("PKCS #8")
      }
      let pointer = info.pointer
      guard let der = encodedDER({ i2d_PKCS8_PRIV_KEY_INFO(pointer, $0) }) else {
        throw .native("PKCS #8")
      }
      return PEM.encode(label: "PRIVATE KEY", der: der)
    }
  }

  /// The digest that goes with this key's signatures: as strong as the curve. Null where the
  /// algorithm has its own (Ed25519).
  var signatureDigest: OpaquePointer? {
    switch publicKey.kind {
    case .ed25519: nil
    case .ecdsa(curve: "P-384"), .ecdsa(curve: "P-521"): Algorithm.sha384.pointer
    default: Algorithm.sha256.pointer
    }
  }
}

extension PrivateKey: CustomStringConvertible {
  /// Kind only: descriptions end up in logs.
  public var description: String { "PrivateKey(\(publicKey.kind))" }
}
