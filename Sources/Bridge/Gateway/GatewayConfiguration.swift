public import RPC

/// Where the REST door listens and what it takes.
public struct GatewayConfiguration: Sendable {
  /// A certificate with its key.
  public struct TLS: Sendable {
    /// The certificate chain in PEM, the leaf first.
    public var certificateChain: [UInt8]
    /// The leaf's private key in PEM.
    public var privateKey: [UInt8]

    /// Creates a pair of PEM texts; `Gateway.init` parses them.
    public init(certificateChain: [UInt8], privateKey: [UInt8]) {
      self.certificateChain = certificateChain
      self.privateKey = privateKey
    }
  }

  /// An address or a name of this machine. Without TLS it must be a loopback address.
  public var host: String
  /// A TCP port; 0 takes any free one.
  public var port: Int
  /// Nil speaks plain HTTP.
  public var tls: TLS?
  /// Whose client certificates are taken under which server name. Under a name that it knows, TLS
  /// asks for one, which a client may leave out; one that does not verify ends the handshake. Other
  /// names are served without a question. Nil asks nobody.
  public var clientTrust: TrustBook?
  /// For how long browsers that were here once come by TLS alone (RFC 6797); nil, and a door without
  /// TLS, tells them nothing.
  public var strictTransport: Duration?
  /// The greatest request body in bytes; a greater one is answered with 413.
  public var maxBodyBytes: Int = 4 << 20
  /// The greatest request body in bytes of a method that reads it while it arrives, unless its
  /// contract says otherwise.
  public var maxUploadBytes: Int = 4 << 30
  /// The greatest request head in bytes, the target included; a greater one is answered with 431.
  public var maxHeaderBytes: Int = 16 << 10
  /// How long a connection may wait between two requests, or for its peer to read an answer.
  public var idleTimeout: Duration = .seconds(75)
  /// How long a request head may take to arrive.
  public var headerTimeout: Duration = .seconds(10)
  /// How long a request body may take to arrive, and then a unary handler to answer.
  public var requestTimeout: Duration = .seconds(30)
  /// How many connections are kept; one more is closed as soon as it is accepted.
  public var maxConnections: Int = 10_000
  /// How many connections one remote address may have; one more is closed as soon as it is accepted.
  /// Nil for any number, as on addresses that only this machine reaches.
  public var maxConnectionsPerAddress: Int?
  /// Whether an address is many callers', such as a proxy's: it may have any number of connections.
  public var isShared: (@Sendable (_ address: String) -> Bool)?
  /// Whether a connection of an address is closed as soon as it is accepted, before its handshake costs
  /// anything; asked on the connection's loop, so it has to answer at once. Only with TLS: without it
  /// a refused caller costs no more than its answer, and learns why. Addresses that are many callers'
  /// (`isShared`) are not asked about: whom they speak for is known behind the handshake. Nil for
  /// nobody's.
  public var deniesAddress: (@Sendable (_ address: String) -> Bool)?
  /// Why a caller gets nothing of what is there beside methods: documents, and what browsers ask before
  /// they call. Nil where it gets it. Health is everybody's, and who may call is asked behind the door.
  public var refusal: (@Sendable (_ address: String) -> RPCError?)?
  /// Who calls where the peer is a proxy: makes an address of the peer's own and of what
  /// `X-Forwarded-For` says, its fields joined in their order. Nil believes nobody.
  public var clientAddress: (@Sendable (_ peer: String, _ forwardedFor: String) -> String)?
  /// How many threads serve connections; 0 takes one per core.
  public var eventLoopThreads: Int = 0
  /// How long running requests may take to end at a graceful shutdown.
  public var shutdownGrace: Duration = .seconds(10)
  /// How long a stream may stay silent before its response head is sent: a failure within it
  /// still has its own HTTP status.
  public var streamOpenDelay: Duration = .seconds(1)
  /// How often a silent stream of Server-Sent Events has a comment line.
  public var heartbeatInterval: Duration = .seconds(15)

  /// Which pages of other origins may call; nil tells browsers nothing, so that none may.
  public var cors: CORS?
  /// Whether every method ignores what it does not know, and names it in `Artel-Ignored-Fields`.
  public var isLenient = false
  /// Whether methods without a `google.api.http` rule are called by their own path, too, as gRPC,
  /// gRPC-Web and Connect call every other.
  public var callsUnmapped = true
  /// Which header fields and which metadata stand for each other.
  public var headers = HeaderMapping.known

  /// Whether a peer's `traceparent` goes on behind this door. Of another's it begins a trace of its
  /// own, and the handler sees the other's second. A bridge passes on what it is told.
  public var trustsTraces: @Sendable (Peer) -> Bool = { _ in true }
  /// Is told of calls that come to no method, or are not what their method takes; returns at once.
  public var refused: (@Sendable (RefusedCall) -> Void)?
  /// What `GET /readyz` says: 200, or 503 where balancers are to send their requests elsewhere.
  public var isReady: @Sendable () -> Bool = { true }

  /// A door on an address of this machine, with default limits.
  public init(host: String = "127.0.0.1", port: Int = 0, tls: TLS? = nil) {
    self.host = host
    self.port = port
    self.tls = tls
  }
}

/// Which header fields of a request become metadata, and which metadata become header fields.
public enum HeaderMapping: Sendable, Hashable {
  /// For handlers of this process: fields become metadata, but for hop-by-hop ones, cookies and what
  /// only a trusted proxy may say; of metadata, the few keys that HTTP clients know become fields.
  case known
  /// For a bridge to another server: `-bin` fields become bytes, too, and metadata becomes fields
  /// whatever its keys, behind the messages of whole answers as well; but for hop-by-hop ones and
  /// those that this door writes itself.
  case all
}
