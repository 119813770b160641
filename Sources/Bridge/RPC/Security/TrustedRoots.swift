internal import COpenSSL
internal import Mutation

/// A `ClientTrust` as libcrypto uses it.
///
/// Safe: the X509_STORE is filled in `init` and read after it; libcrypto guards what reading
/// changes (its cache) by the store's own lock, since connections of an SSL_CTX share one.
package final class TrustedRoots: @unchecked Sendable {
  /// More intermediates than any of our profiles needs.
  private static let maximumDepth: Int32 = 4
  /// More certificates than any chain needs: a bound for what strangers send.
  private static let mostPresented = 8

  let store: OpaquePointer
  /// The roots in DER.
  package let rootsDER: [[UInt8]]
  private let revokedFingerprints: Set<[UInt8]>
  private let refusedURIs: Set<String>
  private let selfSignedFingerprints: Set<[UInt8]>

  /// - Throws: `ServerCredentialsError` where a root or a list is broken.
  init(_ trust: ClientTrust) throws(ServerCredentialsError) {
    let roots = try PEMReader.certificates(trust.rootsPEM, "a root")
    defer { roots.forEach { X509_free($0) } }
    guard !roots.isEmpty || !trust.rootsPEM.contains("-----BEGIN") else {
      throw ServerCredentialsError(description: "the roots are no certificates")
    }
    let between = try PEMReader.certificates(trust.intermediatesPEM, "an intermediate")
    defer { between.forEach { X509_free($0) } }
    let lists = try PEMReader.revocationLists(trust.revocationListsPEM, "a revocation list")
    defer { lists.forEach { X509_CRL_free($0) } }
    guard !lists.isEmpty || trust.revocationListsPEM.allSatisfy(\.isWhitespace) else {
      throw ServerCredentialsError(description: "the revocation lists are none")
    }
    revokedFingerprints = trust.revokedFingerprints
    refusedURIs = trust.refusedURIs
    selfSignedFingerprints = trust.selfSignedFingerprints
    rootsDER = roots.map { root in TrustedRoots.der(root) }
    store = X509_STORE_new()
    // The store takes references of its own to all. Without X509_V_FLAG_PARTIAL_CHAIN a chain ends
    // at certificates that signed themselves: intermediates only complete it.
    for root in roots + between where X509_STORE_add_cert(store, root) != 1 { try fail("a root") }
    for list in lists where !Self.isOfAny(roots + between, list) {
      throw ServerCredentialsError(description: "a revocation list is of no authority here")
    }
    for list in lists where X509_STORE_add_crl(store, list) != 1 { try fail("a revocation list") }
    if !lists.isEmpty, !Mutation.isOn(.takesRevokedCertificates) {
      // Intermediates too: one that was withdrawn takes its certificates along.
      X509_STORE_set_flags(store, UInt(X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL))
      artel_store_excuse_missing_lists(store)
    }
    X509_STORE_set_depth(store, Self.maximumDepth)
  }

  deinit { X509_STORE_free(store) }

  private static func isOfAny(_ authorities: [OpaquePointer], _ list: OpaquePointer) -> Bool {
    authorities.contains {
      X509_NAME_cmp(X509_get_subject_name($0), X509_CRL_get_issuer(list)) == 0
    }
  }

  private static func der(_ certificate: OpaquePointer) -> [UInt8] {
    var bytes: UnsafeMutablePointer<UInt8>?
    let count = i2d_X509(certificate, &bytes)
    defer { CRYPTO_free(bytes, "", 0) }
    return [UInt8](UnsafeBufferPointer(start: bytes, count: Int(max(0, count))))
  }

  private func fail(_ name: String) throws(ServerCredentialsError) {
    throw ServerCredentialsError(description: "\(name) is refused: \(TLSFailure.take())")
  }

  /// Verifies once more what a standing connection's client proved to hold.
  ///
  /// - Parameters:
  ///   - leaf: The client's X509, borrowed.
  ///   - presented: What it presented besides, borrowed; may be nil.
  /// - Returns: Why it no longer verifies; nil where it does.
  func reasonAgainst(leaf: OpaquePointer, presented: OpaquePointer?) -> String? {
    defer { ERR_clear_error() }
    guard let context = X509_STORE_CTX_new() else { return "out of memory" }
    defer { X509_STORE_CTX_free(context) }
    guard X509_STORE_CTX_init(context, store, leaf, presented) == 1,
      X509_STORE_CTX_set_default(context, "ssl_client") == 1,
      let parameters = X509_STORE_CTX_get0_param(context)  // Borrowed from the context.
    else { return "out of memory" }
    X509_VERIFY_PARAM_set_auth_level(parameters, 2)
    guard X509_verify_cert(context) != 1 else { return refusal(of: leaf) }
    return String(
      cString: X509_verify_cert_error_string(Int(X509_STORE_CTX_get_error(context))))
  }

  /// Verifies what the client of another TLS stack proved to hold.
  ///
  /// - Parameter chain: The client's certificate in DER, then what it presented besides.
  /// - Returns: Why it does not verify; nil where it does.
  package func reasonAgainst(chain: [[UInt8]]) -> String? {
    defer { ERR_clear_error() }
    guard chain.count <= Self.mostPresented else { return "too many certificates" }
    let stack = OPENSSL_sk_new_null()
    // Gives the references back that are pushed below.
    defer { OPENSSL_sk_pop_free(stack) { X509_free(OpaquePointer($0)) } }
    for der in chain {
      let certificate = der.withUnsafeBufferPointer { bytes in
        var cursor = bytes.baseAddress
        return d2i_X509(nil, &cursor, bytes.count)
      }
      guard let certificate else { return "a certificate cannot be read" }
      guard OPENSSL_sk_push(stack, UnsafeRawPointer(certificate)) > 0 else {
        X509_free(certificate)
        return "out of memory"
      }
    }
    // Borrowed from the stack.
    guard let leaf = OPENSSL_sk_value(stack, 0) else { return "there is no certificate" }
    if chain.count == 1, takesSelfSigned {
      guard let hash = Self.hash(OpaquePointer(leaf)) else { return "out of memory" }
      if selfSignedFingerprints.contains(hash) { return reasonAgainst(selfSigned: leaf) }
    }
    return reasonAgainst(leaf: OpaquePointer(leaf), presented: stack)
  }

  /// Whether certificates are taken that no root has signed.
  package var takesSelfSigned: Bool { !selfSignedFingerprints.isEmpty }

  /// A certificate that is known byte for byte has no authority to ask: only its time has to be
  /// right.
  private func reasonAgainst(selfSigned leaf: UnsafeMutableRawPointer) -> String? {
    let leaf = OpaquePointer(leaf)
    guard X509_cmp_current_time(X509_get0_notBefore(leaf)) < 0 else {
      return "certificate is not yet valid"
    }
    guard X509_cmp_current_time(X509_get0_notAfter(leaf)) > 0 else {
      return "certificate has expired"
    }
    return refusal(of: leaf)
  }

  /// The SHA-256 of a certificate's DER.
  private static func hash(_ certificate: OpaquePointer) -> [UInt8]? {
    var hash = [UInt8](repeating: 0, count: 32)
    var count = UInt32(hash.count)
    return X509_digest(certificate, EVP_sha256(), &hash, &count) == 1 ? hash : nil
  }

  /// Why a certificate that verifies is refused all the same; nil where it is not.
  func refusal(of leaf: OpaquePointer) -> String? {
    if !revokedFingerprints.isEmpty {
      guard let hash = Self.hash(leaf) else { return "out of memory" }
      if revokedFingerprints.contains(hash) { return "certificate revoked" }
    }
    if !refusedURIs.isEmpty {
      var uri = [CChar](repeating: 0, count: 2049)
      let length = artel_certificate_uri(leaf, &uri, Int32(uri.count))
      let text = uri[..<Int(length)].map { UInt8(bitPattern: $0) }
      if refusedURIs.contains(String(decoding: text, as: UTF8.self)) { return "client refused" }
    }
    return nil
  }
}
