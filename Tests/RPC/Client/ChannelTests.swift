import RPC
import Synchronization
import TestSupport
import Testing

@Suite("A client's channel")
struct ChannelTests {
  private static func named(_ name: String) -> RegisteredMethod {
    Raw.unary("Name") { _, _ in UnaryReply(message: MessageBytes(text: name)) }
  }

  @Test("spreads calls over the servers of its target, and goes on when one is gone")
  func roundRobin() async throws {
    let servers = ["a", "b"].map {
      RPCServer(
        configuration: ServerConfiguration(address: "127.0.0.1:0"), methods: [Self.named($0)])
    }
    let ports = try servers.map { try $0.start() }
    var configuration = ClientConfiguration(
      target: "ipv4:" + ports.map { "127.0.0.1:\($0)" }.joined(separator: ","))
    configuration.service.loadBalancing = .roundRobin
    let client = RPCClient(configuration: configuration)
    func name() async throws -> String {
      try await client.unary(
        path: Raw.path("Name"), MessageBytes(text: ""),
        options: CallOptions(timeout: .seconds(20), waitForReady: true)
      ).text
    }
    var seen: Set<String> = []
    while seen.count < 2 { seen.insert(try await name()) }
    await servers[0].shutdown()
    // The client may learn of the end only by a call that fails.
    var left: [String] = []
    while left.count < 10 { left.append((try? await name()) ?? "gone") }
    #expect(left.suffix(5) == ["b", "b", "b", "b", "b"])
    await servers[1].shutdown()
  }

  @Test("repeats a call as its configuration says, and no other")
  func retries() async throws {
    let attempts = Atomic<Int>(0)
    let flaky = Raw.unary("Flaky") { request, _ in
      let attempt = attempts.add(1, ordering: .relaxed).newValue
      guard attempt % 3 == 0 else {
        throw RPCError(
          code: request.text == "other" ? .aborted : .unavailable, message: "not yet")
      }
      return UnaryReply(message: MessageBytes(text: "\(attempt)"))
    }
    try await withMethods(
      [flaky],
      configureClient: {
        $0.service.methods = [
          .init(
            subject: .method(flaky.descriptor),
            retry: try .init(initialBackoff: .milliseconds(1), maxBackoff: .milliseconds(5)))
        ]
      }
    ) { client, _ in
      let answer = try await client.unary(path: Raw.path("Flaky"), MessageBytes(text: ""))
      #expect(answer.text == "3")
      let error = await #expect(throws: RPCError.self) {
        try await client.unary(path: Raw.path("Flaky"), MessageBytes(text: "other"))
      }
      #expect(error?.code == .aborted)
      #expect(attempts.load(ordering: .relaxed) == 4)
    }
  }

  @Test("ends calls at the timeout of their method's rule")
  func configuredTimeout() async throws {
    let method = Raw.unary("Slow") { _, _ in
      await untilCancelled()
      throw CancellationError()
    }
    try await withMethods(
      [method],
      configureClient: {
        $0.service.methods = [
          .init(subject: .service(Raw.service), timeout: .milliseconds(50))
        ]
      }
    ) { client, _ in
      let error = await #expect(throws: RPCError.self) {
        try await client.unary(path: Raw.path("Slow"), MessageBytes(text: ""))
      }
      #expect(error?.code == .deadlineExceeded)
    }
  }

  @Test("fails at once without a server, or waits for one")
  func readiness() async throws {
    let reserved = RPCServer(
      configuration: ServerConfiguration(address: "127.0.0.1:0"), methods: [])
    let port = try reserved.start()
    await reserved.shutdown()
    var configuration = ClientConfiguration(target: "127.0.0.1:\(port)")
    configuration.reconnect = (.milliseconds(50), .milliseconds(100))
    let client = RPCClient(configuration: configuration)
    let error = await #expect(throws: RPCError.self) {
      try await client.unary(path: Raw.path("Name"), MessageBytes(text: ""))
    }
    #expect(error?.code == .unavailable)
    async let waiting = client.unary(
      path: Raw.path("Name"), MessageBytes(text: ""),
      options: CallOptions(timeout: .seconds(30), waitForReady: true))
    let server = RPCServer(
      configuration: ServerConfiguration(address: "127.0.0.1:\(port)"),
      methods: [Self.named("late")])
    try server.start()
    let answer = try await waiting
    #expect(answer.text == "late")
    #expect(client.isConnected())
    await server.shutdown()
  }

  @Test(
    "reaches a server on a Unix socket",
    arguments: ["unix:/tmp/artel-test-", "unix-abstract:artel-test-"])
  func unixSocket(prefix: String) async throws {
    let address = prefix + String(UInt64.random(in: 0 ... .max), radix: 36)
    try await withMethods([Self.named("unix")], configure: { $0.address = address }) { client, _ in
      let answer = try await client.unary(path: Raw.path("Name"), MessageBytes(text: ""))
      #expect(answer.text == "unix")
    }
  }

  @Test("passes the deadline of the call that is served on to the calls that serve it")
  func inheritedDeadline() async throws {
    let deadlines = Mutex<[ContinuousClock.Instant?]>([])
    let inner = Raw.unary("Inner") { _, context in
      deadlines.withLock { $0.append(context.deadline) }
      return UnaryReply(message: MessageBytes(text: ""))
    }
    try await withMethods([inner]) { innerClient, _ in
      let outer = Raw.unary("Outer") { request, context in
        deadlines.withLock { $0.append(context.deadline) }
        return UnaryReply(
          message: try await innerClient.unary(
            path: Raw.path("Inner"), request, options: CallOptions(timeout: .seconds(500))))
      }
      try await withMethods([outer]) { client, _ in
        _ = try await client.unary(
          path: Raw.path("Outer"), MessageBytes(text: ""),
          options: CallOptions(timeout: .seconds(60)))
        let seen = deadlines.withLock { $0 }
        let (first, second) = (try #require(seen[0]), try #require(seen[1]))
        // A timeout travels with three digits, rounded up.
        #expect(second <= first + .seconds(1))
        #expect(second > .now + .seconds(30))
      }
    }
  }

  @Test("ends the calls that a cancelled call has made")
  func inheritedCancellation() async throws {
    let signal = Signal()
    let inner = Raw.unary("Inner") { _, _ in
      signal.send("started")
      await untilCancelled()
      signal.send("cancelled")
      throw CancellationError()
    }
    try await withMethods([inner]) { innerClient, _ in
      let outer = Raw.unary("Outer") { request, _ in
        UnaryReply(message: try await innerClient.unary(path: Raw.path("Inner"), request))
      }
      try await withMethods([outer]) { client, _ in
        let call = Task {
          try await client.unary(path: Raw.path("Outer"), MessageBytes(text: ""))
        }
        #expect(await signal.next() == "started")
        call.cancel()
        _ = await call.result
        #expect(await signal.next() == "cancelled")
      }
    }
  }

  @Test("refuses metadata that the wire cannot carry before it sends anything")
  func illegalMetadata() async throws {
    try await withMethods([Self.named("x")]) { client, _ in
      for metadata in [["grpc-timeout": "1S"], ["a b": "x"], ["a": "\n"]] as [Metadata] {
        let error = await #expect(throws: RPCError.self) {
          try await client.unary(
            path: Raw.path("Name"), MessageBytes(text: ""), metadata: metadata)
        }
        #expect(error?.code == .invalidArgument)
      }
    }
  }
}
