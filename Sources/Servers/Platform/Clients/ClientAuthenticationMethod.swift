/// How a client authenticates (RFC 7591 section 2, `token_endpoint_auth_method`). Each client has
/// one, and no other gets it in.
public enum ClientAuthenticationMethod: String, Sendable, Hashable, CaseIterable {
  /// A secret, by HTTP Basic or in the form: for clients that were registered without a choice.
  case clientSecret = "client_secret"
  /// A secret by HTTP Basic.
  case clientSecretBasic = "client_secret_basic"
  /// A secret in the form.
  case clientSecretPost = "client_secret_post"
  /// A signed assertion (RFC 7523).
  case privateKeyJWT = "private_key_jwt"
  /// A certificate of one of the tenant's authorities that names the client (RFC 8705 section 2.1).
  case tlsClientAuth = "tls_client_auth"
  /// A certificate that was registered itself (RFC 8705 section 2.2).
  case selfSignedTLSClientAuth = "self_signed_tls_client_auth"
  /// None: a public client, which only names itself.
  case none

  /// The method as the database writes it.
  var stored: String { rawValue.uppercased() }

  init?(stored text: String) { self.init(rawValue: text.lowercased()) }

  /// Whether its clients have secrets.
  var hasSecret: Bool {
    switch self {
    case .clientSecret, .clientSecretBasic, .clientSecretPost: true
    case .privateKeyJWT, .tlsClientAuth, .selfSignedTLSClientAuth, .none: false
    }
  }

  /// Whether its clients show a certificate.
  var isByCertificate: Bool { self == .tlsClientAuth || self == .selfSignedTLSClientAuth }

  /// The methods that metadata lists: `client_secret` is two of them.
  static let published = allCases.filter { $0 != .clientSecret }
}
