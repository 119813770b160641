import TestSupport
import Testing

@testable import RPC

@Suite("The life of a server")
struct ServerLifeTests {
  @Test("begins once, however many begin it")
  func once() {
    var life = ServerLife<Int>()
    #expect(life.begin() == true)
    #expect(life.begin() == false)
    #expect(life.began(1) == false)
    #expect(life.isRunning)
    #expect(life.begin() == false)
  }

  @Test("ends once, however many end it")
  func end() {
    var life = ServerLife<Int>()
    _ = life.begin()
    _ = life.began(7)
    guard case .of(7) = life.end() else { return #expect(Bool(false), "nothing to end") }
    #expect(!life.isRunning)
    guard case .elsewhere = life.end() else { return #expect(Bool(false), "ended twice") }
    #expect(life.begin() == false)
  }

  @Test("has ended at once where it never began, and does not begin then")
  func neverBegan() {
    var life = ServerLife<Int>()
    guard case .atOnce = life.end() else { return #expect(Bool(false), "it does not end") }
    #expect(life.begin() == false)
  }

  @Test("ends as soon as it has begun where its end was asked for meanwhile")
  func endWhileBeginning() {
    var life = ServerLife<Int>()
    #expect(life.begin() == true)
    for _ in 0..<2 {
      guard case .elsewhere = life.end() else { return #expect(Bool(false), "ended early") }
    }
    #expect(life.begin() == false)
    #expect(life.began(7) == true)
    guard case .of(7) = life.end() else { return #expect(Bool(false), "nothing to end") }
  }

  @Test("may begin again where it failed to, unless its end was asked for meanwhile")
  func failure() {
    var life = ServerLife<Int>()
    #expect(life.begin() == true)
    #expect(life.failed() == false)
    #expect(life.begin() == true)
    _ = life.end()
    #expect(life.failed() == true)
    #expect(life.begin() == false)
  }

  @Test("is one also where many start and stop a server at once", arguments: 0..<20)
  func race(round: Int) async throws {
    let server = RPCServer(
      configuration: ServerConfiguration(address: "127.0.0.1:0"), methods: [])
    let starts = await withTaskGroup(of: Bool.self) { group in
      for index in 0..<4 {
        group.addTask {
          // One of three starts, or none where the end came first.
          guard index == 3 else { return (try? server.start()) != nil }
          await server.shutdown()
          return false
        }
      }
      return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(starts <= 1)
    #expect(!server.isRunning)
    await server.shutdown()
    #expect(throws: ServerStartError.self) { try server.start() }
  }

  @Test("begins at the second try where the address was taken at the first")
  func secondTry() async throws {
    let other = RPCServer(
      configuration: ServerConfiguration(address: "127.0.0.1:0"), methods: [])
    let port = try other.start()
    let server = RPCServer(
      configuration: ServerConfiguration(address: "127.0.0.1:\(port)"), methods: [])
    #expect(throws: ServerStartError.self) { try server.start() }
    await other.shutdown()
    let again = try server.start()
    #expect(again == port)
    await server.shutdown()
  }

  @Test("is waited for by who may stop waiting")
  func waiting() async throws {
    let server = RPCServer(
      configuration: ServerConfiguration(address: "127.0.0.1:0"), methods: [])
    try server.start()
    let waiting = Task { await server.waitUntilShutdown() }
    waiting.cancel()
    await waiting.value
    #expect(server.isRunning)
    async let end: Void = server.waitUntilShutdown()
    server.beginShutdown()
    await end
    await server.waitUntilShutdown()
  }

  @Test("has any grace: a very long one is no limit, and a negative one is none")
  func grace() async throws {
    for grace: Duration in [.seconds(Int64.max) * 2, .seconds(Int64.min) * 2] {
      let (started, go) = (Signal(), Signal())
      let method = Raw.unary("Wait") { request, _ in
        started.send("started")
        _ = await go.next()
        return UnaryReply(message: request)
      }
      try await withMethods([method], configure: { $0.gracePeriod = grace }) { client, server in
        let call = Task {
          try await client.unary(path: Raw.path("Wait"), MessageBytes(text: "whole"))
        }
        #expect(await started.next() == "started")
        server.beginShutdown()
        if grace > .zero {
          go.send("go")
          let answer = try await call.value
          #expect(answer.text == "whole")
        } else {
          await #expect(throws: RPCError.self) { try await call.value }
          go.send("go")
        }
      }
    }
  }
}

@Suite("A gate")
struct GateTests {
  @Test("lets everyone through once it is open")
  func open() async {
    let gate = Gate()
    async let first: Void = gate.wait()
    async let second: Void = gate.waitUnlessCancelled()
    gate.open()
    await first
    await second
    await gate.wait()
  }

  @Test("lets those go who are cancelled and may go, and holds the others")
  func cancelled() async {
    let gate = Gate()
    let order = Signal()
    let held = Task {
      await gate.wait()
      order.send("held")
    }
    let free = Task { await gate.waitUnlessCancelled() }
    held.cancel()
    free.cancel()
    await free.value
    order.send("free")
    gate.open()
    await held.value
    #expect(await order.next() == "free")
    #expect(await order.next() == "held")
  }
}
