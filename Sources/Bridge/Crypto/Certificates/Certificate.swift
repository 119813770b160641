import COpenSSL

/// An X.509 certificate of RFC 5280, read once; nothing in it has been verified by that.
public final class Certificate: Sendable {
  /// The whole certificate.
  public let der: [UInt8]
  /// The one common name of its subject; nil where it has none, several, or one with control
  /// characters.
  public let subjectCommonName: String?
  /// The subject's whole name in DER.
  public let subjectDER: [UInt8]
  /// The issuer's whole name in DER.
  public let issuerDER: [UInt8]
  /// The serial number: positive, big-endian, without leading zeros.
  public let serialNumber: [UInt8]
  /// The first second of its time, Unix.
  public let notBefore: Int64
  /// The last second of its time, Unix.
  public let notAfter: Int64
  /// The URIs among its alternative names, in order.
  public let uriNames: [String]
  /// The DNS names among its alternative names, in order.
  public let dnsNames: [String]
  /// Whether its basic constraints make it an authority.
  public let isAuthority: Bool
  /// What its key may be used for; nil where it does not say.
  public let keyUsage: KeyUsage?
  /// The purposes it is made for; nil where it does not say.
  public let extendedKeyUsages: [ExtendedKeyUsage]?
  /// Whether it has a critical extension that libcrypto does not know.
  public let hasUnknownCriticalExtension: Bool
  /// Its key.
  public let publicKey: PublicKey
  /// How it is signed.
  public let signatureAlgorithm: SignatureAlgorithm
  /// The SHA-256 of its DER.
  public let fingerprint: [UInt8]

  /// Its largest size: a bound for what strangers send.
  static let maximumSize = 64 * 1024

  /// Reads a certificate in DER.
  ///
  /// - Throws: `malformed` unless the bytes are one certificate of version 3, whole and in DER's
  ///   one form: the fingerprint that tokens are bound to must not have variants.
  public init(der: [UInt8]) throws(CertificateError) {
    defer { ERR_clear_error() }
    let native = try Self.native(der)
    let x509 = native.pointer
    guard encodedDER({ i2d_X509(x509, $0) }) == der else { throw .malformed("not in DER") }
    let fields = CertificateFields(x509)
    guard X509_get_version(x509) == X509_VERSION_3 else { throw .malformed("not of version 3") }
    guard fields.flags() & UInt32(EXFLAG_INVALID) == 0 else {
      throw .malformed("an extension cannot be read")
    }
    self.der = der
    subjectCommonName = fields.subjectCommonName()
    subjectDER = try fields.name(X509_get_subject_name(x509))
    issuerDER = try fields.name(X509_get_issuer_name(x509))
    serialNumber = try fields.serialNumber()
    notBefore = try fields.time(X509_get0_notBefore(x509))
    notAfter = try fields.time(X509_get0_notAfter(x509))
    (uriNames, dnsNames) = try fields.alternativeNames()
    isAuthority = fields.flags() & UInt32(EXFLAG_CA) != 0
    keyUsage = fields.keyUsage()
    extendedKeyUsages = try fields.extendedKeyUsages()
    hasUnknownCriticalExtension = fields.flags() & UInt32(EXFLAG_CRITICAL) != 0
    publicKey = try fields.publicKey()
    signatureAlgorithm = SignatureAlgorithm(x509)
    fingerprint = SHA256.hash(der)
  }

  /// Reads one `CERTIFICATE` block.
  ///
  /// - Throws: `malformed` for anything else, a second block included.
  public convenience init(pem: String) throws(CertificateError) {
    guard let der = PEM.single(pem, labels: ["CERTIFICATE"]) else {
      throw .malformed("not the PEM text of one certificate")
    }
    try self.init(der: der)
  }

  /// Reads a text of one or more `CERTIFICATE` blocks, in order.
  ///
  /// - Throws: `malformed` when there is none, or a block of another kind among them.
  public static func chain(pem: String) throws(CertificateError) -> [Certificate] {
    guard let blocks = PEM.blocks(pem), !blocks.isEmpty,
      blocks.allSatisfy({ $0.label == "CERTIFICATE" })
    else { throw .malformed("not the PEM text of certificates") }
    var chain: [Certificate] = []
    for block in blocks { chain.append(try Certificate(der: block.der)) }
    return chain
  }

  /// The certificate as a `CERTIFICATE` block.
  public var pem: String { PEM.encode(label: "CERTIFICATE", der: der) }

  /// The fingerprint as tokens carry it: `x5t#S256` of RFC 8705 section 3.1.
  public var thumbprint: String { Base64URL.encode(fingerprint) }

  /// A new libcrypto object for this certificate.
  func native() throws(CertificateError) -> Owned { try Self.native(der) }

  private static func native(_ der: [UInt8]) throws(CertificateError) -> Owned {
    guard der.count <= maximumSize,
      let native = decodedDER(der, { d2i_X509(nil, $0, $1) }, free: X509_free)
    else { throw .malformed("not a certificate") }
    return native
  }
}

extension Certificate: Hashable {
  public static func == (first: Certificate, second: Certificate) -> Bool {
    first.der == second.der
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(fingerprint) }
}
