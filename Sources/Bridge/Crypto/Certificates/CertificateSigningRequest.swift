import COpenSSL

/// A PKCS #10 request for a certificate, RFC 2986, whose signature has been verified.
///
/// Only its key is taken. The names and extensions that it asks for are not even read: who a
/// certificate names is for its issuer to say.
public struct CertificateSigningRequest: Sendable {
  /// The key that the requester has proved to possess.
  public let publicKey: PublicKey

  /// Reads one `CERTIFICATE REQUEST` block.
  ///
  /// - Throws: `malformed`, `weakKey`, or `noProofOfPossession` when the request is not signed by
  ///   the key in it.
  public init(pem: String) throws(CertificateError) {
    defer { ERR_clear_error() }
    let labels: Set = ["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"]
    guard let der = PEM.single(pem, labels: labels), der.count <= Certificate.maximumSize,
      let request = decodedDER(der, { d2i_X509_REQ(nil, $0, $1) }, free: X509_REQ_free),
      let key = Owned(X509_REQ_get_pubkey(request.pointer), free: EVP_PKEY_free)
    else { throw .malformed("not the PEM text of one certificate request") }
    // Before the signature: verifying with a huge key is work for a stranger.
    let kind = PublicKeyKind(key.pointer)
    guard kind.isAcceptable else { throw .weakKey(kind) }
    guard X509_REQ_verify(request.pointer, key.pointer) == 1 else { throw .noProofOfPossession }
    do {
      publicKey = try PublicKey(key)
    } catch {
      throw .malformed(error.description)
    }
  }
}
