/// The reactor's thread: pools, their connections and listeners, and the one place where it waits.
final class ReactorLoop {
  private let reactor: PostgresReactor
  private let poller = Poller()
  private var registry = StatementRegistry()
  private var pools: [PoolID: PoolCore] = [:]
  private var owners: [ConnectionID: PoolCore] = [:]
  private var listeners: [ConnectionID: ListenerConnection] = [:]
  private var stopping: CheckedContinuation<Void, Never>?

  /// The tag of the bell; connections count from 1.
  private static let bellTag: UInt64 = 0

  init(_ reactor: PostgresReactor, bell: Int32) {
    self.reactor = reactor
    precondition(poller.watch(bell, .readable, tag: Self.bellTag), "the bell cannot be watched")
  }

  func run() {
    while stopping == nil {
      for tag in poller.wait(milliseconds: patience()) {
        if tag == Self.bellTag {
          reactor.silence()
        } else if let pool = owners[tag] {
          pool.handle(tag, self)
        } else {
          listeners[tag]?.handle(poller)
        }
      }
      // Commands after events: a connection that became free serves them at once.
      for command in reactor.takeCommands() { obey(command) }
      let now = ContinuousClock.now
      for pool in pools.values { pool.tick(now, self) }
      for listener in listeners.values { listener.tick(now, poller) }
    }
    finish()
  }

  private func obey(_ command: Command) {
    switch command {
    case .openPool(let id, let configuration, let meter, let logger):
      pools[id] = PoolCore(configuration: configuration, meter: meter, logger: logger)
    case .submit(let id, let trip):
      if let pool = pools[id] {
        pool.submit(trip, self)
      } else {
        trip.reply.resume(
          returning: TripReply(outcome: .failure(PostgresError(code: .shutDown)), lease: nil))
      }
    case .cancel(let id, let request):
      pools[id]?.cancel(request, self)
    case .cancelReturned(let connection):
      owners[connection]?.cancelReturned(connection, self)
    case .resolved(let connection, let addresses):
      owners[connection]?.start(connection, addresses: addresses, self)
      listeners[connection]?.start(addresses: addresses, poller)
    case .closePool(let id, let end, let continuation):
      guard let pool = pools[id] else {
        continuation?.resume()
        return
      }
      pool.shutDown(by: end, continuation, self)
    case .openListener(let id, let plan):
      let listener = ListenerConnection(id: id, plan: plan, reactor: reactor)
      listeners[id] = listener
      listener.open(poller)
    case .closeListener(let id):
      listeners.removeValue(forKey: id)?.close(poller)
    case .stop(let continuation):
      if stopping == nil { stopping = continuation } else { continuation.resume() }
    }
  }

  /// Until the next alarm, in milliseconds for epoll; -1 without any.
  private func patience() -> Int32 {
    var alarm: ContinuousClock.Instant?
    for pool in pools.values {
      if let own = pool.alarm { alarm = min(alarm ?? own, own) }
    }
    for listener in listeners.values {
      if let own = listener.alarm { alarm = min(alarm ?? own, own) }
    }
    guard let next = alarm else { return -1 }
    let wait = ContinuousClock.now.duration(to: next)
    return wait <= .zero ? 0 : Int32(clamping: wait.milliseconds)
  }

  private func finish() {
    let last = reactor.closeInbox()
    for pool in pools.values { pool.abort(self) }
    for listener in listeners.values { listener.close(poller) }
    // What was posted meanwhile finds nothing any more, and is told so.
    pools = [:]
    listeners = [:]
    for command in last { obey(command) }
    for pool in pools.values { pool.abort(self) }
    for listener in listeners.values { listener.close(poller) }
    stopping?.resume()
  }
}

/// What a pool may ask of the loop.
extension ReactorLoop {
  /// Makes a connection; `start` follows, at once or after a look-up.
  func open(_ id: ConnectionID, for pool: PoolCore) -> Connection {
    owners[id] = pool
    let reactor = reactor
    let connection = Connection(id: id, configuration: pool.configuration) { token in
      BlockingCalls.shared.submit {
        // A failed request is like one that came too late: the alarm of the connection decides.
        _ = token.cancel()
        reactor.post(.cancelReturned(id))
      }
    }
    return connection
  }

  /// Looks the host's name up on another thread; `resolved` follows.
  func resolve(_ host: String, for id: ConnectionID) { reactor.resolve(host, for: id) }

  func newConnectionID() -> ConnectionID { reactor.nextID() }

  func start(_ connection: Connection, addresses: [String], _ pool: PoolCore) -> Connection.Event {
    connection.start(addresses: addresses, poller: poller, logger: pool.logger)
  }

  func handle(_ connection: Connection) -> Connection.Event {
    connection.handle(poller, registry: &registry)
  }

  func run(_ trip: Trip, on connection: Connection) -> Connection.Event {
    connection.run(trip, poller, registry: &registry)
  }

  func cancelReturned(_ connection: Connection) -> Connection.Event {
    connection.cancelReturned(poller, registry: &registry)
  }

  func close(_ connection: Connection) {
    connection.close(poller)
    owners[connection.id] = nil
  }

  /// A pool is closed and empty.
  func forget(_ pool: PoolCore) { pools = pools.filter { $0.value !== pool } }
}

extension PostgresReactor {
  func resolve(_ host: String, for id: ConnectionID) {
    BlockingCalls.shared.submit { [self] in
      post(.resolved(id, addresses: HostLookup.addresses(of: host)))
    }
  }
}
