import NIOCore
import RPC
import TestSupport
import Testing

@testable import Gateway

@Suite("The REST door: several files in one request")
struct BatchTests {
  private struct Seen: Sendable {
    var name: String?
    var note: String?
    var type: String
    var data: [UInt8]
  }

  /// Collects the messages, those of one file joined.
  private func collect(_ seen: Shared<[Seen]>) -> RegisteredMethod {
    Files.upload("Batch") { source, _ in
      while let message = try await source.next() {
        let content = Files.content(message)
        if content.type.isEmpty, !seen.value.isEmpty {
          seen.value[seen.value.count - 1].data += content.data
        } else {
          seen.value.append(
            Seen(
              name: Files.text(1, message), note: Files.text(3, message), type: content.type,
              data: content.data))
        }
      }
      return Files.receipt("r", note: "\(seen.value.count)")
    }
  }

  private func post(_ body: String, _ boundary: String = "b") -> String {
    "POST /v1/batches/1 HTTP/1.1\r\nHost: a\r\n"
      + "Content-Type: multipart/form-data; boundary=\(boundary)\r\n"
      + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  private func part(_ disposition: String, _ type: String, _ content: String) -> String {
    let type = type.isEmpty ? "" : "Content-Type: \(type)\r\n"
    return "--b\r\nContent-Disposition: form-data; \(disposition)\r\n\(type)\r\n\(content)\r\n"
  }

  @Test("has each file begin with path, fields and type, and go on with data", .covers("T83"))
  func files() async throws {
    let seen = Shared<[Seen]>([])
    let long = String(repeating: "0123456789\r\n--", count: 7_000)
    let body =
      part(#"name="note""#, "", "n & m=1") + part(#"name="f"; filename="a.png""#, "image/png", long)
      + part(#"name="f"; filename="b""#, "", "") + part(#"name="f"; filename="c""#, "a/b", "c")
      + "--b--\r\n"
    try await Door.with([collect(seen)], schema: Files.schema) { door throws in
      let client = try door.connect()
      for boundary in ["b", "\"b\"; charset=utf-8"] {
        seen.value = []
        client.send(post(body, boundary))
        #expect(try client.response().json("note") == "3")
        #expect(seen.value.map(\.type) == ["image/png", "text/plain", "a/b"])
        #expect(seen.value.map { $0.data.count } == [long.utf8.count, 0, 1])
        #expect(seen.value.first?.data == Array(long.utf8))
        #expect(seen.value.allSatisfy { $0.name == "batches/1" && $0.note == "n & m=1" })
      }
    }
  }

  @Test("is one message without a file")
  func noFile() async throws {
    let seen = Shared<[Seen]>([])
    try await Door.with([collect(seen)], schema: Files.schema) { door throws in
      let client = try door.connect()
      client.send(post(part(#"name="note""#, "", "n") + "--b--\r\n"))
      #expect(try client.response().json("note") == "1")
      #expect(seen.value.first?.note == "n")
      #expect(try client.exchange("GET", "/healthz").status == 200)
    }
  }

  @Test("refuses fields that nobody knows, broken bodies and those over a limit", .covers("T83"))
  func refused() async throws {
    let ended = Shared(0)
    let method = Files.upload("Batch") { source, _ in
      do {
        while try await source.next() != nil {}
      } catch {
        ended.value += 1
        throw error
      }
      return Files.receipt("r")
    }
    let file = part(#"name="f"; filename="a""#, "a/b", "c")
    try await Door.with([method], schema: Files.schema) { door throws in
      for (body, status) in [
        (part(#"name="nope""#, "", "n") + file + "--b--\r\n", 400), (file, 400),
        (file + "--b", 400), ("nonsense", 400), ("--b\r\nX: y\r\n\r\nz\r\n--b--\r\n", 400),
        (
          part(#"name="note""#, "", String(repeating: "n", count: 70_000)) + file + "--b--\r\n", 413
        ),
        (part(#"name="f"; filename="a""#, "", String(repeating: "n", count: 100_001)), 413),
      ] {
        let client = try door.connect()
        client.send(post(body))
        #expect(try client.response().status == status, "\(body.prefix(80))")
      }
      // Each handler hears of it, whenever its task is run.
      while ended.value < 7 { await Task.yield() }
      let bad = try door.connect()
      bad.send(post(file, String(repeating: "x", count: 71)))
      #expect(try bad.response().status == 400)
    }
  }

  @Test("takes a body of another type as one file")
  func single() async throws {
    let seen = Shared<[Seen]>([])
    try await Door.with([collect(seen)], schema: Files.schema) { door throws in
      let response = try door.exchange(
        "POST", "/v1/batches/1", ["Content-Type: text/csv"], body: "a,b")
      #expect(response.json("note") == "1")
      #expect(seen.value.first?.type == "text/csv")
    }
  }

  @Test("finds the boundary of a media type")
  func boundary() {
    #expect(MultipartBoundary.read("multipart/form-data; boundary=abc") == "abc")
    #expect(MultipartBoundary.read("Multipart/Form-Data ;a=\"b;c\"; Boundary=\"x y\";d") == "x y")
    #expect(MultipartBoundary.read("multipart/form-data;a;boundary=x ; c=d") == "x")
    #expect(MultipartBoundary.read("multipart/form-data") == nil)
    #expect(MultipartBoundary.read("multipart/form-data; charset=utf-8") == nil)
    #expect(MultipartBoundary.read("multipart/mixed; boundary=abc") == nil)
  }

  @Test("makes few messages at a time of files whose fields are long", .covers("S-F14"))
  func manyFiles() throws {
    var binds = 0
    let place = try #require(Files.place)
    let framing = try MultipartFraming(
      place, boundary: "b", partLimit: 100_000, query: ""
    ) { query in
      binds += 1
      return [UInt8](query.utf8)
    }
    let file = part(#"name="f"; filename="a""#, "", "")
    let body =
      part(#"name="note""#, "", String(repeating: "n", count: 60_000))
      + String(repeating: file, count: 900) + "--b--"
    var waiting: CircularBuffer<ByteBuffer> = [ByteBuffer(string: body)]
    var files = 0
    while let message = try framing.next(&waiting, isLast: true) {
      files += 1
      #expect(message.count > 60_000)
      #expect(framing.readyCount < 150)
    }
    #expect(files == 900)
    #expect(binds == 1)
  }

  @Test("takes no boundary where there are two")
  func boundaries() {
    #expect(MultipartBoundary.read("multipart/form-data; boundary=a") == "a")
    #expect(MultipartBoundary.read("multipart/form-data; boundary=a; boundary=a") == nil)
    #expect(MultipartBoundary.read(#"multipart/form-data; boundary="a"; x=y; BOUNDARY=b"#) == nil)
    #expect(MultipartBoundary.read(#"multipart/form-data; x="; boundary=b"; boundary=a"#) == "a")
  }
}
