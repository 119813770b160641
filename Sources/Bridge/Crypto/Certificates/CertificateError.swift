/// Why a certificate or a request for one is refused.
public enum CertificateError: Error, Equatable, Sendable {
  /// It cannot be read, or breaks RFC 5280.
  case malformed(String)
  /// Its time is over.
  case expired
  /// Its time has not come.
  case notYetValid
  /// No known authority issued it, or a certificate between is missing.
  case unknownIssuer
  /// A signature in the chain is wrong.
  case invalidSignature
  /// There are more certificates between it and the root than allowed.
  case chainTooLong
  /// A certificate in the chain may not issue certificates, or not this far down.
  case issuerNotAuthorized
  /// Its names lie outside what an authority in the chain may name.
  case nameConstraint
  /// A client's certificate must not be an authority's: CA, keyCertSign or cRLSign.
  case isAuthority
  /// Its key may not make the signatures of a handshake.
  case missingDigitalSignature
  /// Its extended key usage does not name client authentication.
  case missingClientAuthentication
  /// It must carry exactly one URI, and carries so many.
  case uriCount(Int)
  /// The URI is not a SPIFFE ID with a path.
  case invalidURI(String)
  /// Its key is too weak or of an unknown kind.
  case weakKey(PublicKeyKind)
  /// A signature in it uses a broken or unknown digest.
  case weakSignature(String)
  /// It demands what is not understood here.
  case unknownCriticalExtension
  /// A request for a certificate is not signed by the key it brings.
  case noProofOfPossession
  /// A name cannot stand in a certificate.
  case invalidName(String)
  /// It would be valid before or after the one that issues it.
  case outlivesIssuer
  /// A revocation list names it.
  case revoked
  /// Its authority has a revocation list, and none that counts.
  case revocationUnknown(String)
  /// Certificate and private key do not belong together.
  case keyMismatch
  /// Refused by libcrypto for another reason.
  case refused(String)

  static func native(_ operation: String) -> CertificateError {
    .refused("\(operation): \(takeFailureReason())")
  }
}
