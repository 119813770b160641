import GeneratedGoogle
import RPC
import TestSupport
import Testing

@testable import Gateway

@Suite("The REST door: bodies as they are")
struct BodyTests {
  private static let echo = Files.serve("Hook", .unary { bytes, _ in UnaryReply(message: bytes) })

  private func put(_ seen: Shared<MessageBytes>) -> RegisteredMethod {
    Files.serve(
      "Put",
      .unary { bytes, _ in
        seen.value = bytes
        return UnaryReply(message: Files.receipt("r"))
      })
  }

  @Test("gives a handler the exact bytes with their type, and the headers", .covers("T73"))
  func hook() async throws {
    let seen = Shared<(body: Google_Api_HttpBody?, signature: String?)>((nil, nil))
    let method = Files.serve(
      "Hook",
      .unary { bytes, context in
        seen.value = (
          try bytes.decode(Google_Api_HttpBody.self), context.metadata.first("x-signature")
        )
        return UnaryReply(message: MessageBytes([]))
      })
    try await Door.with([method], schema: Files.schema) { door throws in
      let response = try door.exchange(
        "POST", "/v1/hooks", ["Content-Type: application/json", "X-Signature: s"],
        body: #"{"a":1 }"#)
      #expect(response.status == 200)
      #expect(seen.value.body?.data == .init(#"{"a":1 }"#.utf8))
      #expect(seen.value.body?.contentType == "application/json")
      #expect(seen.value.signature == "s")
    }
  }

  @Test("shows a handler the bytes that were signed, beside the message", .covers("T73"))
  func raw() async throws {
    let seen = Shared<[[UInt8]?]>([])
    let handler: RegisteredMethod.UnaryHandler = { bytes, context in
      seen.value.append(context.rawBody.map { $0.withUnsafeBytes { Array($0) } })
      return UnaryReply(message: bytes)
    }
    let methods = [Files.serve("Sign", .unary(handler)), Files.serve("Write", .unary(handler))]
    try await Door.with(methods, schema: Files.schema) { door throws in
      let client = try door.connect()
      let json = #"{ "note":"a" ,"name" : "b"}"#
      let headers = ["Content-Type: application/json"]
      #expect(try client.exchange("POST", "/v1/signed", headers, body: json).json("note") == "a")
      #expect(try client.exchange("POST", "/v1/notes", headers, body: json).json("note") == "a")
      let coded = Zip.deflate(Array(json.utf8), bits: 31)
      let head =
        "POST /v1/signed HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        + "Content-Encoding: gzip\r\nContent-Length: \(coded.count)\r\n\r\n"
      client.send(Array(head.utf8) + coded.prefix(7))
      client.send(Array(coded.dropFirst(7)))
      #expect(try client.response().json("note") == "a")
      #expect(seen.value == [Array(json.utf8), nil, coded])
    }
  }

  @Test("answers with a body's bytes, its type and its length", .covers("T72"))
  func verbatim() async throws {
    try await Door.with([Self.echo], schema: Files.schema) { door throws in
      let client = try door.connect()
      let bytes = (0...255).map { UInt8($0) }
      client.send(
        Array(
          ("POST /v1/hooks HTTP/1.1\r\nHost: a\r\nContent-Type: image/png\r\n"
            + "Content-Length: 256\r\nAccept: image/*\r\n\r\n").utf8) + bytes)
      let response = try client.response()
      #expect(response.status == 200)
      #expect(response["content-type"] == "image/png")
      #expect(response["content-length"] == "256")
      #expect(response["x-content-type-options"] == "nosniff")
      #expect(response.body == bytes)
      // No type, and no body at all.
      client.send("POST /v1/hooks HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
      let empty = try client.response()
      #expect(empty["content-type"] == "application/octet-stream")
      #expect(empty["content-length"] == "0")
    }
  }

  @Test("has no type of a handler's end a header", .covers("T72"))
  func brokenType() async throws {
    for type in ["a/b\r\nx: y", "nothing", "a/\u{1}", "т/т"] {
      let method = Files.serve(
        "Get", .unary { _, _ in UnaryReply(message: try Files.body(type, [1])) })
      try await Door.with([method], schema: Files.schema) { door throws in
        let response = try door.exchange("GET", "/v1/files/a")
        #expect(response["content-type"] == "application/octet-stream")
        #expect(response["x"] == nil)
        #expect(response.body == [1])
      }
    }
  }

  @Test("answers HEAD with the length of the body", .covers("T26", "T72"))
  func head() async throws {
    let method = Files.serve(
      "Get",
      .unary { _, _ in UnaryReply(message: try Files.body("text/csv", Array("a,b".utf8))) })
    try await Door.with([method], schema: Files.schema) { door throws in
      let client = try door.connect()
      let response = try client.exchange("HEAD", "/v1/files/a")
      #expect(response["content-length"] == "3")
      #expect(response["content-type"] == "text/csv")
      #expect(try client.exchange("GET", "/v1/files/a").text == "a,b")
    }
  }

  @Test("hides an answer that is no message")
  func corrupt() async throws {
    for bytes: [UInt8] in [[0x12, 0x7F], [0x0A], [0xFF]] {
      let method = Files.serve("Get", .unary { _, _ in UnaryReply(message: MessageBytes(bytes)) })
      try await Door.with([method], schema: Files.schema) { door throws in
        let response = try door.exchange("GET", "/v1/files/a")
        #expect(response.status == 500)
        #expect(response.json("error", "message") == "internal error")
      }
    }
  }

  @Test("binds path and query beside a body in a field, and refuses others", .covers("T73"))
  func field() async throws {
    let seen = Shared(MessageBytes([]))
    try await Door.with([put(seen)], schema: Files.schema) { door throws in
      let client = try door.connect()
      let response = try client.exchange(
        "PUT", "/v1/files/7?note=n", ["Content-Type: text/plain"], body: "hello")
      #expect(response.json("name") == "r")
      #expect(Files.text(1, seen.value) == "files/7")
      #expect(Files.text(3, seen.value) == "n")
      #expect(Files.content(seen.value).type == "text/plain")
      #expect(Files.content(seen.value).data == Array("hello".utf8))
      let unknown = try client.exchange("PUT", "/v1/files/7?nope=n", body: "hello")
      #expect(unknown.status == 400)
      #expect(unknown.json("error", "message")?.contains("nope") == true)
    }
  }

  @Test("has the door's limit for a body that is one message", .covers("S-F14"))
  func limit() async throws {
    try await Door.with([Self.echo], schema: Files.schema, configure: { $0.maxBodyBytes = 10 }) {
      door throws in
      #expect(try door.exchange("POST", "/v1/hooks", body: "0123456789").status == 200)
      #expect(try door.exchange("POST", "/v1/hooks", body: "0123456789a").status == 413)
    }
  }

  @Test("finds a body in a message whose fields come twice, and none where there is none")
  func wire() throws {
    let place = try #require(Files.place)
    // Field 2 twice: what comes last of each of its fields counts, as merging has it.
    let twice: [UInt8] = [0x12, 4, 0x0A, 2, 0x61, 0x2F, 0x0A, 1, 0x6E, 0x12, 3, 0x12, 1, 0x78]
    let content = Files.content(MessageBytes(twice))
    #expect(content.type == "a/")
    #expect(content.data == [0x78])
    #expect(Files.content(MessageBytes([])).data.isEmpty)
    for size in [0, 1, 127, 128, 16_383, 16_384, 70_000] {
      let data = [UInt8](repeating: 7, count: size)
      let message = data.withUnsafeBytes {
        place.message([0x0A, 1, 0x6E], contentType: "a/b", data: [$0])
      }
      #expect(Files.content(message).data == data)
      #expect(Files.content(message).type == "a/b")
      #expect(Files.text(1, message) == "n")
    }
  }
}
