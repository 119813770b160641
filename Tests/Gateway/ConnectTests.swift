import Foundation
import Gateway
import GeneratedGoogle
import RPC
import SwiftProtobuf
import TestSupport
import Testing

@Suite("The REST door: Connect")
struct ConnectTests {
  private let show = "/test.v1.Files/Show"
  private let list = "/test.v1.Files/List"
  private let json = "Content-Type: application/json"

  /// Answers with what it was asked for, and says what it saw.
  private var echo: RegisteredMethod {
    Files.serve(
      "Show",
      .unary { message, context in
        UnaryReply(
          message: Files.receipt(Files.text(1, message) ?? "", note: "a"),
          initialMetadata: ["x-seen": .string(context.metadata.first("x-say") ?? "")],
          trailingMetadata: [
            "x-cost": "7", "x-raw-bin": .binary(context.metadata.firstBinary("x-say-bin") ?? []),
          ])
      })
  }

  private func failing(_ error: RPCError) -> RegisteredMethod {
    Files.serve("Show", .unary { _, _ in throw error })
  }

  /// As many receipts as the name says.
  private var lists: RegisteredMethod {
    Files.serve(
      "List",
      .serverStreaming { message, sink, _ in
        for number in 0..<(Int(Files.text(1, message) ?? "") ?? 0) {
          try await sink.write(Files.receipt("\(number)"))
        }
        return ["x-cost": "7"]
      })
  }

  static func envelope(_ text: String, flags: UInt8 = 0) -> [UInt8] {
    [flags] + FrameClient.bytes(UInt32(text.utf8.count)) + Array(text.utf8)
  }

  static func envelopes(_ bytes: [UInt8]) -> [(flags: UInt8, text: String)] {
    var found: [(UInt8, String)] = []
    var rest = bytes[...]
    while rest.count >= 5 {
      let length = rest.dropFirst().prefix(4).reduce(0) { $0 << 8 | Int($1) }
      found.append(
        (rest[rest.startIndex], String(decoding: rest.dropFirst(5).prefix(length), as: UTF8.self)))
      rest = rest.dropFirst(5 + length)
    }
    return found
  }

