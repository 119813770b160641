/// How the platform gets tokens at another system by client credentials (RFC 6749 section 4.4).
public struct ClientCredentials: Sendable {
  /// What tokens are kept by: whatever changes here makes another token.
  public struct ID: Sendable, Hashable {
    /// Whose token it is.
    public let destination: EgressDestination.ID
    /// The token endpoint.
    public let tokenURL: String
    /// The platform's name there.
    public let clientID: String
    /// What is asked for; empty for what the client has by default.
    public let scope: String
    /// Anything that changes with the secret, such as its sealed form.
    public let version: [UInt8]

    /// Names a credential.
    public init(
      destination: EgressDestination.ID, tokenURL: String, clientID: String, scope: String = "",
      version: [UInt8] = []
    ) {
      self.destination = destination
      self.tokenURL = tokenURL
      self.clientID = clientID
      self.scope = scope
      self.version = version
    }
  }

  /// What the platform proves itself with.
  public enum Proof: Sendable {
    /// `client_secret_basic`.
    case secretBasic(String)
    /// `client_secret_post`.
    case secretPost(String)
    /// `private_key_jwt` (RFC 7523) with ES256.
    case privateKeyJWT(pem: String, keyID: String)
    /// `tls_client_auth` (RFC 8705): the destination's certificate is all.
    case tlsCertificate
  }

  /// What tokens are kept by.
  public let id: ID
  /// Where the token endpoint is.
  public let destination: EgressDestination
  /// Makes the proof when a token is asked for: a secret is opened no sooner. It may throw an
  /// `AccessTokenError`; anything else counts as `secretUnreadable`.
  public let proof: @Sendable () async throws -> Proof

  /// Creates credentials.
  public init(
    _ id: ID, at destination: EgressDestination, proof: @escaping @Sendable () async throws -> Proof
  ) {
    self.id = id
    self.destination = destination
    self.proof = proof
  }
}
