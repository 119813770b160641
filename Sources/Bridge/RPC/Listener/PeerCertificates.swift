internal import COpenSSL

/// What a client proved in its handshake.
struct PeerCertificates {
  /// The verified chain, from the leaf to the root.
  let chainDER: [[UInt8]]
  let leafPEM: [UInt8]
  let leafHash: CertificateHash
  /// How long the leaf is valid from now.
  let validity: Duration
  /// The leaf's subject as RFC 4514 writes it.
  let subject: String

  /// Reads them from a connection that was verified; nil where there are none.
  init?(of tls: OpaquePointer) {
    // The chain and its certificates are borrowed from the SSL.
    guard let chain = SSL_get0_verified_chain(tls),
      let leaf = artel_chain_certificate(chain, 0)
    else { return nil }
    chainDER = (0..<artel_chain_count(chain)).map { index in
      var bytes: UnsafeMutablePointer<UInt8>?
      let count = i2d_X509(artel_chain_certificate(chain, index), &bytes)
      defer { CRYPTO_free(bytes, "", 0) }
      return [UInt8](UnsafeBufferPointer(start: bytes, count: Int(max(0, count))))
    }
    leafHash = CertificateHash(of: leaf)
    var days: Int32 = 0
    var seconds: Int32 = 0
    // Nil is now. Where the time cannot be read, the chain was not verified: it is looked at soon.
    _ = ASN1_TIME_diff(&days, &seconds, nil, X509_get0_notAfter(leaf))
    validity = .seconds(Int64(days) * 86_400 + Int64(seconds))
    leafPEM = Self.write { PEM_write_bio_X509($0, leaf) }
    let name = X509_get_subject_name(leaf)  // Borrowed from the leaf.
    subject = String(
      decoding: Self.write { artel_print_name($0, name) }, as: UTF8.self)
  }

  /// What a function of libcrypto writes.
  private static func write(_ body: (OpaquePointer?) -> Int32) -> [UInt8] {
    let memory = BIO_new(BIO_s_mem())
    defer { BIO_free(memory) }
    guard body(memory) >= 0 else { return [] }
    var start: UnsafePointer<CChar>?
    let count = artel_memory_contents(memory, &start)
    return [UInt8](UnsafeRawBufferPointer(start: start, count: count))
  }
}
