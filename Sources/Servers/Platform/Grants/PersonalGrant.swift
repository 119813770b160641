import FoundationEssentials
import GeneratedOptions

/// What a person granted to an app, as it is kept with a code and with a family of refresh tokens.
struct PersonalGrant: Codable, Sendable, Hashable {
  /// Scopes for who somebody is, and for their own sessions: everybody's, whatever they may do.
  static let everybodys: Set = ["openid", "sessions:read", "sessions:write"]

  /// The `sub` of the tokens.
  var subject: String
  /// An administrator's; else a user's.
  var isAdministrator: Bool
  var roles: [String]
  var scopes: [String]
  /// When the person signed in, in seconds since 1970.
  var authTime: Int64
  /// How (RFC 8176).
  var methods: [String]
  /// The sign-in; its end ends what came of it.
  var sessionID: String?
  /// The resource that was asked for.
  var resource: String?
  /// What the app put into its request, for the ID token (OpenID Connect Core 1.0 section 2).
  var nonce: String?
  /// The person's epoch at the sign-in: with every end of all that the person granted comes another.
  /// Nil is 0.
  var epoch: Int64?

  var kind: Artel_Options_V1_PrincipalKind { isAdministrator ? .administrator : .user }

  /// As the database keeps it.
  var json: String {
    get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
  }

  init(
    subject: String, isAdministrator: Bool, roles: [String], scopes: [String], authTime: Int64,
    methods: [String], sessionID: String?, resource: String? = nil, nonce: String? = nil,
    epoch: Int64? = nil
  ) {
    self.subject = subject
    self.isAdministrator = isAdministrator
    self.roles = roles
    self.scopes = scopes
    self.authTime = authTime
    self.methods = methods
    self.sessionID = sessionID
    self.resource = resource
    self.nonce = nonce
    self.epoch = epoch
  }

  init(json: String) throws {
    self = try JSONDecoder().decode(PersonalGrant.self, from: Data(json.utf8))
  }

  /// The access token of it.
  func tokenGrant(
    clientID: String, scopes: [String], familyID: String, thumbprint: String?
  ) -> TokenMint.Grant {
    TokenMint.Grant(
      kind: kind, subject: subject, clientID: clientID, scopes: scopes, roles: roles,
      authTime: authTime, amr: methods, familyID: familyID, certificateThumbprint: thumbprint,
      resource: resource)
  }
}
