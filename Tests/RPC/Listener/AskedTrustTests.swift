import GeneratedPeer
import RPC
import Synchronization
import TestSupport
import Testing

@Suite("A trust that is asked for")
struct AskedTrustTests {
  /// Gives trusts by name and counts how often it was asked.
  private final class Directory: Sendable {
    struct Down: Error {}
    let trusts = Mutex<[String: ClientTrust]>([:])
    let asked = Mutex<[String?]>([])
    let isDown = Atomic<Bool>(false)

    func trust(_ name: String?) throws -> ClientTrust? {
      asked.withLock { $0.append(name) }
      if isDown.load(ordering: .relaxed) { throw Down() }
      return trusts.withLock { $0[name ?? ""] }
    }
  }

  private let house: LabAuthority
  private let a: LabAuthority
  private let server: LabIdentity
  private let directory = Directory()

  init() throws {
    house = try LabAuthority("house")
    a = try LabAuthority("a")
    server = try house.server("a.test", "b.test")
  }

  private func credentials(lifetime: Duration, recheck: Duration) -> ServerCredentials {
    let directory = directory
    return ServerCredentials(
      certificateChainPEM: server.certificatePEM, privateKeyPEM: server.keyPEM, lifetime: lifetime,
      recheckInterval: recheck,
      trustFor: { name in
        await Task.yield()
        return try directory.trust(name)
      })
  }

  @Test("makes the handshake wait, holds for its lifetime, and is asked for once at a time")
  func waits() async throws {
    directory.trusts.withLock { $0["a.test"] = .init(rootsPEM: a.rootPEM) }
    let client = try a.client("one")
    try await withTLSDoor(
      credentials(lifetime: .seconds(600), recheck: .seconds(600)), serverRoot: house.rootPEM
    ) { door in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<8 { group.addTask { _ = try await door.call(client) } }
        try await group.waitForAll()
      }
      #expect(directory.asked.withLock { $0 } == ["a.test"])
    }
  }

  @Test("fails closed where nobody can say, and lets in as soon as somebody can")
  func down() async throws {
    directory.trusts.withLock { $0["a.test"] = .init(rootsPEM: a.rootPEM) }
    directory.isDown.store(true, ordering: .relaxed)
    let client = try a.client("one")
    try await withTLSDoor(
      credentials(lifetime: .milliseconds(1), recheck: .seconds(600)), serverRoot: house.rootPEM
    ) { door in
      await #expect(throws: RPCError.self) { try await door.call(client) }
      directory.isDown.store(false, ordering: .relaxed)
      let standing = door.client(client)
      _ = try await standing.getResident(.init())
      await #expect(throws: RPCError.self, "an unknown name") {
        try await door.call(client, name: "b.test")
      }
      directory.trusts.withLock { $0["b.test"] = .init(rootsPEM: a.rootPEM) }
      #expect(try await door.call(client, name: "b.test").hasSuffix("b.test"))
      directory.isDown.store(true, ordering: .relaxed)
      await #expect(throws: RPCError.self) { try await door.call(client) }
      // Who is in stays in: nobody has said anything against it.
      _ = try await standing.getResident(.init())
    }
  }

  @Test("is asked for again for connections that stand, and cuts off who lost it")
  func recheck() async throws {
    directory.trusts.withLock { $0["a.test"] = .init(rootsPEM: a.rootPEM) }
    let client = try a.client("one")
    try await withTLSDoor(
      credentials(lifetime: .seconds(600), recheck: .milliseconds(20)),
      serverRoot: house.rootPEM
    ) { door in
      let directoryClient = door.client(client)
      _ = try await directoryClient.getResident(.init())
      let list = try revocationList(of: a, revoking: [client.certificate])
      directory.trusts.withLock {
        $0["a.test"] = .init(rootsPEM: a.rootPEM, revocationListsPEM: list)
      }
      #expect(await eventually { door.server.connections.isEmpty })
      await #expect(throws: RPCError.self) { try await directoryClient.getResident(.init()) }
    }
  }

  @Test("is asked for at once where somebody says that it changed")
  func told() async throws {
    directory.trusts.withLock { $0["a.test"] = .init(rootsPEM: a.rootPEM) }
    let credentials = credentials(lifetime: .seconds(600), recheck: .seconds(600))
    let client = try a.client("one")
    try await withTLSDoor(credentials, serverRoot: house.rootPEM) { door in
      _ = try await door.client(client).getResident(.init())
      directory.trusts.withLock { $0["a.test"] = nil }
      credentials.update(clientTrust: nil, forServerName: "A.test")
      #expect(await eventually { door.server.connections.isEmpty })
    }
  }
}
