import Gateway
import RPC
import TestSupport
import Testing

@Suite("The REST door: HTTP/1.1")
struct FramingTests {
  private let resident = "/v1/complexes/c1/residents/r1"
  private let visits = "/v1/complexes/c1/visits"

  @Test("keeps a connection, and closes it when asked")
  func keepAlive() async throws {
    try await Door.with([Methods.echoResident]) { door throws in
      let client = try door.connect()
      for _ in 0..<3 { #expect(try client.exchange("GET", resident).status == 200) }
      let last = try client.exchange("GET", resident, ["Connection: close"])
      #expect(last["connection"] == "close")
      #expect(try client.isClosed())
    }
  }

  @Test("answers pipelined requests in their order, one at a time")
  func pipelining() async throws {
    let running = Shared(0)
    let method = Methods.getResident { bytes, _ in
      running.value += 1
      #expect(running.value == 1)
      await Task.yield()
      running.value -= 1
      return UnaryReply(message: bytes)
    }
    try await Door.with([method, Methods.createVisit]) { door throws in
      let client = try door.connect()
      let gets = (0..<50).map {
        "GET /v1/complexes/c/residents/r\($0) HTTP/1.1\r\nHost: a\r\n\r\n"
      }
      let post =
        "POST \(visits) HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        + "Content-Length: 19\r\n\r\n{\"visitorName\":\"A\"}"
      client.send(gets.joined() + post + "GET /nope HTTP/1.1\r\nHost: a\r\n\r\n")
      for _ in 0..<50 { #expect(try client.response().status == 200) }
      #expect(try client.response().json("visitorName") == "A")
      #expect(try client.response().status == 404)
    }
  }

  @Test("answers what came before a fault, then the fault, then closes")
  func faultBehindRequest() async throws {
    let method = Methods.getResident { bytes, _ in
      await Task.yield()
      return UnaryReply(message: bytes)
    }
    try await Door.with([method]) { door throws in
      let client = try door.connect()
      client.send("GET \(resident) HTTP/1.1\r\nHost: a\r\n\r\nnonsense\r\n\r\n")
      #expect(try client.response().status == 200)
      #expect(try client.response().status == 400)
      #expect(try client.isClosed())
    }
  }

  @Test("reads a request that comes byte by byte")
  func fragments() async throws {
    try await Door.with([Methods.createVisit]) { door throws in
      let client = try door.connect()
      let text =
        "POST \(visits) HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"vis\r\ne\r\nitorName\":\"A\"}\r\n0\r\n\r\n"
      for byte in text.utf8 { client.send([byte]) }
      #expect(try client.response().json("visitorName") == "A")
    }
  }

  @Test(
    "refuses what smuggles a request, and closes", .covers("S-F12"),
    arguments: [
      "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
      "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
      "Content-Length: 5\r\nContent-Length: 6\r\n",
      "Content-Length: 5\r\nContent-Length: 5\r\n",
      "Content-Length: 5, 5\r\n",
      "Content-Length: -5\r\n",
      "Content-Length: +5\r\n",
      "Content-Length: 0x5\r\n",
      "Content-Length: 99999999999999999999\r\n",
      "X-A: b\r\n c\r\nContent-Length: 0\r\n",
      "X-A: b\nContent-Length: 0\r\n",
      "X-A: b\rc\r\nContent-Length: 0\r\n",
      "X-A : b\r\nContent-Length: 0\r\n",
      "X-A: \u{0}\r\nContent-Length: 0\r\n",
      ": b\r\nContent-Length: 0\r\n",
      "Transfer-Encoding: xchunked\r\n",
      "Transfer-Encoding: chunked, identity\r\n",
      "Transfer-Encoding: gzip, chunked\r\n",
      "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
      "Transfer-Encoding: \u{0B}chunked\r\n",
      "Host: other\r\nContent-Length: 0\r\n",
    ])
  func smuggling(fields: String) async throws {
    let called = Shared(0)
    let method = Methods.method(
      "peer.v1.Directory", "CreateVisit", .unary,
      .unary { bytes, _ in
        called.value += 1
        return UnaryReply(message: bytes)
      })
    try await Door.with([method]) { door throws in
      let client = try door.connect()
      client.send(
        "POST \(visits) HTTP/1.1\r\nHost: a\r\n\(fields)\r\n"
          + "0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
      let response = try client.response()
      #expect(response.status == 400)
      #expect(response.json("error", "code") == "400")
      #expect(response["x-content-type-options"] == "nosniff")
      #expect(try client.isClosed())
      #expect(called.value == 0)
    }
  }

  @Test(
    "refuses malformed HTTP with a JSON 400, and closes", .covers("S-F12"),
    arguments: [
      "nonsense\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/1.10\r\n\r\n",
      "GET /x#y HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
      "GET /\u{1} HTTP/1.1\r\nHost: a\r\n\r\n", "\u{16}\u{3}\u{1}",
      "GET / HTTP/1.1\nHost: a\n\n",
      "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n",
      "POST /v1/complexes/c1/visits HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n",
      "POST /v1/complexes/c1/visits HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ])
  func malformed(request: String) async throws {
    try await Door.with([Methods.createVisit]) { door throws in
      let client = try door.connect()
      client.send(request)
      let response = try client.response()
      #expect(response.status == 400)
      #expect(response["connection"] == "close")
      #expect(response["content-type"] == "application/json")
      #expect(response.json("error", "status") == "INVALID_ARGUMENT")
      #expect(try client.isClosed())
    }
  }

  @Test(
    "refuses another version of HTTP in this one", .covers("S-F12"),
    arguments: [
      "GET / HTTP/3.0\r\n\r\n", "GET / HTTP/0.9\r\n\r\n", "PRI /x HTTP/2.0\r\n\r\n",
    ])
  func otherVersion(request: String) async throws {
    try await Door.with([]) { door throws in
      let client = try door.connect()
      client.send(request)
      let response = try client.response()
      #expect(response.status == 505)
      #expect(response["connection"] == "close")
      #expect(try client.isClosed())
    }
  }

  @Test("refuses a declared body over the limit before it comes", .covers("S-F14"))
  func declaredTooLarge() async throws {
    try await Door.with([Methods.createVisit], configure: { $0.maxBodyBytes = 1_000 }) {
      door throws in
      let client = try door.connect()
      client.send(
        "POST \(visits) HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
          + "Content-Length: 1001\r\n\r\n")
      let response = try client.response()
      #expect(response.status == 413)
      #expect(response.json("error", "status") == "RESOURCE_EXHAUSTED")
      #expect(response["connection"] == "close")
      #expect(try client.isClosed())
    }
  }

  @Test("refuses a chunked body as soon as it passes the limit", .covers("S-F14"))
  func chunkedTooLarge() async throws {
    try await Door.with([Methods.createVisit], configure: { $0.maxBodyBytes = 1_000 }) {
      door throws in
      let client = try door.connect()
      client.send(
        "POST \(visits) HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
          + "Transfer-Encoding: chunked\r\n\r\n")
      let chunk = "100\r\n\(String(repeating: " ", count: 256))\r\n"
      for _ in 0..<4 { client.send(chunk) }
      #expect(try client.response().status == 413)
      #expect(try client.isClosed())
    }
  }

  @Test("does not keep the body of a request that has failed, and goes on behind it")
  func failedBody() async throws {
    try await Door.with([Methods.createVisit], configure: { $0.maxBodyBytes = 1_000 }) {
      door throws in
      let client = try door.connect()
      let response = try client.exchange("POST", "/nope", body: String(repeating: "a", count: 900))
      #expect(response.status == 404)
      #expect(try client.exchange("GET", "/healthz").status == 200)
      client.send("POST", "/nope", body: String(repeating: "a", count: 1_100))
      #expect(try client.response().status == 404)
      #expect(try client.isClosed())
    }
  }

  @Test("refuses a request head over the limit with 431, a target with 414", .covers("T86"))
  func headTooLarge() async throws {
    try await Door.with([Methods.echoResident], configure: { $0.maxHeaderBytes = 4_096 }) {
      door throws in
      for header in [
        "X-A: \(String(repeating: "a", count: 5_000))",
        (0..<101).map { "X-\($0): a" }.joined(separator: "\r\n"),
      ] {
        let client = try door.connect()
        let response = try client.exchange("GET", resident, [header])
        #expect(response.status == 431)
        #expect(response.json("error", "status") == "RESOURCE_EXHAUSTED")
        #expect(try client.isClosed())
      }
      let target = "\(resident)?a=\(String(repeating: "a", count: 5_000))"
      let response = try door.exchange("GET", target)
      #expect(response.status == 414)
      #expect(response.json("error", "details", "0", "reason") == "TARGET_TOO_LONG")
    }
  }

  @Test("refuses more metadata than the core would take, before the call", .covers("T86"))
  func metadataTooLarge() async throws {
    try await Door.with([Methods.echoResident]) { door throws in
      let client = try door.connect()
      let large = (0..<3).map { "X-\($0): \(String(repeating: "a", count: 2_800))" }
      #expect(try client.exchange("GET", resident, large).status == 431)
      #expect(try client.exchange("GET", resident, Array(large.dropLast())).status == 200)
    }
  }

  @Test("says 100 Continue only to a request that can succeed")
  func expectContinue() async throws {
    try await Door.with([Methods.createVisit]) { door throws in
      let client = try door.connect()
      let headers =
        "Host: a\r\nExpect: 100-continue\r\nContent-Type: application/json\r\n"
        + "Content-Length: 2\r\n\r\n"
      client.send("POST \(visits) HTTP/1.1\r\n\(headers)")
      #expect(try client.response().status == 100)
      client.send("{}")
      #expect(try client.response().status == 200)
      client.send("POST /nope HTTP/1.1\r\n\(headers)")
      #expect(try client.response().status == 404)
      #expect(try client.isClosed())
      #expect(try door.exchange("GET", "/healthz", ["Expect: tea"]).status == 417)
    }
  }

  @Test("speaks HTTP/1.0: closes, or keeps the connection where asked")
  func oldVersion() async throws {
    try await Door.with([Methods.echoResident]) { door throws in
      let client = try door.connect()
      client.send("GET \(resident) HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
      #expect(try client.response()["connection"] == "keep-alive")
      client.send("GET \(resident) HTTP/1.0\r\n\r\n")
      #expect(try client.response()["connection"] == "close")
      #expect(try client.isClosed())
    }
  }

  @Test("answers a request for another protocol in this one, and closes")
  func upgrade() async throws {
    try await Door.with([Methods.echoResident]) { door throws in
      let client = try door.connect()
      let response = try client.exchange(
        "GET", resident, ["Connection: upgrade", "Upgrade: websocket"])
      #expect(response.status == 200)
      #expect(try client.isClosed())
    }
  }
}
