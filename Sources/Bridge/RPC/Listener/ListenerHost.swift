internal import Mutation
internal import Synchronization

/// What every connection of a port shares.
final class ListenerHost: Sendable {
  /// Who may come in.
  enum Admission {
    case admitted
    case tooMany
    case tooManyOfAddress
    case tooOften
    case denied
  }

  struct Limits: Sendable {
    var connections: Int
    var perAddress: Int?
    var perServerName: Int?
    var perCertificate: Int?
    /// New connections of one address.
    var ratePerAddress: FrameLimits.Rate?
    /// Whose connections get no handshake.
    var deniesAddress: (@Sendable (_ address: String) -> Bool)?
    var handshakeTimeout: Duration
    /// Of clients that were abusive.
    var suspension: Duration?
    /// Of HTTP/2 that comes through TLS.
    var frames: FrameLimits
  }

  private struct State {
    var admitted = 0
    var byAddress: [UInt64: Int] = [:]
    var byServerName: [String: Int] = [:]
    var byCertificate: [CertificateHash: Int] = [:]
    var rates: [UInt64: FloodMeter] = [:]
    var established: [UInt64: Established] = [:]
  }

  private struct Established {
    let connection: Connection
    let loop: SocketLoop
    let place: UInt64
    let generation: UInt64
  }

  /// Numbers connections in the whole process.
  private static let lastID = Atomic<UInt64>(0)

  let limits: Limits
  let counters = ListenerCounters()
  let log = ListenerLog()
  /// Gives a connected socket to the core, which owns it from then on.
  let handOver: @Sendable (Int32) -> Void
  let allowances: AllowanceBook
  private let state = Mutex(State())
  /// How many addresses' rates are remembered.
  private static let mostRates = 65_536

  init(limits: Limits, handOver: @escaping @Sendable (Int32) -> Void) {
    self.limits = limits
    allowances = AllowanceBook(limits.frames, suspension: limits.suspension)
    self.handOver = handOver
  }

  static func nextID() -> UInt64 { lastID.add(1, ordering: .relaxed).newValue }

  /// Counts a connection in; one that is admitted is counted out by `release`.
  func admit(_ address: SocketAddress) -> Admission {
    // Before everything that is counted: who may not come in takes nobody's place.
    if let denies = limits.deniesAddress, denies(address.text),
      !Mutation.isOn(.greetsDeniedNetworks)
    {
      return .denied
    }
    let host = address.host
    return state.withLock { state in
      guard state.admitted < limits.connections else { return .tooMany }
      if let rate = limits.ratePerAddress {
        // A handshake costs much, and nobody has proved anything before it.
        if state.rates.count >= Self.mostRates { state.rates.removeAll(keepingCapacity: true) }
        guard state.rates[host, default: FloodMeter(rate)].take(rate, now: .now) else {
          return .tooOften
        }
      }
      if let most = limits.perAddress {
        let count = state.byAddress[host, default: 0]
        guard count < most else { return .tooManyOfAddress }
        state.byAddress[host] = count + 1
      }
      state.admitted += 1
      return .admitted
    }
  }

  func release(_ host: UInt64) {
    state.withLock { state in
      state.admitted -= 1
      guard limits.perAddress != nil, let count = state.byAddress[host] else { return }
      state.byAddress[host] = count > 1 ? count - 1 : nil
    }
  }

  /// Counts a connection of a name in; one that is admitted is counted out by
  /// `release(serverName:)`.
  func admit(serverName: String?) -> Bool {
    guard let most = limits.perServerName else { return true }
    return state.withLock { state in
      let count = state.byServerName[serverName ?? "", default: 0]
      guard count < most else { return false }
      state.byServerName[serverName ?? ""] = count + 1
      return true
    }
  }

  func release(serverName: String?) {
    guard limits.perServerName != nil else { return }
    state.withLock { state in
      guard let count = state.byServerName[serverName ?? ""] else { return }
      state.byServerName[serverName ?? ""] = count > 1 ? count - 1 : nil
    }
  }

  /// Counts a connection of a client in; one that is admitted is counted out by
  /// `release(certificate:)`.
  func admit(certificate: CertificateHash) -> Bool {
    guard let most = limits.perCertificate else { return true }
    return state.withLock { state in
      let count = state.byCertificate[certificate, default: 0]
      guard count < most else { return false }
      state.byCertificate[certificate] = count + 1
      return true
    }
  }

  func release(certificate: CertificateHash) {
    guard limits.perCertificate != nil else { return }
    state.withLock { state in
      guard let count = state.byCertificate[certificate] else { return }
      state.byCertificate[certificate] = count > 1 ? count - 1 : nil
    }
  }

  /// A connection is about to be served by the core on a descriptor.
  func establish(
    _ connection: Connection, descriptor: Int32, _ handler: SocketHandler, _ loop: SocketLoop
  ) {
    if let last = ConnectionTable.shared.set(descriptor, connection) { closed(last) }
    let established = Established(
      connection: connection, loop: loop, place: handler.place, generation: handler.generation)
    state.withLock { $0.established[connection.info.id] = established }
  }

  /// The core has closed a connection, and its socket may not have been told.
  private func closed(_ connection: Connection) {
    guard let established = state.withLock({ $0.established[connection.info.id] }) else { return }
    send(established) { ($0 as? PlaintextConnection)?.sweep() }
  }

  @discardableResult
  private func send(
    _ established: Established, _ body: @escaping @Sendable (SocketHandler) -> Void
  ) -> Bool {
    let place = established.place
    let generation = established.generation
    return established.loop.send { loop in
      loop.handler(place: place, generation: generation).map(body)
    }
  }

  /// A connection is no longer served.
  func withdraw(_ connection: Connection) {
    state.withLock { _ = $0.established.removeValue(forKey: connection.info.id) }
  }

  /// Every connection that is served, the oldest first.
  var connections: [ConnectionInfo] {
    state.withLock { $0.established.values.map(\.connection.info) }.sorted { $0.id < $1.id }
  }

  /// The names under which connections are served.
  var serverNames: Set<String?> {
    state.withLock { Set($0.established.values.map(\.connection.info.serverName)) }
  }

  /// Ends a connection soon.
  ///
  /// - Returns: Whether it was served.
  func end(_ id: UInt64, because reason: String) -> Bool {
    guard let established = state.withLock({ $0.established[id] }) else { return false }
    return send(established) { ($0 as? ServedSocket)?.end(because: reason) }
  }
}

/// A connection's sockets, on their loop's thread.
class ServedSocket: SocketHandler {
  /// Ends the connection: nothing more is sent.
  func end(because reason: String) { preconditionFailure("a socket says how it ends") }

  /// Closes at once.
  func close() { preconditionFailure("a socket says how it closes") }

  /// Ends the connection where the core does not serve it yet.
  func endUnlessServed() { preconditionFailure("a socket says whether it is served") }
}
