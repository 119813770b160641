import SwiftProtobuf

@testable import Transcoding

/// The message that protobuf's conformance suite tests JSON with, by the names of its fields, so
/// that the suite's cases can be told as they are.
struct AllTypes {
  let contract: Contract
  let isProto2: Bool

  static let name = "protobuf_test_messages.AllTypes"

  /// What a text becomes, read and printed again.
  func roundTrip(_ json: String, options: ParseOptions = ParseOptions()) throws -> String {
    var ignored: [String] = []
    let wire = try contract.message(AllTypes.name).wire(
      fromJSON: Array(json.utf8), options: options, ignored: &ignored)
    return try contract.print(wire, AllTypes.name)
  }

  func refuses(_ json: String) throws -> Bool { try contract.error(json, AllTypes.name) != nil }

  static let proto3 = AllTypes(isProto2: false)
  static let proto2 = AllTypes(isProto2: true)

  private init(isProto2: Bool) {
    let wellKnown = Descriptors.wellKnown
    var file = Descriptors.file(
      "all_types.proto", package: "protobuf_test_messages",
      messages: [AllTypes.all, AllTypes.nested, AllTypes.foreign],
      enums: [
        Descriptors.enum("NestedEnum", [("FOO", 0), ("BAR", 1), ("BAZ", 2), ("NEG", -1)]),
        .with {
          $0 = Descriptors.enum(
            "AliasedEnum",
            [
              ("ALIAS_FOO", 0), ("ALIAS_BAR", 1), ("ALIAS_BAZ", 2), ("MOO", 2), ("moo", 2),
              ("bAz", 2),
            ])
          $0.options.allowAlias = true
        },
      ])
    if isProto2 { file.syntax = "proto2" }
    do {
      contract = Contract(schema: try Schema(descriptorSet: Descriptors.set([wellKnown, file])))
    } catch {
      preconditionFailure("the contract of the tests does not load: \(error)")
    }
    self.isProto2 = isProto2
  }

  private static let scalars: [(String, FieldProto.TypeEnum)] = [
    ("int32", .int32), ("int64", .int64), ("uint32", .uint32), ("uint64", .uint64),
    ("sint32", .sint32), ("sint64", .sint64), ("fixed32", .fixed32), ("fixed64", .fixed64),
    ("sfixed32", .sfixed32), ("sfixed64", .sfixed64), ("float", .float), ("double", .double),
    ("bool", .bool), ("string", .string), ("bytes", .bytes),
  ]
  private static let messages: [(String, String)] = [
    ("nested_message", "protobuf_test_messages.NestedMessage"),
    ("foreign_message", "protobuf_test_messages.ForeignMessage"),
    ("bool_wrapper", "google.protobuf.BoolValue"),
    ("int32_wrapper", "google.protobuf.Int32Value"),
    ("int64_wrapper", "google.protobuf.Int64Value"),
    ("uint32_wrapper", "google.protobuf.UInt32Value"),
    ("uint64_wrapper", "google.protobuf.UInt64Value"),
    ("float_wrapper", "google.protobuf.FloatValue"),
    ("double_wrapper", "google.protobuf.DoubleValue"),
    ("string_wrapper", "google.protobuf.StringValue"),
    ("bytes_wrapper", "google.protobuf.BytesValue"),
    ("duration", "google.protobuf.Duration"), ("timestamp", "google.protobuf.Timestamp"),
    ("field_mask", "google.protobuf.FieldMask"), ("struct", "google.protobuf.Struct"),
    ("any", "google.protobuf.Any"), ("value", "google.protobuf.Value"),
    ("list_value", "google.protobuf.ListValue"),
  ]
  private static let enums: [(String, String)] = [
    ("nested_enum", "protobuf_test_messages.NestedEnum"),
    ("aliased_enum", "protobuf_test_messages.AliasedEnum"),
    ("null_value", "google.protobuf.NullValue"),
  ]
  /// Keys of maps whose values are of the same type.
  private static let keys: [FieldProto.TypeEnum] = [
    .int32, .int64, .uint32, .uint64, .sint32, .sint64, .fixed32, .fixed64, .sfixed32, .sfixed64,
    .bool, .string,
  ]
  private static let names = [
    "fieldname1", "field_name2", "_field_name3", "field__name4_", "field0name5", "field_0_name6",
    "fieldName7", "FieldName8", "field_Name9", "Field_Name10", "FIELD_NAME11", "FIELD_name12",
    "__field_name13", "__Field_name14", "field__name15", "field__Name16", "field_name17__",
    "Field_name18__",
  ]

  private static let nested = Descriptors.message(
    "NestedMessage",
    [
      Descriptors.field("a", 1, .int32),
      Descriptors.field("corecursive", 2, .message, ".\(name)"),
    ])
  private static let foreign = Descriptors.message(
    "ForeignMessage", [Descriptors.field("c", 1, .int32)])

  private static let all: MessageProto = {
    var fields: [FieldProto] = []
    var entries: [MessageProto] = []
    func add(
      _ name: String, _ type: FieldProto.TypeEnum, _ typeName: String = "", repeated: Bool = false,
      oneof: Int32? = nil
    ) {
      fields.append(
        Descriptors.field(
          name, Int32(fields.count + 1), type, typeName.isEmpty ? "" : "." + typeName,
          repeated: repeated, oneof: oneof))
    }
    func map(_ label: String, _ key: FieldProto.TypeEnum, _ value: FieldProto) {
      let entry = "Map\(entries.count)Entry"
      entries.append(Descriptors.entry(entry, key: key, value: value))
      add("map_\(label)", .message, "\(name).\(entry)", repeated: true)
    }
    for isRepeated in [false, true] {
      let prefix = isRepeated ? "repeated_" : "optional_"
      for (label, type) in scalars { add(prefix + label, type, repeated: isRepeated) }
      for (label, type) in messages { add(prefix + label, .message, type, repeated: isRepeated) }
      for (label, type) in enums { add(prefix + label, .enum, type, repeated: isRepeated) }
    }
    add("recursive_message", .message, name)
    for (label, type) in scalars where keys.contains(type) {
      map("\(label)_\(label)", type, Descriptors.field("value", 2, type))
    }
    map("string_bytes", .string, Descriptors.field("value", 2, .bytes))
    map(
      "string_nested_message", .string,
      Descriptors.field("value", 2, .message, ".protobuf_test_messages.NestedMessage"))
    map(
      "string_nested_enum", .string,
      Descriptors.field("value", 2, .enum, ".protobuf_test_messages.NestedEnum"))
    for (label, type) in scalars { add("oneof_\(label)", type, oneof: 0) }
    add("oneof_nested_message", .message, "protobuf_test_messages.NestedMessage", oneof: 0)
    add("oneof_enum", .enum, "protobuf_test_messages.NestedEnum", oneof: 0)
    add("oneof_null_value", .enum, "google.protobuf.NullValue", oneof: 0)
    for name in names { add(name, .int32) }
    return Descriptors.message("AllTypes", fields, nested: entries, oneofs: ["oneof_field"])
  }()
}
