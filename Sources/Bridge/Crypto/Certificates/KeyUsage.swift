import COpenSSL

/// What a certificate's key may be used for, RFC 5280 section 4.2.1.3.
public struct KeyUsage: OptionSet, Sendable, Hashable {
  /// Bits in libcrypto's order.
  public let rawValue: UInt32

  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Signatures other than those on certificates and CRLs.
  public static let digitalSignature = KeyUsage(rawValue: UInt32(KU_DIGITAL_SIGNATURE))
  /// Encrypting keys.
  public static let keyEncipherment = KeyUsage(rawValue: UInt32(KU_KEY_ENCIPHERMENT))
  /// Agreeing on keys.
  public static let keyAgreement = KeyUsage(rawValue: UInt32(KU_KEY_AGREEMENT))
  /// Signing certificates.
  public static let keyCertSign = KeyUsage(rawValue: UInt32(KU_KEY_CERT_SIGN))
  /// Signing lists of revoked certificates.
  public static let cRLSign = KeyUsage(rawValue: UInt32(KU_CRL_SIGN))
}

/// A purpose of a certificate's key by its object identifier, RFC 5280 section 4.2.1.12.
public struct ExtendedKeyUsage: Sendable, Hashable {
  /// Dotted decimal.
  public let objectIdentifier: String

  /// Names a purpose.
  public init(objectIdentifier: String) { self.objectIdentifier = objectIdentifier }

  /// Servers of TLS.
  public static let serverAuthentication = ExtendedKeyUsage(objectIdentifier: "1.3.6.1.5.5.7.3.1")
  /// Clients of TLS.
  public static let clientAuthentication = ExtendedKeyUsage(objectIdentifier: "1.3.6.1.5.5.7.3.2")
}

/// How a certificate is signed.
public struct SignatureAlgorithm: Sendable, Hashable {
  /// libcrypto's name, such as `ecdsa-with-SHA256`.
  public let name: String
  /// The digest, such as `SHA256`; nil where the algorithm has its own or it is unknown.
  public let digest: String?

  /// Whether such signatures are accepted: the SHA-2 family from 256 bits up, and Ed25519 (S-B18).
  public var isAcceptable: Bool {
    if name == "ED25519" { return true }
    return digest.map { ["SHA256", "SHA384", "SHA512"].contains($0) } ?? false
  }

  /// Of what libcrypto numbers so, such as a revocation list's.
  init(nid: Int32) {
    var digest: Int32 = 0
    let isKnown = OBJ_find_sigid_algs(nid, &digest, nil) == 1
    ERR_clear_error()
    name = OBJ_nid2sn(nid).map { String(cString: $0) } ?? "unknown"
    self.digest =
      isKnown && digest != NID_undef ? OBJ_nid2sn(digest).map { String(cString: $0) } : nil
  }

  init(_ certificate: OpaquePointer) {
    var digest: Int32 = 0
    let isKnown = X509_get_signature_info(certificate, &digest, nil, nil, nil) == 1
    ERR_clear_error()
    name = OBJ_nid2sn(X509_get_signature_nid(certificate)).map { String(cString: $0) } ?? "unknown"
    self.digest =
      isKnown && digest != NID_undef ? OBJ_nid2sn(digest).map { String(cString: $0) } : nil
  }
}
