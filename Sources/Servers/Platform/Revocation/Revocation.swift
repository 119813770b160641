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

  /// How long a revocation is kept where nothing says when what it is about ends by itself.
  ///
  /// Longer than any token for what tokens alone are named by; for what certificates are named by,
  /// longer than any: those of an authority that a tenant brought are valid for as long as that says.
  static func life(of kind: Kind) -> Duration {
    switch kind {
    case .token, .family, .subject, .key: .seconds(90 * 86_400)
    case .client, .certificate, .tenant: .seconds(36_500 * 86_400)
    }
  }

  let tenantID: String
  let kind: Kind
  /// Empty for a tenant.
  let id: String
  /// What was issued up to and in this second is revoked, seconds since 1970.
  let notBefore: Int64
  /// When everything that it is about has ended by itself, seconds since 1970.
  let expireTime: Int64
}
