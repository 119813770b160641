/// Looks now and then for connections without TLS whose end the loop was not told of.
final class Sweep: SocketHandler {
  private static let interval: Duration = .seconds(1)

  private let loop: SocketLoop

  init(loop: SocketLoop) {
    self.loop = loop
    super.init()
    loop.register(self)
    loop.schedule(self, after: Self.interval)
  }

  override func timedOut() {
    for case let connection as PlaintextConnection in loop.handlers { connection.sweep() }
    loop.schedule(self, after: Self.interval)
  }
}
