import NIOCore
import NIOHTTP1
import Synchronization

/// Knows which exchanges have begun to send: until a request's head is on its way to the encoder,
/// nothing of it can have reached the other system, whatever the error's name is.
final class RequestMarks: Sendable {
  /// Says which exchange a request is; it goes no further than this process.
  static let field = "artel-exchange"

  private struct State {
    var next: UInt64 = 0
    var open: [UInt64: Bool] = [:]
  }

  private let state = Mutex(State())

  /// Names an exchange.
  func open() -> UInt64 {
    state.withLock { state in
      state.next += 1
      state.open[state.next] = false
      return state.next
    }
  }

  /// Ends an exchange: from now on nothing of it is sent any more.
  ///
  /// - Returns: Whether it had begun to send.
  func close(_ number: UInt64) -> Bool {
    state.withLock { $0.open.removeValue(forKey: number) ?? true }
  }

  /// Notes that a request is about to be sent; false where its exchange has ended.
  fileprivate func begin(_ number: UInt64) -> Bool {
    state.withLock { state in
      guard state.open[number] != nil else { return false }
      state.open[number] = true
      return true
    }
  }

  /// Sees the requests of a new connection.
  func watch(_ channel: any Channel) -> EventLoopFuture<Void> {
    channel.eventLoop.submit {
      let pipeline = channel.pipeline.syncOperations
      let encoder = try pipeline.context(handlerType: HTTPRequestEncoder.self)
      try pipeline.addHandler(Watch(self), position: .after(encoder.handler))
    }
  }

  private final class Watch: ChannelOutboundHandler {
    typealias OutboundIn = HTTPClientRequestPart
    typealias OutboundOut = HTTPClientRequestPart

    private let marks: RequestMarks

    init(_ marks: RequestMarks) { self.marks = marks }

    func write(
      context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?
    ) {
      guard case .head(var head) = unwrapOutboundIn(data) else {
        return context.write(data, promise: promise)
      }
      let number = head.headers.first(name: RequestMarks.field).flatMap { UInt64($0) }
      head.headers.remove(name: RequestMarks.field)
      guard let number, marks.begin(number) else {
        promise?.fail(ChannelError.ioOnClosedChannel)
        return context.close(promise: nil)
      }
      context.write(wrapOutboundOut(.head(head)), promise: promise)
    }
  }
}
