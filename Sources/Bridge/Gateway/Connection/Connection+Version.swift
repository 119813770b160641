import NIOCore
import NIOHTTP2
import NIOTLS

extension Connection: RemovableChannelHandler {
  /// TLS has agreed on what is spoken (RFC 7301).
  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if let client, case .handshakeCompleted? = event as? TLSUserEvent { prove(client) }
    switch event as? TLSUserEvent {
    case .handshakeCompleted(negotiatedProtocol: "h2"): becomeHTTP2()
    case .handshakeCompleted:
      watchdog.enter(.idle)
      context.fireUserInboundEventTriggered(event)
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  /// Whether what has come begins HTTP/2 (RFC 9113 section 3.4). Under TLS it is agreed on before.
  var beginsHTTP2: Bool {
    !isSecure && !hasBegun
      && input.readableBytesView.starts(with: "PRI * HTTP/2.0\r\n\r\n".utf8)
  }

  /// Leaves the connection, with what has come on it, to HTTP/2.
  func becomeHTTP2() {
    guard let context else { return }
    let session = HTTP2Connection(
      core: core, loop: loop, peer: peer, serverName: serverName, client: client)
    let frames = NIOHTTP2Handler(
      mode: .server, frameDelegate: session,
      connectionConfiguration: HTTP2Limits.connection(core.configuration),
      streamConfiguration: HTTP2Limits.stream)
    let bytes = input
    input = ByteBuffer()
    let pipeline = context.pipeline.syncOperations
    do {
      try pipeline.addHandlers([HTTP2OpeningHandler(), frames, session], position: .after(self))
    } catch {
      // The pipeline is gone, and the connection with it.
      return context.close(promise: nil)
    }
    if bytes.readableBytes > 0 { context.fireChannelRead(Self.wrapInboundOut(bytes)) }
    if readHeld { context.read() }
    pipeline.removeHandler(context: context, promise: nil)
  }
}
