import COpenSSL

/// An authority that issues certificates to the clients and servers of one tenant.
public final class CertificateAuthority: Sendable {
  /// The authority's own certificate.
  public let certificate: Certificate
  /// Its key.
  public let privateKey: PrivateKey
  /// The identifier of its key, as issued certificates point to it.
  let keyIdentifier: [UInt8]

  /// Certificates are valid from so many seconds before they are issued: clocks differ.
  private static let backdating: Int64 = 60

  /// Makes an authority with a new P-256 key and a certificate signed by itself: CA with path
  /// length 0, keyCertSign and cRLSign.
  ///
  /// - Parameters:
  ///   - commonName: its subject and issuer, 1 to 64 characters.
  ///   - validity: how long from `now`, in whole seconds.
  ///   - now: Unix seconds.
  public static func make(
    commonName: String, validity: Duration, now: Int64 = UnixTime.now()
  ) throws(CertificateError) -> CertificateAuthority {
    let key: PrivateKey
    do {
      key = try PrivateKey.makeP256()
    } catch {
      throw .refused(error.description)
    }
    let identifier = keyIdentifier(key.publicKey)
    let template = CertificateTemplate(
      commonName: commonName, publicKey: key.publicKey, notBefore: now - backdating,
      notAfter: now + validity.components.seconds,
      extensions: [
        .authority, .signsCertificates, .subjectKeyIdentifier(identifier),
        .authorityKeyIdentifier(identifier),
      ])
    let certificate = try template.signed(by: key, issuer: nil)
    return try CertificateAuthority(certificate: certificate, privateKey: key)
  }

  /// Takes an authority that was made before.
  ///
  /// - Throws: `keyMismatch`, or `issuerNotAuthorized` for a certificate that may not issue.
  public init(certificate: Certificate, privateKey: PrivateKey) throws(CertificateError) {
    guard certificate.publicKey == privateKey.publicKey else { throw .keyMismatch }
    guard certificate.isAuthority, certificate.keyUsage?.contains(.keyCertSign) ?? false else {
      throw .issuerNotAuthorized
    }
    let native = try certificate.native()
    // Borrowed from `native`.
    guard let identifier = X509_get0_subject_key_id(native.pointer) else {
      throw .malformed("an authority needs a subject key identifier")
    }
    keyIdentifier = contents(ofASN1String: identifier)
    self.certificate = certificate
    self.privateKey = privateKey
  }

  /// Issues a client's certificate: digitalSignature, clientAuth, one URI.
  ///
  /// - Parameters:
  ///   - uriSAN: the SPIFFE ID that says who the client is.
  ///   - commonName: for people to read; nothing is decided by it.
  ///   - publicKey: the client's key; a key from a request is `request.publicKey`.
  ///   - validity: how long from `now`, in whole seconds.
  ///   - revocationListURI: where the authority's revocation list can be fetched.
  ///   - notBefore: Unix seconds; no earlier than this, though clocks differ.
  ///   - now: Unix seconds.
  /// - Throws: `invalidURI`, `invalidName`, `weakKey`, or `outlivesIssuer`.
  public func issueClient(
    uriSAN: String, commonName: String, publicKey: PublicKey, validity: Duration,
    revocationListURI: String? = nil, notBefore: Int64 = .min, now: Int64 = UnixTime.now()
  ) throws(CertificateError) -> Certificate {
    let name = try SPIFFEID(uriSAN)
    var more: [CertificateExtension] = []
    if let revocationListURI { more.append(try .revocationList(at: revocationListURI)) }
    return try issue(
      commonName: commonName, names: [.uri(name.uri)], purpose: .clientAuthentication,
      publicKey: publicKey, validity: validity, notBefore: notBefore, more: more, now: now)
  }

  /// Issues a server's certificate: digitalSignature, serverAuth, at least one name or address.
  ///
  /// - Throws: `invalidName`, `weakKey`, or `outlivesIssuer`.
  public func issueServer(
    dnsNames: [String], ipAddresses: [String] = [], commonName: String, publicKey: PublicKey,
    validity: Duration, now: Int64 = UnixTime.now()
  ) throws(CertificateError) -> Certificate {
    var names: [AlternativeName] = []
    for name in dnsNames { names.append(try AlternativeName.checkedDNS(name)) }
    for address in ipAddresses { names.append(try AlternativeName.checkedIP(address)) }
    guard !names.isEmpty else { throw .invalidName("a server needs a name or an address") }
    return try issue(
      commonName: commonName, names: names, purpose: .serverAuthentication, publicKey: publicKey,
      validity: validity, now: now)
  }

  private func issue(
    commonName: String, names: [AlternativeName], purpose: CertificateExtension,
    publicKey: PublicKey, validity: Duration, notBefore: Int64 = .min,
    more: [CertificateExtension] = [], now: Int64
  ) throws(CertificateError) -> Certificate {
    guard publicKey.kind.isAcceptable else { throw .weakKey(publicKey.kind) }
    let end = now + validity.components.seconds
    guard now >= certificate.notBefore, end <= certificate.notAfter else { throw .outlivesIssuer }
    let template = CertificateTemplate(
      commonName: commonName, publicKey: publicKey,
      notBefore: max(now - Self.backdating, notBefore), notAfter: end,
      extensions: [
        .endEntity, .signsHandshakes, purpose, .alternativeNames(names),
        .subjectKeyIdentifier(Self.keyIdentifier(publicKey)),
        .authorityKeyIdentifier(keyIdentifier),
      ] + more)
    return try template.signed(by: privateKey, issuer: certificate)
  }

  /// The leftmost 160 bits of the SHA-256 of the whole SubjectPublicKeyInfo: RFC 5280 section
  /// 4.2.1.2 leaves the method open, RFC 7093 asks for better than SHA-1.
  private static func keyIdentifier(_ key: PublicKey) -> [UInt8] {
    Array(SHA256.hash(key.der).prefix(20))
  }
}
