import NIOCore

extension Connection {
  /// Closes once everything written is sent. Lingering waits for the peer to close first: with
  /// input unread the kernel would reset the connection and the answer with it.
  func close(lingering: Bool) {
    guard let context else { return }
    watchdog.enter(.closing)
    forgetInput()
    loop.buffer.clear()
    let sent = context.eventLoop.makePromise(of: Void.self)
    context.writeAndFlush(Self.wrapOutboundOut(loop.buffer), promise: sent)
    let channel = context.channel
    sent.futureResult.whenComplete { _ in
      channel.close(mode: lingering ? .output : .all, promise: nil)
    }
    rearm(context)
  }

  /// The gateway is shutting down.
  func drain() {
    if let exchange { return exchange.drain() }
    guard watchdog.phase == .idle || watchdog.phase == .receivingHead else { return }
    context?.close(promise: nil)
  }

  /// The gateway has waited long enough.
  func abort() {
    context?.close(promise: nil)
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
    switch watchdog.fired() {
    case .nothing: rearm(context)
    case .refuse: fail(.receiveTimeout)
    case .close: context.close(promise: nil)
    }
  }
}
