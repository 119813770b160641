import Mutation

/// What a client's certificate must be, before and apart from who issued it: stricter than
/// RFC 5280, the X.509-SVID profile of SPIFFE.
public enum ClientCertificateProfile {
  /// Checks a certificate and reads who it names.
  ///
  /// - Parameters:
  ///   - certificate: the client's own.
  ///   - now: Unix seconds.
  /// - Returns: its one URI.
  /// - Throws: the first rule that it breaks.
  @discardableResult
  public static func check(
    _ certificate: Certificate, now: Int64 = UnixTime.now()
  ) throws(CertificateError) -> SPIFFEID {
    let usage = certificate.keyUsage ?? []
    guard
      !certificate.isAuthority && usage.isDisjoint(with: [.keyCertSign, .cRLSign])
        || Mutation.isOn(.takesAuthorities)
    else {
      throw .isAuthority
    }
    guard usage.contains(.digitalSignature) else { throw .missingDigitalSignature }
    guard
      certificate.extendedKeyUsages?.contains(.clientAuthentication) ?? false
        || Mutation.isOn(.takesOtherPurposes)
    else {
      throw .missingClientAuthentication
    }
    guard certificate.publicKey.kind.isAcceptable || Mutation.isOn(.takesWeakKeys) else {
      throw .weakKey(certificate.publicKey.kind)
    }
    guard certificate.signatureAlgorithm.isAcceptable else {
      throw .weakSignature(certificate.signatureAlgorithm.name)
    }
    guard !certificate.hasUnknownCriticalExtension else { throw .unknownCriticalExtension }
    guard now >= certificate.notBefore else { throw .notYetValid }
    guard now <= certificate.notAfter || Mutation.isOn(.takesOldCertificates) else {
      throw .expired
    }
    guard
      certificate.uriNames.count == 1
        || Mutation.isOn(.takesManyNames) && !certificate.uriNames.isEmpty
    else { throw .uriCount(certificate.uriNames.count) }
    return try SPIFFEID(certificate.uriNames[0])
  }
}
