import RPC
import TestSupport
import Testing

@testable import Gateway

@Suite("The REST door: WebSockets")
struct WebSocketTests {
  /// Says each note again, with the name that the path has.
  static let talk = Files.serve(
    "Talk",
    .bidirectionalStreaming { source, sink, _ in
      while let message = try await source.next() {
        let (name, note) = (Files.text(1, message) ?? "-", Files.text(2, message) ?? "-")
        try await sink.write(Files.receipt(name, note: "\(note)!"), compressed: nil)
      }
      try await sink.write(Files.receipt("", note: "end"), compressed: nil)
      return [:]
    })

  static func failing(_ error: RPCError) -> RegisteredMethod {
    Files.serve(
      "Talk",
      .bidirectionalStreaming { source, _, _ in
        _ = try await source.next()
        throw error
      })
  }

  @Test("carry messages both ways, and end with 1000", .covers("T78"))
  func bothWays() async throws {
    try await Door.with([Self.talk], schema: Files.schema) { door throws in
      let client = try WebSocketClient(door, "/v1/talks/1")
      #expect(client.response.status == 101)
      #expect(client.response["sec-websocket-accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
      #expect(client.response["sec-websocket-protocol"] == nil)
      for note in ["a", "b", "ш"] {
        client.send(#"{"note":"\#(note)"}"#)
        let answer = try #require(try client.text())
        #expect(JSON(answer).value("note") == "\(note)!")
        #expect(JSON(answer).value("name") == "talks/1")
      }
      client.send("")
      #expect(JSON(try #require(try client.text())).value("note") == "end")
      let close = try #require(try client.frame())
      #expect(close.code == 1_000)
      #expect(try client.frame() == nil)
    }
  }

  @Test("take frames that come with the handshake, in parts, and between pings")
  func frames() async throws {
    try await Door.with([Self.talk], schema: Files.schema) { door throws in
      let early = WebSocketClient.bytes(1, Array(#"{"note":"#.utf8), isLast: false)
      let client = try WebSocketClient(door, "/v1/talks/1", early: early)
      client.raw.send(WebSocketClient.bytes(9, Array("hello".utf8)))
      #expect(try client.frame() == .init(opcode: 10, payload: Array("hello".utf8)))
      client.raw.send(WebSocketClient.bytes(0, Array(#""a"#.utf8), isLast: false))
      client.raw.send(WebSocketClient.bytes(0, [], isLast: false))
      client.raw.send(WebSocketClient.bytes(0, Array(#""}"#.utf8)))
      #expect(JSON(try #require(try client.text())).value("note") == "a!")
      let long = String(repeating: "x", count: 100_000)
      for byte in WebSocketClient.bytes(1, Array(#"{"note":"b"}"#.utf8)) { client.raw.send([byte]) }
      #expect(JSON(try #require(try client.text())).value("note") == "b!")
      client.send(#"{"note":"\#(long)"}"#)
      #expect(JSON(try #require(try client.text())).value("note") == long + "!")
    }
  }

  @Test("end with 4000 and the code, behind the error as a message", .covers("T78"))
  func failure() async throws {
    let error = RPCError(
      code: .permissionDenied, message: String(repeating: "нет", count: 100))
    try await Door.with([Self.failing(error)], schema: Files.schema) { door throws in
      let client = try WebSocketClient(door, "/v1/talks/1")
      client.send("{}")
      let text = try #require(try client.text())
      #expect(JSON(text).value("error", "status") == "PERMISSION_DENIED")
      #expect(JSON(text).value("error", "code") == "403")
      let close = try #require(try client.frame())
      #expect(close.code == 4_007)
      // A close frame has 125 bytes, and cuts no character.
      #expect(close.payload.count <= 125)
      #expect(error.message.hasPrefix(close.reason))
      #expect(try client.frame() == nil)
    }
  }

  @Test("refuse a message that the method does not take, with its number and field")
  func wrongMessage() async throws {
    try await Door.with([Self.talk], schema: Files.schema) { door throws in
      for wrong in [#"{"nots":1}"#, "[]", "{", #"{"name":"talks/2"}"#] {
        let client = try WebSocketClient(door, "/v1/talks/1")
        client.send(#"{"note":"a"}"#)
        _ = try client.text()
        client.send(wrong)
        let text = try #require(try client.text())
        #expect(JSON(text).value("error", "status") == "INVALID_ARGUMENT")
        #expect(
          JSON(text).value("error", "message")?.hasPrefix("message 2 of the stream: ") == true)
        #expect(try client.frame()?.code == 4_003)
      }
      let client = try WebSocketClient(door, "/v1/talks/1")
      client.raw.send(WebSocketClient.bytes(2, [1]))
      _ = try client.text()
      #expect(try client.frame()?.code == 4_003)
    }
  }

  @Test("answer the peer's close with its code, and cancel the handler", .covers("T67"))
  func peerCloses() async throws {
    for code: [UInt8] in [[3, 232], [0x0F, 0xA1], []] {
      let cancelled = Signal()
      let method = Files.serve(
        "Talk",
        .bidirectionalStreaming { source, _, _ in
          do {
            while try await source.next() != nil {}
          } catch {
            #expect((error as? RPCError)?.code == .cancelled)
            cancelled.happen()
          }
          return [:]
        })
      try await Door.with([method], schema: Files.schema) { door throws in
        let client = try WebSocketClient(door, "/v1/talks/1")
        client.raw.send(WebSocketClient.bytes(8, code))
        let close = try #require(try client.frame())
        #expect(close.payload == (code.isEmpty ? [3, 232] : code))
        await cancelled.wait()
        #expect(try client.frame() == nil)
      }
    }
  }

  @Test("leave a handler's reader behind when the handler has failed")
  func cancelledReader() async throws {
    let method = Files.serve(
      "Talk",
      .bidirectionalStreaming { source, _, _ in
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask { while try await source.next() != nil {} }
          group.addTask { throw RPCError(code: .dataLoss, message: "lost") }
          // Its error cancels the reader, for whose end the group waits.
          while try await group.next() != nil {}
        }
        return [:]
      })
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try WebSocketClient(door, "/v1/talks/1")
      #expect(JSON(try #require(try client.text())).value("error", "status") == "DATA_LOSS")
      #expect(try client.frame()?.code == 4_015)
    }
  }

  @Test("cancel the handler where the peer goes without a word", .covers("T67"))
  func peerGoes() async throws {
    let begun = Signal()
    let cancelled = Signal()
    let method = Files.serve(
      "Talk",
      .bidirectionalStreaming { _, _, _ in
        begun.happen()
        do { try await Task.sleep(for: .seconds(600)) } catch { cancelled.happen() }
        return [:]
      })
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try WebSocketClient(door, "/v1/talks/1")
      await begun.wait()
      client.raw.disconnect()
      await cancelled.wait()
    }
  }

  @Test("hold a handler whose peer does not read")
  func slowReader() async throws {
    let sent = Shared(0)
    let note = String(repeating: "x", count: 60_000)
    let method = Files.serve(
      "Talk",
      .bidirectionalStreaming { source, sink, _ in
        guard try await source.next() != nil else { return [:] }
        for _ in 0..<1_000 {
          try await sink.write(Files.receipt("", note: note), compressed: nil)
          sent.value += 1
        }
        return [:]
      })
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try WebSocketClient(door, "/v1/talks/1")
      client.send("{}")
      #expect(JSON(try #require(try client.text())).value("note") == note)
      try Self.settle(sent, door)
      // What the sockets hold is some megabytes of 60.
      #expect(sent.value < 900)
      for _ in 1..<1_000 { #expect(try client.frame()?.payload.count ?? 0 > 60_000) }
      #expect(try client.frame()?.code == 1_000)
    }
  }

  @Test("end a handler that writes without a pause, when its peer goes", .covers("T67"))
  func lostWhileWriting() async throws {
    let sent = Shared(0)
    let ended = Signal()
    let note = String(repeating: "x", count: 60_000)
    let method = Files.serve(
      "Talk",
      .bidirectionalStreaming { _, sink, _ in
        do {
          while true {
            try await sink.write(Files.receipt("", note: note), compressed: nil)
            sent.value += 1
          }
        } catch { ended.happen() }
        return [:]
      })
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try WebSocketClient(door, "/v1/talks/1")
      try Self.settle(sent, door)
      client.raw.disconnect()
      await ended.wait()
    }
  }

  @Test("hold a peer whose handler does not read")
  func slowHandler() async throws {
    let go = Signal()
    let method = Files.serve(
      "Talk",
      .bidirectionalStreaming { source, sink, _ in
        await go.wait()
        var count = 0
        while try await source.next() != nil { count += 1 }
        try await sink.write(Files.receipt("", note: "\(count)"), compressed: nil)
        return [:]
      })
    try await Door.with([method], schema: Files.schema) { door throws in
      let sent = Shared(0)
      let sending = Task(executorPreference: ThreadExecutor()) {
        let client = try WebSocketClient(door, "/v1/talks/1")
        let note = String(repeating: "x", count: 60_000)
        for _ in 0..<400 {
          client.send(#"{"note":"\#(note)"}"#)
          sent.value += 1
        }
        client.send("")
        let text = try client.text() ?? ""
        return try (JSON(text).value("note"), client.frame()?.code)
      }
      try Self.settle(sent, door)
      // What the sockets hold is some megabytes of 24.
      #expect(sent.value < 390)
      go.happen()
      let (count, code) = try await sending.value
      #expect(count == "400")
      #expect(code == 1_000)
    }
  }

  /// Waits until a count stands still while the door serves others.
  private static func settle(_ count: Shared<Int>, _ door: Door) throws {
    var before = -1
    while before != count.value || before == 0 {
      before = count.value
      for _ in 0..<50 { _ = try door.exchange("GET", "/healthz") }
    }
  }

  @Test("carry streams in one direction, too")
  func oneDirection() async throws {
    let list = Files.download("List") { sink in
      for note in ["a", "b"] {
        try await sink.write(Files.receipt("r", note: note), compressed: nil)
      }
    }
    let download = Files.download { sink in
      try await sink.write(Files.body("image/png", [1, 2, 3]), compressed: nil)
    }
    try await Door.with(
      [list, download, MessageStreamTests.fill], schema: Files.schema
    ) { door throws in
      let reader = try WebSocketClient(door, "/v1/lists/1")
      #expect(JSON(try #require(try reader.text())).value("note") == "a")
      #expect(JSON(try #require(try reader.text())).value("note") == "b")
      #expect(try reader.frame()?.code == 1_000)
      let bytes = try WebSocketClient(door, "/v1/downloads/1")
      #expect(try bytes.frame() == .init(opcode: 2, payload: [1, 2, 3]))
      let writer = try WebSocketClient(door, "/v1/sets/1:fill")
      for note in ["a", "b"] { writer.send(#"{"note":"\#(note)"}"#) }
      writer.send("")
      #expect(JSON(try #require(try writer.text())).value("note") == "a,b")
      #expect(try writer.frame()?.code == 1_000)
      // The method takes no messages: the path has said all of it.
      #expect(try WebSocketClient(door, "/v1/lists/1?nots=1").response.status == 400)
    }
  }

  @Test("end at the caller's deadline, and when the door closes")
  func ends() async throws {
    let method = Files.serve(
      "Talk",
      .bidirectionalStreaming { source, _, _ in
        _ = try await source.next()
        return [:]
      })
    try await Door.with([method], schema: Files.schema) { door throws in
      let timed = try WebSocketClient(door, "/v1/talks/1", ["X-Server-Timeout: 0.05"])
      #expect(JSON(try #require(try timed.text())).value("error", "code") == "504")
      #expect(try timed.frame()?.code == 4_004)
      let open = try WebSocketClient(door, "/v1/talks/1")
      // Not on this thread, which waits for the socket.
      let stopping = Task.detached { await door.gateway.stop() }
      #expect(JSON(try #require(try open.text())).value("error", "status") == "UNAVAILABLE")
      #expect(try open.frame()?.code == 1_001)
      open.raw.disconnect()
      await stopping.value
    }
  }
}
