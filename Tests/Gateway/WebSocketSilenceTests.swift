import RPC
import TestSupport
import Testing

@testable import Gateway

@Suite("The REST door: WebSockets whose peers are slow or silent")
struct WebSocketSilenceTests {
  @Test("ask a silent peer whether it is there, and leave one that says nothing")
  func silence() async throws {
    try await Door.with(
      [WebSocketTests.talk], schema: Files.schema,
      configure: { $0.heartbeatInterval = .milliseconds(50) }
    ) { door throws in
      let client = try WebSocketClient(door, "/v1/talks/1")
      for _ in 0..<3 {
        #expect(try client.frame()?.opcode == 9)
        client.raw.send(WebSocketClient.bytes(10, []))
      }
      while let frame = try client.frame() { #expect(frame.opcode == 9) }
    }
  }

  @Test("wait for a great message that comes slowly, and can answer no ping meanwhile")
  func slowMessage() async throws {
    try await Door.with(
      [WebSocketTests.talk], schema: Files.schema,
      configure: { $0.heartbeatInterval = .milliseconds(300) }
    ) { door throws in
      let client = try WebSocketClient(door, "/v1/talks/1")
      let note = String(repeating: "x", count: 60_000)
      var rest = WebSocketClient.bytes(1, Array(#"{"note":"\#(note)"}"#.utf8))[...]
      for _ in 0..<4 {
        client.raw.send(Array(rest.prefix(2_000)))
        rest = rest.dropFirst(2_000)
        #expect(try client.frame()?.opcode == 9)
      }
      client.raw.send(Array(rest))
      #expect(JSON(try #require(try client.text())).value("note") == note + "!")
    }
  }

  @Test("leave it to the connection to watch a peer that does not read")
  func slowReaderLives() async throws {
    let method = Files.serve(
      "Talk",
      .bidirectionalStreaming { source, sink, _ in
        guard case .some(let first) = try await source.next() else { return [:] }
        let note = Files.text(2, first) ?? ""
        for _ in 0..<(note == "much" ? 500 : 0) {
          let more = Files.receipt("", note: String(repeating: "x", count: 60_000))
          try await sink.write(more, compressed: nil)
        }
        while try await source.next() != nil {}
        return [:]
      })
    try await Door.with(
      [method], schema: Files.schema, configure: { $0.heartbeatInterval = .milliseconds(200) }
    ) { door throws in
      let slow = try WebSocketClient(door, "/v1/talks/1")
      slow.send(#"{"note":"much"}"#)
      let beside = try WebSocketClient(door, "/v1/talks/1")
      for _ in 0..<5 {
        #expect(try beside.frame()?.opcode == 9)
        beside.raw.send(WebSocketClient.bytes(10, []))
      }
      slow.send("")
      var (messages, last) = (0, WebSocketClient.Frame(opcode: 0, payload: []))
      while let frame = try slow.frame() {
        if frame.opcode == 1 { messages += 1 }
        last = frame
      }
      #expect(messages == 500)
      #expect(last.code == 1_000)
    }
  }
}
