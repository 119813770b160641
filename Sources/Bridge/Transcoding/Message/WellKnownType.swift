/// The messages that JSON writes in a way of their own.
enum WellKnownType: UInt8 {
  case none, timestamp, duration, fieldMask, structure, value, listValue, any, wrapper

  /// Whether an Any holds this type's JSON under the key `value`.
  var isNestedInAny: Bool { self != .none }

  /// The type of a full name. Refuses a contract that gives such a name to another shape, since
  /// the code reads and writes the fields by position.
  static func of(_ message: MessageDraft) throws(SchemaError) -> WellKnownType {
    guard message.fullName.hasPrefix("google.protobuf."),
      let (type, shape) = shapes[String(message.fullName.dropFirst("google.protobuf.".count))]
    else { return .none }
    let actual = message.fields.map {
      Shape(number: $0.number, kind: $0.kind, isRepeated: $0.isRepeated)
    }
    guard actual == shape else {
      throw SchemaError(
        .unsupported, subject: message.fullName, reason: "not the shape that JSON is defined for")
    }
    return type
  }

  private struct Shape: Equatable {
    var number: Int
    var kind: FieldKind
    var isRepeated: Bool
  }

  private static func one(_ kinds: FieldKind...) -> [Shape] {
    kinds.enumerated().map { Shape(number: $0.offset + 1, kind: $0.element, isRepeated: false) }
  }

  private static func many(_ kind: FieldKind) -> [Shape] {
    [Shape(number: 1, kind: kind, isRepeated: true)]
  }

  private static let shapes: [String: (WellKnownType, [Shape])] = [
    "Timestamp": (.timestamp, one(.int64, .int32)),
    "Duration": (.duration, one(.int64, .int32)),
    "FieldMask": (.fieldMask, many(.string)),
    "Struct": (.structure, many(.message)),
    "Value": (.value, one(.enum, .double, .string, .bool, .message, .message)),
    "ListValue": (.listValue, many(.message)),
    "Any": (.any, one(.string, .bytes)),
    "DoubleValue": (.wrapper, one(.double)),
    "FloatValue": (.wrapper, one(.float)),
    "Int64Value": (.wrapper, one(.int64)),
    "UInt64Value": (.wrapper, one(.uint64)),
    "Int32Value": (.wrapper, one(.int32)),
    "UInt32Value": (.wrapper, one(.uint32)),
    "BoolValue": (.wrapper, one(.bool)),
    "StringValue": (.wrapper, one(.string)),
    "BytesValue": (.wrapper, one(.bytes)),
  ]
}
