import COpenSSL

/// An extension of a certificate to be issued, RFC 5280 section 4.2.
struct CertificateExtension {
  let nid: Int32
  let isCritical: Bool
  let value: [UInt8]

  /// An authority that issues end entities only: path length 0.
  static let authority = CertificateExtension(
    nid: NID_basic_constraints, isCritical: true, value: DER.sequence(DER.yes, DER.zero))

  /// Not an authority.
  static let endEntity = CertificateExtension(
    nid: NID_basic_constraints, isCritical: true, value: DER.sequence())

  /// Bits keyCertSign (5) and cRLSign (6) of RFC 5280, counted from the highest.
  static let signsCertificates = CertificateExtension(
    nid: NID_key_usage, isCritical: true, value: DER.bits(0b0000_0110))

  /// Bit digitalSignature (0).
  static let signsHandshakes = CertificateExtension(
    nid: NID_key_usage, isCritical: true, value: DER.bits(0b1000_0000))

  /// id-kp-clientAuth, 1.3.6.1.5.5.7.3.2.
  static let clientAuthentication = purpose(2)
  /// id-kp-serverAuth, 1.3.6.1.5.5.7.3.1.
  static let serverAuthentication = purpose(1)

  private static func purpose(_ last: UInt8) -> CertificateExtension {
    let identifier = DER.value(tag: 0x06, [0x2b, 6, 1, 5, 5, 7, 3, last])
    return CertificateExtension(
      nid: NID_ext_key_usage, isCritical: false, value: DER.sequence(identifier))
  }

  static func subjectKeyIdentifier(_ identifier: [UInt8]) -> CertificateExtension {
    CertificateExtension(
      nid: NID_subject_key_identifier, isCritical: false, value: DER.octets(identifier))
  }

  static func authorityKeyIdentifier(_ identifier: [UInt8]) -> CertificateExtension {
    CertificateExtension(
      nid: NID_authority_key_identifier, isCritical: false,
      value: DER.sequence(DER.tagged(0, identifier)))
  }

  static func alternativeNames(_ names: [AlternativeName]) -> CertificateExtension {
    CertificateExtension(
      nid: NID_subject_alt_name, isCritical: false,
      value: DER.value(tag: 0x30, names.flatMap(\.der)))
  }

  /// Where the issuer's revocation list is: a CRLDistributionPoints of RFC 5280 section 4.2.1.13
  /// with one full name.
  ///
  /// - Throws: `invalidURI` for what is no IA5String of printable characters.
  static func revocationList(at uri: String) throws(CertificateError) -> CertificateExtension {
    guard !uri.isEmpty, uri.utf8.allSatisfy({ 0x21...0x7e ~= $0 }) else {
      throw .invalidURI("the address of a revocation list has printable characters of ASCII alone")
    }
    // distributionPoint [0] and fullName [0] are constructed; a URI is a GeneralName's [6].
    let fullName = DER.value(tag: 0xa0, DER.tagged(6, Array(uri.utf8)))
    return CertificateExtension(
      nid: NID_crl_distribution_points, isCritical: false,
      value: DER.sequence(DER.sequence(DER.value(tag: 0xa0, fullName))))
  }

  /// CRLNumber, RFC 5280 section 5.2.3.
  static func listNumber(_ number: Int64) -> CertificateExtension {
    CertificateExtension(
      nid: NID_crl_number, isCritical: false, value: DER.integer(UInt64(max(0, number))))
  }

  /// CRLReason, RFC 5280 section 5.3.1: an ENUMERATED.
  static func revocationReason(_ reason: RevocationReason) -> CertificateExtension {
    CertificateExtension(
      nid: NID_crl_reason, isCritical: false,
      value: DER.value(tag: 0x0a, [UInt8(reason.rawValue)]))
  }

  /// Adds a copy to a certificate.
  func add(to x509: OpaquePointer) throws(CertificateError) {
    try add { X509_add_ext(x509, $0, -1) }
  }

  /// Adds a copy to a revocation list.
  func add(toList list: OpaquePointer) throws(CertificateError) {
    try add { X509_CRL_add_ext(list, $0, -1) }
  }

  /// Adds a copy to an entry of a revocation list.
  func add(toEntry entry: OpaquePointer) throws(CertificateError) {
    try add { X509_REVOKED_add_ext(entry, $0, -1) }
  }

  private func add(_ adding: (OpaquePointer) -> Int32) throws(CertificateError) {
    guard let octets = Owned(OpaquePointer(ASN1_OCTET_STRING_new()), free: freeOctets) else {
      throw .native("extension")
    }
    let string = UnsafeMutablePointer<ASN1_OCTET_STRING>(octets.pointer)
    guard ASN1_OCTET_STRING_set(string, value, Int32(value.count)) == 1,
      let item = Owned(
        X509_EXTENSION_create_by_NID(nil, nid, isCritical ? 1 : 0, string),
        free: X509_EXTENSION_free),
      adding(item.pointer) == 1
    else { throw .native("extension") }
  }
}

private func freeOctets(_ pointer: OpaquePointer?) {
  ASN1_OCTET_STRING_free(UnsafeMutablePointer(pointer))
}
