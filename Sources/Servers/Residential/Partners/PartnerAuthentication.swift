import GeneratedResidential

/// How the platform authenticates at a partner's token endpoint, as rows have it.
enum PartnerAuthentication: String, Sendable, Hashable {
  case secretBasic = "CLIENT_SECRET_BASIC"
  case secretPost = "CLIENT_SECRET_POST"
  case privateKeyJWT = "PRIVATE_KEY_JWT"
  case tlsCertificate = "TLS_CLIENT_AUTH"

  /// The way that a partner wants; by the secret in HTTP Basic where it says nothing.
  init?(_ message: Artel_Residential_V1_Partner.Authentication) {
    switch message {
    case .unspecified, .clientSecretBasic: self = .secretBasic
    case .clientSecretPost: self = .secretPost
    case .privateKeyJwt: self = .privateKeyJWT
    case .tlsClientAuth: self = .tlsCertificate
    case .UNRECOGNIZED: return nil
    }
  }

  /// As the contract has it.
  var message: Artel_Residential_V1_Partner.Authentication {
    switch self {
    case .secretBasic: .clientSecretBasic
    case .secretPost: .clientSecretPost
    case .privateKeyJWT: .privateKeyJwt
    case .tlsCertificate: .tlsClientAuth
    }
  }

  /// The fields of a partner that it cannot do without.
  var needs: [String] {
    switch self {
    case .secretBasic, .secretPost: ["client_secret"]
    case .privateKeyJWT: ["assertion_key", "assertion_key_id"]
    case .tlsCertificate: ["tls_certificate", "tls_key"]
    }
  }

  /// The secret among them.
  var secret: String {
    switch self {
    case .secretBasic, .secretPost: "client_secret"
    case .privateKeyJWT: "assertion_key"
    case .tlsCertificate: "tls_key"
    }
  }
}
