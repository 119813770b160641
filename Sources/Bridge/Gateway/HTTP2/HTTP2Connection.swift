import NIOCore
import NIOHTTP2
import RPC

/// One HTTP/2 connection: gives frames to their streams, and watches what the peer may do.
///
/// ```
/// opening ──SETTINGS──► serving ──drain, idle──► draining ──last stream──► closing ──► closed
///    │                     │                                                  ▲
///    └────── timeout ──────┴──────────────── fault, flood ────────────────────┘
/// ```
///
/// Frames, HPACK, stream states and windows of what is sent are NIOHTTP2's, in the handler before
/// this one. All of it happens on the channel's event loop.
final class HTTP2Connection: ChannelDuplexHandler {
  typealias InboundIn = HTTP2Frame
  typealias OutboundIn = HTTP2Frame
  typealias OutboundOut = HTTP2Frame

  enum Phase {
    case opening, serving, draining, closing
  }

  let core: GatewayCore
  let loop: LoopState
  let peer: Peer
  /// The name that TLS was made for; nil without one.
  let serverName: String?
  /// What the client has proved itself by; nil without a certificate.
  let client: ClientProof?
  private(set) var context: ChannelHandlerContext?
  var phase = Phase.opening
  var streams: [HTTP2StreamID: HTTP2Stream] = [:]
  var clock: HTTP2Clock
  /// The last request that was begun.
  private(set) var lastStream = HTTP2StreamID.rootStream
  /// The connection is at fault and its peer has been told.
  private var isBroken = false
  private var isReading = false
  private var needsFlush = false
  private var readHeld = false
  private var faults = 0
  private var idleUpdates = 0
  /// Bytes of answers that have not left.
  private(set) var unsent = 0
  /// Bytes of bodies that have not come whole.
  var kept = 0

  init(core: GatewayCore, loop: LoopState, peer: Peer, serverName: String?, client: ClientProof?) {
    self.core = core
    self.loop = loop
    self.peer = peer
    self.serverName = serverName
    self.client = client
    clock = HTTP2Clock(core.configuration)
  }

