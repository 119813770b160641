import NIOCore
import NIOWebSocket
import RPC
import Transcoding

/// One streaming call over a WebSocket: a text frame for each message, as JSON, both ways.
///
/// Lives on the connection's event loop. Messages wait for the handler as they came, and beyond
/// `holdAbove` in the peer's socket.
final class WebSocketSession: ChannelDuplexHandler {
  typealias InboundIn = WebSocketFrame
  typealias OutboundIn = WebSocketFrame
  typealias OutboundOut = WebSocketFrame

  /// How many bytes of messages may wait before reading stops.
  static let holdAbove = 64 << 10
  let call: WebSocketCall
  private let loop: LoopState
  let heartbeat: TimeAmount
  private let refused: (@Sendable (RefusedCall) -> Void)?
  private(set) var context: ChannelHandlerContext?
  private var inbox: WebSocketInbox
  private var reader: PendingRead?
  private var writers: [UnsafeContinuation<Void, any Error>] = []
  private var task: Task<Void, Never>?
  private var deadline: Scheduled<Void>?
  var pulse: Scheduled<Void>?
  /// The peer has sent or taken something since the last pulse.
  var isAlive = true
  /// It was asked at the last pulse whether it is there.
  var isAsked = false
  /// Bytes of frames that have not come whole, since they last were a sign of life.
  var progress = 0
  private var readHeld = false
  /// Why nobody waits for the call any more; nil while it runs.
  private var ending: RPCError?
  /// A close frame was sent: nothing may follow it.
  var isClosing = false

  init(_ call: WebSocketCall, _ loop: LoopState, _ configuration: GatewayConfiguration) {
    self.call = call
    self.loop = loop
    heartbeat = TimeAmount(configuration.heartbeatInterval)
    refused = configuration.refused
    inbox = WebSocketInbox(limit: configuration.maxBodyBytes)
  }

