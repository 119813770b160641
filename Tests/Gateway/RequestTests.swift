import Gateway
import RPC
import TestSupport
import Testing

@Suite("The REST door: requests")
struct RequestTests {
  private let resident = "/v1/complexes/c1/residents/r1"
  private let visits = "/v1/complexes/c1/visits"

  @Test(
    "takes JSON in its spellings", .covers("T63"),
    arguments: [
      "application/json", "APPLICATION/JSON", "application/json; charset=utf-8",
      "application/json;charset=\"UTF-8\"", "application/merge-patch+json",
    ])
  func json(type: String) async throws {
    try await Door.with([Methods.createVisit]) { door throws in
      #expect(
        try door.exchange("POST", visits, ["Content-Type: \(type)"], body: "{}").status == 200)
    }
  }

  @Test(
    "refuses a body of another type, charset or coding with 415", .covers("T63", "T59"),
    arguments: [
      ["Content-Type: text/plain"], ["Content-Type: application/x-www-form-urlencoded"],
      ["Content-Type: application/json; charset=utf-16"], ["Content-Type: multipart/form-data"],
      [], ["Content-Type: application/json", "Content-Encoding: br"],
      ["Content-Type: application/json, text/plain"],
    ])
  func unsupportedType(headers: [String]) async throws {
    try await Door.with([Methods.createVisit]) { door throws in
      let client = try door.connect()
      let response = try client.exchange("POST", visits, headers, body: "{}")
      #expect(response.status == 415)
      #expect(response.json("error", "status") == "INVALID_ARGUMENT")
      // What would have been taken (RFC 9110 section 15.5.16).
      let isCoded = headers.contains("Content-Encoding: br")
      #expect(response["accept-encoding"] == (isCoded ? "gzip, deflate" : nil))
      #expect(
        response["accept"]
          == (isCoded ? nil : "application/json, application/merge-patch+json"))
      #expect(try client.exchange("GET", "/healthz").status == 200)
    }
  }

  @Test("takes a form where the policy asks for one, and nothing else", .covers("S-C6"))
  func form() async throws {
    let seen = Shared("")
    let method = Methods.createToken { bytes, _ in
      let schema = Door.schema.message(named: "artel.auth.v1.CreateTokenRequest")
      seen.value = String(
        decoding: try bytes.withUnsafeBytes { try schema?.json(fromWire: $0) ?? [] },
        as: UTF8.self)
      return UnaryReply(
        message: try Methods.bytes("artel.auth.v1.Token", #"{"access_token":"t"}"#))
    }
    try await Door.with([method]) { door throws in
      let form = "Content-Type: application/x-www-form-urlencoded"
      let response = try door.exchange(
        "POST", "/oauth2/token", [form], body: "grant_type=client_credentials&scope=a+b%26c")
      #expect(response.status == 200)
      #expect(response.json("access_token") == "t")
      #expect(JSON(seen.value).value("scope") == "a b&c")
      let json = try door.exchange(
        "POST", "/oauth2/token", ["Content-Type: application/json"], body: "{}")
      #expect(json.status == 415)
      #expect(json.json("error") == "invalid_request")
    }
  }

  @Test("takes a form, by the rules of a query, where the contract lets it", .covers("T83", "T84"))
  func acceptedForms() async throws {
    let seen = Shared("")
    let method = Things.serve("Loose") { message, _ in
      seen.value = try Things.json(message)
      return UnaryReply(message: Things.thing("a"))
    }
    try await Door.with([method], schema: Things.schema) { door throws in
      func ask(_ type: String, _ body: String) throws -> Response {
        try door.exchange("POST", "/v1/loose", ["Content-Type: \(type)"], body: body)
      }
      let form = "application/x-www-form-urlencoded"
      #expect(try ask(form, "name=a+b%26&thing.note=c").status == 200)
      #expect(JSON(seen.value).value("name") == "a b&")
      #expect(JSON(seen.value).value("thing", "note") == "c")
      let twice = try ask(form, "name=a&name=b")
      #expect(twice.status == 400)
      #expect(twice.violations == ["name"])
      let parts = """
        --b\r
        Content-Disposition: form-data; name="thing"\r
        Content-Type: application/json\r
        \r
        {"note":"d"}\r
        --b\r
        Content-Disposition: form-data; name="name"\r
        \r
        e\r
        --b--\r

        """
      #expect(try ask("multipart/form-data; boundary=b", parts).status == 200)
      #expect(JSON(seen.value).value("thing", "note") == "d")
      #expect(JSON(seen.value).value("name") == "e")
      let wrong = try ask("text/plain", "name=a")
      #expect(wrong.status == 415)
      #expect(wrong["accept"]?.contains("multipart/form-data") == true)
    }
  }

  @Test("prints as the system parameters ask, which are never fields", .covers("T40"))
  func systemParameters() async throws {
    try await Door.with([Methods.echoResident]) { door throws in
      func ask(_ query: String) throws -> Response {
        try door.exchange("GET", "\(resident)?\(query)")
      }
      #expect(try ask("$prettyPrint=true").text.contains("\n"))
      #expect(try !ask("$prettyPrint=false").text.contains("\n"))
      #expect(try ask("$alt=json;names=proto").json("resident_id") == "r1")
      #expect(try ask("key=1&quotaUser=a&$.xgafv=2").json("residentId") == "r1")
      let other = try ask("$alt=proto")
      #expect(other.status == 400)
      #expect(other.violations == ["$alt"])
    }
  }

  @Test("refuses a body where the contract maps none", .covers("T62"))
  func unmappedBody() async throws {
    try await Door.with([Methods.echoResident]) { door throws in
      let response = try door.exchange(
        "GET", resident, ["Content-Type: application/json"], body: "{}")
      #expect(response.status == 400)
      #expect(response.json("error", "status") == "INVALID_ARGUMENT")
    }
  }

  @Test("refuses an unknown query parameter and names it", .covers("T39"))
  func unknownParameter() async throws {
    try await Door.with([Methods.echoResident]) { door throws in
      let response = try door.exchange("GET", "\(resident)?nope=1")
      #expect(response.status == 400)
      #expect(response.json("error", "details", "0", "fieldViolations", "0", "field") == "nope")
    }
  }

  @Test(
    "refuses an Accept that admits no JSON with 406",
    arguments: ["text/html", "application/json;q=0", "application/*;q=0, text/plain", "*/*;q=0"])
  func notAcceptable(accept: String) async throws {
    try await Door.with([Methods.echoResident]) { door throws in
      let response = try door.exchange("GET", resident, ["Accept: \(accept)"])
      #expect(response.status == 406)
      #expect(response["content-type"] == "application/json")
    }
  }

  @Test(
    "answers in JSON where Accept admits it",
    arguments: ["*/*", "application/*", "text/html, application/json;q=0.1", "application/JSON"])
  func acceptable(accept: String) async throws {
    try await Door.with([Methods.echoResident]) { door throws in
      #expect(try door.exchange("GET", resident, ["Accept: \(accept)"]).status == 200)
    }
  }

  @Test("refuses an access token in the query", .covers("S-A16"))
  func tokenInQuery() async throws {
    try await Door.with([Methods.echoResident]) { door throws in
      for query in ["access_token=x", "a=b&access%5Ftoken=x", "access_token"] {
        let response = try door.exchange("GET", "\(resident)?\(query)")
        #expect(response.status == 400)
        #expect(!response.text.contains("x\""))
        // Not as any parameter that nobody knows.
        #expect(response.text.contains("belongs into the header authorization"))
      }
    }
  }

  @Test("refuses two Authorization headers", .covers("S-A17"))
  func twoCredentials() async throws {
    let called = Shared(false)
    let method = Methods.getResident { bytes, _ in
      called.value = true
      return UnaryReply(message: bytes)
    }
    try await Door.with([method]) { door throws in
      let response = try door.exchange(
        "GET", resident, ["Authorization: Bearer a", "authorization: Bearer b"])
      #expect(response.status == 400)
      #expect(
        response.json("error", "details", "0", "fieldViolations", "0", "field")
          == "authorization")
      #expect(!called.value)
    }
  }

  @Test("forwards headers as metadata, and drops what only a transport may say", .covers("S-B25"))
  func metadata() async throws {
    let seen = Shared(Metadata())
    let peer = Shared("")
    let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    let method = Methods.getResident { bytes, context in
      seen.value = context.metadata
      peer.value = "\(context.peer.door) \(context.peer.address)"
      return UnaryReply(message: bytes)
    }
    try await Door.with([method]) { door throws in
      _ = try door.exchange(
        "GET", resident,
        [
          "Authorization: Bearer t", "User-Agent: test", "X-Request-Id: 1", "Traceparent: \(trace)",
          "Tracestate: a=b", "Accept-Language: en", "Idempotency-Key: k", "If-Match: \"e\"",
          "If-None-Match: \"x\"", "X-Tenant-Id: t1", "X-Two: a", "X-Two: b",
          "Cookie: c", "Forwarded: for=1", "X-Forwarded-For: 1.2.3.4", "X-Real-Ip: 1.2.3.4",
          "X-Forwarded-Client-Cert: c", "Client-Cert: c", "SSL_CLIENT_CERT: c",
          "Ssl-Client-Verify: SUCCESS", "Grpc-Status: 0", "Content-Language: en", "TE: trailers",
          "Keep-Alive: 5", "Proxy-Authorization: p", "X-Data-Bin: AA==", "X-Umlaut: ä",
          "Connection: X-Hop", "X-Hop: 1", "Artel-Http-Status: 201", "Artel-Filename-Bin: YQ==",
          "Location: /", "Content-Disposition: inline", "Origin: https://a.example",
        ])
    }
    let metadata = seen.value
    #expect(
      Set(metadata.map(\.key)) == [
        "authorization", "user-agent", "x-request-id", "traceparent", "tracestate",
        "accept-language", "idempotency-key", "if-match", "if-none-match", "x-tenant-id", "x-two",
        "origin",
      ])
    #expect(metadata.first("traceparent") == trace)
    #expect(metadata.first("authorization") == "Bearer t")
    #expect(metadata[stringValues: "x-two"] == ["a", "b"])
    #expect(peer.value == "rest 127.0.0.1")
  }

  @Test("takes the caller's timeout for the deadline, the shorter of two", .covers("T65"))
  func timeout() async throws {
    let left = Shared(Duration.zero)
    let method = Methods.getResident { bytes, context in
      left.value = context.deadline.map { ContinuousClock.now.duration(to: $0) } ?? .zero
      return UnaryReply(message: bytes)
    }
    try await Door.with([method], configure: { $0.requestTimeout = .seconds(900) }) { door throws in
      let client = try door.connect()
      for (headers, seconds) in [
        ([], 900), (["grpc-timeout: 100S"], 100), (["grpc-timeout: 5M"], 300),
        (["X-Server-Timeout: 100.5"], 100), (["grpc-timeout: 1H"], 900),
        (["grpc-timeout: 100S", "X-Server-Timeout: 50"], 50),
      ] as [([String], Int)] {
        #expect(try client.exchange("GET", resident, headers).status == 200)
        #expect(left.value > .seconds(seconds - 20))
        #expect(left.value <= .seconds(seconds + 1))
      }
    }
  }

  @Test(
    "refuses a timeout that is none", .covers("T65", "S-F14"),
    arguments: [
      "grpc-timeout: abc", "grpc-timeout: 123456789m", "grpc-timeout: 5", "grpc-timeout: -1S",
      "grpc-timeout: 5s", "X-Server-Timeout: 1s", "X-Server-Timeout: -1", "X-Server-Timeout: 1e9",
      "X-Server-Timeout: ", "X-Server-Timeout: nan", "X-Server-Timeout: 1.2.3",
    ])
  func badTimeout(header: String) async throws {
    try await Door.with([Methods.echoResident]) { door throws in
      let response = try door.exchange("GET", resident, [header])
      #expect(response.status == 400)
      #expect(
        response.json("error", "details", "0", "fieldViolations", "0", "field")
          == header.prefix { $0 != ":" }.lowercased())
    }
  }

  @Test("never calls a handler whose time is up", .covers("T65", "S-F7"))
  func expiredTimeout() async throws {
    let called = Shared(false)
    let method = Methods.getResident { bytes, _ in
      called.value = true
      return UnaryReply(message: bytes)
    }
    try await Door.with([method]) { door throws in
      let response = try door.exchange("GET", resident, ["grpc-timeout: 0m"])
      #expect(response.status == 504)
      #expect(!called.value)
    }
  }
}
