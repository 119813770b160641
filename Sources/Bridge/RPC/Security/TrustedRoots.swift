internal import COpenSSL
internal import Mutation

/// A `ClientTrust` as libcrypto uses it.
///
/// Safe: the X509_STORE is filled in `init` and read after it; libcrypto guards what reading
/// changes (its cache) by the store's own lock, since connections of an SSL_CTX share one.
final class TrustedRoots: @unchecked Sendable {
  /// More intermediates than any of our profiles needs.
  private static let maximumDepth: Int32 = 4

  let store: OpaquePointer

  /// - Throws: `ServerCredentialsError` where a root or a list is broken.
  init(_ trust: ClientTrust) throws(ServerCredentialsError) {
    let roots = try PEMReader.certificates(trust.rootsPEM, "a root")
    defer { roots.forEach { X509_free($0) } }
    guard !roots.isEmpty || !trust.rootsPEM.contains("-----BEGIN") else {
      throw ServerCredentialsError(description: "the roots are no certificates")
    }
    let lists = try PEMReader.revocationLists(trust.revocationListsPEM, "a revocation list")
    defer { lists.forEach { X509_CRL_free($0) } }
    guard !lists.isEmpty || trust.revocationListsPEM.allSatisfy(\.isWhitespace) else {
      throw ServerCredentialsError(description: "the revocation lists are none")
    }
    store = X509_STORE_new()
    // The store takes references of its own to both.
    for root in roots where X509_STORE_add_cert(store, root) != 1 { try fail("a root") }
    for list in lists where X509_STORE_add_crl(store, list) != 1 { try fail("a revocation list") }
    if !lists.isEmpty, !Mutation.isOn(.takesRevokedCertificates) {
      // Intermediates too: one that was withdrawn takes its certificates along.
      X509_STORE_set_flags(store, UInt(X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL))
    }
    X509_STORE_set_depth(store, Self.maximumDepth)
  }

  deinit { X509_STORE_free(store) }

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
    guard X509_verify_cert(context) != 1 else { return nil }
    return String(
      cString: X509_verify_cert_error_string(Int(X509_STORE_CTX_get_error(context))))
  }
}
