public import GeneratedOptions

/// Who calls, as a verified credential says. Principals are typed: a client whose identifier
/// equals a person's subject has none of the person's rights (RFC 9700 section 4.15).
public struct Principal: Sendable, Hashable {
  /// What the credential stands for.
  public var kind: Artel_Options_V1_PrincipalKind
  /// `{issuer alias}:{sub}` for a person, `clients/{client_id}` for a client, `services/{name}`
  /// for a job of the platform itself.
  public var subject: String
  /// The OAuth client that got the credential.
  public var clientID: String?
  /// What the credential allows.
  public var scopes: Set<String>
  /// What the person is in the tenant.
  public var roles: Set<String>
  /// When the person last signed in, in seconds since 1970.
  public var authTime: Int64?
  /// When the credential ends, in seconds since 1970.
  public var expiresAt: Int64?
  /// `x5t#S256` of the client certificate behind the call, if one was shown.
  public var certificateThumbprint: String?
  /// The token's identifier, its `jti`.
  public var tokenID: String?
  /// The session or the family of refresh tokens that the token came of, its `sid`.
  public var sessionID: String?
  /// The identifier of the key that signed the token.
  public var keyID: String?
  /// When the credential was issued, in seconds since 1970.
  public var issuedAt: Int64?

  /// Whether it is a partner or a service: a client of the tenant, not a person.
  public var isClient: Bool { kind == .partner || kind == .service }

  /// Whether it is a person, an administrator among them.
  public var isPerson: Bool { kind == .user || kind == .administrator }

  /// Creates a principal.
  public init(
    kind: Artel_Options_V1_PrincipalKind, subject: String, clientID: String? = nil,
    scopes: Set<String> = [], roles: Set<String> = [], authTime: Int64? = nil,
    expiresAt: Int64? = nil, certificateThumbprint: String? = nil, tokenID: String? = nil,
    sessionID: String? = nil, keyID: String? = nil, issuedAt: Int64? = nil
  ) {
    self.kind = kind
    self.subject = subject
    self.clientID = clientID
    self.scopes = scopes
    self.roles = roles
    self.authTime = authTime
    self.expiresAt = expiresAt
    self.certificateThumbprint = certificateThumbprint
    self.tokenID = tokenID
    self.sessionID = sessionID
    self.keyID = keyID
    self.issuedAt = issuedAt
  }
}
