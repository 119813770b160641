import RPC
import Synchronization

/// Callers, and who gets in their way.
final class Soak: Sendable {
  private static let callers = 12

  let tally = Tally()
  private let doors: [Door]
  private let clients = Mutex<[RPCClient]>([])
  private let servers = Mutex<[RPCServer]>([])

  init(doors: [Door]) { self.doors = doors }

  /// Runs for a while; everything is over when it returns.
  func run(for duration: Duration) async throws {
    let end = ContinuousClock.now + duration
    let methods = Handlers(tally: tally).methods
    for door in doors {
      let server = try await door.open(methods)
      servers.withLock { $0.append(server) }
    }
    clients.withLock { clients in
      clients = (0..<(2 * doors.count)).map { doors[$0 % doors.count].makeClient() }
    }
    try await withThrowingTaskGroup { group in
      for _ in 0..<Self.callers {
        group.addTask { await self.call(until: end) }
      }
      group.addTask { try await self.disturb(until: end, methods) }
      try await group.waitForAll()
    }
    clients.withLock { $0 = [] }
    for server in servers.withLock({ $0 }) { await stop(server) }
    servers.withLock { $0 = [] }
  }

  private func call(until end: ContinuousClock.Instant) async {
    while ContinuousClock.now < end {
      guard let client = clients.withLock({ $0.randomElement() }) else { return }
      await Caller(client: client, tally: tally).call()
    }
  }

  private func disturb(until end: ContinuousClock.Instant, _ methods: [RegisteredMethod])
    async throws
  {
    while ContinuousClock.now < end {
      try await Task.sleep(for: .milliseconds(Int.random(in: 10...100)))
      switch Int.random(in: 0..<8) {
      case 0: try await restart(Int.random(in: 0..<doors.count), methods)
      case 1, 2: endConnections()
      case 3, 4: tally.connectionsBroken.count(Sockets.shutDownSome())
      default: replaceClient()
      }
    }
  }

  /// Drains a server under load, and opens the door again.
  private func restart(_ index: Int, _ methods: [RegisteredMethod]) async throws {
    await stop(servers.withLock { $0[index] })
    tally.serversDrained.count()
    let server = try await doors[index].open(methods)
    servers.withLock { $0[index] = server }
  }

  private func stop(_ server: RPCServer) async {
    await server.shutdown()
    tally.callsLeft.count(server.runningCalls)
  }

  /// Ends connections as an operator does.
  private func endConnections() {
    for server in servers.withLock({ $0 }) {
      tally.connectionsBroken.count(server.endConnections { _ in Bool.random() })
    }
  }

  /// Drops a client; those of its calls that run are the last who hold it.
  private func replaceClient() {
    let fresh = Int.random(in: 0..<(2 * doors.count))
    let client = doors[fresh % doors.count].makeClient()
    let dropped = clients.withLock { clients -> RPCClient in
      let dropped = clients[fresh]
      clients[fresh] = client
      return dropped
    }
    tally.clientsDropped.count()
    withExtendedLifetime(dropped) {}
  }
}
