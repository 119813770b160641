import Glibc
import NIOCore
import RPC

extension Connection {
  /// Closes once everything written is sent. Lingering waits for the peer to close first: with
  /// input unread, or still to come, the kernel would reset the connection and the answer with it
  /// (RFC 9112 section 9.6).
  func close(lingering: Bool) {
    guard let context else { return }
    watchdog.enter(.closing)
    forgetInput()
    loop.buffer.clear()
    let sent = context.eventLoop.makePromise(of: Void.self)
    context.writeAndFlush(Self.wrapOutboundOut(loop.buffer), promise: sent)
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    sent.futureResult.whenComplete { _ in bound.value.allIsSent(lingering) }
    rearm(context)
    // What was held back is read now, to be dropped.
    if readHeld {
      readHeld = false
      context.read()
    }
  }

  private func allIsSent(_ lingering: Bool) {
    guard let context else { return }
    watchdog.sent()
    context.channel.close(mode: lingering ? .output : .all, promise: nil)
    rearm(context)
  }

  /// The gateway is shutting down. Answers that are on their way arrive.
  func drain() {
    if let session { return session.drain() }
    if let exchange { return exchange.drain() }
    switch watchdog.phase {
    case .handshaking: context?.close(promise: nil)
    case .idle, .receivingHead: close(lingering: false)
    case .receivingBody, .answering, .closing: break
    }
  }

  /// The gateway has waited long enough.
  func abort() {
    context?.close(promise: nil)
  }

  func revoke(because reason: String) {
    Self.tellRevoked(core, serverName, peer, reason)
    context?.close(promise: nil)
  }

  /// Says why a connection ends that may stand in the middle of an answer.
  static func tellRevoked(
    _ core: GatewayCore, _ serverName: String?, _ peer: Peer, _ reason: String
  ) {
    core.logger.notice(
      "a connection ended: its client certificate does not count any more",
      metadata: ["why": "\(reason)", "name": "\(serverName ?? "")", "peer": "\(peer.address)"])
  }

  /// Ends the connection so that the peer knows that it has not got all.
  func reset() {
    guard let context else { return }
    if let socket = context.channel as? any SocketOptionProvider {
      socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenFailure { [core] error in
        core.logger.warning("a body that is cut off looks whole", metadata: ["error": "\(error)"])
      }
    }
    context.close(promise: nil)
  }

  // MARK: Time

  func rearm(_ context: ChannelHandlerContext) {
    guard let deadline = watchdog.neededWakeUp() else { return }
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    watchdog.armed(
      context.eventLoop.scheduleTask(deadline: deadline) { bound.value.timeIsUp() }, at: deadline)
  }

  private func timeIsUp() {
    guard let context else { return }
    switch watchdog.fired(untaken: untaken(context)) {
    case .nothing: rearm(context)
    case .refuse: fail(.receiveTimeout)
    case .close: context.close(promise: nil)
    }
  }

  /// How many bytes wait for the peer to take them.
  func untaken(_ context: ChannelHandlerContext) -> Int {
    // A channel that is closed has none.
    (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
  }
}
