internal import CGRPC
internal import Glibc

/// Accepts what comes to one listening socket, and never goes deaf: without descriptors it gives up
/// a spare one to accept and refuse whoever waits, and where even that fails it pauses.
final class Acceptor: SocketHandler {
  /// How many are accepted before others on the loop get their turn.
  private static let turns = 64
  private static let pause: Duration = .milliseconds(100)

  private let socket: Int32
  private let loop: SocketLoop
  private let host: ListenerHost
  private let adopt: (Int32, SocketAddress) -> Void
  /// What a refused connection's descriptor is made into, to be the next spare one.
  private let null: Int32
  private var spare: Int32
  private var isPausing = false

  /// - Parameter adopt: Takes over an accepted socket that was admitted.
  init(
    socket: Int32, loop: SocketLoop, host: ListenerHost,
    adopt: @escaping (Int32, SocketAddress) -> Void
  ) {
    self.socket = socket
    self.loop = loop
    self.host = host
    self.adopt = adopt
    null = artel_spare_descriptor()
    spare = artel_spare_descriptor()
    super.init()
    loop.register(self)
    if !loop.watch(socket, .input, self, .network) {
      host.log.write("accept") { "the port cannot be watched: \(SystemError.last)" }
    }
  }

  override func ready(_ side: SocketLoop.Side, _ events: EventPoll.Events) {
    for _ in 0..<Self.turns where !isPausing {
      guard acceptOne() else { return }
    }
  }

  override func timedOut() {
    isPausing = false
    if spare < 0 { spare = artel_spare_descriptor() }
    loop.change(socket, .input, self, .network)
  }

  /// Stops accepting. The socket stays the owner's.
  func stop() {
    isPausing = true
    loop.unwatch(socket)
    loop.forget(self)
    for descriptor in [null, spare] where descriptor >= 0 { close(descriptor) }
  }

  /// - Returns: Whether there may be more.
  private func acceptOne() -> Bool {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let accepted = artel_accept(socket, &storage, &length)
    guard accepted >= 0 else { return survive(SystemError.last) }
    host.counters.add(\.accepted)
    let address = SocketAddress(storage, length: length)
    switch host.admit(address) {
    case .admitted:
      if address.family != AF_UNIX {
        _ = artel_set_option(accepted, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
      }
      adopt(accepted, address)
    case .tooMany:
      host.counters.add(\.refusedByLimit)
      close(accepted)
      host.log.write("limit") { "connections refused: there are \(host.limits.connections)" }
    case .tooManyOfAddress:
      host.counters.add(\.refusedByAddress)
      close(accepted)
      host.log.write("address limit") { "connection refused: too many of \(address.text)" }
    case .denied:
      host.counters.add(\.refusedByNetwork)
      close(accepted)
      // Whose it was is asked of the operator's own list, and a stranger can make as many lines of it.
      host.log.write("denied network", GPR_LOG_SEVERITY_INFO) {
        "connection refused: nobody may come from \(address.text)"
      }
    case .tooOften:
      host.counters.add(\.refusedByRate)
      close(accepted)
      host.log.write("rate limit") { "connection refused: too often from \(address.text)" }
    }
    return true
  }

  private func survive(_ error: SystemError) -> Bool {
    if error.code == EAGAIN { return false }
    // What went wrong with that connection alone.
    if [EINTR, ECONNABORTED, EPROTO, EPERM, ENETDOWN, EHOSTUNREACH, ENETUNREACH, EHOSTDOWN]
      .contains(error.code)
    {
      return true
    }
    host.log.write("accept") { "a connection cannot be accepted: \(error)" }
    if error.isDescriptorShortage, spare >= 0 {
      close(spare)
      var storage = sockaddr_storage()
      var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
      let refused = artel_accept(socket, &storage, &length)
      let status = SystemError.last
      guard refused >= 0 else {
        spare = artel_spare_descriptor()
        return status.code == EAGAIN ? false : takeABreak()
      }
      host.counters.add(\.accepted)
      host.counters.add(\.refusedForDescriptors)
      if artel_replace_by_spare(refused, null) != 0 {
        spare = refused
        return true
      }
      close(refused)
      spare = artel_spare_descriptor()
    }
    return takeABreak()
  }

  /// Asks again later: the socket stays ready, and asking at once would spin.
  private func takeABreak() -> Bool {
    isPausing = true
    loop.change(socket, [], self, .network)
    loop.schedule(self, after: Self.pause)
    return false
  }
}
