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

  /// How many completion queues there are, a polling thread each: two unless it is said otherwise.
  /// One costs about as much CPU per call, and serves fewer calls per second on two cores. Measured
  /// in docs/performance.md.
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

  /// Whether responses are compressed, for callers that accept it.
  public var compression: Compression

  /// Is told of calls that come to no method; returns at once.
  public var refused: (@Sendable (RefusedCall) -> Void)?

  /// How dead peers are found.
  public var keepalive: ServerKeepalive

  /// How long connections are kept.
  public var connectionLife: ConnectionLife

  /// How long a client may take to prove itself and to show that it speaks HTTP/2.
  public var handshakeTimeout: Duration

  /// The most connections; who comes above is refused. Fewer where the process may not open
  /// descriptors for so many: one for a connection, three with TLS.
  public var maxConnections: Int

  /// The most connections of one remote address, which is the first half of an IPv6 address; nil
  /// for any number, as on addresses that only this machine reaches.
  public var maxConnectionsPerAddress: Int?

  /// Whether a connection of an address is closed as soon as it is accepted, before its handshake costs
  /// anything; asked on the listener's thread, so it has to answer at once. Only with TLS: without it
  /// a refused caller costs no more than its answer, and learns why. Nil for nobody's.
  public var deniesAddress: (@Sendable (_ address: String) -> Bool)?

  /// How many new connections with TLS one remote address may begin in a second, and ten times as
  /// many at once; nil for any number. Handshakes cost much, and nobody has proved anything before.
  public var connectionRatePerAddress: Int?

  /// The most connections under one server name; nil for any number. With a name per tenant, no
  /// tenant can take all places.
  public var maxConnectionsPerServerName: Int?

  /// The most connections of one client certificate; nil for any number. So a client that opens many
  /// streams on many connections and reads none of the answers has a bound.
  public var maxConnectionsPerCertificate: Int?

  /// How long a client is refused, by its certificate, whose connection was ended because its HTTP/2
  /// or TLS was abuse; each time doubles it, up to five minutes. Nil for never.
  public var abuseSuspension: Duration?

  /// How many threads do TLS behind handshakes; connections are spread over them.
  public var tlsThreads: Int

  /// How long running calls may go on after shutdown began.
  public var gracePeriod: Duration

  /// Creates a configuration with the defaults of a public server.
  public init(address: String, security: Security = .plaintext) {
    self.address = address
    self.security = security
    loops = 2
    acceptSlots = 16
    maxConcurrentStreams = 1000
    maxReceiveMessageBytes = 4 << 20
    maxSendMessageBytes = 16 << 20
    // Room for a token of 8 KiB, the largest that is read, and the rest.
    maxMetadataBytes = 16 << 10
    memoryQuotaBytes = 256 << 20
    compression = .onRequest
    keepalive = ServerKeepalive()
    connectionLife = ConnectionLife()
    handshakeTimeout = .seconds(10)
    maxConnections = 20_000
    let isLocal = (try? ListenAddress(address))?.isLocal  // `start` throws for a bad address.
    maxConnectionsPerAddress = isLocal == true ? nil : 1000
    connectionRatePerAddress = 100
    maxConnectionsPerServerName = nil
    maxConnectionsPerCertificate = nil
    abuseSuspension = .seconds(1)
    tlsThreads = 1
    gracePeriod = .seconds(10)
  }
}

/// Why a server does not start.
public struct ServerStartError: Error, Sendable, CustomStringConvertible {
  /// Why, for an operator.
  public let description: String

  /// Whether this machine has no such address, but may have another of the same name.
  var isUnavailableAddress = false

  init(description: String) { self.description = description }
}
