import LibCrypto
import Pipeline

/// How a client is registered to authenticate, and what its tokens and codes are bound to.
public struct ClientProfile: Sendable {
  /// The one method that it authenticates by.
  public var method: ClientAuthenticationMethod
  /// The public keys of its assertions, a JSON Web Key Set; for `private_key_jwt`.
  public var keySet: String?
  /// The certificates that it authenticates with by themselves, in PEM; for
  /// `self_signed_tls_client_auth`.
  public var certificatesPEM: [String]
  /// Whether its tokens are good only with its certificate, by whatever method it authenticates.
  public var certificateBound: Bool
  /// Where codes may be sent; for an app.
  public var redirectURIs: [String]
  /// Whether people are asked before it gets anything of theirs: for an app of somebody else.
  public var requiresConsent: Bool

  /// Creates a profile.
  public init(
    method: ClientAuthenticationMethod = .clientSecret, keySet: String? = nil,
    certificatesPEM: [String] = [], certificateBound: Bool = false, redirectURIs: [String] = [],
    requiresConsent: Bool = false
  ) {
    self.method = method
    self.keySet = keySet
    self.certificatesPEM = certificatesPEM
    self.certificateBound = certificateBound
    self.redirectURIs = redirectURIs
    self.requiresConsent = requiresConsent
  }

  /// Checks what contradicts itself, and returns the certificates' `x5t#S256`.
  func checked(isApp: Bool) async throws -> [String] {
    func refuse(_ why: String) -> AdministrationError { AdministrationError(.invalid, why) }
    guard (method == .privateKeyJWT) == (keySet != nil) else {
      throw refuse("private_key_jwt needs a set of keys, and no other method has one")
    }
    if let keySet {
      guard await ClientAssertion.isKeySet(keySet) else {
        throw refuse(
          "the set of keys has 1 to 10 public keys with identifiers, for ES256, PS256 "
            + "or EdDSA")
      }
    }
    guard (method == .selfSignedTLSClientAuth) == !certificatesPEM.isEmpty,
      certificatesPEM.count <= 10
    else {
      throw refuse(
        "self_signed_tls_client_auth needs 1 to 10 certificates, and no other method "
          + "has any")
    }
    guard method != .none || isApp else {
      throw refuse("only an app may be a public client")
    }
    guard method != .tlsClientAuth || !isApp else {
      throw refuse("a certificate of an authority is a partner's or a service's, never an app's")
    }
    guard isApp == !redirectURIs.isEmpty, redirectURIs.count <= 20 else {
      throw refuse("an app has 1 to 20 redirect URIs, and no other client has any")
    }
    guard isApp || !requiresConsent else { throw refuse("people are asked about apps alone") }
    for uri in redirectURIs where RedirectURI(uri) == nil {
      throw refuse(
        "a redirect URI is https, http to 127.0.0.1 or [::1], or of an app's own scheme, "
          + "without a fragment")
    }
    return try certificatesPEM.map { pem in
      let certificate = try Certificate(pem: pem)
      guard certificate.publicKey.kind.isAcceptable else {
        throw refuse("a certificate's key is too weak")
      }
      return certificate.thumbprint
    }
  }
}