  private func post(
    _ client: RawClient, _ path: String, _ type: String, _ body: [UInt8], _ more: [String] = []
  ) throws -> Response {
    let lines =
      [
        "POST \(path) HTTP/1.1", "Host: a", "Content-Type: \(type)",
        "Content-Length: \(body.count)",
      ] + more
    client.send(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
    return try client.response()
  }

  @Test("answers an unary call in JSON and in bytes, with metadata both ways")
  func unary() async throws {
    try await Door.with([echo], schema: Files.schema) { door throws in
      let client = try door.connect()
      let answer = try client.exchange(
        "POST", show,
        [json, "Connect-Protocol-Version: 1", "X-Say: hi", "X-Say-Bin: AQI"],
        body: #"{"name":"n"}"#)
      #expect(answer.status == 200)
      #expect(answer["content-type"] == "application/json")
      #expect(answer.json("name") == "n")
      #expect(answer["x-seen"] == "hi")
      #expect(answer["trailer-x-cost"] == "7")
      #expect(answer["trailer-x-raw-bin"] == "AQI")
      let bytes = try post(client, show, "application/proto", [0x0A, 1, 0x6E])
      #expect(bytes["content-type"] == "application/proto")
      #expect(bytes.body == Files.receipt("n", note: "a").withUnsafeBytes { Array($0) })
      let empty = try post(client, show, "application/proto", [])
      #expect(empty.status == 200)
    }
  }

  @Test("serves the same over HTTP/2")
  func http2() async throws {
    try await Door.with([echo, lists], schema: Files.schema) { door throws in
      let client = try FrameClient(door)
      let answer = try client.exchange(
        "POST", show, [("content-type", "application/json")], body: Array(#"{"name":"n"}"#.utf8))
      #expect(answer.json("name") == "n")
      let stream = try client.exchange(
        "POST", list, [("content-type", "application/connect+json")],
        body: Self.envelope(#"{"name":"2"}"#))
      #expect(Self.envelopes(stream.body).count == 3)
    }
  }

  @Test("says errors with their code, text and details")
  func errors() async throws {
    let details = try Google_Rpc_Status.with {
      $0.details = [
        try Google_Protobuf_Any(message: Google_Rpc_ErrorInfo.with { $0.reason = "R" })
      ]
    }
    let error = RPCError(
      code: .notFound, message: "no \"x\"\n", statusDetails: try details.serializedBytes(),
      metadata: ["x-why": "1"])
    try await Door.with([failing(error)], schema: Files.schema) { door throws in
      let answer = try door.exchange("POST", show, [json], body: "{}")
      #expect(answer.status == 404)
      #expect(answer["content-type"] == "application/json")
      #expect(answer.json("code") == "not_found")
      #expect(answer.json("message") == "no \"x\"\n")
      #expect(answer.text.contains(#""type":"google.rpc.ErrorInfo","value":"CgFS""#))
      #expect(answer["trailer-x-why"] == "1")
    }
    let codes: [(RPCError.Code, Int, String)] = [
      (.cancelled, 499, "canceled"), (.unauthenticated, 401, "unauthenticated"),
      (.resourceExhausted, 429, "resource_exhausted"), (.internalError, 500, "internal"),
    ]
    for (code, status, name) in codes {
      let method = failing(RPCError(code: code, message: ""))
      try await Door.with([method], schema: Files.schema) { door throws in
        let answer = try door.exchange("POST", show, [json], body: "{}")
        #expect(answer.status == status)
        #expect(answer.json("code") == name)
      }
    }
  }

  @Test("refuses what is no call")
  func refused() async throws {
    try await Door.with([echo, lists], schema: Files.schema) { door throws in
      #expect(try door.exchange("POST", show, [json], body: "{").status == 400)
      #expect(try door.exchange("POST", show, [json], body: #"{"nope":1}"#).status == 400)
      #expect(try door.exchange("POST", show, [json], body: "").status == 400)
      let version = try door.exchange(
        "POST", show, [json, "Connect-Protocol-Version: 2"], body: "{}")
      #expect(version.json("code") == "invalid_argument")
      let timeout = try door.exchange("POST", show, [json, "Connect-Timeout-Ms: x"], body: "{}")
      #expect(timeout.json("code") == "invalid_argument")
      let coding = try door.exchange("POST", show, [json, "Content-Encoding: br"], body: "{}")
      #expect(coding.json("code") == "unimplemented")
      let type = try door.exchange("POST", show, ["Content-Type: text/plain"], body: "{}")
      #expect(type.status == 415)
      #expect(type["accept"]?.contains("application/proto") == true)
      #expect(type["accept-post"] == type["accept"])
      // A stream has no bare messages, and a call without one no envelopes.
      #expect(try door.exchange("POST", list, [json], body: "{}").status == 415)
      let envelope = try door.exchange(
        "POST", show, ["Content-Type: application/connect+json"], body: "")
      #expect(envelope.status == 415)
      let put = try door.exchange("PUT", show, [json], body: "{}")
      #expect(put.status == 405)
      #expect(put["allow"] == "OPTIONS, POST")
      #expect(try door.exchange("POST", "/test.v1.Files/Nope", [json], body: "{}").status == 404)
      #expect(try door.exchange("GET", show + "?connect=v1").status == 405)
    }
  }

  @Test("ends a call at the caller's deadline")
  func deadline() async throws {
    let slow = Files.serve(
      "Show",
      .unary { message, _ in
        try await Task.sleep(for: .seconds(60))
        return UnaryReply(message: message)
      })
    try await Door.with([slow], schema: Files.schema) { door throws in
      let answer = try door.exchange("POST", show, [json, "Connect-Timeout-Ms: 50"], body: "{}")
      #expect(answer.status == 504)
      #expect(answer.json("code") == "deadline_exceeded")
    }
  }

  @Test("sends a stream in envelopes, and its status in the last")
  func stream() async throws {
    try await Door.with([lists], schema: Files.schema) { door throws in
      let client = try door.connect()
      for count in [0, 1, 3] {
        let answer = try post(
          client, list, "application/connect+json", Self.envelope(#"{"name":"\#(count)"}"#))
        #expect(answer.status == 200)
        #expect(answer["content-type"] == "application/connect+json")
        let found = Self.envelopes(answer.body)
        #expect(found.count == count + 1)
        #expect(found.dropLast().allSatisfy { $0.flags == 0 })
        #expect(found.last?.flags == 2)
        #expect(found.last?.text == #"{"metadata":{"x-cost":["7"]}}"#)
      }
    }
  }

  @Test(
    "says the failure of a stream in its last envelope",
    arguments: [
      ConnectTests.envelope("{}", flags: 2), ConnectTests.envelope("{}", flags: 1), [0, 0, 0],
      ConnectTests.envelope("{"), [0, 255, 255, 255, 255],
      ConnectTests.envelope("{}") + ConnectTests.envelope("{}"), [],
    ])
  func streamErrors(body: [UInt8]) async throws {
    try await Door.with([lists], schema: Files.schema) { door throws in
      let answer = try post(door.connect(), list, "application/connect+json", body)
      #expect(answer.status == 200)
      let last = Self.envelopes(answer.body).last
      #expect(last?.flags == 2)
      #expect(JSON(last?.text ?? "").value("error", "code") != nil)
    }
  }

  @Test("reads a stream of requests, and both streams at once over HTTP/2")
  func requests() async throws {
    let upload = Files.upload { source, _ in
      var count = 0
      while try await source.next() != nil { count += 1 }
      return Files.receipt("\(count)")
    }
    let both = Files.serve(
      "Both",
      .bidirectionalStreaming { source, sink, _ in
        while let piece = try await source.next() {
          try await sink.write(Files.receipt(Files.text(1, piece) ?? ""))
        }
        return [:]
      })
    try await Door.with([upload, both], schema: Files.schema) { door throws in
      let message = Self.envelope(#"{"name":"a"}"#)
      let answer = try post(
        door.connect(), "/test.v1.Files/Upload", "application/connect+json", message + message)
      #expect(Self.envelopes(answer.body).first?.text == #"{"name":"2"}"#)
      let client = try FrameClient(door)
      let stream = client.request(
        "POST", "/test.v1.Files/Both", [("content-type", "application/connect+json")], end: false)
      for number in 1...3 {
        client.data(stream, message, end: false)
        try client.until { Self.envelopes($0.answers[stream]?.body ?? []).count == number }
      }
      client.data(stream, [], end: true)
      #expect(Self.envelopes(try client.answer(stream).body).last?.text == "{}")
    }
  }

  @Test("compresses and takes what is compressed")
  func compression() async throws {
    let long = String(repeating: "x", count: 5_000)
    try await Door.with([echo, lists], schema: Files.schema) { door throws in
      let client = try door.connect()
      let body = Zip.deflate(Array(#"{"name":"\#(long)"}"#.utf8), bits: 31)
      let answer = try post(
        client, show, "application/json", body, ["Content-Encoding: gzip", "Accept-Encoding: gzip"])
      #expect(answer["content-encoding"] == "gzip")
      #expect(answer.body.count < 1_000)
      #expect(Zip.inflate(answer.body).utf8.count > 5_000)
      let message = Zip.deflate(Array(#"{"name":"2"}"#.utf8), bits: 31)
      let stream = try post(
        client, list, "application/connect+json",
        [1] + FrameClient.bytes(UInt32(message.count)) + message,
        ["Connect-Content-Encoding: gzip", "Connect-Accept-Encoding: gzip"])
      #expect(stream["connect-content-encoding"] == "gzip")
      #expect(Self.envelopes(stream.body).count == 3)
    }
  }

  @Test("lets pages of other origins ask")
  func cors() async throws {
    let cors = try CORS(origins: ["http://page.example"])
    try await Door.with([echo], schema: Files.schema, configure: { $0.cors = cors }) {
      door throws in
      let preflight = try door.exchange(
        "OPTIONS", show, ["Origin: http://page.example", "Access-Control-Request-Method: POST"])
      #expect(preflight.status == 204)
      #expect(preflight["access-control-allow-methods"] == "POST")
      #expect(
        preflight["access-control-allow-headers"]?.contains("Connect-Protocol-Version") == true)
      let answer = try door.exchange(
        "POST", show, [json, "Origin: http://page.example"], body: "{}")
      #expect(answer["access-control-allow-origin"] == "http://page.example")
    }
  }
}
