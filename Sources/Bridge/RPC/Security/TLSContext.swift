internal import COpenSSL
internal import Mutation

/// The server's certificate and key, and how it speaks TLS: an SSL_CTX.
///
/// Safe: the SSL_CTX is written in `init` alone; libssl lets any thread make connections of it,
/// each of which keeps a reference, so that one that was replaced lives as long as they do.
final class TLSContext: @unchecked Sendable {
  private let context: OpaquePointer

  /// Where a connection's SSL keeps its `TLSConnection`, unretained: the connection owns the SSL.
  static let connectionIndex = CRYPTO_get_ex_new_index(
    CRYPTO_EX_INDEX_SSL, 0, nil, nil, nil, nil)

  /// - Parameters:
  ///   - certificateChainPEM: The server's certificate, then its intermediates.
  ///   - privateKeyPEM: The certificate's key.
  /// - Throws: `ServerCredentialsError` where they are broken or no pair.
  init(certificateChainPEM: String, privateKeyPEM: String) throws(ServerCredentialsError) {
    guard let context = SSL_CTX_new(TLS_server_method()) else {
      throw ServerCredentialsError(description: "no TLS: \(TLSFailure.take())")
    }
    self.context = context
    guard Mutation.isOn(.speaksOldTLS) || artel_tls_harden(context) == 1 else {
      throw ServerCredentialsError(description: "no secure TLS: \(TLSFailure.take())")
    }
    let chain = try PEMReader.certificates(certificateChainPEM, "the server's certificate")
    defer { chain.forEach { X509_free($0) } }
    guard let leaf = chain.first else {
      throw ServerCredentialsError(description: "the server's certificate is none")
    }
    let key = try PEMReader.privateKey(privateKeyPEM)
    defer { EVP_PKEY_free(key) }
    let rest = OPENSSL_sk_new_null()
    defer { OPENSSL_sk_free(rest) }
    for certificate in chain.dropFirst() {
      OPENSSL_sk_push(rest, UnsafeRawPointer(certificate))
    }
    // Takes references of its own to all; checks that the key is the certificate's.
    guard SSL_CTX_use_cert_and_key(context, leaf, key, rest, 1) == 1 else {
      throw ServerCredentialsError(
        description: "the certificate and the key cannot be used: \(TLSFailure.take())")
    }
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
    SSL_CTX_set_client_hello_cb(
      context,
      { tls, alert, _ in
        guard let tls, let connection = TLSContext.connection(of: tls) else {
          return SSL_CLIENT_HELLO_ERROR
        }
        return connection.clientHello(tls, alert: alert)
      }, nil)
    SSL_CTX_set_alpn_select_cb(
      context,
      { _, out, outLength, offered, length, _ in
        // The client's list, as RFC 7301 writes it: a byte of length before each name.
        var at = 0
        while let offered, at < Int(length) {
          let count = Int(offered[at])
          guard at + 1 + count <= Int(length) else { break }
          if count == 2, offered[at + 1] == UInt8(ascii: "h"), offered[at + 2] == UInt8(ascii: "2")
          {
            // Points into the client's list, which libssl copies from at once.
            out?.pointee = offered + at + 1
            outLength?.pointee = 2
            return SSL_TLSEXT_ERR_OK
          }
          at += 1 + count
        }
        return Mutation.isOn(.speaksAnyProtocol)
          ? SSL_TLSEXT_ERR_NOACK : SSL_TLSEXT_ERR_ALERT_FATAL
      }, nil)
  }

  deinit { SSL_CTX_free(context) }

  /// Whether the time is within the certificate's.
  var isValidNow: Bool {
    // Borrowed from the context.
    guard let leaf = SSL_CTX_get0_certificate(context) else { return false }
    return X509_cmp_current_time(X509_get0_notBefore(leaf)) < 0
      && X509_cmp_current_time(X509_get0_notAfter(leaf)) > 0
  }

  /// A server's end of a new connection; the caller owns it.
  func makeConnection(on socket: Int32, for connection: TLSConnection) -> OpaquePointer? {
    guard let tls = SSL_new(context) else { return nil }
    // Unretained: `connection` owns the SSL and frees it before it ends.
    guard SSL_set_fd(tls, socket) == 1,
      SSL_set_ex_data(
        tls, Self.connectionIndex, Unmanaged.passUnretained(connection).toOpaque()) == 1
    else {
      SSL_free(tls)
      return nil
    }
    SSL_set_accept_state(tls)
    return tls
  }

  private static func connection(of tls: OpaquePointer) -> TLSConnection? {
    guard let data = SSL_get_ex_data(tls, connectionIndex) else { return nil }
    return Unmanaged<TLSConnection>.fromOpaque(data).takeUnretainedValue()
  }
}
