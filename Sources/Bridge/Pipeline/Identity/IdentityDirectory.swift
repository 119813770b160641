public import GeneratedOptions

/// What identity asks of the platform before a tenant is known.
public protocol IdentityDirectory: Sendable {
  /// The issuer of a token's `iss`, compared whole; nil where no tenant has it.
  func issuer(_ iss: String) async throws -> TokenIssuerRecord?

  /// The tenant of a name.
  func tenant(named name: String) async throws -> Tenant?

  /// The tenant of an identifier.
  func tenant(id: String) async throws -> Tenant?

  /// Whose client certificates the tenant takes.
  func certificateTrust(tenantID: String) async throws -> CertificateTrust

  /// The client of an identifier; identifiers are unique across tenants.
  func client(_ clientID: String) async throws -> ClientRecord?
}

/// How the tokens of an issuer look.
public enum TokenProfile: String, Sendable {
  /// RFC 9068: the header's `typ` is `at+jwt`.
  case artel
  /// Keycloak's: the header's `typ` is `JWT`, the payload's `typ` is `Bearer`.
  case keycloak
}

/// An issuer whose tokens a tenant accepts.
public struct TokenIssuerRecord: Sendable {
  /// The tenant that its tokens name.
  public var tenant: Tenant
  /// The issuer's name in the tenant; `artel` is the tenant's own.
  public var alias: String
  /// The `iss` claim.
  public var issuer: String
  /// The audiences of which a token names at least one.
  public var audiences: [String]
  /// How its tokens look.
  public var profile: TokenProfile
  /// The algorithms that it signs with.
  public var algorithms: Set<String>
  /// Where its keys come from.
  public var keys: any KeySetSource

  /// Creates a record.
  public init(
    tenant: Tenant, alias: String, issuer: String, audiences: [String], profile: TokenProfile,
    algorithms: Set<String>, keys: any KeySetSource
  ) {
    self.tenant = tenant
    self.alias = alias
    self.issuer = issuer
    self.audiences = audiences
    self.profile = profile
    self.algorithms = algorithms
    self.keys = keys
  }
}

/// Where the keys of an issuer come from.
public protocol KeySetSource: Sendable {
  /// The key set as JSON (RFC 7517 section 5).
  ///
  /// - Parameter refresh: Whether a newer set is wanted than the one last given. How often a
  ///   refresh really asks the issuer is the source's business.
  func keySet(refresh: Bool) async throws -> String
}

/// A client of a tenant.
public struct ClientRecord: Sendable {
  /// Its tenant.
  public var tenantID: String
  /// Its identifier.
  public var clientID: String
  /// What it is: a partner, a service, or a user's app.
  public var kind: Artel_Options_V1_PrincipalKind
  /// The scopes that it is registered for.
  public var scopes: Set<String>
  /// Whether it is shut out.
  public var disabled: Bool
  /// The hashes of its live secrets.
  public var secretHashes: [String]
  /// Where it may call from.
  public var addressRanges: AddressRanges
  /// Whether its tokens are good only with the certificate that they are bound to.
  public var certificateBound: Bool

  /// Creates a record.
  public init(
    tenantID: String, clientID: String, kind: Artel_Options_V1_PrincipalKind, scopes: Set<String>,
    disabled: Bool, secretHashes: [String], addressRanges: AddressRanges = .any,
    certificateBound: Bool = false
  ) {
    self.tenantID = tenantID
    self.clientID = clientID
    self.kind = kind
    self.scopes = scopes
    self.disabled = disabled
    self.secretHashes = secretHashes
    self.addressRanges = addressRanges
    self.certificateBound = certificateBound
  }
}
