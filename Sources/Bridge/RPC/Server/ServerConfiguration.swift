/// Where and how a server listens.
public struct ServerConfiguration: Sendable {
  /// How the port is secured.
  public enum Security: Sendable {
    /// No TLS. Allowed on loopback and Unix sockets only: libgrpc 1.51.1 has remote crashes that a
    /// stranger could reach (docs/security.md).
    case plaintext
    /// TLS; every client proves a certificate that chains to one of the client roots.
    case mutualTLS(ServerCredentials)
  }

  /// `host:port` (port 0 takes a free one) or `unix:/path`.
  public var address: String

  /// How the port is secured.
  public var security: Security

  /// How many completion queues there are, a polling thread each. One costs the least CPU per
  /// call; more serve large answers faster. Measured in docs/performance.md.
  public var loops: Int

  /// How many calls wait to be accepted per method and queue.
  public var acceptSlots: Int

  /// The most calls at once on one connection.
  public var maxConcurrentStreams: Int

  /// The largest request in bytes.
  public var maxReceiveMessageBytes: Int

  /// The largest response in bytes.
  public var maxSendMessageBytes: Int

  /// The most metadata of a call in bytes.
  public var maxMetadataBytes: Int

  /// The most memory that the core takes for buffers, in bytes; above it, it reads less and
  /// refuses new connections.
  public var memoryQuotaBytes: Int

  /// How long a TLS handshake may take.
  public var handshakeTimeout: Duration

  /// How long running calls may go on after shutdown began.
  public var gracePeriod: Duration

  /// Creates a configuration with the defaults of a public server.
  public init(address: String, security: Security = .plaintext) {
    self.address = address
    self.security = security
    loops = 1
    acceptSlots = 16
    maxConcurrentStreams = 1000
    maxReceiveMessageBytes = 4 << 20
    maxSendMessageBytes = 16 << 20
    // Room for a token of 8 KiB, the largest that is read, and the rest.
    maxMetadataBytes = 16 << 10
    memoryQuotaBytes = 512 << 20
    handshakeTimeout = .seconds(10)
    gracePeriod = .seconds(10)
  }
}

/// Why a server does not start.
public struct ServerStartError: Error, Sendable, CustomStringConvertible {
  /// Why, for an operator.
  public let description: String
}
