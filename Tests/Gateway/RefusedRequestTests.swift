import Gateway
import RPC
import TestSupport
import Testing

@Suite("The REST door: requests that break before they come to their method")
struct RefusedRequestTests {
  /// One way in which a request is none.
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// The method that is told with it; empty where there is none.
    var method: String
    var code: RPCError.Code
    var bytes: [UInt8]
    /// The caller goes behind its bytes, instead of waiting for the answer.
    var goes = false
    /// Its head, with the credential, could be read.
    var hasHead = true

    init(
      _ name: String, _ method: String, _ code: RPCError.Code, _ head: [String],
      _ body: [UInt8] = [], goes: Bool = false, hasHead: Bool = true
    ) {
      testDescription = name
      self.method = method
      self.code = code
      let lines = [head[0], "Host: a", "Authorization: Bearer stolen"] + head.dropFirst()
      bytes = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
      self.goes = goes
      self.hasHead = hasHead
    }
  }

  static let limit = 1_000
  private static let chunked = "Transfer-Encoding: chunked"
  private static let json = "Content-Type: application/json"

  private static func length(_ count: Int) -> String { "Content-Length: \(count)" }

  private static func write(
    _ name: String, _ code: RPCError.Code, _ fields: [String], _ body: String = "",
    goes: Bool = false
  ) -> Case {
    Case(
      name, "Write", code, ["POST /v1/notes HTTP/1.1", json] + fields, Array(body.utf8), goes: goes)
  }

  /// A call at a method's own path.
  private static func call(
    _ name: String, _ method: String, _ code: RPCError.Code, _ type: String, _ body: [UInt8],
    _ fields: [String] = [], goes: Bool = false
  ) -> Case {
    Case(
      name, method, code,
      [
        "POST /test.v1.Files/\(method.isEmpty ? "None" : method) HTTP/1.1",
        "Content-Type: application/\(type)", length(goes ? body.count + 9 : body.count),
      ] + fields, body, goes: goes)
  }

  private static func envelope(_ bytes: [UInt8], flags: UInt8 = 0) -> [UInt8] {
    [flags] + FrameClient.bytes(UInt32(bytes.count)) + bytes
  }

  static let cases: [Case] = [
    Case("no HTTP", "", .invalidArgument, ["NONSENSE"], hasHead: false),
    Case("another HTTP", "", .invalidArgument, ["GET / HTTP/3.7"], hasHead: false),
    Case(
      "a great head", "", .resourceExhausted,
      ["GET /v1/notes/1 HTTP/1.1", "X-Much: " + String(repeating: "a", count: 70_000)],
      hasHead: false),
    write("a great body, announced", .resourceExhausted, [length(5_000)]),
    write(
      "a great body, announced to be asked for", .resourceExhausted,
      [length(5_000), "Expect: 100-continue"]),
    write(
      "a great body in chunks", .resourceExhausted, [chunked],
      "800\r\n" + String(repeating: " ", count: 2_048) + "\r\n"),
    write("chunks that are none", .invalidArgument, [chunked], "x\r\n"),
    write("a broken chunk's end", .invalidArgument, [chunked], "1\r\n{}\r\n"),
    write(
      "a body that is no gzip", .invalidArgument, [length(4), "Content-Encoding: gzip"], "abcd"),
    write(
      "a coding that nobody knows", .invalidArgument, [length(2), "Content-Encoding: x"], "{}"),
    write("a body that is no JSON", .invalidArgument, [length(4)], "{{{{"),
    write("half a body, and an end", .cancelled, [length(40)], "{", goes: true),
    write("no time left", .deadlineExceeded, [length(2), "X-Server-Timeout: 0"], "{}"),
    call("gRPC-Web's flags", "Write", .invalidArgument, "grpc-web", envelope([], flags: 9)),
    call("gRPC-Web in half", "Write", .invalidArgument, "grpc-web", [0, 0, 0, 0, 9, 1]),
    call("gRPC-Web without a message", "Write", .unimplemented, "grpc-web", []),
    call(
      "gRPC-Web with two messages", "Write", .unimplemented, "grpc-web", envelope([]) + envelope([])
    ),
    call(
      "gRPC-Web with a great message", "Write", .resourceExhausted, "grpc-web",
      [0] + FrameClient.bytes(5_000)),
    call(
      "gRPC-Web compressed as nobody says", "Write", .internalError, "grpc-web",
      envelope([1], flags: 1)),
    call(
      "gRPC-Web that is no gzip", "Write", .invalidArgument, "grpc-web", envelope([1], flags: 1),
      ["grpc-encoding: gzip"]),
    call(
      "gRPC-Web in a coding that nobody knows", "Write", .unimplemented, "grpc-web", envelope([]),
      ["grpc-encoding: snappy"]),
    call("gRPC-Web that is no base64", "Write", .invalidArgument, "grpc-web-text", [1, 2, 3, 4]),
    call("gRPC-Web of a stream in half", "Scan", .invalidArgument, "grpc-web", [0, 0, 0, 0, 9, 1]),
    call("gRPC-Web of no method", "", .unimplemented, "grpc-web", envelope([])),
    call("gRPC-Web that breaks off", "Write", .cancelled, "grpc-web", [0, 0], goes: true),
    call("Connect that is no JSON", "Write", .invalidArgument, "json", Array("{{".utf8)),
    call("Connect of no field", "Write", .invalidArgument, "json", Array(#"{"a":1}"#.utf8)),
    call(
      "Connect of another version", "Write", .invalidArgument, "json", Array("{}".utf8),
      ["connect-protocol-version: 2"]),
    call(
      "Connect without time", "Write", .deadlineExceeded, "json", Array("{}".utf8),
      ["connect-timeout-ms: 0"]),
    call("Connect that breaks off", "Write", .cancelled, "json", Array("{".utf8), goes: true),
    Case(
      "a WebSocket that is none", "", .invalidArgument,
      ["GET /v1/talks/1 HTTP/1.1", "Connection: upgrade", "Upgrade: websocket"]),
    Case(
      "a WebSocket of no field", "Talk", .invalidArgument,
      socket("GET /v1/talks/1?nothing=1 HTTP/1.1")),
    Case(
      "a WebSocket without time", "Talk", .deadlineExceeded,
      socket("GET /v1/talks/1 HTTP/1.1") + ["X-Server-Timeout: 0"]),
    Case(
      "a frame that is none", "Scan", .invalidArgument, socket("GET /v1/scans HTTP/1.1"),
      WebSocketClient.bytes(3, [])),
    Case(
      "a frame of nothing", "Scan", .invalidArgument, socket("GET /v1/scans HTTP/1.1"),
      WebSocketClient.bytes(0, [])),
    Case(
      "a great frame", "Scan", .resourceExhausted, socket("GET /v1/scans HTTP/1.1"),
      WebSocketClient.bytes(1, [UInt8](repeating: 32, count: 5_000))),
    Case(
      "a frame that is no JSON", "Scan", .invalidArgument, socket("GET /v1/scans HTTP/1.1"),
      WebSocketClient.bytes(1, Array("{{".utf8))),
    Case(
      "a frame in half", "Scan", .cancelled, socket("GET /v1/scans HTTP/1.1"),
      WebSocketClient.bytes(1, Array("{}".utf8), isLast: false), goes: true),
    Case(
      "a WebSocket that ends without a message", "Scan", .cancelled,
      socket("GET /v1/scans HTTP/1.1"), WebSocketClient.bytes(8, [])),
  ]

  private static func socket(_ line: String) -> [String] {
    [
      line, "Connection: upgrade", "Upgrade: websocket",
      "Sec-WebSocket-Key: \(WebSocketClient.key)", "Sec-WebSocket-Version: 13",
    ]
  }

  /// Methods that no request of these tests comes to.
  static var methods: [RegisteredMethod] {
    [
      Files.serve(
        "Write",
        .unary { message, _ in
          Issue.record("the method is asked")
          return UnaryReply(message: message)
        }),
      Files.serve(
        "Scan",
        .serverStreaming { _, _, _ in
          Issue.record("the method is asked")
          return [:]
        }),
      WebSocketTests.talk,
    ]
  }

  @Test("are told once each, with method, credential and reason", .covers("S-H6"), arguments: cases)
  func broken(_ request: Case) async throws {
    let refused = Refused()
    try await Door.with(
      Self.methods, schema: Files.schema,
      configure: {
        $0.maxBodyBytes = Self.limit
        $0.refused = { refused.add($0) }
      }
    ) { door throws in
      let client = try door.connect()
      client.send(request.bytes)
      if request.goes { client.disconnect() } else { _ = try client.head() }
      let call = try #require(try await refused.first())
      #expect(call.method == (request.method.isEmpty ? "" : "/test.v1.Files/\(request.method)"))
      #expect(call.error.code == request.code, "\(call.error.message)")
      #expect(!call.error.message.isEmpty)
      #expect(call.peer.door == .rest && call.peer.address.contains("127.0.0.1"))
      #expect((call.metadata.first("authorization") == "Bearer stolen") == request.hasHead)
      client.disconnect()
    }
    // All of it is over.
    #expect(refused.all.count == 1)
  }

  @Test("are told of where they do not come in time", .covers("S-H6", "S-F11"))
  func slow() async throws {
    for head in ["GET / HT", "POST /v1/notes HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{"] {
      let refused = Refused()
      try await Door.with(
        Self.methods, schema: Files.schema,
        configure: {
          $0.headerTimeout = .milliseconds(50)
          $0.requestTimeout = .milliseconds(50)
          $0.refused = { refused.add($0) }
        }
      ) { door throws in
        let client = try door.connect()
        client.send(head)
        #expect(try client.response().status == 408)
      }
      #expect(refused.all.map(\.error.code) == [.deadlineExceeded])
      #expect(refused.all.map(\.method) == [head.hasPrefix("GET") ? "" : "/test.v1.Files/Write"])
    }
  }

  @Test("are told of over HTTP/2, too", .covers("S-H6"))
  func frames() async throws {
    let json = ("content-type", "application/json")
    let credential = ("authorization", "Bearer stolen")
    typealias Send = @Sendable (FrameClient) throws -> Int
    let great = String(repeating: "a", count: 5_000)
    let cases: [(String, RPCError.Code, Send)] = [
      ("", .invalidArgument, { $0.request("GET", "/v1/notes/1", [("host", "b")]) }),
      (
        "", .resourceExhausted,
        {
          $0.request("GET", "/v1/notes/1", [credential, ("x-much", great)])
        }
      ),
      (
        "Write", .resourceExhausted,
        {
          $0.request("POST", "/v1/notes", [credential, json, ("content-length", "5000")], body: [])
        }
      ),
      (
        "Write", .resourceExhausted,
        {
          $0.request(
            "POST", "/v1/notes", [credential, json], body: [UInt8](repeating: 32, count: 5_000))
        }
      ),
      (
        "Write", .invalidArgument,
        {
          $0.request(
            "POST", "/v1/notes", [credential, json, ("content-encoding", "gzip")], body: [1, 2, 3])
        }
      ),
      (
        "Write", .invalidArgument,
        {
          $0.request(
            "POST", "/test.v1.Files/Write", [credential, ("content-type", "application/grpc")],
            body: [7, 0, 0, 0, 0])
        }
      ),
      (
        "Write", .cancelled,
        { client in
          let stream = client.request(
            "POST", "/v1/notes", [credential, json], body: [32], end: false)
          client.reset(stream)
          try client.settle()
          return 0
        }
      ),
    ]
    for (method, code, send) in cases {
      let refused = Refused()
      try await Door.with(
        Self.methods, schema: Files.schema,
        configure: {
          $0.maxBodyBytes = Self.limit
          $0.maxHeaderBytes = 4_000
          $0.refused = { refused.add($0) }
        }
      ) { door throws in
        let client = try FrameClient(door)
        let stream = try send(client)
        if stream > 0 { _ = try client.answer(stream) }
        client.raw.disconnect()
        _ = try await refused.first()
      }
      let call = try #require(refused.all.first)
      #expect(call.method == (method.isEmpty ? "" : "/test.v1.Files/\(method)"))
      #expect(call.error.code == code, "\(call.error.message)")
      #expect(refused.all.count == 1)
    }
  }

  @Test("tell handlers of streams why they end", .covers("S-H6"), arguments: [true, false])
  func streams(isSocket: Bool) async throws {
    let seen = Shared<RPCError?>(nil)
    let ended = Signal()
    @Sendable func read(_ source: any MessageSource) async throws {
      defer { ended.happen() }
      do {
        while try await source.next() != nil {}
      } catch {
        seen.value = error as? RPCError
        throw error
      }
    }
    let talk = Files.serve(
      "Talk",
      .bidirectionalStreaming { source, _, _ in
        try await read(source)
        return [:]
      })
    let fill = Files.upload("Fill") { source, _ in
      try await read(source)
      return Files.receipt("a")
    }
    try await Door.with([talk, fill], schema: Files.schema) { door throws in
      if isSocket {
        let client = try WebSocketClient(door, "/v1/talks/1")
        client.raw.send(WebSocketClient.bytes(3, []))
        await ended.wait()
      } else {
        let body = "{}\n{{"
        let status = try door.exchange(
          "POST", "/v1/sets/1:fill", ["Content-Type: application/x-ndjson"], body: body
        ).status
        #expect(status == 400)
        await ended.wait()
      }
      #expect(seen.value?.code == .invalidArgument)
    }
  }
}
