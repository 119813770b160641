import COpenSSL

/// A public key, as certificates and JWK sets carry it.
///
/// `@unchecked Sendable`: the EVP_PKEY is not written after `init`; using one from many threads at
/// once is documented as safe (openssl-threads, "objects are thread-safe for shared reading").
public final class PublicKey: @unchecked Sendable {
  let native: Owned
  /// The SubjectPublicKeyInfo of RFC 5280 in DER.
  public let der: [UInt8]
  /// Algorithm and size.
  public let kind: PublicKeyKind

  /// Takes over a reference to an EVP_PKEY.
  init(_ native: consuming Owned) throws(CryptoError) {
    let key = native.pointer
    guard let der = encodedDER({ i2d_PUBKEY(key, $0) }) else { throw .native("public key") }
    self.der = der
    kind = PublicKeyKind(key)
    self.native = native
  }

  /// Reads a SubjectPublicKeyInfo in DER.
  ///
  /// - Throws: `malformed` unless it is one, whole.
  public convenience init(der: [UInt8]) throws(CryptoError) {
    guard let native = decodedDER(der, { d2i_PUBKEY(nil, $0, $1) }, free: EVP_PKEY_free) else {
      _ = takeFailureReason()
      throw CryptoError(.malformed, "not a public key")
    }
    try self.init(native)
  }

  /// Reads one `PUBLIC KEY` block.
  ///
  /// - Throws: `malformed` for anything else.
  public convenience init(pem: String) throws(CryptoError) {
    guard let der = PEM.single(pem, labels: ["PUBLIC KEY"]) else {
      throw CryptoError(.malformed, "not the PEM text of one public key")
    }
    try self.init(der: der)
  }

  /// The key as a `PUBLIC KEY` block, RFC 7468 section 13.
  public var pem: String { PEM.encode(label: "PUBLIC KEY", der: der) }

  /// The point of a P-256 key, 32 bytes each, as `x` and `y` of a JWK (RFC 7518 section 6.2.1);
  /// nil for other kinds.
  public var coordinates: (x: [UInt8], y: [UInt8])? {
    guard kind == .ecdsa(curve: "P-256"), let x = coordinate(OSSL_PKEY_PARAM_EC_PUB_X),
      let y = coordinate(OSSL_PKEY_PARAM_EC_PUB_Y)
    else { return nil }
    return (x, y)
  }

  private func coordinate(_ name: String) -> [UInt8]? {
    var number: OpaquePointer?
    guard EVP_PKEY_get_bn_param(native.pointer, name, &number) == 1,
      let owned = Owned(number, free: BN_free)
    else {
      ERR_clear_error()
      return nil
    }
    var bytes = [UInt8](repeating: 0, count: 32)
    return BN_bn2binpad(owned.pointer, &bytes, 32) == 32 ? bytes : nil
  }
}

extension PublicKey: Equatable {
  public static func == (first: PublicKey, second: PublicKey) -> Bool { first.der == second.der }
}
