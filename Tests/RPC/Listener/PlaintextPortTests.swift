import GeneratedPeer
import Glibc
import RPC
import TestSupport
import Testing

@Suite("A port without TLS")
struct PlaintextPortTests {
  private func withPort(
    _ configure: (inout ServerConfiguration) -> Void = { _ in },
    _ body: (RPCServer, Int, RPCClient) async throws -> Void
  ) async throws {
    var configuration = ServerConfiguration(address: "127.0.0.1:0")
    configuration.gracePeriod = .seconds(2)
    configure(&configuration)
    var router = RPCRouter()
    router.register(
      TestDirectory(get: { _, context in .with { $0.name = context.peer.address } }))
    let server = RPCServer(configuration: configuration, methods: router.methods)
    let port = try server.start()
    try await body(
      server, port, RPCClient(configuration: ClientConfiguration(target: "127.0.0.1:\(port)")))
    await server.shutdown()
  }

  @Test("serves, and knows the caller's address")
  func address() async throws {
    try await withPort { server, _, client in
      let seen = try await Peer_V1_Directory.Client(wrapping: client)
        .getResident(Peer_V1_GetResidentRequest()).name
      #expect(seen.hasPrefix("ipv4:127.0.0.1:"))
      let connections = server.connections
      #expect(connections.map(\.address) == [seen])
      #expect(connections.first?.serverName == nil)
      #expect(connections.first?.certificatePEM == nil)
    }
  }

  @Test("answers a preface that comes in pieces")
  func pieces() async throws {
    try await withPort { _, port, _ in
      let socket = RawSocket.connected(to: port)
      for byte in http2Greeting {
        socket.send([byte])
        // So that the bytes come one by one.
        try await Task.sleep(for: .milliseconds(1))
      }
      #expect(await socket.next().count >= 9, "the server's settings")
    }
  }

  @Test("closes what does not speak HTTP/2", arguments: ["GET / HTTP/1.1\r\n\r\n", "PRI * HTTP/1"])
  func wrongPreface(text: String) async throws {
    try await withPort { server, port, _ in
      let socket = RawSocket.connected(to: port)
      socket.send(text)
      #expect(await socket.isClosed())
      #expect(server.listenerCounts.failedHandshakes == 1)
    }
  }

  @Test("closes who says nothing in time", arguments: ["", "PRI * HTTP/2.0\r\n"])
  func timeout(text: String) async throws {
    try await withPort({ $0.handshakeTimeout = .milliseconds(50) }) { server, port, _ in
      let socket = RawSocket.connected(to: port)
      socket.send(text)
      #expect(await socket.isClosed())
      #expect(server.listenerCounts.failedHandshakes == 1)
    }
  }

  @Test("does not wait for who leaves before the preface")
  func leaves() async throws {
    try await withPort { server, port, _ in
      do { RawSocket.connected(to: port).send("PRI") }
      #expect(await eventually { server.listenerCounts.failedHandshakes == 1 })
    }
  }

  @Test("refuses connections above its limit, and takes others when some have gone")
  func limit() async throws {
    try await withPort({ $0.maxConnections = 2 }) { server, port, client in
      var held = [RawSocket.connected(to: port), RawSocket.connected(to: port)]
      for socket in held {
        socket.send(http2Greeting)
        #expect(await socket.next().count >= 9)
      }
      #expect(await RawSocket.connected(to: port).isClosed())
      #expect(server.listenerCounts.refusedByLimit == 1)
      held.removeAll()
      #expect(await eventually { server.connections.isEmpty })
      _ = try await Peer_V1_Directory.Client(wrapping: client).getResident(.init())
    }
  }

  @Test("refuses connections of one address above its limit")
  func addressLimit() async throws {
    try await withPort({ $0.maxConnectionsPerAddress = 1 }) { server, port, _ in
      var held: RawSocket? = .connected(to: port)
      held?.send(http2Greeting)
      #expect(await held!.next().count >= 9)
      #expect(await RawSocket.connected(to: port).isClosed())
      #expect(server.listenerCounts.refusedByAddress == 1)
      held = nil
      #expect(await eventually { server.connections.isEmpty })
      let later = RawSocket.connected(to: port)
      later.send(http2Greeting)
      #expect(await later.next().count >= 9)
    }
  }

  @Test("ends one connection when asked, and leaves the others alone")
  func end() async throws {
    try await withPort { server, port, client in
      let other = RawSocket.connected(to: port)
      other.send(http2Greeting)
      #expect(await other.next().count >= 9)
      let directory = Peer_V1_Directory.Client(wrapping: client)
      let address = try await directory.getResident(.init()).name
      #expect(server.endConnections { $0.address == address } == 1)
      #expect(await eventually { server.connections.count == 1 })
      #expect(server.listenerCounts.ended == 1)
      #expect(!server.endConnection(.max))
      // The client comes again, as another; a call may still go out over what is closing.
      let cameAgain = await eventually {
        let options = CallOptions(timeout: .seconds(10), waitForReady: true)
        let again = try? await directory.getResident(.init(), options: options).name
        return again != nil && again != address
      }
      #expect(cameAgain)
      #expect(other.received() == nil)
    }
  }

  @Test("survives the end of the process's descriptors")
  func descriptors() async {
    await #expect(processExitsWith: .success) {
      var router = RPCRouter()
      router.register(TestDirectory())
      let server = RPCServer(
        configuration: ServerConfiguration(address: "127.0.0.1:0"), methods: router.methods)
      let port = try server.start()
      // What sleeping needs descriptors for, it takes now.
      try await Task.sleep(for: .milliseconds(1))
      let refused = (0..<3).map { _ in RawSocket.open() }
      var limit = rlimit(rlim_cur: 200, rlim_max: 200)
      setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      var files: [Int32] = []
      while case let file = open("/dev/null", O_RDONLY), file >= 0 { files.append(file) }
      try #require(errno == EMFILE)
      for socket in refused { socket.connect(to: port) }
      // Not by sleeping: libdispatch looks at its threads once a second, and ends a process in which
      // it cannot open a file for that.
      let limitOfWaiting = ContinuousClock.now + .seconds(10)
      while server.listenerCounts.refusedForDescriptors < 3, ContinuousClock.now < limitOfWaiting {
        sched_yield()
      }
      for file in files { close(file) }
      #expect(server.listenerCounts.refusedForDescriptors >= 3)
      for socket in refused { #expect(await socket.isClosed()) }
      let client = RPCClient(configuration: ClientConfiguration(target: "127.0.0.1:\(port)"))
      let resident = try await Peer_V1_Directory.Client(wrapping: client)
        .getResident(.with { $0.residentID = "again" })
      #expect(resident.residentID == "again")
      await server.shutdown()
    }
  }
}
