import GeneratedGoogle
import SwiftProtobuf
import TestSupport
import Testing

@testable import Transcoding

@Suite("Responses and errors as JSON")
struct ResponseTests {
  private func printed(_ wire: [UInt8], field: String) throws -> String {
    let method = try #require(Contract.shared.schema.method(path: "/test.v1.Tests/Call"))
    let printer = try ResponsePrinter(
      method: method,
      binding: HTTPBinding(verb: "GET", template: "/x", body: "", responseBody: field))
    var json: [UInt8] = Array("->".utf8)
    try wire.withUnsafeBytes { try printer.json(wire: $0, into: &json) }
    return String(decoding: json.dropFirst(2), as: UTF8.self)
  }

  @Test("print one field alone where the binding says so", .covers("T71"))
  func responseBody() throws {
    let wire = WireParts.field(1, "x") + WireParts.field(12, "a") + WireParts.field(11, [])
    #expect(try printed(wire, field: "") == "{\"name\":\"x\",\"sub\":{},\"tags\":[\"a\"]}")
    #expect(try printed(wire, field: "name") == "\"x\"")
    #expect(try printed(wire, field: "tags") == "[\"a\"]")
    #expect(try printed(wire, field: "sub") == "{}")
    #expect(try printed([], field: "") == "{}")
    for (field, expected) in [
      ("tags", "[]"), ("subs", "[]"), ("labels", "{}"), ("name", "\"\""), ("i32", "0"),
      ("i64", "\"0\""), ("flag", "false"), ("color", "\"COLOR_UNSPECIFIED\""), ("raw", "\"\""),
      ("d", "0"), ("sub", "null"), ("ts", "null"), ("opt", "null"), ("user", "null"),
    ] {
      #expect(try printed([], field: field) == expected)
    }
  }

  @Test("leave the text as it was when a message is corrupt")
  func corrupt() throws {
    let method = try #require(Contract.shared.schema.method(path: "/test.v1.Tests/Call"))
    let printer = try ResponsePrinter(
      method: method,
      binding: HTTPBinding(verb: "GET", template: "/x", body: "", responseBody: ""))
    var json: [UInt8] = [1, 2]
    let wire = WireParts.field(1, "ok") + WireParts.field(2, [0xff])
    do {
      try wire.withUnsafeBytes { try printer.json(wire: $0, into: &json) }
      Issue.record("printed text that is not UTF-8")
    } catch let error as TranscodingError {
      #expect(error.kind == .corrupt)
      #expect(error.code == 13)
      #expect(error.violations.isEmpty)
      #expect(error.message.contains("test.v1.Req, near the field id"))
    }
    #expect(json == [1, 2])
  }

  @Test("print errors as AIP-193 has them", .covers("T69"))
  func errors() throws {
    let printer = StatusPrinter(schema: Contract.shared.schema)
    let error = TranscodingError.invalid("sub.zz", "no such field", reason: "UNKNOWN_FIELD")
    #expect(error.code == 3)
    let json = printer.json(
      httpCode: 400, statusName: "INVALID_ARGUMENT", message: error.message,
      statusDetails: error.statusDetails())
    #expect(
      String(decoding: json, as: UTF8.self) == """
        {"error":{"code":400,"message":"sub.zz: no such field","status":"INVALID_ARGUMENT",\
        "details":[{"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":\
        [{"field":"sub.zz","description":"no such field","reason":"UNKNOWN_FIELD"}]}]}}
        """)
  }

  @Test("keep the bytes of details they cannot print", .covers("T70"))
  func unknownDetails() throws {
    let status = try Google_Rpc_Status.with {
      $0.details = [
        .with {
          $0.typeURL = "type.googleapis.com/no.Such"
          $0.value = .init([1, 2])
        },
        .with {
          $0.typeURL = "type.googleapis.com/google.rpc.ErrorInfo"
          $0.value = .init([0xff])
        },
        .with {
          $0.typeURL = "type.googleapis.com/google.protobuf.Timestamp"
          $0.value = .init(WireParts.field(2, 2_000_000_000))
        },
        try Google_Protobuf_Any(message: Google_Protobuf_Duration(seconds: 1)),
        .with { $0.value = .init([3]) },
      ]
    }
    let json = StatusPrinter(schema: Contract.shared.schema).json(
      httpCode: 500, statusName: "INTERNAL", message: "a\"b\n",
      statusDetails: try status.serializedBytes())
    #expect(
      String(decoding: json, as: UTF8.self) == """
        {"error":{"code":500,"message":"a\\"b\\n","status":"INTERNAL","details":[\
        {"@type":"type.googleapis.com/no.Such","value":"AQI="},\
        {"@type":"type.googleapis.com/google.rpc.ErrorInfo","value":"/w=="},\
        {"@type":"type.googleapis.com/google.protobuf.Timestamp","value":"EICo1rkH"},\
        {"@type":"type.googleapis.com/google.protobuf.Duration","value":"1s"},\
        {"@type":"","value":"Aw=="}]}}
        """)
  }

  @Test("leave out details that are no status", .covers("T70"))
  func corruptDetails() throws {
    for details: [UInt8] in [[], [0xff], [0x1a, 5, 1], [0x1a, 1, 0x0b], [8, 1]] {
      let json = StatusPrinter(schema: Contract.shared.schema).json(
        httpCode: 404, statusName: "NOT_FOUND", message: "", statusDetails: details)
      #expect(
        String(decoding: json, as: UTF8.self)
          == "{\"error\":{\"code\":404,\"message\":\"\",\"status\":\"NOT_FOUND\",\"details\":[]}}")
    }
  }
}
