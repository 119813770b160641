import NIOCore
import RPC

/// Where a request came from and its answer goes to: an HTTP/1.1 connection, or a stream of HTTP/2.
///
/// What runs a request knows this alone. Bodies stand in the loop's buffer when they are sent:
/// whole ones behind their head, streamed ones piece by piece.
protocol RequestChannel: AnyObject {
  var core: GatewayCore { get }
  var loop: LoopState { get }
  var peer: Peer { get }
  /// The contracts that the request and its answer go by.
  var snapshot: Snapshot? { get }
  var exchange: (any RunningExchange)? { get set }
  /// Whether the peer reads what is sent.
  var isWritable: Bool { get }

  /// Takes more of the request: its reader has room again.
  func drive()
  /// How the connection goes on behind an answer.
  func persistence(_ traits: AnswerTraits) -> ResponseHead.Persistence

  /// Writes a head alone; behind the last one no body follows.
  func write(_ head: ResponseHead, isLast: Bool)
  /// Writes a head with its whole body.
  func write(_ head: ResponseHead, body: [UInt8])
  /// Writes the loop's buffer as a piece of a body.
  func write(isLast: Bool)
  /// Writes the fields that end an answer, behind its body.
  func write(trailers: [(name: String, value: String)])
  /// Sends what was written: at once, or with the rest of what the running read brings.
  func flush(now: Bool)

  /// The answer of a request is written.
  func answered(_ persistence: ResponseHead.Persistence, lingering: Bool)
  /// The running exchange has written its answer.
  func exchangeEnded(_ persistence: ResponseHead.Persistence)
  /// Ends an answer so that its reader sees that it is not whole.
  func abort()
  /// The same, where the end of the connection would be the end of the body.
  func reset()
  /// Becomes a WebSocket, where it can.
  func upgrade(
    _ request: IncomingRequest, _ handshake: WebSocketHandshake, _ route: Route, _ values: [String])
}

/// What a request has begun, as its connection knows it.
protocol RunningExchange: AnyObject {
  /// The request's body, where the handler reads it while it arrives.
  var upload: Upload? { get }
  /// The peer takes more.
  func becameWritable()
  /// The caller is gone.
  func abandon()
  /// The rest of the request is not what it has to be, or does not come: its answer says so, and
  /// the connection ends behind it.
  func fail(_ failure: Failure)
  /// The gateway is shutting down: what has no end of its own ends now.
  func drain()
}
