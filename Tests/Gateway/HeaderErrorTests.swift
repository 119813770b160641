import RPC
import TestSupport
import Testing

@testable import Gateway

@Suite("The REST door: headers that are wrong, and headers that are fields")
struct HeaderErrorTests {
  private let json = "Content-Type: application/json"

  @Test(
    "names the header that is wrong", .covers("T65"),
    arguments: [
      ("grpc-timeout: abc", "grpc-timeout"), ("grpc-timeout: 123456789m", "grpc-timeout"),
      ("X-Server-Timeout: -1", "x-server-timeout"), ("Idempotency-Key: a b", "Idempotency-Key"),
      ("If-Match: e1", "If-Match"), ("If-None-Match: \"e\"", "If-None-Match"),
      ("Content-Type: text/plain", "content-type"), ("Content-Range: bytes 0-1/2", "content-range"),
    ])
  func named(header: String, field: String) async throws {
    let called = Shared(false)
    let method = Things.serve("Replace") { message, _ in
      called.value = true
      return UnaryReply(message: message)
    }
    try await Door.with([method], schema: Things.schema) { door throws in
      let headers = header.hasPrefix("If-Match") ? [header] : [header, "If-Match: *"]
      let response = try door.exchange("PUT", "/v1/things/a", headers + [json], body: "{}")
      #expect(response.status == 400)
      #expect(response.violations == [field])
      #expect(
        response.json("error", "details", "0", "fieldViolations", "0", "reason")
          == "INVALID_HEADER")
      #expect(!called.value)
    }
  }

  @Test("fills an empty request_id by Idempotency-Key", .covers("T81"))
  func key() async throws {
    let seen = Shared("")
    let method = Things.serve("Loose") { message, _ in
      seen.value = try Things.json(message)
      return UnaryReply(message: Things.thing("a"))
    }
    try await Door.with([method], schema: Things.schema) { door throws in
      let key = "8e03978e-40d5-43e8-bc93-6894a57f9324"
      func ask(_ body: String, _ headers: String...) throws -> Response {
        try door.exchange("POST", "/v1/loose", headers + [json], body: body)
      }
      for spelled in [key, "\"\(key)\""] {
        seen.value = ""
        #expect(try ask("{}", "Idempotency-Key: \(spelled)").status == 200)
        #expect(JSON(seen.value).value("requestId") == key)
      }
      #expect(try ask(#"{"requestId":"a"}"#, "Idempotency-Key: a").status == 200)
      let other = try ask(#"{"requestId":"b"}"#, "Idempotency-Key: a")
      #expect(other.status == 400)
      #expect(other.violations == ["request_id"])
      #expect(try ask("{}", "Idempotency-Key: a", "Idempotency-Key: a").status == 200)
      let two = try ask("{}", "Idempotency-Key: a", "Idempotency-Key: b")
      #expect(two.status == 400)
      #expect(two.violations == ["Idempotency-Key"])
    }
  }

  @Test("makes the mask of a PATCH from its members", .covers("T61"))
  func mask() async throws {
    let seen = Shared("")
    let method = Things.serve("Update") { message, _ in
      seen.value = try Things.json(message, of: "Change")
      return UnaryReply(message: Things.thing("a"))
    }
    try await Door.with([method], schema: Things.schema) { door throws in
      let type = "Content-Type: application/merge-patch+json"
      let body = #"{"note":"x","etag":null}"#
      for (query, mask) in [
        ("", "etag,note"), ("?updateMask=note", "note"), ("?updateMask=*", "*"),
      ] {
        let response = try door.exchange("PATCH", "/v1/things/a\(query)", [type], body: body)
        #expect(response.status == 200)
        #expect(JSON(seen.value).value("updateMask") == mask)
      }
    }
  }

  @Test("gives a handler the caller's deadline for the calls it makes itself", .covers("T65"))
  func childDeadline() async throws {
    let left = Shared(Duration?.none)
    let method = Things.serve("Get") { message, context in
      #expect(CallDeadline.current == context.deadline)
      left.value = CallDeadline.current.map { ContinuousClock.now.duration(to: $0) }
      return UnaryReply(message: message)
    }
    let watch = Methods.method(
      "test.v1.Things", "Watch", .serverStreaming,
      .serverStreaming { _, _, context in
        #expect(CallDeadline.current == context.deadline)
        left.value = CallDeadline.current.map { ContinuousClock.now.duration(to: $0) }
        return [:]
      })
    try await Door.with([method, watch], schema: Things.schema) { door throws in
      for path in ["/v1/things/a", "/v1/things/a:watch"] {
        left.value = nil
        #expect(try door.exchange("GET", path, ["grpc-timeout: 20S"]).status == 200)
        let time = try #require(left.value)
        #expect(time > .zero && time <= .seconds(20))
      }
    }
  }
}
