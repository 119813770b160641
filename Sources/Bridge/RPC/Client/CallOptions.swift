/// How one call is made.
public struct CallOptions: Sendable {
  /// How long the caller waits; the server learns of it. Nil waits for ever.
  public var timeout: Duration?

  /// Whether the call waits for a connection instead of failing while there is none.
  public var waitForReady: Bool

  /// Creates options.
  public init(timeout: Duration? = nil, waitForReady: Bool = false) {
    self.timeout = timeout
    self.waitForReady = waitForReady
  }

  /// No timeout, fails fast.
  public static let defaults = CallOptions()
}

/// How a client reaches and verifies a server.
public struct ClientConfiguration: Sendable {
  /// How the connection is secured.
  public enum Security: Sendable {
    /// No TLS.
    case plaintext
    /// TLS: the server's certificate chains to the roots; the client proves its own where one is
    /// given.
    case tls(rootsPEM: String, identity: Identity?)
  }

  /// A client's certificate.
  public struct Identity: Sendable {
    /// The certificate, then its intermediates.
    public var certificateChainPEM: String
    /// The certificate's key.
    public var privateKeyPEM: String

    /// Creates an identity.
    public init(certificateChainPEM: String, privateKeyPEM: String) {
      self.certificateChainPEM = certificateChainPEM
      self.privateKeyPEM = privateKeyPEM
    }
  }

  /// `host:port`, `unix:/path`, or any target that the core's resolvers know.
  public var target: String

  /// How the connection is secured.
  public var security: Security

  /// The name to expect in the server's certificate, where it is not the target's.
  public var serverName: String?

  /// The largest response in bytes.
  public var maxReceiveMessageBytes: Int

  /// Creates a configuration.
  public init(target: String, security: Security = .plaintext) {
    self.target = target
    self.security = security
    maxReceiveMessageBytes = 4 << 20
  }
}
