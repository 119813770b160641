import COpenSSL

extension CertificateAuthority {
  /// Issues a revocation list of RFC 5280 section 5: with its number and the identifier of the
  /// authority's key.
  ///
  /// - Parameters:
  ///   - revoked: what it names.
  ///   - number: greater than that of any list before.
  ///   - validity: until the next one, in whole seconds.
  ///   - now: Unix seconds.
  public func issueRevocationList(
    _ revoked: [RevokedCertificate], number: Int64, validity: Duration,
    now: Int64 = UnixTime.now()
  ) throws(CertificateError) -> CertificateRevocationList {
    let issuer = try certificate.native()
    guard let new = Owned(X509_CRL_new(), free: X509_CRL_free) else {
      throw .native("revocation list")
    }
    let list = new.pointer
    guard X509_CRL_set_version(list, 1) == 1,
      X509_CRL_set_issuer_name(list, X509_get_subject_name(issuer.pointer)) == 1
    else { throw .native("revocation list") }
    try Self.withTime(now) { X509_CRL_set1_lastUpdate(list, $0) }
    try Self.withTime(now + validity.components.seconds) { X509_CRL_set1_nextUpdate(list, $0) }
    for entry in revoked { try Self.add(entry, to: list) }
    try CertificateExtension.authorityKeyIdentifier(keyIdentifier).add(toList: list)
    try CertificateExtension.listNumber(number).add(toList: list)
    guard X509_CRL_sort(list) == 1,
      X509_CRL_sign(list, privateKey.native.pointer, privateKey.signatureDigest) > 0,
      let der = encodedDER({ i2d_X509_CRL(list, $0) })
    else { throw .native("revocation list") }
    return try CertificateRevocationList(made: der)
  }

  private static func add(
    _ entry: RevokedCertificate, to list: OpaquePointer
  ) throws(CertificateError) {
    guard (1...20).contains(entry.serialNumber.count) else {
      throw .malformed("a serial number has 1 to 20 bytes")
    }
    guard let revoked = X509_REVOKED_new() else { throw .native("revocation list") }
    do throws(CertificateError) {
      let count = Int32(entry.serialNumber.count)
      guard let number = Owned(BN_bin2bn(entry.serialNumber, count, nil), free: BN_free),
        let serial = BN_to_ASN1_INTEGER(number.pointer, nil)
      else { throw .native("serial number") }
      defer { ASN1_INTEGER_free(serial) }
      guard X509_REVOKED_set_serialNumber(revoked, serial) == 1 else {
        throw .native("serial number")
      }
      try withTime(entry.time) { X509_REVOKED_set_revocationDate(revoked, $0) }
      // RFC 5280 section 5.3.1: a reason that says nothing is left out.
      if entry.reason != .unspecified {
        try CertificateExtension.revocationReason(entry.reason).add(toEntry: revoked)
      }
      // Takes the entry over.
      guard X509_CRL_add0_revoked(list, revoked) == 1 else {
        throw .native("revocation list")
      }
    } catch {
      X509_REVOKED_free(revoked)
      throw error
    }
  }

  private static func withTime(
    _ time: Int64, _ use: (UnsafeMutablePointer<ASN1_TIME>) -> Int32
  ) throws(CertificateError) {
    guard let native = ASN1_TIME_set(nil, Int(time)) else { throw .native("time") }
    defer { ASN1_TIME_free(native) }
    guard use(native) == 1 else { throw .native("time") }
  }
}