  // MARK: The channel

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    beat(context)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
    deadline?.cancel()
    pulse?.cancel()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isClosing else { return }
    isAlive = true
    do throws(WebSocketFault) {
      switch try inbox.take(Self.unwrapInboundIn(data)) {
      case .nothing: break
      case .message: deliver()
      case .ping(let payload): pong(payload, context)
      // It gets its code back, and the call ends: nothing could be sent behind it.
      case .close(let code): close(code ?? .normalClosure, "")
      }
    } catch {
      close(error)
    }
  }

  func read(context: ChannelHandlerContext) {
    if isFull { readHeld = true } else { context.read() }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    // A peer that does not read is the connection's to watch.
    if context.channel.isWritable {
      isAlive = true
      let ready = writers
      writers.removeAll()
      for writer in ready { writer.resume() }
    }
    context.fireChannelWritabilityChanged()
  }

  func channelInactive(context: ChannelHandlerContext) {
    isClosing = true
    abandon(.peerGone)
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // The decoder's: of anything else there is nobody left to tell.
    guard let fault = error as? WebSocketFault else { return context.close(promise: nil) }
    close(fault)
  }

  var isFull: Bool { inbox.waitingBytes >= Self.holdAbove }

  // MARK: The call

  /// Runs the handler. It starts at once, on this thread.
  func start(_ given: ServerContext) {
    guard let context else { return }
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    let handlers = loop.handlers
    let handler = call.route.handler
    handlers.begin()
    let refused = refused
    let task = loop.executor.launch {
      await Self.run(handler, given, handlers, refused, bound)
    }
    guard ending == nil else { return task.cancel() }
    self.task = task
    guard let limit = given.deadline else { return }
    let left = TimeAmount(ContinuousClock.now.duration(to: limit))
    deadline = context.eventLoop.scheduleTask(in: left) { bound.value.end(Failure.deadline) }
  }

  private static func run(
    _ handler: Route.Handler, _ context: ServerContext, _ handlers: HandlerCount,
    _ refused: (@Sendable (RefusedCall) -> Void)?, _ bound: NIOLoopBound<WebSocketSession>
  ) async {
    let failure: RPCError?
    do {
      try await CallDeadline.$current.withValue(context.deadline) {
        try await serve(
          handler, WebSocketSource(session: bound), WebSocketSink(session: bound), context,
          refused)
      }
      failure = nil
    } catch {
      failure = RPCError(hiding: error)
    }
    handlers.end()
    onLoop(bound) { $0.finish(failure) }
  }

  private static func serve(
    _ handler: Route.Handler, _ source: WebSocketSource, _ sink: WebSocketSink,
    _ context: ServerContext, _ refused: (@Sendable (RefusedCall) -> Void)?
  ) async throws {
    switch handler {
    case .bidirectionalStreaming(let serve):
      _ = try await serve(source, sink, context)
    case .clientStreaming(let serve):
      let reply = try await serve(source, context)
      try await sink.write(reply.message, compressed: nil)
    case .serverStreaming(let serve):
      _ = try await serve(try await first(source, context, refused), sink, context)
    case .unary(let serve):
      let reply = try await serve(try await first(source, context, refused), context)
      try await sink.write(reply.message, compressed: nil)
    }
  }

  /// The one message of a call; where none comes, its method does not know of the call.
  private static func first(
    _ source: WebSocketSource, _ context: ServerContext,
    _ refused: (@Sendable (RefusedCall) -> Void)?
  ) async throws -> MessageBytes {
    do {
      guard let message = try await source.next() else { throw RPCError.peerGone }
      return message
    } catch {
      refused?(
        RefusedCall(
          method: context.method.path, metadata: context.metadata, peer: context.peer,
          error: RPCError(hiding: error)))
      throw error
    }
  }

  static func onLoop(
    _ bound: NIOLoopBound<WebSocketSession>, _ body: @escaping @Sendable (WebSocketSession) -> Void
  ) {
    if bound.eventLoop.inEventLoop {
      body(bound.value)
    } else {
      bound.eventLoop.execute { body(bound.value) }
    }
  }

  // MARK: The handler's side

  func next(_ read: PendingRead) {
    if let ending { return read.resume(throwing: ending) }
    guard reader == nil else {
      return read.resume(
        throwing: RPCError(code: .internalError, message: "a stream has one reader at a time"))
    }
    reader = read
    deliver()
  }

  private func deliver() {
    guard let reader, ending == nil else { return }
    if let first = call.takeFirst() {
      self.reader = nil
      return reader.resume(returning: first)
    }
    if let text = inbox.next() {
      self.reader = nil
      do throws(Failure) {
        reader.resume(returning: try call.message(text))
      } catch {
        // What the contract does not take ends the call, as it does anywhere.
        reader.resume(throwing: RPCError(error))
        end(error)
      }
      readAgain()
    } else if inbox.isEnded {
      self.reader = nil
      reader.resume(returning: nil)
    }
  }

  private func readAgain() {
    guard readHeld, !isFull else { return }
    readHeld = false
    context?.read()
  }

  func send(
    _ message: MessageBytes, _ continuation: UnsafeContinuation<Void, any Error>
  ) {
    guard ending == nil, let context else {
      return continuation.resume(throwing: ending ?? .peerGone)
    }
    do throws(RPCError) {
      let frame = try call.frame(message, context.channel.allocator, &loop.scratch)
      context.writeAndFlush(Self.wrapOutboundOut(frame), promise: nil)
    } catch {
      return continuation.resume(throwing: error)
    }
    // The flush may have found that the connection is lost, and ended the call.
    if let ending {
      continuation.resume(throwing: ending)
    } else if context.channel.isWritable {
      continuation.resume()
    } else {
      writers.append(continuation)
    }
  }

  // MARK: Ends

  private func finish(_ error: RPCError?) {
    if let error { end(error) } else { close(.normalClosure, "") }
  }

  /// The gateway is shutting down.
  func drain() {
    // A code that programs know to come back for, elsewhere (RFC 6455 section 7.4.1).
    end(
      Failure(RPCError(code: .unavailable, message: "the server is shutting down")),
      code: .goingAway)
  }

  private func end(_ error: RPCError) { end(Failure(error)) }

  /// Says what has failed: as a last message for programs, and as the code of the close for those
  /// that look no further.
  private func end(_ failure: Failure, code: WebSocketErrorCode? = nil) {
    guard !isClosing, let context else { return abandon(RPCError(failure)) }
    let refined = call.plan.refine(failure)
    let text = context.channel.allocator.buffer(bytes: call.json(refined))
    context.write(
      Self.wrapOutboundOut(WebSocketFrame(fin: true, opcode: .text, data: text)), promise: nil)
    close(
      code ?? WebSocketErrorCode(codeNumber: 4_000 + Int(refined.status.rawValue)),
      refined.message, because: RPCError(failure))
  }

  /// What came is not what a WebSocket has.
  private func close(_ fault: WebSocketFault) {
    close(
      fault.code, fault.reason,
      because: RPCError(
        code: fault.code == .messageTooLarge ? .resourceExhausted : .invalidArgument,
        message: fault.reason))
  }

  private func close(
    _ code: WebSocketErrorCode, _ reason: String, because error: RPCError = .peerGone
  ) {
    abandon(error)
    guard !isClosing, let context else { return }
    isClosing = true
    var payload = context.channel.allocator.buffer(capacity: 2 + reason.utf8.count)
    payload.write(webSocketErrorCode: code)
    payload.writeString(Self.short(reason))
    let frame = WebSocketFrame(fin: true, opcode: .connectionClose, data: payload)
    let sent = context.eventLoop.makePromise(of: Void.self)
    context.writeAndFlush(Self.wrapOutboundOut(frame), promise: sent)
    let channel = context.channel
    // The peer answers with its own close and goes; one that does not is not waited for.
    sent.futureResult.whenComplete { _ in channel.close(mode: .output, promise: nil) }
    let linger = context.eventLoop.scheduleTask(in: .seconds(2)) { channel.close(promise: nil) }
    channel.closeFuture.whenComplete { _ in linger.cancel() }
  }

  /// A control frame has 125 bytes, two of them the code (RFC 6455 section 5.5).
  private static func short(_ reason: String) -> String {
    var reason = reason
    while reason.utf8.count > 123 { reason.removeLast() }
    return reason
  }

  /// Nobody waits for the call any more.
  private func abandon(_ error: RPCError) {
    guard ending == nil else { return }
    ending = error
    deadline?.cancel()
    inbox.forget()
    if let reader {
      self.reader = nil
      reader.resume(throwing: error)
    }
    let waiting = writers
    writers.removeAll()
    for writer in waiting { writer.resume(throwing: error) }
    // Behind what it waits for: that it is told why.
    task?.cancel()
    readAgain()
  }
}
