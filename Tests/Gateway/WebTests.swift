import Foundation
import Gateway
import RPC
import TestSupport
import Testing

@Suite("The REST door: gRPC and gRPC-Web")
struct WebTests {
  private let list = "/test.v1.Files/List"

  /// As many receipts as the name says, and then an error where it is beyond 9.
  private var lists: RegisteredMethod {
    Files.serve(
      "List",
      .serverStreaming { message, sink, context in
        let count = Int(Files.text(1, message) ?? "") ?? 0
        try await sink.sendInitialMetadata(["x-first": "1"])
        for number in 0..<min(count, 9) {
          try await sink.write(Files.receipt("\(number)"))
        }
        if count > 9 {
          throw RPCError(
            code: .aborted, message: "100% \u{e9}", statusDetails: [8, 10],
            metadata: ["x-why-bin": .binary([1, 2, 3])])
        }
        return ["x-last": "2"]
      })
  }

  private func name(_ name: String) -> [UInt8] {
    let message = [0x0A, UInt8(name.utf8.count)] + Array(name.utf8)
    return [0] + FrameClient.bytes(UInt32(message.count)) + message
  }

  /// Frames of a body: flags and bytes.
  private func frames(_ bytes: [UInt8]) -> [(flags: UInt8, text: String)] {
    ConnectTests.envelopes(bytes)
  }

  private func post(
    _ door: Door, _ type: String, _ body: [UInt8], path: String? = nil
  ) throws -> Response {
    let client = try door.connect()
    let head =
      "POST \(path ?? list) HTTP/1.1\r\nHost: a\r\nContent-Type: \(type)\r\n"
      + "Content-Length: \(body.count)\r\n\r\n"
    client.send(Array(head.utf8) + body)
    return try client.response()
  }

  @Test(
    "sends messages and then trailers in the body",
    arguments: ["application/grpc-web", "application/grpc-web+proto"])
  func web(type: String) async throws {
    try await Door.with([lists], schema: Files.schema) { door throws in
      let answer = try post(door, type, name("2"))
      #expect(answer.status == 200)
      #expect(answer["content-type"] == type)
      #expect(answer["x-first"] == "1")
      let found = frames(answer.body)
      #expect(found.map(\.flags) == [0, 0, 0x80])
      #expect(found.last?.text == "grpc-status: 0\r\nx-last: 2\r\n")
    }
  }

  @Test("does the same in base64, both ways")
  func text() async throws {
    try await Door.with([lists], schema: Files.schema) { door throws in
      let whole = Data(name("2")).base64EncodedString()
      // Parts may have padding of their own.
      let parts =
        Data(name("2").prefix(4)).base64EncodedString()
        + Data(name("2").dropFirst(4)).base64EncodedString()
      for body in [whole, parts] {
        let answer = try post(door, "application/grpc-web-text", Array(body.utf8))
        #expect(answer["content-type"] == "application/grpc-web-text")
        var bytes: [UInt8] = []
        var rest = answer.text[...]
        while !rest.isEmpty {
          bytes += Data(base64Encoded: String(rest.prefix(4))) ?? Data()
          rest = rest.dropFirst(4)
        }
        #expect(frames(bytes).map(\.flags) == [0, 0, 0x80])
      }
      let broken = try post(door, "application/grpc-web-text", Array("####".utf8))
      #expect(!broken.text.isEmpty)
    }
  }

