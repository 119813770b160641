import Logging
import RPC
import RPCLifecycle
import ServiceLifecycle
import TestSupport
import Testing

@Suite("A server in a service group")
struct ServiceTests {
  private static let method = MethodDescriptor(
    service: ServiceDescriptor(fullyQualifiedService: "test.Slow"), method: "Wait", kind: .unary)

  @Test("finishes the calls that run when the group shuts down, and ends")
  func drain() async throws {
    let (started, start) = AsyncStream<Void>.makeStream()
    let (released, release) = AsyncStream<Void>.makeStream()
    let slow = RegisteredMethod(
      descriptor: Self.method,
      handler: .unary { request, _ in
        start.yield()
        for await _ in released { break }
        return UnaryReply(message: request)
      })
    let server = RPCServer(
      configuration: ServerConfiguration(address: "127.0.0.1:0"), methods: [slow])
    let port = try server.start()
    let group = ServiceGroup(
      services: [server],
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    async let run: Void = group.run()
    let client = RPCClient(configuration: ClientConfiguration(target: "127.0.0.1:\(port)"))
    async let call = client.unary(path: Self.method.path, MessageBytes([1]))
    for await _ in started { break }
    #expect(server.isRunning)
    await group.triggerGracefulShutdown()
    while server.isRunning { await Task.yield() }
    release.yield()
    let answer = try await call
    #expect(answer.count == 1)
    try await run
    #expect(server.runningCalls == 0)
  }

  @Test("is started by the group, and says where it cannot be")
  func start() async throws {
    let first = RPCServer(
      configuration: ServerConfiguration(address: "127.0.0.1:0"), methods: [])
    let port = try first.start()
    let second = RPCServer(
      configuration: ServerConfiguration(address: "127.0.0.1:\(port)"), methods: [])
    await #expect(throws: (any Error).self) { try await second.run() }
    let third = RPCServer(
      configuration: ServerConfiguration(address: "127.0.0.1:0"), methods: [])
    let task = Task { try await third.run() }
    while !third.isRunning { await Task.yield() }
    task.cancel()
    try await task.value
    #expect(!third.isRunning)
    await first.shutdown()
  }

  @Test("ends with a server that somebody else has stopped, and the group learns of it")
  func stoppedByItself() async throws {
    let server = RPCServer(
      configuration: ServerConfiguration(address: "127.0.0.1:0"), methods: [])
    let group = ServiceGroup(
      services: [server],
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let run = Task { try await group.run() }
    while !server.isRunning { await Task.yield() }
    server.beginShutdown()
    await #expect(throws: ServiceGroupError.self) { try await run.value }
  }
}
