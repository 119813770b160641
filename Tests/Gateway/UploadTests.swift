import RPC
import TestSupport
import Testing

@testable import Gateway

@Suite("The REST door: uploads")
struct UploadTests {
  /// Reads everything, and answers with how much it was.
  static let count = Files.upload { source, _ in
    var bytes = 0
    var name = ""
    var type = ""
    while let message = try await source.next() {
      let content = Files.content(message)
      bytes += content.data.count
      if name.isEmpty { name = Files.text(1, message) ?? "" }
      if type.isEmpty { type = content.type }
      #expect(content.data.count <= Upload.pieceLimit)
    }
    return Files.receipt(name, note: "\(type) \(bytes)")
  }

  static func head(_ length: Int, _ more: String = "") -> String {
    "PUT /v1/uploads/1 HTTP/1.1\r\nHost: a\r\nContent-Type: image/png\r\n\(more)"
      + (length < 0 ? "Transfer-Encoding: chunked\r\n\r\n" : "Content-Length: \(length)\r\n\r\n")
  }

  @Test("gives the first message path, type and data, and the others data", .covers("T73"))
  func messages() async throws {
    let seen = Shared<[MessageBytes]>([])
    let got = Signal()
    let method = Files.upload { source, _ in
      while let message = try await source.next() {
        seen.value.append(message)
        got.happen()
      }
      return Files.receipt("r")
    }
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try door.connect()
      client.send(
        "PUT /v1/uploads/1?note=n HTTP/1.1\r\nHost: a\r\nContent-Type: image/png\r\n"
          + "Content-Length: 6\r\n\r\nabc")
      await got.wait()
      client.send("def")
      let response = try client.response()
      #expect(response.json("name") == "r")
      let first = try #require(seen.value.first)
      #expect(Files.text(1, first) == "uploads/1")
      #expect(Files.text(3, first) == "n")
      #expect(Files.content(first).type == "image/png")
      #expect(Files.content(first).data == Array("abc".utf8))
      let rest = seen.value.dropFirst()
      #expect(rest.flatMap { Files.content($0).data } == Array("def".utf8))
      #expect(rest.allSatisfy { Files.text(1, $0) == nil && Files.content($0).type.isEmpty })
      #expect(try client.exchange("GET", "/healthz").status == 200)
    }
  }

  @Test("has one message of an upload without bytes")
  func empty() async throws {
    let seen = Shared(0)
    let method = Files.upload { source, _ in
      while try await source.next() != nil { seen.value += 1 }
      return Files.receipt("r")
    }
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try door.connect()
      for request in [Self.head(0), Self.head(-1) + "0\r\n\r\n"] {
        seen.value = 0
        client.send(request)
        #expect(try client.response().status == 200)
        #expect(seen.value == 1)
      }
    }
  }

  @Test("takes a message that is the body itself")
  func whole() async throws {
    let data = Shared<[UInt8]>([])
    let method = Files.upload("Stream") { source, _ in
      let place = HTTPBodyPlace(
        "*", of: try #require(Files.schema.message(named: "google.api.HttpBody")))
      while let message = try await source.next() {
        data.value += Files.content(message, place).data
      }
      return Files.receipt("r")
    }
    try await Door.with([method], schema: Files.schema) { door throws in
      #expect(try door.exchange("POST", "/v1/streams", body: "hello").status == 200)
      #expect(data.value == Array("hello".utf8))
    }
  }

  @Test(
    "carries 64 MiB with a few hundred kilobytes waiting, with a length and in chunks",
    .covers("T73"), arguments: [false, true])
  func large(isChunked: Bool) async throws {
    let size = 64 << 20
    let bound = Shared(0)
    let method = Files.upload { source, _ in
      var bytes = 0
      while let message = try await source.next() {
        bytes += Files.content(message).data.count
        bound.value = max(bound.value, message.count)
      }
      return Files.receipt("r", note: "\(bytes)")
    }
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try door.connect()
      client.send(Self.head(isChunked ? -1 : size))
      let piece = [UInt8](repeating: 7, count: 1 << 20)
      for _ in 0..<64 {
        client.send(isChunked ? Array("100000\r\n".utf8) + piece + [13, 10] : piece)
      }
      if isChunked { client.send("0\r\n\r\n") }
      let response = try client.response()
      #expect(response.json("note") == "\(size)")
      #expect(bound.value <= (1 << 20) + 64)
    }
  }

  @Test("reads no more than a little while the handler does not")
  func backpressure() async throws {
    let started = Signal()
    let end = Signal()
    let method = Files.upload { source, _ in
      var bytes = try await source.next().map { Files.content($0).data.count } ?? 0
      started.happen()
      await end.wait()
      while let message = try await source.next() { bytes += Files.content(message).data.count }
      return Files.receipt("r", note: "\(bytes)")
    }
    try await Door.with([method], schema: Files.schema) { door throws in
      let size = 64 << 20
      let head = Self.head(size)
      let sent = Shared(0)
      let sending = Task(executorPreference: ThreadExecutor()) {
        let client = try door.connect()
        client.send(head)
        let piece = [UInt8](repeating: 7, count: 1 << 20)
        while sent.value < size {
          client.send(piece)
          sent.value += piece.count
        }
        return try client.response().json("note")
      }
      await started.wait()
      var before = -1
      while before != sent.value {
        before = sent.value
        for _ in 0..<50 { _ = try door.exchange("GET", "/healthz") }
      }
      // The sockets' buffers hold a few megabytes; the door far less.
      #expect(before < 32 << 20)
      end.happen()
      #expect(try await sending.value == "\(size)")
    }
  }

  @Test("goes on behind an upload whose next request came with it")
  func pipelined() async throws {
    try await Door.with([Self.count], schema: Files.schema) { door throws in
      let client = try door.connect()
      client.send(
        Self.head(3) + "abc" + Self.head(-1)
          + "2\r\nde\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(try client.response().json("note") == "image/png 3")
      #expect(try client.response().json("note") == "image/png 2")
      #expect(try client.response().status == 200)
    }
  }

  @Test("keeps a body of tiny chunks in its own size")
  func tinyChunks() async throws {
    let started = Signal()
    let end = Signal()
    let method = Files.upload { source, _ in
      var data = try await source.next().map { Files.content($0).data } ?? []
      started.happen()
      await end.wait()
      while let message = try await source.next() { data += Files.content(message).data }
      return Files.receipt("r", note: String(decoding: data, as: UTF8.self))
    }
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try door.connect()
      client.send(Self.head(-1) + "1\r\n-\r\n")
      await started.wait()
      let text = (0..<20_000).map { "\($0 % 10)" }
      client.send(text.map { "1\r\n\($0)\r\n" }.joined() + "0\r\n\r\n")
      _ = try door.exchange("GET", "/healthz")
      end.happen()
      #expect(try client.response().json("note") == "-" + text.joined())
    }
  }

  @Test("says 100 Continue to an upload, and 417 to another expectation")
  func expectContinue() async throws {
    try await Door.with([Self.count], schema: Files.schema) { door throws in
      let client = try door.connect()
      client.send(Self.head(3, "Expect: 100-continue\r\n"))
      #expect(try client.response().status == 100)
      client.send("abc")
      #expect(try client.response().json("note") == "image/png 3")
      let other = try door.connect()
      other.send(Self.head(3, "Expect: tea\r\n") + "abc")
      #expect(try other.response().status == 417)
    }
  }

  @Test("has one reader of an upload at a time")
  func twoReaders() async throws {
    let method = Files.upload { source, _ in
      async let first = source.next()
      async let second = source.next()
      var failures = 0
      do { _ = try await first } catch { failures += 1 }
      do { _ = try await second } catch { failures += 1 }
      return Files.receipt("r", note: "\(failures)")
    }
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try door.connect()
      client.send(Self.head(3))
      // Both ask before there is anything to read, or one of them has it all: none may hang.
      client.send("abc")
      #expect(try client.response().status == 200)
    }
  }

  @Test("asks for a WebSocket where a method has two streams")
  func unmapped() async throws {
    let both = Files.serve("Both", .bidirectionalStreaming { _, _, _ in [:] })
    try await Door.with([both, Self.count], schema: Files.schema) { door throws in
      let response = try door.exchange("POST", "/v1/both", body: "{}")
      #expect(response.status == 426)
      #expect(response["upgrade"] == "websocket")
      #expect(try door.exchange("PUT", "/v1/uploads/1", body: "a").status == 200)
    }
  }
}
