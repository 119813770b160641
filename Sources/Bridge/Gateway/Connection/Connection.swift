import NIOCore
import RPC
import Telemetry

/// One HTTP/1.1 connection: takes requests one behind the other, answers each before the next.
///
/// ```
/// handshaking ──TLS──► idle
/// idle ──bytes──► receivingHead ──head──► receivingBody ──end──► answering ──answered──► idle
///                        │                      │                    │
///                        └──── fault, timeout ──┴────────────────────┴──► closing ──► closed
/// ```
///
/// What comes behind a request that is being answered waits in `input`, and while there is any
/// nothing more is read. All of it happens on the channel's event loop.
final class Connection: ChannelDuplexHandler, RequestChannel, LoopConnection {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  enum Phase {
    case handshaking, idle, receivingHead, receivingBody, answering, closing
  }

  let core: GatewayCore
  let loop: LoopState
  private(set) var context: ChannelHandlerContext?
  private(set) var peer = Peer(address: "", door: .rest)
  /// The name that TLS was made for; nil without one.
  var serverName: String?
  /// What the client has proved itself by; nil without a certificate.
  var client: ClientProof?
  /// What is spoken was agreed on by TLS.
  var isSecure = false
  /// A request has come: the connection stays what it is.
  var hasBegun = false
  var exchange: (any RunningExchange)?
  /// What the connection has become; everything goes through to it.
  var session: WebSocketSession?
  var watchdog: Watchdog
  /// Bytes that nothing has read yet; without memory while there are none.
  var input = ByteBuffer()
  var parser: HeadParser
  /// The request whose head has come and whose body has not.
  var request: IncomingRequest?
  /// The number of the request that is answered next; nil where no head of it could be read.
  var requestID: TraceID?
  /// The contracts that it and its answer go by.
  var snapshot: Snapshot?
  /// Its body, or that of the upload which the exchange takes.
  var body: BodyDecoder?
  var isDriving = false
  var isReading = false
  var readHeld = false
  private var needsFlush = false

  init(core: GatewayCore, loop: LoopState) {
    self.core = core
    self.loop = loop
    parser = HeadParser(limit: core.configuration.maxHeaderBytes)
    watchdog = Watchdog(core.configuration)
  }

