import GeneratedGoogle
import RPC
import SwiftProtobuf
import TestSupport
import Testing
import Transcoding

@testable import Gateway

@Suite("The REST door: routes")
struct RoutingTests {
  private let resident = "/v1/complexes/c1/residents/r1"

  @Test("serves a method by its google.api.http rule")
  func unary() async throws {
    try await Door.with([Methods.echoResident]) { door throws in
      let response = try door.exchange("GET", resident)
      #expect(response.status == 200)
      #expect(response["content-type"] == "application/json")
      #expect(response["x-content-type-options"] == "nosniff")
      #expect(response["content-length"] == "\(response.body.count)")
      #expect(response["date"]?.hasSuffix(" GMT") == true)
      #expect(response.json("complexId") == "c1")
      #expect(response.json("residentId") == "r1")
    }
  }

  @Test("binds a JSON body")
  func body() async throws {
    try await Door.with([Methods.createVisit]) { door throws in
      let response = try door.exchange(
        "POST", "/v1/complexes/c1/visits", ["Content-Type: application/json"],
        body: #"{"visitorName":"Ann"}"#)
      #expect(response.status == 200)
      #expect(response.json("visitorName") == "Ann")
      #expect(response.json("complexId") == "c1")
    }
  }

  @Test("takes an empty body for the default message", .covers("T58"))
  func emptyBody() async throws {
    try await Door.with([Methods.createVisit]) { door throws in
      let response = try door.exchange("POST", "/v1/complexes/c1/visits", body: "")
      #expect(response.status == 200)
      #expect(response.json("complexId") == "c1")
    }
  }

  @Test("decodes path values after the path was split", .covers("T10", "S-F13"))
  func encodedValues() async throws {
    try await Door.with([Methods.echoResident]) { door throws in
      let response = try door.exchange("GET", "/v1/complexes/a%2Fb/residents/%20%3F%23")
      #expect(response.json("complexId") == "a/b")
      #expect(response.json("residentId") == " ?#")
    }
  }

  @Test("names the variable of a malformed path value", .covers("T12"))
  func malformedValue() async throws {
    try await Door.with([Methods.echoResident]) { door throws in
      let response = try door.exchange("GET", "/v1/complexes/c1/residents/%zz")
      #expect(response.status == 400)
      #expect(response.json("error", "status") == "INVALID_ARGUMENT")
      #expect(
        response.json("error", "details", "0", "fieldViolations", "0", "field") == "resident_id")
    }
  }

  @Test("answers an unknown path with a JSON 404", .covers("T23", "T24"))
  func unknownPath() async throws {
    try await Door.with([Methods.echoResident]) { door throws in
      for path in ["/nope", "/V1/complexes/c1/residents/r1", "/v1/../admin", "\(resident)/"] {
        let response = try door.exchange("GET", path)
        #expect(response.status == 404)
        #expect(response["content-type"] == "application/json")
        #expect(response["x-content-type-options"] == "nosniff")
        #expect(response.json("error", "code") == "404")
        #expect(response.json("error", "status") == "NOT_FOUND")
      }
    }
  }

  @Test("answers a wrong method with 405, Allow and JSON", .covers("T25", "S-F15"))
  func wrongMethod() async throws {
    try await Door.with([Methods.echoResident, Methods.createVisit]) { door throws in
      for method in ["DELETE", "POST", "TRACE", "PROPFIND"] {
        let response = try door.exchange(method, resident)
        #expect(response.status == 405)
        #expect(response["allow"] == "GET, HEAD, OPTIONS")
        #expect(response.json("error", "code") == "405")
      }
      #expect(try door.exchange("GET", "/v1/complexes/c/visits")["allow"] == "OPTIONS, POST")
    }
  }

  @Test("answers HEAD with GET's headers and no body", .covers("T26"))
  func head() async throws {
    try await Door.with([Methods.echoResident]) { door throws in
      let client = try door.connect()
      let get = try client.exchange("GET", resident)
      let head = try client.exchange("HEAD", resident)
      #expect(head.status == 200)
      #expect(head["content-length"] == get["content-length"])
      #expect(head["content-type"] == get["content-type"])
      #expect(try client.exchange("HEAD", "/nope").status == 404)
      #expect(try client.exchange("GET", resident).body == get.body)
    }
  }

  @Test("answers OPTIONS from the route table, without the handler", .covers("T25", "T68"))
  func options() async throws {
    let called = Shared(false)
    let method = Methods.getResident { _, _ in
      called.value = true
      throw RPCError(code: .internalError, message: "")
    }
    try await Door.with([method]) { door throws in
      let client = try door.connect()
      let response = try client.exchange("OPTIONS", resident)
      #expect(response.status == 204)
      #expect(response["allow"] == "GET, HEAD, OPTIONS")
      #expect(response["content-length"] == nil)
      #expect(try client.exchange("OPTIONS", "*").status == 204)
      #expect(try client.exchange("OPTIONS", "/healthz")["allow"] == "GET, HEAD, OPTIONS")
      #expect(try client.exchange("OPTIONS", "/nope").status == 404)
      #expect(!called.value)
    }
  }

