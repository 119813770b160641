import SwiftProtobuf
import Testing

@testable import Transcoding

/// The contract of transcoding.md part 4: `Req` and `Sub`, and `Wide` for the types these lack.
struct Contract {
  let schema: Schema

  static let shared = Contract()

  init(schema: Schema) { self.schema = schema }

  private init() {
    do {
      schema = try Schema(descriptorSet: Descriptors.set(Contract.files))
    } catch {
      preconditionFailure("the contract of the tests does not load: \(error)")
    }
  }

  static let files = [Descriptors.wellKnown, Descriptors.rpc, Descriptors.options, test]

  static let test = Descriptors.file(
    "test/v1/test.proto", package: "test.v1", messages: [req, sub, wide, form],
    enums: [Descriptors.enum("Color", [("COLOR_UNSPECIFIED", 0), ("RED", 1), ("NEGATIVE", -1)])],
    services: [
      .with {
        $0.name = "Tests"
        $0.method = [
          Descriptors.method("Call", ".test.v1.Req", ".test.v1.Req"),
          Descriptors.method("Form", ".test.v1.Form", ".google.protobuf.Empty"),
          Descriptors.method("Wide", ".test.v1.Wide", ".test.v1.Wide"),
        ]
      }
    ])

  private static let req = Descriptors.message(
    "Req",
    [
      Descriptors.field("name", 1, .string),
      Descriptors.field("id", 2, .string),
      Descriptors.field("i32", 3, .int32),
      Descriptors.field("u32", 4, .uint32),
      Descriptors.field("i64", 5, .int64),
      Descriptors.field("u64", 6, .uint64),
      Descriptors.field("d", 7, .double),
      Descriptors.field("flag", 8, .bool),
      Descriptors.field("raw", 9, .bytes),
      Descriptors.field("color", 10, .enum, ".test.v1.Color"),
      Descriptors.field("sub", 11, .message, ".test.v1.Sub"),
      Descriptors.field("tags", 12, .string, repeated: true),
      Descriptors.field("colors", 13, .enum, ".test.v1.Color", repeated: true),
      Descriptors.field("subs", 14, .message, ".test.v1.Sub", repeated: true),
      Descriptors.field("labels", 15, .message, ".test.v1.Req.LabelsEntry", repeated: true),
      Descriptors.field("ts", 16, .message, ".google.protobuf.Timestamp"),
      Descriptors.field("dur", 17, .message, ".google.protobuf.Duration"),
      Descriptors.field("update_mask", 18, .message, ".google.protobuf.FieldMask"),
      Descriptors.field("wi", 19, .message, ".google.protobuf.Int64Value"),
      Descriptors.field("wb", 20, .message, ".google.protobuf.BoolValue"),
      Descriptors.field("user", 21, .string, oneof: 0),
      Descriptors.field("email", 22, .string, oneof: 0),
      Descriptors.optional(Descriptors.field("opt", 23, .string), synthetic: 1),
      Descriptors.field("page_token", 24, .string, json: "pageToken"),
    ],
    nested: [
      Descriptors.entry("LabelsEntry", key: .string, value: Descriptors.field("value", 2, .string))
    ], oneofs: ["who", "_opt"])

  private static let sub = Descriptors.message(
    "Sub",
    [
      Descriptors.field("name", 1, .string), Descriptors.field("n", 2, .int64),
      Descriptors.field("sub", 3, .message, ".test.v1.Sub"),
      Descriptors.field("etag", 4, .string),
    ])

