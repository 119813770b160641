/// Ends a pump's thread when its last connection is gone, or a while later.
final class Drain: SocketHandler {
  private static let step: Duration = .milliseconds(20)
  private static let limit: Duration = .seconds(5)

  private let loop: SocketLoop
  private let end: ContinuousClock.Instant

  private init(_ loop: SocketLoop) {
    self.loop = loop
    end = .now + Self.limit
  }

  static func begin(_ loop: SocketLoop) {
    let drain = Drain(loop)
    loop.register(drain)
    drain.timedOut()
  }

  override func timedOut() {
    let sockets = loop.handlers.compactMap { $0 as? ServedSocket }
    if sockets.isEmpty || end <= .now {
      for socket in sockets { socket.close() }
      loop.finish()
    } else {
      loop.schedule(self, after: Self.step)
    }
  }
}
