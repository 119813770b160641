import COpenSSL

/// What a certificate is to say; `signed` makes it.
struct CertificateTemplate {
  let commonName: String
  let publicKey: PublicKey
  let notBefore: Int64
  let notAfter: Int64
  let extensions: [CertificateExtension]

  /// 9999-12-31T23:59:59Z, the last moment that X.509 can write.
  private static let endOfTime: Int64 = 253_402_300_799

  /// Signs the certificate; without an issuer it is its own.
  func signed(
    by key: PrivateKey, issuer: Certificate?
  ) throws(CertificateError) -> Certificate {
    guard notBefore > 0, notBefore < notAfter, notAfter <= Self.endOfTime else {
      throw .malformed("the time of validity is empty or cannot be written")
    }
    guard let new = Owned(X509_new(), free: X509_free) else { throw .native("certificate") }
    let x509 = new.pointer
    guard X509_set_version(x509, Int(X509_VERSION_3)) == 1,
      ASN1_TIME_set(X509_getm_notBefore(x509), Int(notBefore)) != nil,
      ASN1_TIME_set(X509_getm_notAfter(x509), Int(notAfter)) != nil,
      X509_set_pubkey(x509, publicKey.native.pointer) == 1
    else { throw .native("certificate") }
    try setSerialNumber(x509)
    let subject = X509_get_subject_name(x509)
    try setSubject(subject)
    if let issuer {
      let native = try issuer.native()
      guard X509_set_issuer_name(x509, X509_get_subject_name(native.pointer)) == 1 else {
        throw .native("certificate")
      }
    } else {
      guard X509_set_issuer_name(x509, subject) == 1 else { throw .native("certificate") }
    }
    for item in extensions { try item.add(to: x509) }
    guard X509_sign(x509, key.native.pointer, key.signatureDigest) > 0,
      let der = encodedDER({ i2d_X509(x509, $0) })
    else { throw .native("certificate") }
    return try Certificate(der: der)
  }

  /// 128 random bits: not to be guessed before the certificate is signed.
  private func setSerialNumber(_ x509: OpaquePointer) throws(CertificateError) {
    let random = Random.bytes(16)
    guard let number = Owned(BN_bin2bn(random, 16, nil), free: BN_free),
      BN_to_ASN1_INTEGER(number.pointer, X509_get_serialNumber(x509)) != nil
    else { throw .native("serial number") }
  }

  private func setSubject(_ name: OpaquePointer?) throws(CertificateError) {
    // 64 is ub-common-name of RFC 5280 appendix A.
    let isName = (1...64).contains(commonName.unicodeScalars.count)
    guard isName, commonName.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
      throw .invalidName("a common name has 1 to 64 characters and no control characters")
    }
    let added = withBytes(commonName.utf8) {
      X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8, $0, Int32($1), -1, 0)
    }
    guard added == 1 else { throw .native("common name") }
  }
}
