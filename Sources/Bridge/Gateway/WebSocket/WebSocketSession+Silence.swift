import NIOCore
import NIOWebSocket

/// Whether the peer is there.
extension WebSocketSession {
  /// How many bytes of a great frame are a sign of life: its peer cannot answer a ping within it.
  private static let progressStep = 1 << 10

  /// Bytes have come, of a frame that may take longer than the time between two pings.
  func heard(_ count: Int) {
    progress += count
    guard progress >= Self.progressStep else { return }
    progress = 0
    isAlive = true
  }

  func pong(_ payload: ByteBuffer, _ context: ChannelHandlerContext) {
    // A peer that asks and does not read gets no answers.
    guard context.channel.isWritable else { return }
    context.writeAndFlush(
      Self.wrapOutboundOut(WebSocketFrame(fin: true, opcode: .pong, data: payload)), promise: nil)
  }

  /// Asks a silent peer whether it is there, and closes where it was silent since the last time.
  func beat(_ context: ChannelHandlerContext) {
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    pulse = context.eventLoop.scheduleTask(in: heartbeat) { bound.value.pulsed() }
  }

  private func pulsed() {
    guard let context, !isClosing else { return }
    guard isAlive || isFull || !isAsked else { return context.close(promise: nil) }
    isAlive = false
    // One that does not read would not see the question: that is the connection's to watch.
    isAsked = context.channel.isWritable
    if isAsked {
      let empty = context.channel.allocator.buffer(capacity: 0)
      context.writeAndFlush(
        Self.wrapOutboundOut(WebSocketFrame(fin: true, opcode: .ping, data: empty)), promise: nil)
    }
    beat(context)
  }
}