  private static let wide = Descriptors.message(
    "Wide",
    [
      Descriptors.field("f", 1, .float),
      Descriptors.field("s32", 2, .sint32),
      Descriptors.field("s64", 3, .sint64),
      Descriptors.field("x32", 4, .fixed32),
      Descriptors.field("x64", 5, .fixed64),
      Descriptors.field("sx32", 6, .sfixed32),
      Descriptors.field("sx64", 7, .sfixed64),
      Descriptors.field("numbers", 8, .int64, repeated: true),
      Descriptors.field("doubles", 9, .double, repeated: true),
      Descriptors.field("flags", 10, .bool, repeated: true),
      Descriptors.field("blobs", 11, .bytes, repeated: true),
      Descriptors.field("by_int", 12, .message, ".test.v1.Wide.ByIntEntry", repeated: true),
      Descriptors.field("by_flag", 13, .message, ".test.v1.Wide.ByFlagEntry", repeated: true),
      Descriptors.field("by_long", 14, .message, ".test.v1.Wide.ByLongEntry", repeated: true),
      Descriptors.field("structure", 15, .message, ".google.protobuf.Struct"),
      Descriptors.field("value", 16, .message, ".google.protobuf.Value"),
      Descriptors.field("list", 17, .message, ".google.protobuf.ListValue"),
      Descriptors.field("any", 18, .message, ".google.protobuf.Any"),
      Descriptors.field("null", 19, .enum, ".google.protobuf.NullValue"),
      Descriptors.field("ws", 20, .message, ".google.protobuf.StringValue"),
      Descriptors.field("wraw", 21, .message, ".google.protobuf.BytesValue"),
      Descriptors.field("wd", 22, .message, ".google.protobuf.DoubleValue"),
      Descriptors.field("one_sub", 23, .message, ".test.v1.Sub", oneof: 0),
      Descriptors.field("one_number", 24, .int32, oneof: 0),
      Descriptors.field("one_blob", 25, .bytes, oneof: 0),
      Descriptors.field("one_null", 26, .enum, ".google.protobuf.NullValue", oneof: 0),
      Descriptors.field("times", 27, .message, ".google.protobuf.Timestamp", repeated: true),
      Descriptors.field("values", 28, .message, ".google.protobuf.Value", repeated: true),
      Descriptors.field("wide", 29, .message, ".test.v1.Wide"),
      Descriptors.field("far", 100_000, .string),
    ],
    nested: [
      Descriptors.entry(
        "ByIntEntry", key: .int32, value: Descriptors.field("value", 2, .message, ".test.v1.Sub")),
      Descriptors.entry(
        "ByFlagEntry", key: .bool, value: Descriptors.field("value", 2, .double)),
      Descriptors.entry(
        "ByLongEntry", key: .uint64,
        value: Descriptors.field("value", 2, .enum, ".test.v1.Color")),
    ], oneofs: ["choice"])

  private static let form = Descriptors.message(
    "Form",
    [
      Descriptors.field("grant_type", 1, .string, json: "grant_type"),
      Descriptors.field("tags", 2, .string, repeated: true),
      Descriptors.field("name", 3, .string),
      Descriptors.field("count", 4, .int32),
    ])

  // MARK: Shortcuts

  func message(_ name: String) throws -> MessageSchema {
    guard let message = schema.message(named: name.contains(".") ? name : "test.v1.\(name)") else {
      throw SchemaError(.unresolvedType, subject: name, reason: "not in the contract")
    }
    return message
  }

  /// JSON to wire to JSON.
  func roundTrip(_ json: String, _ name: String = "Req") throws -> String {
    try print(message(name).wire(fromJSON: Array(json.utf8)), name)
  }

  func print(_ wire: [UInt8], _ name: String = "Req") throws -> String {
    String(decoding: try json(wire, message(name)), as: UTF8.self)
  }

  func json(_ wire: [UInt8], _ message: MessageSchema) throws(TranscodingError) -> [UInt8] {
    try wire.withUnsafeBufferPointer { bytes throws(TranscodingError) in
      try message.json(fromWire: UnsafeRawBufferPointer(bytes))
    }
  }

  /// The error that JSON gives; nil if it gives none.
  func error(_ json: String, _ name: String = "Req") throws -> TranscodingError? {
    try error(Array(json.utf8), name)
  }

  func error(_ json: [UInt8], _ name: String = "Req") throws -> TranscodingError? {
    let message = try message(name)
    do throws(TranscodingError) {
      _ = try message.wire(fromJSON: json)
      return nil
    } catch {
      return error
    }
  }

  /// The field that the error of some JSON names; nil if it gives no error.
  func wrongField(_ json: String, _ name: String = "Req") throws -> String? {
    try error(json, name)?.violations.first?.field
  }
}

/// A request in transit: a binding and what comes in by it.
struct Call {
  var verb = "GET"
  var variables: [(String, String)] = []
  var query = ""
  var body: String?
  var bodyField = ""
  var kind = BodyKind.json
  var method = "/test.v1.Tests/Call"

  /// The request message as JSON.
  func bound() throws -> String {
    let contract = Contract.shared
    let method = try #require(contract.schema.method(path: method))
    let binder = try RequestBinder(
      method: method,
      binding: HTTPBinding(verb: verb, template: "/v1/x", body: bodyField, responseBody: ""),
      variables: variables.map(\.0))
    let bytes = Array((body ?? "").utf8)
    let wire = try bytes.withUnsafeBytes { bytes throws(TranscodingError) in
      try binder.message(
        pathValues: variables.map(\.1), query: query[...], body: bytes,
        bodyKind: body == nil ? .none : kind)
    }
    return try contract.print(wire, method.input.fullName)
  }

  /// The field that is refused; nil if none is.
  func wrongField() throws -> String? {
    do {
      _ = try bound()
      return nil
    } catch let error as TranscodingError {
      #expect(error.kind == .invalidArgument)
      return error.violations.first?.field
    }
  }
}
