import COpenSSL
import Mutation

/// A certificate revocation list of RFC 5280 section 5, read once; nothing in it has been verified
/// by that.
public struct CertificateRevocationList: Sendable, Hashable {
  /// The whole list.
  public let der: [UInt8]
  /// The name of the authority that issued it, in DER.
  public let issuerDER: [UInt8]
  /// When it was made, Unix seconds.
  public let thisUpdate: Int64
  /// The last second at which it counts, Unix.
  public let nextUpdate: Int64

  /// The largest list that is read; one that is made here may be larger.
  public static let maximumSize = 128 * 1024

  /// Reads a list in DER.
  ///
  /// - Throws: `malformed` unless the bytes are one list that says when the next one comes, without
  ///   critical extensions that libcrypto does not know: a list that was made for a part of the
  ///   certificates only says nothing of the others.
  public init(der: [UInt8]) throws(CertificateError) {
    guard der.count <= Self.maximumSize else { throw .malformed("not a revocation list") }
    try self.init(made: der)
  }

  /// Reads a list that was made here, however many it names.
  init(made der: [UInt8]) throws(CertificateError) {
    defer { ERR_clear_error() }
    let native = try Self.native(der)
    let list = native.pointer
    guard let name = X509_CRL_get_issuer(list), let issuer = encodedDER({ i2d_X509_NAME(name, $0) })
    else { throw .malformed("the list names no issuer") }
    guard X509_CRL_get_version(list) == 1 else { throw .malformed("the list is not of version 2") }
    guard let next = X509_CRL_get0_nextUpdate(list) else {
      throw .malformed("the list does not say when the next one comes")
    }
    guard X509_CRL_get_ext_by_critical(list, 1, -1) < 0 else { throw .unknownCriticalExtension }
    self.der = der
    issuerDER = issuer
    thisUpdate = try Self.time(X509_CRL_get0_lastUpdate(list))
    nextUpdate = try Self.time(next)
  }

  /// Reads one `X509 CRL` block.
  public init(pem: String) throws(CertificateError) {
    guard let der = PEM.single(pem, labels: ["X509 CRL"]) else {
      throw .malformed("not the PEM text of one revocation list")
    }
    try self.init(der: der)
  }

  /// Reads a text of `X509 CRL` blocks, in order; none in a text without any.
  public static func lists(pem: String) throws(CertificateError) -> [CertificateRevocationList] {
    guard pem.contains("-----BEGIN") else { return [] }
    guard let blocks = PEM.blocks(pem), blocks.allSatisfy({ $0.label == "X509 CRL" }) else {
      throw .malformed("not the PEM text of revocation lists")
    }
    var lists: [CertificateRevocationList] = []
    for block in blocks { lists.append(try CertificateRevocationList(der: block.der)) }
    return lists
  }

  /// The list as an `X509 CRL` block.
  public var pem: String { PEM.encode(label: "X509 CRL", der: der) }

  /// Verifies that an authority issued the list.
  ///
  /// - Throws: `unknownIssuer` where it names another one, `issuerNotAuthorized` where the authority
  ///   may sign no lists, `weakSignature` or `invalidSignature`.
  public func verify(by issuer: Certificate) throws(CertificateError) {
    defer { ERR_clear_error() }
    if Mutation.isOn(.takesForeignLists) { return }
    guard issuer.subjectDER == issuerDER else { throw .unknownIssuer }
    guard issuer.isAuthority, issuer.keyUsage?.contains(.cRLSign) ?? true else {
      throw .issuerNotAuthorized
    }
    let native = try Self.native(der)
    let algorithm = SignatureAlgorithm(nid: X509_CRL_get_signature_nid(native.pointer))
    guard algorithm.isAcceptable else { throw .weakSignature(algorithm.name) }
    guard X509_CRL_verify(native.pointer, issuer.publicKey.native.pointer) == 1 else {
      throw .invalidSignature
    }
  }

  /// Whether the list names a certificate of its issuer.
  public func revokes(_ certificate: Certificate) throws(CertificateError) -> Bool {
    defer { ERR_clear_error() }
    guard certificate.issuerDER == issuerDER else { return false }
    let native = try Self.native(der)
    let subject = try certificate.native()
    var entry: OpaquePointer?
    return X509_CRL_get0_by_cert(native.pointer, &entry, subject.pointer) == 1
  }

  /// A new libcrypto object for this list.
  func native() throws(CertificateError) -> Owned { try Self.native(der) }

  private static func native(_ der: [UInt8]) throws(CertificateError) -> Owned {
    guard let native = decodedDER(der, { d2i_X509_CRL(nil, $0, $1) }, free: X509_CRL_free)
    else { throw .malformed("not a revocation list") }
    return native
  }

  private static func time(_ time: UnsafePointer<ASN1_TIME>?) throws(CertificateError) -> Int64 {
    guard let epoch = ASN1_TIME_set(nil, 0) else { throw .native("time") }
    defer { ASN1_TIME_free(epoch) }
    var days: Int32 = 0
    var seconds: Int32 = 0
    guard let time, ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 else {
      throw .malformed("a time cannot be read")
    }
    return Int64(days) * 86_400 + Int64(seconds)
  }
}
