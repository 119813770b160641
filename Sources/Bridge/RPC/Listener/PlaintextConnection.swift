internal import CGRPC
internal import Glibc

/// A connection without TLS: once the client has shown that it speaks HTTP/2, its socket is the
/// core's, and costs this process no second descriptor.
///
/// The loop goes on watching the socket for its end. The core may close it between the end and the
/// loop's look, and the kernel then forgets that it was watched: so `Sweep` looks whether the
/// descriptor still is this socket, by the number that the kernel gives to a socket once.
final class PlaintextConnection: ServedSocket {
  private enum Phase {
    case preface
    case served(Connection, cookie: UInt64)
    case ended
  }

  /// How soon an end is tried again for which there was no descriptor.
  private static let retryInterval: Duration = .milliseconds(100)

  private let loop: SocketLoop
  private let host: ListenerHost
  private let remote: String
  private let remoteHost: UInt64
  private let socket: Int32
  private var phase = Phase.preface
  private var isEnding = false

  /// Takes over a socket and waits for its preface. On the loop's thread.
  init(socket: Int32, address: SocketAddress, loop: SocketLoop, host: ListenerHost) {
    self.socket = socket
    self.loop = loop
    self.host = host
    remote = address.text
    remoteHost = address.host
    super.init()
    loop.register(self)
    guard loop.watch(socket, [.input, .peerClosed, .arrivals], self, .network) else {
      fail("it cannot be watched: \(SystemError.last)")
      return
    }
    loop.schedule(self, after: host.limits.handshakeTimeout)
  }

  override func ready(_ side: SocketLoop.Side, _ events: EventPoll.Events) {
    switch phase {
    case .preface: look(events)
    case .served:
      // Nothing else was asked for: the core, the client or `end` has closed both directions.
      close()
    case .ended: break
    }
  }

  override func timedOut() {
    switch phase {
    case .preface: fail("no HTTP/2 preface in time")
    case .served where isEnding: shutDown()
    case .served, .ended: break
    }
  }

  /// Looks whether the core has closed the socket.
  func sweep() {
    if case .served(_, let cookie) = phase, artel_socket_cookie(socket) != cookie { close() }
  }

  private func look(_ events: EventPoll.Events) {
    let verdict = withUnsafeTemporaryAllocation(byteCount: 24, alignment: 1) { start in
      let count = artel_peek(socket, start.baseAddress, start.count)
      return Preface.judge(UnsafeRawBufferPointer(rebasing: start[..<max(0, count)]))
    }
    switch verdict {
    case .complete: serve()
    case .wrong: fail("no HTTP/2 preface")
    case .incomplete:
      guard events.isDisjoint(with: [.peerClosed, .error, .hangup]) else {
        fail("closed before its HTTP/2 preface")
        return
      }
    }
  }

  private func serve() {
    let connection = Connection(
      ConnectionInfo(
        id: ListenerHost.nextID(), address: remote, serverName: nil, subject: nil,
        certificateChainDER: [], certificatePEM: nil, since: .now))
    phase = .served(connection, cookie: artel_socket_cookie(socket))
    loop.change(socket, [.peerClosed, .arrivals], self, .network)
    host.establish(connection, descriptor: socket, self, loop)
    host.handOver(socket)  // The core closes it.
  }

  override func end(because reason: String) {
    guard case .served = phase, !isEnding else { return }
    isEnding = true
    host.counters.add(\.ended)
    host.log.write("ended") { "connection of \(remote) ended: \(reason)" }
    shutDown()
  }

  /// Both the core and the client see the end.
  private func shutDown() {
    guard case .served(_, let cookie) = phase else { return }
    if artel_shut_down(socket, cookie) == 0 {
      close()
    } else {
      loop.schedule(self, after: Self.retryInterval)
    }
  }

  override func endUnlessServed() {
    if case .preface = phase { close() }
  }

  private func fail(_ reason: String) {
    host.counters.add(\.failedHandshakes)
    host.log.write("preface") { "connection of \(remote) refused: \(reason)" }
    close()
  }

  override func close() {
    switch phase {
    case .preface:
      loop.unwatch(socket)
      Glibc.close(socket)
    case .served(let connection, _):
      // The socket is the core's, and its number may be another's already.
      host.withdraw(connection)
    case .ended: return
    }
    phase = .ended
    loop.forget(self)
    host.release(remoteHost)
  }
}
