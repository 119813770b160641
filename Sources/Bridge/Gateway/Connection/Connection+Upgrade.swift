import NIOCore
import NIOWebSocket
import RPC

extension Connection {
  /// Becomes a WebSocket, which ends with the connection.
  func upgrade(
    _ request: IncomingRequest, _ handshake: WebSocketHandshake, _ route: Route, _ values: [String]
  ) {
    do throws(Failure) {
      guard let context, let headers = request.headers, let snapshot else { throw .malformed }
      guard headers.timeout != .zero else {
        throw Failure(504, .deadlineExceeded, Failure.deadline.message)
      }
      let call = try WebSocketCall(
        request, headers, route: route, values: values, snapshot: snapshot)
      var metadata = headers.metadata
      if let token = handshake.token { metadata.add("Bearer \(token)", for: "authorization") }
      var given = ServerContext(
        method: route.method, metadata: metadata, peer: caller(headers),
        deadline: headers.timeout.map { .now + $0 })
      given.beganTrace = headers.beganTrace
      // How long it lasts is the call's: only a peer that does not read is the connection's.
      watchdog.enter(.answering)
      loop.buffer.clear()
      handshake.write(to: &loop.buffer, requestID: headers.traceID)
      core.counts.answered(101)
      write(isLast: false)
      flush(now: true)
      begin(WebSocketSession(call, loop, core.configuration), given, context)
    } catch {
      refuse(error, request)
    }
  }

  private func begin(
    _ session: WebSocketSession, _ given: ServerContext, _ context: ChannelHandlerContext
  ) {
    let decoder = WebSocketDecoder(limit: core.configuration.maxBodyBytes)
    do {
      try context.pipeline.syncOperations.addHandlers(
        [WebSocketFrameEncoder(), ByteToMessageHandler(decoder), session], position: .after(self))
    } catch {
      // The channel has closed meanwhile.
      return abort()
    }
    self.session = session
    // What came behind the handshake are frames.
    let frames = input
    input = ByteBuffer()
    session.start(given)
    if frames.readableBytes > 0 { context.fireChannelRead(Self.wrapInboundOut(frames)) }
  }
}
