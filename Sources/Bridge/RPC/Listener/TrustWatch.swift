/// Asks now and then for the trust of the names under which connections stand.
final class TrustWatch: SocketHandler {
  private let loop: SocketLoop
  private let host: ListenerHost
  private let book: TrustBook
  private let interval: Duration

  init(book: TrustBook, interval: Duration, loop: SocketLoop, host: ListenerHost) {
    self.book = book
    self.interval = interval
    self.loop = loop
    self.host = host
    super.init()
    loop.register(self)
    loop.schedule(self, after: interval)
  }

  override func timedOut() {
    for name in host.serverNames { book.refresh(name) }
    loop.schedule(self, after: interval)
  }
}
