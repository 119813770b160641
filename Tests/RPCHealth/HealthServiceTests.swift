import GeneratedHealth
import RPC
import RPCHealth
import RPCTestSupport
import TestSupport
import Testing

@Suite("The health service")
struct HealthServiceTests {
  private func expect(
    _ health: Grpc_Health_V1_Health.Client, _ service: String,
    _ expected: HealthStore.ServingStatus,
    at location: SourceLocation = #_sourceLocation
  ) async throws {
    let status = try await health.check(.with { $0.service = service }).status
    #expect(status == expected, sourceLocation: location)
  }

  private func withHealth(
    _ store: HealthStore,
    _ body: (Grpc_Health_V1_Health.Client, RPCServer) async throws -> Void
  ) async throws {
    try await withServices([HealthService(store: store)]) { client, server, _ in
      try await body(Grpc_Health_V1_Health.Client(wrapping: client), server)
    }
  }

  // MARK: Check

  @Test("says that nothing serves before anybody said so")
  func before() async throws {
    try await withHealth(HealthStore(services: ["a.B"])) { health, _ in
      try await expect(health, "", .notServing)
      try await expect(health, "a.B", .notServing)
    }
  }

  @Test("tells a service's status, and the whole server's by no name")
  func check() async throws {
    let store = HealthStore(services: ["a.B"])
    store.set("a.B", .serving)
    store.set("a.C", .serving)
    try await withHealth(store) { health, _ in
      try await expect(health, "a.B", .serving)
      try await expect(health, "a.C", .serving)
      try await expect(health, "", .notServing)
      store.setAll(.serving)
      try await expect(health, "", .serving)
    }
  }

  @Test("does not find a service that is not known")
  func unknown() async throws {
    try await withHealth(HealthStore()) { health, _ in
      let error = await #expect(throws: RPCError.self) {
        try await health.check(.with { $0.service = "a.B" })
      }
      #expect(error?.code == .notFound)
    }
  }

  // MARK: List

  @Test("lists the status of everything that is known")
  func list() async throws {
    let store = HealthStore(services: ["a.B", "a.C"])
    store.set("a.B", .serving)
    try await withHealth(store) { health, _ in
      let statuses = try await health.list(Grpc_Health_V1_HealthListRequest()).statuses
      #expect(
        statuses.mapValues(\.status) == ["": .notServing, "a.B": .serving, "a.C": .notServing])
    }
  }

  @Test("lists a hundred services, and says so where there are more")
  func limit() async throws {
    let store = HealthStore(services: (1..<100).map { "a.S\($0)" })
    try await withHealth(store) { health, _ in
      let full = try await health.list(Grpc_Health_V1_HealthListRequest())
      #expect(full.statuses.count == 100)
      store.set("a.Last", .serving)
      let error = await #expect(throws: RPCError.self) {
        try await health.list(Grpc_Health_V1_HealthListRequest())
      }
      #expect(error?.code == .resourceExhausted)
    }
  }

  // MARK: Watch

  @Test("tells a watcher the status at once, and then each change")
  func watch() async throws {
    let store = HealthStore(services: ["a.B"])
    try await withHealth(store) { health, _ in
      let seen = try await health.watch(.with { $0.service = "a.B" }) { statuses in
        var seen: [HealthStore.ServingStatus] = []
        for try await status in statuses {
          seen.append(status.status)
          switch seen.count {
          case 1:
            store.set("a.C", .serving)
            store.set("a.B", .notServing)
            store.set("a.B", .serving)
          case 2: store.set("a.B", .unknown)
          default: return seen
          }
        }
        return seen
      }
      #expect(seen == [.notServing, .serving, .unknown])
    }
  }

  @Test("tells a watcher that a service is not known, until it is")
  func watchUnknown() async throws {
    let store = HealthStore()
    try await withHealth(store) { health, _ in
      let seen = try await health.watch(.with { $0.service = "a.B" }) { statuses in
        var seen: [HealthStore.ServingStatus] = []
        for try await status in statuses {
          seen.append(status.status)
          if seen.count == 2 { break }
          store.set("a.B", .serving)
        }
        return seen
      }
      #expect(seen == [.serviceUnknown, .serving])
    }
  }

  @Test("forgets a watcher who is gone")
  func gone() async throws {
    let store = HealthStore()
    try await withHealth(store) { health, _ in
      try await health.watch(Grpc_Health_V1_HealthCheckRequest()) { statuses in
        for try await _ in statuses { break }
      }
    }
    // The server has stopped, so the handler has too.
    #expect(store.watcherCount == 0)
  }

  @Test("refuses to watch a name that is too long")
  func longName() async throws {
    try await withHealth(HealthStore()) { health, _ in
      let error = await #expect(throws: RPCError.self) {
        try await health.watch(.with { $0.service = String(repeating: "a", count: 257) }) {
          statuses in
          for try await _ in statuses {}
        }
      }
      #expect(error?.code == .invalidArgument)
    }
  }

  // MARK: The end

  @Test("tells watchers of the end and lets them go, so that the server's end waits for none")
  func shutdown() async throws {
    let store = HealthStore()
    store.setAll(.serving)
    try await withHealth(store) { health, server in
      var seen: [HealthStore.ServingStatus] = []
      let error = await #expect(throws: RPCError.self) {
        try await health.watch(Grpc_Health_V1_HealthCheckRequest()) { statuses in
          for try await status in statuses {
            seen.append(status.status)
            store.shutdown()
          }
        }
      }
      #expect(error?.code == .unavailable)
      #expect(seen == [.serving, .notServing])
      // The caller may know of the end before the server has put the call away.
      while server.runningCalls > 0 { await Task.yield() }
    }
  }

  @Test("keeps to the end: nothing serves again, and a late watcher is told and let go")
  func afterShutdown() async throws {
    let store = HealthStore(services: ["a.B"])
    store.shutdown()
    store.setAll(.serving)
    store.set("a.C", .serving)
    #expect(store.status("a.B") == .notServing)
    #expect(store.status("a.C") == nil)
    try await withHealth(store) { health, _ in
      var seen: [HealthStore.ServingStatus] = []
      let error = await #expect(throws: RPCError.self) {
        try await health.watch(.with { $0.service = "a.B" }) { statuses in
          for try await status in statuses { seen.append(status.status) }
        }
      }
      #expect(error?.code == .unavailable)
      #expect(seen == [.notServing])
      #expect(store.watcherCount == 0)
    }
  }
}
