import GeneratedOptions
import Pipeline
import Postgres

extension Artel_Options_V1_TenantKind {
  /// The kind as the database writes it; nil for what no tenant is.
  var stored: String? {
    switch self {
    case .residential: "RESIDENTIAL"
    case .bank: "BANK"
    case .cooperative: "COOPERATIVE"
    case .store: "STORE"
    case .unspecified, .UNRECOGNIZED: nil
    }
  }

  init(stored text: String) throws(PostgresError) {
    switch text {
    case "RESIDENTIAL": self = .residential
    case "BANK": self = .bank
    case "COOPERATIVE": self = .cooperative
    case "STORE": self = .store
    default: throw PostgresError(code: .decoding, diagnostic: "unknown kind of tenant")
    }
  }
}

extension Artel_Options_V1_PrincipalKind {
  /// The kind of a client as the database writes it; nil for what no client is.
  var storedClient: String? {
    switch self {
    case .partner: "PARTNER"
    case .service: "SERVICE"
    // An app: what it gets stands for the person who uses it.
    case .user: "APP"
    default: nil
    }
  }

  init(storedClient text: String) throws(PostgresError) {
    switch text {
    case "PARTNER": self = .partner
    case "SERVICE": self = .service
    case "APP": self = .user
    default: throw PostgresError(code: .decoding, diagnostic: "unknown kind of client")
    }
  }

  /// The kind as tokens say it in `artel_kind`; nil for what gets no token.
  var claim: String? {
    switch self {
    case .user: "user"
    case .partner: "partner"
    case .service: "service"
    case .administrator: "administrator"
    case .unspecified, .UNRECOGNIZED: nil
    }
  }
}

extension TokenProfile {
  init(stored text: String) throws(PostgresError) {
    guard text == "KEYCLOAK" else {
      throw PostgresError(code: .decoding, diagnostic: "unknown profile of tokens")
    }
    self = .keycloak
  }
}