  // MARK: The channel

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    loop.connections[ObjectIdentifier(self)] = self
    peer = Peer(address: Self.text(context.remoteAddress), door: .rest)
    watchdog.enter(core.configuration.tls == nil ? .idle : .handshaking)
    rearm(context)
  }

  /// The client has asked for this server by name.
  func named(_ name: String) {
    serverName = name
    peer = Peer(address: peer.address, serverName: name, door: .rest)
  }

  /// The client has a certificate, by which its calls are known.
  func prove(_ client: ClientProof) {
    peer = Peer(
      address: peer.address, serverName: serverName, certificatePEM: client.pem,
      certificateChainDER: client.chain, door: .rest)
  }

  /// The IP address; an IPv4 address is one, however the socket writes it (RFC 4291, 2.5.5.2).
  private static func text(_ address: SocketAddress?) -> String {
    let text = address?.ipAddress ?? ""
    guard text.hasPrefix("::ffff:"), text.contains(".") else { return text }
    return String(text.dropFirst(7))
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    loop.connections[ObjectIdentifier(self)] = nil
    watchdog.stop()
    self.context = nil
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if let session {
      session.heard(Self.unwrapInboundIn(data).readableBytes)
      return context.fireChannelRead(data)
    }
    isReading = true
    guard watchdog.phase != .closing else { return }
    var bytes = Self.unwrapInboundIn(data)
    if input.readableBytes == 0 { input = bytes } else { input.writeBuffer(&bytes) }
    drive()
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    isReading = false
    if needsFlush {
      needsFlush = false
      context.flush()
    }
    rearm(context)
    if session != nil { context.fireChannelReadComplete() }
  }

  func read(context: ChannelHandlerContext) {
    // What waits is bounded by one read.
    if isBlocked { readHeld = true } else { context.read() }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    let isWritable = context.channel.isWritable
    if isWritable {
      watchdog.reads()
      exchange?.becameWritable()
      drive()
    } else {
      watchdog.stalled(untaken: untaken(context))
    }
    rearm(context)
    context.fireChannelWritabilityChanged()
  }

  func channelInactive(context: ChannelHandlerContext) {
    watchdog.enter(.closing)
    watchdog.stop()
    if let request { tellGone(request) }
    forgetInput()
    exchange?.abandon()
    exchange = nil
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if watchdog.phase == .handshaking { core.counts.failedHandshakes.increment() }
    context.close(promise: nil)  // The transport is broken: there is nobody to answer.
  }

  // MARK: Failures

  /// Answers with a failure of the request that is arriving.
  func fail(_ failure: Failure) {
    // An upload's handler has begun: its exchange says what has failed, and is the last.
    if let exchange { return exchange.fail(failure) }
    refuse(failure, leaving: request)
  }

  /// Answers with a failure that leaves input unread, and ends the connection.
  ///
  /// - Parameter request: Nil where no head of one could be read.
  func refuse(_ failure: Failure, leaving request: IncomingRequest?) {
    tell(RPCError(failure), request)
    var traits =
      request?.traits ?? AnswerTraits(isHead: false, framing: .chunks, persistence: .close)
    traits.persistence = .close
    forgetInput()
    answer(failure, traits, lingering: true)
  }

  /// Drops a request that has not arrived whole, and those behind it.
  func forgetInput() {
    request = nil
    body = nil
    input = ByteBuffer()
    parser = HeadParser(limit: core.configuration.maxHeaderBytes)
  }

  var isWritable: Bool { context?.channel.isWritable ?? false }

  /// The head of an answer must say that the connection ends: its request has not come whole, and
  /// nobody reads the rest.
  var leavesInput: Bool { body != nil }

  // MARK: Used by exchanges

  /// The running exchange has written its answer.
  func exchangeEnded(_ persistence: ResponseHead.Persistence) {
    exchange = nil
    answered(leavesInput ? .close : persistence, lingering: leavesInput)
  }

  /// Goes on with the next request, or closes.
  func answered(_ persistence: ResponseHead.Persistence, lingering: Bool) {
    guard watchdog.phase != .closing else { return }
    if persistence == .close || loop.isDraining {
      // Who asked for the end may have sent more behind it.
      return close(lingering: lingering || !loop.isDraining || isBlocked)
    }
    watchdog.enter(.idle)
    snapshot = nil
    requestID = nil
    flush(now: false)
    guard let context else { return }
    loop.shrink()
    if !isReading { rearm(context) }
    guard !isDriving else { return }
    if input.readableBytes > 0 {
      // Not from here: this may be the end of a handler's task, and the next request has its own.
      let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
      context.eventLoop.execute { bound.value.drive() }
    } else {
      drive()
    }
  }

  /// How the connection goes on behind an answer.
  func persistence(_ traits: AnswerTraits) -> ResponseHead.Persistence {
    loop.isDraining || leavesInput ? .close : traits.persistence
  }

  func write(_ head: ResponseHead, isLast: Bool) {
    loop.buffer.clear(minimumCapacity: 512)
    head.write(to: &loop.buffer, date: loop.date.current(), requestID: answering(head))
    write(isLast: isLast)
  }

  func write(_ head: ResponseHead, body: [UInt8]) {
    loop.buffer.clear(minimumCapacity: 512 + body.count)
    head.write(to: &loop.buffer, date: loop.date.current(), requestID: answering(head))
    loop.buffer.writeBytes(body)
    write(isLast: true)
  }

  /// The number of the answer that is being written, which is counted.
  private func answering(_ head: ResponseHead) -> TraceID {
    core.counts.answered(head.httpCode)
    return requestID ?? .make()
  }

  /// Writes the loop's buffer, without a flush. Where an answer ends stands in its bytes.
  func write(isLast: Bool) {
    context?.write(Self.wrapOutboundOut(loop.buffer), promise: nil)
    needsFlush = true
  }

  /// Ends the chunks (RFC 9112 section 7.1.2).
  func write(trailers: [(name: String, value: String)]) {
    loop.buffer.clear()
    loop.buffer.writeStaticString("0\r\n")
    for field in trailers { loop.buffer.writeString("\(field.name): \(field.value)\r\n") }
    loop.buffer.writeStaticString("\r\n")
    write(isLast: true)
  }

  /// Sends what was written: at once, or with the rest of what the running read brings.
  func flush(now: Bool) {
    guard needsFlush, now || !isReading else { return }
    needsFlush = false
    context?.flush()
  }
}
