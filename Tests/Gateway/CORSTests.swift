import RPC
import TestSupport
import Testing

@testable import Gateway

@Suite("The REST door: pages of other origins")
struct CORSTests {
  private let page = "Origin: https://app.example"
  private let json = "Content-Type: application/json"

  private func with(
    _ methods: [RegisteredMethod], _ cors: CORS?,
    _ body: @escaping @Sendable (Door) async throws -> Void
  ) async throws {
    try await Door.with(
      methods, schema: Things.schema, configure: { $0.cors = cors }, body)
  }

  private static func some() throws -> CORS {
    try CORS(origins: ["https://app.example", "http://localhost:3000"])
  }

  @Test("answers a preflight from the route table, without the handler", .covers("T68"))
  func preflight() async throws {
    let called = Shared(false)
    let methods = ["Get", "Delete", "Update", "Replace"].map { name in
      Things.serve(name) { message, _ in
        called.value = true
        return UnaryReply(message: message)
      }
    }
    try await with(methods, try Self.some()) { door throws in
      let client = try door.connect()
      let response = try client.exchange(
        "OPTIONS", "/v1/things/a",
        [
          page, "Access-Control-Request-Method: PATCH",
          "Access-Control-Request-Headers: authorization,if-match",
        ])
      #expect(response.status == 204)
      #expect(response["access-control-allow-origin"] == "https://app.example")
      #expect(response["access-control-allow-methods"] == "DELETE, GET, HEAD, PATCH, PUT")
      let headers = Set(
        (response["access-control-allow-headers"] ?? "").split(separator: ", ").map {
          $0.lowercased()
        })
      #expect(
        headers.isSuperset(of: [
          "authorization", "content-type", "idempotency-key", "if-match", "if-none-match",
          "grpc-timeout", "traceparent",
        ]))
      #expect(response["access-control-max-age"] == "600")
      #expect(response["access-control-allow-credentials"] == nil)
      #expect(response["access-control-expose-headers"] == nil)
      #expect(
        response["vary"]
          == "origin, access-control-request-method, access-control-request-headers")
      #expect(response["content-length"] == nil)
      #expect(!called.value)
      // No preflight: OPTIONS as any client asks it.
      let plain = try client.exchange("OPTIONS", "/v1/things/a", [page])
      #expect(plain["allow"] == "DELETE, GET, HEAD, OPTIONS, PATCH, PUT")
      #expect(plain["access-control-allow-methods"] == nil)
    }
  }

  @Test("lets a preflight of a path that is none fail", .covers("T68"))
  func unknownPath() async throws {
    try await with([Things.answer("Get")], try Self.some()) { door throws in
      let response = try door.exchange(
        "OPTIONS", "/nope", [page, "Access-Control-Request-Method: GET"])
      #expect(response.status == 404)
    }
  }

  @Test("shows answers and errors to pages that may see them", .covers("T68"))
  func answers() async throws {
    let methods = [
      Things.answer("Get", etag: "\"e1\""), try Things.fail("Delete", .permissionDenied),
    ]
    try await with(methods, try Self.some()) { door throws in
      for (verb, path, headers, status) in [
        ("GET", "/v1/things/a", [], 200),
        ("GET", "/v1/things/a", ["If-None-Match: \"e1\""], 304),
        ("HEAD", "/v1/things/a", [], 200), ("DELETE", "/v1/things/a", [], 403),
        ("GET", "/v1/things/a?nope=1", [], 400), ("GET", "/nope", [], 404),
        ("POST", "/v1/things/a", [], 405), ("GET", "/v1/things/a", ["Accept: text/html"], 406),
        ("GET", "/v1/things/a", ["X-Long: \(String(repeating: "a", count: 9_000))"], 431),
        ("GET", "/v1/things/a", ["grpc-timeout: 0m"], 504),
      ] as [(String, String, [String], Int)] {
        let response = try door.exchange(verb, path, headers + [page])
        #expect(response.status == status)
        #expect(response["access-control-allow-origin"] == "https://app.example", "\(status)")
        #expect(response["access-control-expose-headers"]?.contains("ETag") == true)
        #expect(response["vary"]?.hasPrefix("origin") == true)
      }
    }
  }

  @Test("shows a body that is too large or of another type as what it is", .covers("T68"))
  func refusedBodies() async throws {
    try await Door.with(
      [Things.answer("Create")], schema: Things.schema,
      configure: {
        $0.cors = try? Self.some()
        $0.maxBodyBytes = 10
      },
      { door throws in
        let large = try door.exchange(
          "POST", "/v1/things", [page, json], body: #"{"note":"0123456789"}"#)
        #expect(large.status == 413)
        #expect(large["access-control-allow-origin"] == "https://app.example")
        let other = try door.exchange(
          "POST", "/v1/things", [page, "Content-Type: text/plain"], body: "{}")
        #expect(other.status == 415)
        #expect(other["access-control-allow-origin"] == "https://app.example")
      })
  }

  @Test("shows streams to pages that may see them", .covers("T68"))
  func streams() async throws {
    let watch = Methods.method(
      "test.v1.Things", "Watch", .serverStreaming,
      .serverStreaming { _, sink, _ in
        try await sink.write(Things.thing("a"))
        return [:]
      })
    try await with([watch], try Self.some()) { door throws in
      let response = try door.exchange("GET", "/v1/things/a:watch", [page])
      #expect(response.text == "{\"name\":\"a\"}\n")
      #expect(response["access-control-allow-origin"] == "https://app.example")
      #expect(response["vary"] == "origin, accept, accept-encoding")
    }
  }

  @Test(
    "says nothing to other pages, but that answers differ", .covers("T68"),
    arguments: [
      "https://evil.example", "http://app.example", "https://app.example:8443", "null",
      "https://app.example.evil.example", "https://APP.example", "",
    ])
  func others(origin: String) async throws {
    try await with([Things.answer("Get")], try Self.some()) { door throws in
      for verb in ["GET", "OPTIONS"] {
        let response = try door.exchange(
          verb, "/v1/things/a", ["Origin: \(origin)", "Access-Control-Request-Method: GET"])
        #expect(!response.headers.contains { $0.name.hasPrefix("access-control-") })
        #expect(response["vary"]?.hasPrefix("origin") == true)
      }
      #expect(try door.exchange("GET", "/v1/things/a")["vary"]?.hasPrefix("origin") == true)
    }
  }

  @Test("admits every page where it is told to, the same answer for all", .covers("T68"))
  func everyone() async throws {
    try await with([Things.answer("Get")], try CORS(origins: ["*"])) { door throws in
      let response = try door.exchange("GET", "/v1/things/a", ["Origin: https://any.example"])
      #expect(response["access-control-allow-origin"] == "*")
      #expect(response["vary"]?.contains("origin") != true)
    }
  }

  @Test("allows credentials where it is told to", .covers("T68"))
  func credentials() async throws {
    let cors = try CORS(origins: ["https://app.example"], allowsCredentials: true)
    try await with([Things.answer("Get")], cors) { door throws in
      let response = try door.exchange("GET", "/v1/things/a", [page])
      #expect(response["access-control-allow-credentials"] == "true")
      #expect(response["access-control-allow-origin"] == "https://app.example")
    }
  }

  @Test("says nothing to browsers unless it is told to", .covers("T68"))
  func none() async throws {
    try await with([Things.answer("Get")], nil) { door throws in
      let response = try door.exchange(
        "OPTIONS", "/v1/things/a", [page, "Access-Control-Request-Method: GET"])
      #expect(response.status == 204)
      #expect(!response.headers.contains { $0.name.hasPrefix("access-control-") })
      #expect(response["vary"] == nil)
    }
  }

  @Test(
    "refuses what is no origin",
    arguments: [
      "app.example", "https://app.example/", "https://app.example:443", "http://a:80",
      "HTTPS://app.example", "https://App.example", "https://", "null", "", "https://a:0",
      "https://a:99999", "https://a b", "https://user@a",
    ])
  func badOrigin(origin: String) {
    let error = #expect(throws: GatewayError.self) { try CORS(origins: [origin]) }
    #expect(error?.code == .badOrigin)
  }

  @Test("refuses every origin beside others or with credentials, and headers that are none")
  func contradictions() throws {
    #expect(throws: GatewayError.self) { try CORS(origins: ["*", "https://a.example"]) }
    #expect(throws: GatewayError.self) { try CORS(origins: ["*"], allowsCredentials: true) }
    var cors = try CORS(origins: ["*"])
    cors.allowedHeaders = ["a b"]
    let wrong = cors
    #expect(throws: GatewayError.self) { try CORSRules(wrong) }
  }
}
