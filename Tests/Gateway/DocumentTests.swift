import Gateway
import GeneratedPeer
import RPC
import TestSupport
import Testing

@Suite("Documents of a door")
struct StaticDocumentTests {
  private static let large = [UInt8](repeating: 0x61, count: 5000)
  private static let documents = [
    StaticDocument(path: "/about.json", contentType: "application/json", body: Array("{}".utf8)),
    StaticDocument(
      path: "/page", contentType: "text/html", body: large, contentPolicy: "default-src 'none'"),
  ]

  private func with(_ body: @escaping @Sendable (Door) async throws -> Void) async throws {
    try await Door.with([]) { door in
      try await door.gateway.replace(schema: Door.schema, methods: [], documents: Self.documents)
      try await body(door)
    }
  }

  @Test("are there as they are, with a tag")
  func read() async throws {
    try await with { door in
      let answer = try door.exchange("GET", "/about.json?x=1")
      #expect(answer.status == 200 && answer.text == "{}")
      #expect(answer["content-type"] == "application/json")
      #expect(answer["cache-control"] == "no-cache")
      #expect(answer["content-security-policy"] == nil)
      #expect(answer["cross-origin-opener-policy"] == nil)
      let tag = try #require(answer["etag"])
      let again = try door.exchange("GET", "/about.json", ["if-none-match: \(tag)"])
      #expect(again.status == 304 && again.text.isEmpty && again["etag"] == tag)
      let stale = try door.exchange("GET", "/about.json", ["if-match: \"other\""])
      #expect(stale.status == 412)
    }
  }

  @Test("that are pages have their policy, and are gzip for who wants it")
  func page() async throws {
    try await with { door in
      let plain = try door.exchange("GET", "/page")
      #expect(plain["content-security-policy"] == "default-src 'none'")
      #expect(plain["referrer-policy"] == "no-referrer")
      #expect(plain["x-frame-options"] == "DENY")
      #expect(plain["cross-origin-opener-policy"] == "same-origin")
      #expect(plain["content-length"] == "5000")
      #expect(plain["vary"] == "accept-encoding")
      let small = try door.exchange("GET", "/page", ["accept-encoding: gzip"])
      #expect(small["content-encoding"] == "gzip")
      #expect(small["etag"] != plain["etag"])
      let head = try door.exchange("HEAD", "/page")
      #expect(head["content-length"] == "5000" && head.text.isEmpty)
    }
  }

  @Test("are read, and nothing else")
  func methods() async throws {
    try await with { door in
      let post = try door.exchange("POST", "/page", body: "x")
      #expect(post.status == 405 && post["allow"] == "GET, HEAD, OPTIONS")
      #expect(try door.exchange("OPTIONS", "/page").status == 204)
      #expect(try door.exchange("GET", "/pages").status == 404)
    }
  }
}
