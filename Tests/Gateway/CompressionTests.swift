import RPC
import TestSupport
import Testing

@testable import Gateway

@Suite("The REST door: compressed answers")
struct CompressionTests {
  private static let long = String(repeating: "abcdefgh ", count: 300)

  private static func show(_ method: String = "Show", note: String = long) -> RegisteredMethod {
    Files.serve(
      method,
      .unary { _, _ in
        UnaryReply(
          message: Files.receipt("n", note: note), initialMetadata: ["etag": .string("\"1\"")])
      })
  }

  @Test("compresses an answer for those who ask for gzip, and says that others get another")
  func gzip() async throws {
    try await Door.with([Self.show()], schema: Files.schema) { door throws in
      let client = try door.connect()
      let plain = try client.exchange("GET", "/v1/notes/a")
      #expect(plain["content-encoding"] == nil)
      #expect(plain["vary"] == "accept-encoding")
      #expect(plain["etag"] == "\"1\"")
      #expect(plain.json("note") == Self.long)
      for accept in ["gzip", "gzip, deflate, br", "*", "identity;q=0.5, gzip;q=0.5", "x-gzip"] {
        let response = try client.exchange("GET", "/v1/notes/a", ["Accept-Encoding: \(accept)"])
        #expect(response["content-encoding"] == "gzip")
        #expect(response["vary"] == "accept-encoding")
        // Other bytes have no strong tag in common (RFC 9110 section 8.8.3.3).
        #expect(response["etag"] == "\"1;gzip\"")
        #expect(response["content-length"] == "\(response.body.count)")
        #expect(response.body.count < 500)
        #expect(JSON(Zip.inflate(response.body)).value("note") == Self.long)
      }
      for accept in [
        "br", "gzip;q=0", "identity, gzip;q=0.5", "*;q=0", "gzip;q=0, *", "gzip;q=2", "gzip;q=x",
        "",
      ] {
        let response = try client.exchange("GET", "/v1/notes/a", ["Accept-Encoding: \(accept)"])
        #expect(response["content-encoding"] == nil, "\(accept)")
      }
    }
  }

  @Test("answers HEAD with the length of the compressed answer", .covers("T26"))
  func head() async throws {
    try await Door.with([Self.show()], schema: Files.schema) { door throws in
      let client = try door.connect()
      let get = try client.exchange("GET", "/v1/notes/a", ["Accept-Encoding: gzip"])
      let head = try client.exchange("HEAD", "/v1/notes/a", ["Accept-Encoding: gzip"])
      #expect(head["content-length"] == get["content-length"])
      #expect(head["content-encoding"] == "gzip")
    }
  }

  @Test("leaves short answers, those of contracts that say so, and what is compressed already")
  func exceptions() async throws {
    let gzip = ["Accept-Encoding: gzip"]
    try await Door.with(
      [Self.show(note: "short"), Self.show("Plain")], schema: Files.schema
    ) { door throws in
      let short = try door.exchange("GET", "/v1/notes/a", gzip)
      #expect(short["content-encoding"] == nil)
      #expect(short["vary"] == nil)
      let secret = try door.exchange("GET", "/v1/plain/a", gzip)
      #expect(secret["content-encoding"] == nil)
      #expect(secret["vary"] == nil)
      #expect(secret.body.count > 1_024)
    }
    for (type, isCompressed) in [
      ("image/png", false), ("video/mp4", false), ("application/octet-stream", false),
      ("text/csv; charset=utf-8", true), ("image/svg+xml", true), ("application/json", true),
    ] {
      let method = Files.serve(
        "Get", .unary { _, _ in UnaryReply(message: try Files.body(type, Array(Self.long.utf8))) })
      try await Door.with([method], schema: Files.schema) { door throws in
        let response = try door.exchange("GET", "/v1/files/a", gzip)
        #expect((response["content-encoding"] == "gzip") == isCompressed, "\(type)")
        let text = isCompressed ? Zip.inflate(response.body) : response.text
        #expect(text == Self.long)
      }
    }
  }

  @Test("does not compress what cannot get shorter")
  func random() async throws {
    var random = SystemRandomNumberGenerator()
    let data = (0..<5_000).map { _ in UInt8.random(in: 0...255, using: &random) }
    let method = Files.serve(
      "Get", .unary { _, _ in UnaryReply(message: try Files.body("text/plain", data)) })
    try await Door.with([method], schema: Files.schema) { door throws in
      let response = try door.exchange("GET", "/v1/files/a", ["Accept-Encoding: gzip"])
      #expect(response["content-encoding"] == nil)
      #expect(response["vary"] == "accept-encoding")
      #expect(response.body == data)
    }
  }

  @Test("compresses a stream so that each message can be read when it is sent", .covers("T74"))
  func stream() async throws {
    let next = Signal()
    let method = Files.download("List") { sink in
      try await sink.write(Files.receipt("a"))
      await next.wait()
      try await sink.write(Files.receipt("b"))
    }
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try door.connect()
      client.send("GET", "/v1/lists/a", ["Accept-Encoding: gzip"])
      let head = try client.head()
      #expect(head["content-encoding"] == "gzip")
      #expect(head["vary"] == "accept, accept-encoding")
      var bytes = try client.chunk() ?? []
      #expect(Zip.inflate(bytes) == "{\"name\":\"a\"}\n")
      next.happen()
      while let chunk = try client.chunk() { bytes += chunk }
      #expect(Zip.inflate(bytes) == "{\"name\":\"a\"}\n{\"name\":\"b\"}\n")
      #expect(try client.exchange("GET", "/healthz").status == 200)
    }
  }

  @Test("compresses an empty stream, and the error at the end of one", .covers("T75", "T76"))
  func streamEnds() async throws {
    let empty = Files.download("List") { _ in }
    try await Door.with([empty], schema: Files.schema) { door throws in
      let headers = ["Accept-Encoding: gzip", "Accept: application/json"]
      #expect(Zip.inflate(try door.exchange("GET", "/v1/lists/a", headers).body) == "[]")
      let lines = try door.exchange("GET", "/v1/lists/a", ["Accept-Encoding: gzip"])
      #expect(lines["content-encoding"] == "gzip")
      #expect(!lines.body.isEmpty)
      #expect(Zip.inflate(lines.body).isEmpty)
    }
    let failing = Files.download("List") { sink in
      try await sink.write(Files.receipt("a"))
      throw RPCError(code: .aborted, message: "no")
    }
    try await Door.with([failing], schema: Files.schema) { door throws in
      let response = try door.exchange("GET", "/v1/lists/a", ["Accept-Encoding: gzip"])
      #expect(Zip.inflate(response.body).contains("ABORTED"))
    }
  }

  @Test("compresses a great answer right behind another")
  func again() async throws {
    try await Door.with([Self.show()], schema: Files.schema) { door throws in
      let client = try door.connect()
      for _ in 0..<5 {
        let response = try client.exchange("GET", "/v1/notes/a", ["Accept-Encoding: gzip"])
        #expect(JSON(Zip.inflate(response.body)).value("note") == Self.long)
      }
    }
  }
}
