import COpenSSL

/// The algorithm and size of a public key.
public enum PublicKeyKind: Sendable, Hashable {
  /// RSA with a modulus of so many bits.
  case rsa(bits: Int)
  /// ECDSA on a named curve: `P-256`, `P-384`, `P-521`, or libcrypto's name of another.
  case ecdsa(curve: String)
  /// EdDSA on edwards25519, RFC 8410.
  case ed25519
  /// Any other algorithm, by libcrypto's name.
  case other(String)

  /// Whether signatures of such a key are accepted: RSA of 2048 to 8192 bits, the NIST curves from
  /// P-256 up, Ed25519 (S-B18). The upper bound keeps a stranger's key from costing seconds.
  public var isAcceptable: Bool {
    switch self {
    case .rsa(let bits): (2048...8192).contains(bits)
    case .ecdsa(let curve): ["P-256", "P-384", "P-521"].contains(curve)
    case .ed25519: true
    case .other: false
    }
  }

  init(_ key: OpaquePointer) {
    switch EVP_PKEY_get_base_id(key) {
    case EVP_PKEY_RSA, EVP_PKEY_RSA_PSS: self = .rsa(bits: Int(EVP_PKEY_get_bits(key)))
    case EVP_PKEY_EC: self = .ecdsa(curve: Self.curve(key))
    case EVP_PKEY_ED25519: self = .ed25519
    default: self = .other(EVP_PKEY_get0_type_name(key).map { String(cString: $0) } ?? "unknown")
    }
  }

  /// The curve's NIST name where it has one. Parameters written out in full are not a named curve
  /// (RFC 5480 section 2.1.1 forbids them), even when they describe one.
  private static func curve(_ key: OpaquePointer) -> String {
    var isExplicit: Int32 = 0
    EVP_PKEY_get_int_param(key, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS, &isExplicit)
    if isExplicit != 0 { return "explicit parameters" }
    var name = [CChar](repeating: 0, count: 80)
    var length = 0
    guard EVP_PKEY_get_group_name(key, &name, name.count, &length) == 1 else {
      ERR_clear_error()
      return "unknown"
    }
    let text = String(decoding: name[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let nid = OBJ_txt2nid(text)
    return EC_curve_nid2nist(nid).map { String(cString: $0) } ?? text
  }
}