  @Test("says failures in the trailers: text, details and metadata")
  func failure() async throws {
    try await Door.with([lists], schema: Files.schema) { door throws in
      let last = frames(try post(door, "application/grpc-web", name("10")).body).last
      #expect(last?.flags == 0x80)
      #expect(
        last?.text
          == "grpc-status: 10\r\ngrpc-message: 100%25 %C3%A9\r\ngrpc-status-details-bin: CAo\r\n"
          + "x-why-bin: AQID\r\n")
      let unknown = try post(
        door, "application/grpc-web", name("1"), path: "/test.v1.Files/Nope")
      #expect(frames(unknown.body).last?.text.hasPrefix("grpc-status: 12\r\n") == true)
    }
  }

  @Test("speaks gRPC over HTTP/2 with trailers, and alone where nothing else comes")
  func native() async throws {
    try await Door.with([lists], schema: Files.schema) { door throws in
      let client = try FrameClient(door)
      let type = [("content-type", "application/grpc"), ("te", "trailers")]
      let answer = try client.exchange("POST", list, type, body: name("2"))
      #expect(answer.status == 200)
      #expect(answer["content-type"] == "application/grpc")
      #expect(answer["x-first"] == "1")
      #expect(frames(answer.body).count == 2)
      #expect(answer.trailers.map(\.name) == ["grpc-status", "x-last"])
      let failed = try client.exchange("POST", list, type, body: name("10"))
      #expect(failed.trailers.first { $0.name == "grpc-status" }?.value == "10")
      let unknown = try client.exchange("POST", "/test.v1.Files/Nope", type, body: name("1"))
      #expect(unknown["grpc-status"] == "12")
      #expect(unknown.body.isEmpty)
    }
  }

  @Test("says a status that is too long for trailers without what makes it so")
  func longStatus() async throws {
    let failing = Files.serve(
      "List",
      .serverStreaming { message, _, _ in
        let count = Int(Files.text(1, message) ?? "") ?? 0
        throw RPCError(
          code: .aborted, message: String(repeating: "\u{e9}", count: count),
          statusDetails: [UInt8](repeating: 1, count: 20_000 - count))
      })
    try await Door.with([failing], schema: Files.schema) { door throws in
      let client = try FrameClient(door)
      let type = [("content-type", "application/grpc"), ("te", "trailers")]
      for (count, length) in [("100", 600), ("9000", 3_372)] {
        let answer = try client.exchange("POST", list, type, body: name(count))
        #expect(answer["grpc-status"] == "10")
        #expect(answer["grpc-message"]?.utf8.count == length)
        #expect(answer["grpc-status-details-bin"] == nil)
      }
      // A body has no such limit.
      let web = try post(door, "application/grpc-web", name("9000"))
      #expect(frames(web.body).last?.text.contains("grpc-status-details-bin: ") == true)
    }
  }

  @Test("shows strangers neither the contracts nor the connections of the gRPC port")
  func views() async throws {
    let methods = ["grpc.channelz.v1.Channelz", "grpc.reflection.v1.ServerReflection"].map {
      Methods.method($0, "Get", .unary, .unary { message, _ in UnaryReply(message: message) })
    }
    try await Door.with(methods) { door throws in
      let client = try FrameClient(door)
      for method in methods {
        let answer = try client.exchange(
          "POST", method.descriptor.path, [("content-type", "application/grpc")], body: name("1"))
        #expect(answer["grpc-status"] == "12")
      }
    }
  }

  @Test("hides methods without a rule where it is told to")
  func unmapped() async throws {
    let method = Methods.method(
      "grpc.health.v1.Health", "Check", .unary,
      .unary { _, _ in UnaryReply(message: MessageBytes([])) })
    for isServed in [true, false] {
      try await Door.with(
        [method, Methods.echoResident], configure: { $0.callsUnmapped = isServed }
      ) { door throws in
        let client = try FrameClient(door)
        let type = [("content-type", "application/grpc")]
        let hidden = try client.exchange("POST", method.descriptor.path, type, body: name("1"))
        #expect((hidden["grpc-status"] == "12") == !isServed)
        let shown = try client.exchange(
          "POST", "/peer.v1.Directory/GetResident", type, body: name("1"))
        #expect(shown.trailers.first?.value == "0")
      }
    }
  }

  @Test("reads bytes of a method whose contract is not known, and no JSON")
  func withoutContract() async throws {
    let method = Methods.method(
      "no.such.Service", "Get", .unary, .unary { message, _ in UnaryReply(message: message) })
    try await Door.with([method]) { door throws in
      let client = try FrameClient(door)
      let path = method.descriptor.path
      let bytes = try client.exchange(
        "POST", path, [("content-type", "application/grpc")], body: name("1"))
      #expect(bytes.body == name("1"))
      let json = try client.exchange(
        "POST", path, [("content-type", "application/json")], body: Array("{}".utf8))
      #expect(json.json("code") == "unimplemented")
    }
  }

  @Test("says in the protocol what is wrong with the fields of a call")
  func fields() async throws {
    try await Door.with([lists], schema: Files.schema) { door throws in
      let client = try FrameClient(door)
      let type = [("content-type", "application/grpc")]
      for (more, status) in [
        (("grpc-timeout", "1x"), "3"), (("grpc-encoding", "br"), "12"),
        (("x-bad-bin", "*"), "3"), (("x-long", String(repeating: "y", count: 9_000)), "8"),
      ] {
        let answer = try client.exchange("POST", list, type + [more], body: name("1"))
        #expect(answer["grpc-status"] == status)
      }
    }
  }

  @Test("makes no call for a caller who waits no time", .covers("T65"))
  func noTime() async throws {
    let never = Files.serve(
      "List",
      .serverStreaming { _, _, _ in
        Issue.record("nobody waits for this")
        return [:]
      })
    try await Door.with([never], schema: Files.schema) { door throws in
      let client = try FrameClient(door)
      for timeout in ["0n", "00000000H"] {
        let answer = try client.exchange(
          "POST", list, [("content-type", "application/grpc"), ("grpc-timeout", timeout)],
          body: name("1"))
        #expect(answer["grpc-status"] == "4")
      }
      let socket = try WebSocketClient(door, "/v1/lists/1", ["X-Server-Timeout: 0"])
      #expect(socket.response.status == 504)
    }
  }

  @Test("takes the longest time that can be said", arguments: ["99999999H", "99999999M"])
  func longTime(timeout: String) async throws {
    try await Door.with([lists], schema: Files.schema) { door throws in
      let answer = try FrameClient(door).exchange(
        "POST", list, [("content-type", "application/grpc"), ("grpc-timeout", timeout)],
        body: name("1"))
      #expect(answer.trailers.first?.value == "0")
    }
  }

  @Test("answers 505 to gRPC over HTTP/1.1, which has no trailers")
  func version() async throws {
    try await Door.with([lists], schema: Files.schema) { door throws in
      #expect(try post(door, "application/grpc", name("1")).status == 505)
    }
  }
}