  // MARK: The channel

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    loop.connections[ObjectIdentifier(self)] = self
    rearm()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    loop.connections[ObjectIdentifier(self)] = nil
    clock.stop()
    self.context = nil
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    isReading = true
    guard phase != .closing else { return }
    clock.heard()
    receive(Self.unwrapInboundIn(data))
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    isReading = false
    if needsFlush {
      needsFlush = false
      context.flush()
    }
    if phase == .draining, streams.isEmpty { close() }
    rearm()
  }

  func read(context: ChannelHandlerContext) {
    // Who does not read is not read, and who has to go neither.
    guard phase != .closing, context.channel.isWritable else {
      readHeld = true
      return
    }
    context.read()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    let isWritable = context.channel.isWritable
    clock.stalled(!isWritable)
    if isWritable {
      if readHeld, phase != .closing {
        readHeld = false
        context.read()
      }
      for stream in Array(streams.values) { stream.connectionBecameWritable() }
    }
    rearm()
  }

  func channelInactive(context: ChannelHandlerContext) {
    phase = .closing
    clock.stop()
    endStreams()
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A fault of a stream has ended that stream, and is nothing else's.
    guard !(error is any NIOHTTP2Error), !(error is NIOHTTP2Errors.StreamError) else {
      if isBroken { close() }
      return
    }
    close()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case let event as StreamClosedEvent:
      streams.removeValue(forKey: event.streamID)?.closed()
      if streams.isEmpty { clock.idle() }
    case let event as NIOHTTP2WindowUpdatedEvent where event.streamID == .rootStream:
      if let window = event.inboundWindowSize { extendWindow(window) }
    case let event as NIOHTTP2WindowUpdatedEvent:
      if let window = event.inboundWindowSize { streams[event.streamID]?.window = window }
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  // MARK: Frames that come

  private func receive(_ frame: HTTP2Frame) {
    switch frame.payload {
    case .headers(let headers):
      if let stream = streams[frame.streamID] {
        // Trailers say nothing to a request; their end does.
        if headers.endStream { stream.ended() }
      } else {
        begin(frame.streamID, headers)
      }
    case .data(let data):
      guard let stream = streams[frame.streamID], case .byteBuffer(let bytes) = data.data else {
        return
      }
      stream.received(bytes, isLast: data.endStream)
    case .settings(.settings): if phase == .opening { phase = .serving }
    case .windowUpdate:
      idleUpdates += 1
      if idleUpdates > HTTP2Limits.idleUpdates { fault(.enhanceYourCalm) }
    default: break  // Answered below, said to nobody, or followed by the stream's end.
    }
  }

  private func begin(_ id: HTTP2StreamID, _ headers: HTTP2Frame.FramePayload.Headers) {
    lastStream = max(lastStream, id)
    let stream = HTTP2Stream(self, id)
    guard unsent < HTTP2Limits.unsent, !loop.isDraining else {
      stream.tell(
        RPCError(code: .unavailable, message: "the connection takes no more requests"), nil)
      return reset(id, .refusedStream)
    }
    streams[id] = stream
    stream.begin(headers.headers, isWhole: headers.endStream)
  }

  /// Whether bodies of all streams hold more than a connection may.
  func keepsTooMuch() -> Bool {
    guard kept > HTTP2Limits.kept else { return false }
    for stream in streams.values { stream.recount() }
    return kept > HTTP2Limits.kept
  }

  /// A request that is none: its stream ends, and after too many of them the connection.
  func refuse(_ id: HTTP2StreamID) {
    faults += 1
    if faults > HTTP2Limits.faults { fault(.enhanceYourCalm) } else { reset(id, .protocolError) }
  }

  /// What the connection has read makes room for as much again: streams have windows of their own.
  private func extendWindow(_ window: Int) {
    let missing = HTTP2Limits.connectionWindow - window
    guard phase != .closing, missing >= HTTP2Limits.connectionWindow / 2 else { return }
    send(.rootStream, .windowUpdate(windowSizeIncrement: missing))
  }

  // MARK: Frames that go

  var isWritable: Bool { context?.channel.isWritable ?? false }

  /// Writes a frame; sent with the next flush.
  func send(_ id: HTTP2StreamID, _ payload: HTTP2Frame.FramePayload) {
    guard let context else { return }
    context.write(
      Self.wrapOutboundOut(HTTP2Frame(streamID: id, payload: payload)), promise: nil)
    needsFlush = true
  }

  /// Writes a piece of an answer, and counts it until it has left.
  func send(_ stream: HTTP2Stream, _ bytes: ByteBuffer, isLast: Bool) {
    guard let context else { return }
    let count = bytes.readableBytes
    unsent += count
    idleUpdates = 0
    let sent = context.eventLoop.makePromise(of: Void.self)
    let bound = NIOLoopBound(stream, eventLoop: context.eventLoop)
    sent.futureResult.whenComplete { _ in
      bound.value.connection.unsent -= count
      bound.value.sent(count)
    }
    let data = HTTP2Frame.FramePayload.Data(data: .byteBuffer(bytes), endStream: isLast)
    context.write(
      Self.wrapOutboundOut(HTTP2Frame(streamID: stream.id, payload: .data(data))), promise: sent)
    needsFlush = true
  }

  func reset(_ id: HTTP2StreamID, _ code: HTTP2ErrorCode) { send(id, .rstStream(code)) }

  func flush(now: Bool) {
    guard needsFlush, now || !isReading else { return }
    needsFlush = false
    context?.flush()
  }

  func endStreams() {
    let open = streams.values
    streams = [:]
    for stream in open { stream.closed() }
  }
}

extension HTTP2Connection: NIOHTTP2FrameDelegate {
  /// NIOHTTP2 tells the peer of a fault of the connection before it tells us, and of one of a
  /// stream alike; only the former is a GOAWAY.
  func wroteFrame(_ frame: HTTP2Frame) {
    if case .goAway(_, let code, _) = frame.payload, code != .noError { isBroken = true }
  }
}
