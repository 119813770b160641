import Gateway
import RPC
import SwiftProtobuf
import TestSupport
import Testing
import Transcoding

@Suite("The REST door: other contracts while it runs")
struct SwapTests {
  private static func show(_ note: String) -> RegisteredMethod {
    Files.serve("Show", .unary { _, _ in UnaryReply(message: Files.receipt("n", note: note)) })
  }

  /// The contract, with one template changed.
  private static func moved() throws -> Schema {
    var set = Files.set()
    for (index, method) in set.file[2].service[0].method.enumerated() where method.name == "Show" {
      set.file[2].service[0].method[index].options.Google_Api_http.get = "/v2/{name=notes/*}"
    }
    return try Schema(descriptorSet: try set.serializedBytes())
  }

  @Test("serves the new contract to the next request", .covers("T87"))
  func next() async throws {
    try await Door.with([Self.show("1")], schema: Files.schema) { door throws in
      let client = try door.connect()
      #expect(try client.exchange("GET", "/v1/notes/a").json("note") == "1")
      try await door.gateway.replace(schema: try Self.moved(), methods: [Self.show("2")])
      #expect(try client.exchange("GET", "/v1/notes/a").status == 404)
      #expect(try client.exchange("GET", "/v2/notes/a").json("note") == "2")
    }
  }

  @Test("ends what has begun with the contract that it began with", .covers("T87"))
  func running() async throws {
    let started = Signal()
    let end = Signal()
    let slow = Files.serve(
      "Show",
      .unary { _, _ in
        started.happen()
        await end.wait()
        return UnaryReply(message: Files.receipt("old"))
      })
    let more = Signal()
    let list = Files.download("List") { sink in
      try await sink.write(Files.receipt("a"))
      await more.wait()
      try await sink.write(Files.receipt("b"))
    }
    try await Door.with([slow, list], schema: Files.schema) { door throws in
      let stream = try door.connect()
      stream.send("GET", "/v1/lists/a")
      _ = try stream.head()
      _ = try stream.chunk()
      let unary = try door.connect()
      unary.send("GET", "/v1/notes/a")
      await started.wait()
      // Half a request has no contract yet.
      let half = try door.connect()
      half.send("GET /v2/notes/a HTT")
      _ = try door.exchange("GET", "/healthz")
      try await door.gateway.replace(schema: try Self.moved(), methods: [Self.show("new")])
      half.send("P/1.1\r\nHost: a\r\n\r\n")
      #expect(try half.response().json("note") == "new")
      end.happen()
      more.happen()
      #expect(try unary.response().json("name") == "old")
      #expect(try stream.textChunk()?.contains("\"b\"") == true)
      #expect(try stream.chunk() == nil)
      #expect(try stream.exchange("GET", "/v1/lists/a").status == 404)
    }
  }

  @Test("keeps the contract where another is not valid", .covers("T87"))
  func invalid() async throws {
    try await Door.with([Self.show("1")], schema: Files.schema) { door throws in
      let twice = [Self.show("2"), Self.show("3")]
      let error = await #expect(throws: GatewayError.self) {
        try await door.gateway.replace(schema: Files.schema, methods: twice)
      }
      #expect(error?.code == .badRoute)
      #expect(try door.exchange("GET", "/v1/notes/a").json("note") == "1")
    }
  }

  @Test("takes another contract before it starts")
  func beforeStart() async throws {
    let gateway = try Gateway(
      configuration: GatewayConfiguration(), schema: Files.schema, methods: [], logger: .quiet)
    try await gateway.replace(schema: Files.schema, methods: [Self.show("1")])
    let address = try await gateway.start()
    let client = try RawClient(port: address.port)
    #expect(try client.exchange("GET", "/v1/notes/a").json("note") == "1")
    await gateway.stop()
  }

  @Test("fails no request of 10,000 while contracts come and go", .covers("T87"))
  func underLoad() async throws {
    let moved = try Self.moved()
    try await Door.with(
      [Self.show("1")], schema: Files.schema, configure: { $0.eventLoopThreads = 2 }
    ) { door throws in
      let isOver = Shared(false)
      let swapping = Task {
        var count = 0
        while !isOver.value {
          count += 1
          try await door.gateway.replace(
            schema: count % 2 == 0 ? Files.schema : moved, methods: [Self.show("\(count)")])
        }
        return count
      }
      let wrong = Shared(0)
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<4 {
          group.addTask(executorPreference: ThreadExecutor()) {
            do {
              let client = try door.connect()
              for index in 0..<2_500 {
                let version = index % 2 + 1
                let response = try client.exchange("GET", "/v\(version)/notes/a")
                // The path may be that of the other contract at this moment.
                if response.status != 200 && response.status != 404 { wrong.value += 1 }
              }
            } catch {
              wrong.value += 1
            }
          }
        }
      }
      isOver.value = true
      #expect(try await swapping.value > 1)
      #expect(wrong.value == 0)
    }
  }
}
