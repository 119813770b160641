import NIOCore

/// Stops accepting for a moment when the process has no descriptors left.
///
/// A connection that cannot be accepted stays where it waits, so that the socket is readable all the
/// time: its event loop would do nothing but fail to accept it.
final class AcceptPause: ChannelInboundHandler {
  typealias InboundIn = any Channel

  private static let pause = TimeAmount.milliseconds(100)

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if error is IOError {
      let channel = context.channel
      channel.setOption(.autoRead, value: false).whenSuccess {
        channel.eventLoop.scheduleTask(in: Self.pause) {
          // A socket that was closed meanwhile accepts nothing.
          channel.setOption(.autoRead, value: true).whenFailure { _ in }
        }
      }
    }
    context.fireErrorCaught(error)
  }
}