  @Test("ignores headers that override the method", .covers("T27"))
  func methodOverride() async throws {
    try await Door.with([Methods.echoResident]) { door throws in
      for name in ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"] {
        #expect(try door.exchange("POST", resident, ["\(name): GET"]).status == 405)
        #expect(try door.exchange("GET", resident, ["\(name): DELETE"]).status == 200)
      }
    }
  }

  @Test("answers GET /healthz outside of the routes", .covers("S-F16"))
  func liveness() async throws {
    try await Door.with([]) { door throws in
      let client = try door.connect()
      let response = try client.exchange("GET", "/healthz")
      #expect(response.status == 200)
      #expect(response.json("status") == "SERVING")
      #expect(try client.exchange("HEAD", "/healthz").status == 200)
      #expect(try client.exchange("DELETE", "/healthz").status == 405)
    }
  }

  @Test("takes a target in absolute form")
  func absoluteForm() async throws {
    try await Door.with([Methods.echoResident]) { door throws in
      #expect(try door.exchange("GET", "http://localhost\(resident)").status == 200)
      #expect(try door.exchange("GET", "http://localhost").status == 400)
    }
  }

  @Test("gives a method without an HTTP rule no route")
  func noRule() async throws {
    let stream = Methods.method(
      "peer.v1.Directory", "WatchEvents", .serverStreaming, .serverStreaming { _, _, _ in [:] })
    let unknown = Methods.method(
      "no.such.Service", "Get", .unary, .unary { _, _ in throw CancellationError() })
    try await Door.with([stream, unknown]) { door throws in
      #expect(try door.exchange("GET", "/v1/complexes/c1/events").status == 404)
      // Its own path takes calls, and this is none.
      #expect(try door.exchange("POST", "/no.such.Service/Get").status == 415)
      #expect(try door.exchange("POST", "/no.such.Service/Other").status == 404)
    }
  }

  @Test("refuses to start with two methods on one route, and names both", .covers("T7"))
  func conflict() throws {
    let schema = try contract(("A", .get("/v1/{x}")), ("B", .get("/v1/{y}")))
    let error = #expect(throws: GatewayError.self) {
      try open(schema, "A", "B")
    }
    #expect(error?.code == .badRoute)
    #expect(error?.message.contains("test.v1.S/A") == true)
    #expect(error?.message.contains("test.v1.S/B") == true)
  }

  @Test("refuses to start with a template that is not valid", .covers("T8"))
  func badTemplate() throws {
    let schema = try contract(("A", .get("/v1//x")))
    let error = #expect(throws: GatewayError.self) { try open(schema, "A") }
    #expect(error?.code == .badRoute)
    #expect(error?.message.contains("column 5") == true)
  }

  @Test("refuses to start with a variable that is no field")
  func unknownVariable() throws {
    let schema = try contract(("A", .get("/v1/{nope}")))
    #expect(throws: GatewayError.self) { try open(schema, "A") }
  }

  private func open(_ schema: Schema, _ names: String...) throws {
    _ = try Gateway(
      configuration: GatewayConfiguration(), schema: schema,
      methods: names.map { name in
        Methods.method(
          "test.v1.S", name, .unary, .unary { _, _ in throw CancellationError() })
      }, logger: .quiet)
  }

  /// A service `test.v1.S` with these methods over `M{string x = 1; string y = 2}`.
  private func contract(
    _ methods: (name: String, pattern: Google_Api_HttpRule.OneOf_Pattern)...
  ) throws -> Schema {
    let file = Google_Protobuf_FileDescriptorProto.with { file in
      file.name = "test.proto"
      file.package = "test.v1"
      file.syntax = "proto3"
      file.messageType = [
        .with { message in
          message.name = "M"
          message.field = ["x", "y"].enumerated().map { index, name in
            .with {
              $0.name = name
              $0.jsonName = name
              $0.number = Int32(index + 1)
              $0.label = .optional
              $0.type = .string
            }
          }
        }
      ]
      file.service = [
        .with { service in
          service.name = "S"
          service.method = methods.map { method in
            .with {
              $0.name = method.name
              $0.inputType = ".test.v1.M"
              $0.outputType = ".test.v1.M"
              $0.options.Google_Api_http = .with { $0.pattern = method.pattern }
            }
          }
        }
      ]
    }
    let set = Google_Protobuf_FileDescriptorSet.with { $0.file = [file] }
    return try Schema(descriptorSet: try set.serializedBytes())
  }

  @Test("goes by the host of an absolute target before the field Host, as TLS names it")
  func absoluteHost() throws {
    let core = GatewayCore(
      configuration: GatewayConfiguration(),
      snapshot: try Snapshot(
        schema: Door.schema, methods: [Methods.echoResident], GatewayConfiguration(),
        logger: .quiet),
      cors: nil, logger: .quiet)
    func code(_ target: String, _ host: String) -> Int? {
      let head = RequestHead(
        method: .GET, uri: target, version: .http1_1, headers: [("host", host)],
        framing: .length(0), isKeepAlive: true)
      return IncomingRequest(
        head, snapshot: core.snapshot, core: core, serverName: "a.example",
        peer: Peer(address: "127.0.0.1", door: .rest)
      ).failure?.httpCode
    }
    #expect(code(resident, "a.example") == nil)
    #expect(code(resident, "b.example") == 421)
    #expect(code("https://A.example:443\(resident)", "b.example") == nil)
    #expect(code("https://b.example\(resident)", "a.example") == 421)
    #expect(code("https://a.example@b.example\(resident)", "a.example") == 400)
  }
}
