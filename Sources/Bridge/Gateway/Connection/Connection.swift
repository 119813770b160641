import NIOCore
import NIOHTTP1
import RPC

/// One HTTP/1.1 connection: takes requests one behind the other, answers each before the next.
///
/// ```
/// idle ──bytes──► receivingHead ──head──► receivingBody ──end──► answering ──answered──► idle
///                        │                      │                    │
///                        └──── fault, timeout ──┴────────────────────┴──► closing ──► closed
/// ```
///
/// Parts of later requests wait in `backlog`, and while there are any nothing more is read. All of
/// it happens on the channel's event loop.
final class Connection: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  enum Phase {
    case idle, receivingHead, receivingBody, answering, closing
  }

  private enum Inbound {
    case part(HTTPServerRequestPart)
    case fault(Failure)
  }

  /// The greatest buffer, in bytes, that is kept for the next answer.
  private static let keptCapacity = 128 << 10

  let core: GatewayCore
  let loop: LoopState
  private(set) var context: ChannelHandlerContext?
  private(set) var peer = Peer(address: "", door: .rest)
  private var request: IncomingRequest?
  private(set) var exchange: Exchange?
  private var backlog = CircularBuffer<Inbound>()
  private var isPumping = false
  private var isReading = false
  private var sawPart = false
  private var readHeld = false
  private var needsFlush = false
  var watchdog: Watchdog
  var buffer: ByteBuffer

  init(core: GatewayCore, loop: LoopState, allocator: ByteBufferAllocator) {
    self.core = core
    self.loop = loop
    buffer = allocator.buffer(capacity: 1_024)
    watchdog = Watchdog(core.configuration)
  }

  // MARK: The channel

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    loop.connections[ObjectIdentifier(self)] = self
    peer = Peer(address: Self.text(context.remoteAddress), door: .rest)
    watchdog.enter(.idle)
    rearm(context)
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
    isReading = true
    sawPart = true
    receive(.part(Self.unwrapInboundIn(data)))
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    isReading = false
    if watchdog.phase == .idle, !sawPart { watchdog.enter(.receivingHead) }
    sawPart = false
    if needsFlush {
      needsFlush = false
      context.flush()
    }
    rearm(context)
  }

  func read(context: ChannelHandlerContext) {
    // What waits is bounded by one read.
    if backlog.isEmpty { context.read() } else { readHeld = true }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    let isWritable = context.channel.isWritable
    watchdog.stalled(!isWritable)
    if isWritable {
      exchange?.becameWritable()
      pump()
    }
    rearm(context)
    context.fireChannelWritabilityChanged()
  }

  func channelInactive(context: ChannelHandlerContext) {
    watchdog.enter(.closing)
    watchdog.stop()
    forgetInput()
    exchange?.abandon()
    exchange = nil
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    switch error {
    case let error as HTTPParserError:
      receive(.fault(error == .headerOverflow ? .headTooLarge : .malformed))
    case ByteToMessageDecoderError.dataReceivedInErrorState:
      break  // Bytes behind a fault that is being answered.
    default:
      context.close(promise: nil)  // The transport is broken: there is nobody to answer.
    }
  }

  // MARK: Requests

  private func receive(_ item: Inbound) {
    guard watchdog.phase != .closing else { return }
    if exchange != nil || isPumping || !backlog.isEmpty || context?.channel.isWritable != true {
      backlog.append(item)
    } else {
      handle(item)
    }
  }

  private func handle(_ item: Inbound) {
    switch item {
    case .part(.head(let head)): begin(head)
    case .part(.body(let part)): accept(part)
    case .part(.end): complete()
    case .fault(let failure): refuse(failure)
    }
  }

  private func begin(_ head: HTTPRequestHead) {
    watchdog.enter(.receivingBody)
    let request = IncomingRequest(head, routes: core.routes)
    if request.headers?.hadCertificateField == true {
      core.logger.warning(
        "a header field that names a client certificate was dropped",
        metadata: ["peer": "\(peer.address)"])
    }
    if let failure = request.failure, failure.breaksConnection {
      return refuse(failure, request.traits)
    }
    if let length = request.headers?.contentLength, length > core.configuration.maxBodyBytes {
      return refuse(.bodyTooLarge, request.traits)
    }
    if let headers = request.headers, headers.expectsContinue, headers.hasBody {
      if let failure = request.failure { return refuse(failure, request.traits) }
      buffer.clear()
      buffer.writeStaticString("HTTP/1.1 100 Continue\r\n\r\n")
      write()
    }
    self.request = request
  }

  private func accept(_ part: ByteBuffer) {
    guard request?.append(part, limit: core.configuration.maxBodyBytes) == false else { return }
    let traits = request?.traits
    request = nil
    refuse(.bodyTooLarge, traits)
  }

  private func complete() {
    guard let request else { return }
    self.request = nil
    watchdog.enter(.answering)
    switch request.action {
    case .fail(let failure): answer(failure, request.traits)
    case .options(let allow):
      var head = ResponseHead(body: .none, connection: .keep)
      head.httpCode = 204
      head.allow = allow
      answer(head, [], request.traits)
    case .liveness:
      answer(
        ResponseHead(body: .length(0), connection: .keep), Array(#"{"status":"SERVING"}"#.utf8),
        request.traits)
    case .call(let route, let values):
      do throws(Failure) {
        guard let headers = request.headers else { throw .malformed }
        let call = try CallRequest(
          request, headers, route: route, values: values,
          patience: core.configuration.requestTimeout)
        let exchange = Exchange(
          self, route: route, call: call, traits: request.traits, executor: loop.executor)
        self.exchange = exchange
        exchange.start(headers.metadata)
      } catch {
        answer(error, request.traits)
      }
    }
  }

  /// Answers with a failure that leaves input unread, and ends the connection.
  func refuse(_ failure: Failure, _ traits: AnswerTraits? = nil) {
    request = nil
    var traits =
      traits ?? AnswerTraits(isHead: false, isHTTP10: false, persistence: .close)
    traits.persistence = .close
    answer(failure, traits, lingering: true)
  }

  /// Drops a request that has not arrived whole, and those behind it.
  func forgetInput() {
    request = nil
    backlog.removeAll()
  }

  // MARK: Used by exchanges

  /// The running exchange has written its answer.
  func exchangeEnded(_ persistence: ResponseHead.Persistence) {
    exchange = nil
    answered(persistence)
  }

  /// Goes on with the next request, or closes.
  func answered(_ persistence: ResponseHead.Persistence, lingering: Bool = false) {
    guard watchdog.phase != .closing else { return }
    if persistence == .close || loop.isDraining { return close(lingering: lingering) }
    watchdog.enter(.idle)
    flush()
    guard let context else { return }
    // One great answer must not cost an idle connection its size.
    if buffer.capacity > Self.keptCapacity {
      buffer = context.channel.allocator.buffer(capacity: 1_024)
    }
    if loop.scratch.capacity > Self.keptCapacity { loop.scratch = [] }
    if !isReading { rearm(context) }
    guard !isPumping else { return }
    if backlog.isEmpty {
      pump()
    } else {
      // Not from here: this may be the end of a handler's task, and the next request has its own.
      let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
      context.eventLoop.execute { bound.value.pump() }
    }
  }

  /// How the connection goes on behind an answer.
  func persistence(_ traits: AnswerTraits) -> ResponseHead.Persistence {
    loop.isDraining ? .close : traits.persistence
  }

  /// Writes the buffer, without a flush.
  func write() {
    context?.write(Self.wrapOutboundOut(buffer), promise: nil)
    needsFlush = true
  }

  /// Sends what was written: at once, or with the rest of what the running read brings.
  func flush(now: Bool = false) {
    guard needsFlush, now || !isReading else { return }
    needsFlush = false
    context?.flush()
  }

  private func pump() {
    guard !isPumping else { return }
    isPumping = true
    while exchange == nil, watchdog.phase != .closing, context?.channel.isWritable == true,
      let item = backlog.popFirst()
    {
      handle(item)
    }
    isPumping = false
    if backlog.isEmpty, readHeld {
      readHeld = false
      context?.read()
    }
  }
}
