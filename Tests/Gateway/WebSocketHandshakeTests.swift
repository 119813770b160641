import RPC
import TestSupport
import Testing

@testable import Gateway

@Suite("The REST door: opening a WebSocket")
struct WebSocketHandshakeTests {
  /// Answers with what it sees of its caller.
  static let whoami = Files.serve(
    "Talk",
    .bidirectionalStreaming { _, sink, context in
      let keys = context.metadata.map(\.key).filter { $0.hasPrefix("sec-") }
      try await sink.write(
        Files.receipt(
          context.metadata.first("authorization") ?? "-", note: keys.joined(separator: ",")),
        compressed: nil)
      return [:]
    })

  @Test("takes a token as a subprotocol, and tells nobody")
  func token() async throws {
    try await Door.with([Self.whoami], schema: Files.schema) { door throws in
      let client = try WebSocketClient(
        door, "/v1/talks/1", ["Sec-WebSocket-Protocol: artel, artel.bearer.aB.c-_"])
      #expect(client.response.status == 101)
      #expect(client.response["sec-websocket-protocol"] == "artel")
      let answer = JSON(try #require(try client.text()))
      #expect(answer.value("name") == "Bearer aB.c-_")
      #expect(answer.value("note") ?? "" == "")
      let header = try WebSocketClient(door, "/v1/talks/1", ["Authorization: Bearer x"])
      #expect(JSON(try #require(try header.text())).value("name") == "Bearer x")
    }
  }

  @Test(
    "refuses what is no handshake",
    arguments: [
      (["Sec-WebSocket-Protocol: artel.bearer.a"], [String](), 400),
      (["Sec-WebSocket-Protocol: artel, artel.bearer.a, artel.bearer.b"], [], 400),
      (["Sec-WebSocket-Protocol: artel, artel.bearer.a", "Authorization: Bearer b"], [], 400),
      (["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="], [], 400),
      ([], ["Sec-WebSocket-Key"], 400),
      (["Sec-WebSocket-Key: short"], ["Sec-WebSocket-Key"], 400),
      (["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ!="], ["Sec-WebSocket-Key"], 400),
      (["Sec-WebSocket-Version: 8"], ["Sec-WebSocket-Version"], 426),
      ([], ["Sec-WebSocket-Version"], 426),
      ([], ["Connection"], 400),
      (["Content-Length: 2"], [], 400),
      (["Origin: https://evil.example"], [], 403),
      (["Origin: null"], [], 403),
      (["grpc-timeout: soon"], [], 400),
    ])
  func refused(fields: [String], without: [String], status: Int) async throws {
    try await Door.with([Self.whoami], schema: Files.schema) { door throws in
      let early = fields.contains("Content-Length: 2") ? Array("{}".utf8) : []
      let client = try WebSocketClient(
        door, "/v1/talks/1", fields, without: without, early: early)
      #expect(client.response.status == status)
      #expect((client.response["sec-websocket-version"] == "13") == (status == 426))
    }
  }

  @Test("admits pages of its own and of the origins that are set", .covers("T68"))
  func origins() async throws {
    let cors = try CORS(origins: ["https://app.example"])
    try await Door.with([Self.whoami], schema: Files.schema) { door throws in
      #expect(try WebSocketClient(door, "/v1/talks/1", ["Origin: http://a"]).response.status == 101)
    }
    try await Door.with(
      [Self.whoami], schema: Files.schema, configure: { $0.cors = cors }
    ) { door throws in
      for (origin, status) in [
        ("https://app.example", 101), ("https://app.example.evil", 403), ("null", 403),
        // A page of the door's own needs nobody's leave, as for requests.
        ("http://a", 101), ("https://a.evil", 403),
      ] {
        #expect(
          try WebSocketClient(door, "/v1/talks/1", ["Origin: \(origin)"]).response.status == status)
      }
    }
  }

  @Test("leaves other paths and other protocols to requests")
  func others() async throws {
    let show = Files.serve("Show", .unary { _, _ in UnaryReply(message: Files.receipt("r")) })
    try await Door.with([Self.whoami, show], schema: Files.schema) { door throws in
      #expect(try WebSocketClient(door, "/v1/notes/1").response.status == 200)
      #expect(try WebSocketClient(door, "/v1/nothing").response.status == 404)
      let other = try WebSocketClient(door, "/v1/talks/1", ["Upgrade: h2c"], without: ["Upgrade"])
      #expect(other.response.status == 426)
    }
  }
}
