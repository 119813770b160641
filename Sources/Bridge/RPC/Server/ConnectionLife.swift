internal import CGRPC

/// How a server finds out that a peer is gone, and which pings it bears.
public struct ServerKeepalive: Sendable {
  /// How long a connection may be silent before it is pinged.
  public var interval: Duration

  /// How long a ping's answer may take before the connection is closed.
  public var timeout: Duration

  /// The least time between pings of a client; one that pings more often is closed with
  /// `too_many_pings`.
  public var minimumPingInterval: Duration

  /// Whether clients may ping while no call runs.
  public var permitsPingsWithoutCalls: Bool

  /// A peer that lost its power is noticed within a minute and a half.
  public init(
    interval: Duration = .seconds(60), timeout: Duration = .seconds(20),
    minimumPingInterval: Duration = .seconds(10), permitsPingsWithoutCalls: Bool = true
  ) {
    self.interval = interval
    self.timeout = timeout
    self.minimumPingInterval = minimumPingInterval
    self.permitsPingsWithoutCalls = permitsPingsWithoutCalls
  }

  func set(in arguments: inout ChannelArguments) {
    arguments.set(GRPC_ARG_KEEPALIVE_TIME_MS, interval.milliseconds)
    arguments.set(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, timeout.milliseconds)
    arguments.set(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, permitsPingsWithoutCalls ? 1 : 0)
    arguments.set(
      GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, minimumPingInterval.milliseconds)
  }
}

/// How long a server keeps a connection.
public struct ConnectionLife: Sendable {
  /// After how long without a call a connection is closed; nil for never.
  public var idle: Duration?

  /// After how long a connection is told to go away, so that clients spread over servers again; nil
  /// for never. The core adds or takes up to a tenth, so that not all go at once.
  public var age: Duration?

  /// How long calls may run on behind that; nil for ever.
  public var ageGrace: Duration?

  /// Connections are kept for ever, as gRPC does: to watch one costs its calls some hundredths of their
  /// time, and `ServerKeepalive` finds those whose peer is gone.
  public init(idle: Duration? = nil, age: Duration? = nil, ageGrace: Duration? = nil) {
    self.idle = idle
    self.age = age
    self.ageGrace = ageGrace
  }

  func set(in arguments: inout ChannelArguments) {
    if let idle { arguments.set(GRPC_ARG_MAX_CONNECTION_IDLE_MS, idle.milliseconds) }
    if let age { arguments.set(GRPC_ARG_MAX_CONNECTION_AGE_MS, age.milliseconds) }
    if let ageGrace {
      arguments.set(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, ageGrace.milliseconds)
    }
  }
}
