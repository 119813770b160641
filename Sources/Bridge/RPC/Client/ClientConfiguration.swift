internal import CGRPC

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

  /// `host:port`, `unix:/path`, `dns:///name:port`, or several addresses as
  /// `ipv4:10.0.0.1:80,10.0.0.2:80`.
  public var target: String

  /// How the connection is secured.
  public var security: Security

  /// The name to expect in the server's certificate, where it is not the target's.
  public var serverName: String?

  /// The largest response in bytes, inflated.
  public var maxReceiveMessageBytes: Int

  /// The largest request in bytes; nil for no limit.
  public var maxSendMessageBytes: Int?

  /// Whether requests are compressed. Whether the server understands it, it says only in its first
  /// answer; one that does not refuses them with UNIMPLEMENTED.
  public var compression: Compression

  /// How calls are balanced, repeated and limited.
  public var service: ServiceConfiguration

  /// How a dead server is found.
  public var keepalive: ClientKeepalive?

  /// Whether the proxy is used that `grpc_proxy`, `https_proxy` or `http_proxy` name in the
  /// process's environment. False: such variables are meant for programs that speak to the web, and
  /// would send calls between servers to somebody else.
  public var usesHTTPProxy: Bool

  /// How long the client waits between attempts to connect: first, and at most.
  public var reconnect: (first: Duration, longest: Duration)

  /// Creates a configuration.
  public init(target: String, security: Security = .plaintext) {
    self.target = target
    self.security = security
    maxReceiveMessageBytes = 4 << 20
    compression = .never
    service = ServiceConfiguration()
    usesHTTPProxy = false
    reconnect = (.seconds(1), .seconds(120))
  }

  func set(in arguments: inout ChannelArguments) {
    arguments.set(GRPC_ARG_MAX_RECEIVE_MESSAGE_LENGTH, maxReceiveMessageBytes)
    if let maxSendMessageBytes {
      arguments.set(GRPC_ARG_MAX_SEND_MESSAGE_LENGTH, maxSendMessageBytes)
    }
    // The core would inflate a bomb before it looks at its size: messages are inflated here.
    arguments.set(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0)
    // A client has connections of its own, also beside another one to the same server.
    arguments.set(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1)
    arguments.set(GRPC_ARG_ENABLE_HTTP_PROXY, usesHTTPProxy ? 1 : 0)
    if let serverName { arguments.set(GRPC_SSL_TARGET_NAME_OVERRIDE_ARG, serverName) }
    arguments.set(GRPC_ARG_SERVICE_CONFIG, service.json)
    arguments.set(GRPC_ARG_SERVICE_CONFIG_DISABLE_RESOLUTION, 1)
    arguments.set(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, reconnect.first.milliseconds)
    arguments.set(
      GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, min(reconnect.first, reconnect.longest).milliseconds)
    arguments.set(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, reconnect.longest.milliseconds)
    keepalive?.set(in: &arguments)
  }
}

/// How a client finds out that a server is gone.
public struct ClientKeepalive: Sendable {
  /// How long a connection may be silent before it is pinged. Servers end connections that are
  /// pinged more often than they allow.
  public var interval: Duration

  /// How long a ping's answer may take before the connection is closed.
  public var timeout: Duration

  /// Whether connections without a call are pinged.
  public var withoutCalls: Bool

  /// Creates settings.
  public init(
    interval: Duration = .seconds(60), timeout: Duration = .seconds(20),
    withoutCalls: Bool = false
  ) {
    self.interval = interval
    self.timeout = timeout
    self.withoutCalls = withoutCalls
  }

  func set(in arguments: inout ChannelArguments) {
    arguments.set(GRPC_ARG_KEEPALIVE_TIME_MS, interval.milliseconds)
    arguments.set(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, timeout.milliseconds)
    arguments.set(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, withoutCalls ? 1 : 0)
    if withoutCalls { arguments.set(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0) }
  }
}

extension ClientConfiguration.Security {
  /// Makes the core's credentials; the caller releases them.
  func makeCore() -> OpaquePointer? {
    switch self {
    case .plaintext: return grpc_insecure_credentials_create()
    case .tls(let roots, nil): return grpc_ssl_credentials_create_ex(roots, nil, nil, nil)
    case .tls(let roots, let identity?):
      return identity.certificateChainPEM.withCString { chain in
        identity.privateKeyPEM.withCString { key in
          // The credentials copy all of it.
          var pair = grpc_ssl_pem_key_cert_pair(private_key: key, cert_chain: chain)
          return grpc_ssl_credentials_create_ex(roots, &pair, nil, nil)
        }
      }
    }
  }
}
