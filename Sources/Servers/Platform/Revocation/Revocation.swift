/// One thing that is good no more.
struct Revocation: Sendable, Hashable {
  /// What is revoked.
  enum Kind: String, Sendable, Hashable {
    /// One access token, by its `jti`.
    case token = "TOKEN"
    /// Every access token of a session or of a family of refresh tokens, by its `sid`.
    case family = "FAMILY"
    /// What a client was issued until now, its certificates included.
    case client = "CLIENT"
    /// What a person was issued until now, by the principal's subject.
    case subject = "SUBJECT"
    /// A client certificate, by its `x5t#S256`.
    case certificate = "CERTIFICATE"
    /// Every token that a key signed, by its `kid`.
    case key = "KEY"
    /// What anyone of the tenant was issued until now.
    case tenant = "TENANT"

    /// Whether what is issued later under the same name is good.
    var sparesLater: Bool {
      switch self {
      case .client, .subject, .tenant: true
      case .token, .family, .certificate, .key: false
      }
    }
  }

  /// The longest that a credential lives which does not say itself when it ends here: longer than
  /// any access token, and as long as a client certificate may be.
  static let longestLife: Duration = .seconds(90 * 86_400)

  let tenantID: String
  let kind: Kind
  /// Empty for a tenant.
  let id: String
  /// What was issued up to and in this second is revoked, seconds since 1970.
  let notBefore: Int64
  /// When everything that it is about has ended by itself, seconds since 1970.
  let expireTime: Int64
}
