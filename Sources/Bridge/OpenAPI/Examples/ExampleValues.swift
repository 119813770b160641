import Transcoding

/// Values that a field or a message might have: always the same ones for the same contracts, and valid
/// by its rules.
struct ExampleValues {
  let catalog: ComponentCatalog

  /// A value of a message; an object of its fields where it has no form of its own.
  func value(of message: MessageSchema, _ direction: Direction) -> JSONValue {
    value(of: message, direction, above: [])
  }

  /// An object of the fields of a message.
  func object(
    _ message: MessageSchema, _ direction: Direction, omitting omitted: Set<String> = []
  ) -> JSONObject {
    object(message, direction, omitting: omitted, above: [])
  }

  /// A value of a field, of its list or its map.
  func value(
    of field: FieldSchema, in message: MessageSchema, _ direction: Direction
  ) -> JSONValue? {
    value(of: field, in: message, direction, above: [message.fullName])
  }

  private func value(
    of message: MessageSchema, _ direction: Direction, above: [String]
  ) -> JSONValue {
    Self.wellKnown[message.fullName]
      ?? .object(object(message, direction, omitting: [], above: above))
  }

  private func object(
    _ message: MessageSchema, _ direction: Direction, omitting omitted: Set<String>, above: [String]
  ) -> JSONObject {
    var object = JSONObject()
    var oneofs: Set<Int> = []
    for field in message.fields where !omitted.contains(field.name) {
      guard catalog.takes(field, of: message, direction),
        !catalog.notes.isDeprecated("\(message.fullName).\(field.name)")
      else { continue }
      // Of a oneof only the first member.
      if let oneof = field.oneofIndex, !oneofs.insert(oneof).inserted { continue }
      guard
        let value = value(of: field, in: message, direction, above: above + [message.fullName])
      else { continue }
      object.append(field.jsonName, value)
    }
    return object
  }

  /// Nil where the field would go on without end.
  private func value(
    of field: FieldSchema, in message: MessageSchema, _ direction: Direction, above: [String]
  ) -> JSONValue? {
    if field.isMap {
      guard let entry = field.message, let key = entry.field(number: 1),
        let value = entry.field(number: 2),
        let shown = self.value(of: value, in: entry, direction, above: above)
      else { return nil }
      let name =
        switch key.kind {
        case .string: "key"
        case .bool: "true"
        default: "1"
        }
      return .object([name: shown])
    }
    let element: JSONValue
    if let inner = field.message {
      guard !above.contains(inner.fullName), above.count < 6 else { return nil }
      element = value(of: inner, direction, above: above)
    } else {
      element = scalar(field, in: message, direction)
    }
    return field.isRepeated ? [element] : element
  }

  private func scalar(
    _ field: FieldSchema, in message: MessageSchema, _ direction: Direction
  ) -> JSONValue {
    let comment = catalog.notes.comment("\(message.fullName).\(field.name)")
    switch field.kind {
    case .bool: return true
    case .bytes: return "AAECAw=="
    case .enum: return value(of: field.enumeration, comment)
    case .string: return .string(ExampleText.value(of: field, comment, direction))
    case .int64, .sint64, .sfixed64, .uint64, .fixed64: return .string(String(number(field)))
    default: return .integer(number(field))
    }
  }

  private func number(_ field: FieldSchema) -> Int64 {
    let least = field.rules?.hasMinimum == true ? field.rules?.minimum ?? 0 : 0
    let greatest = field.rules?.hasMaximum == true ? field.rules?.maximum ?? .max : .max
    let wanted: Int64 = field.name == "page_size" ? 50 : field.name == "expires_in" ? 900 : 1
    return min(max(wanted, least), greatest)
  }

  /// A value that the comment names, else the first that is not zero.
  private func value(of enumeration: EnumSchema?, _ comment: String) -> JSONValue {
    let values = enumeration?.values ?? []
    let named = CommentText.quoted(comment).flatMap { name in values.first { $0.name == name } }
    let value = named ?? values.first { $0.number != 0 } ?? values.first
    return .string(value?.name ?? "")
  }

  private static let wellKnown: [String: JSONValue] = [
    "google.protobuf.Timestamp": "2026-01-15T08:30:00Z",
    "google.protobuf.Duration": "90s",
    "google.protobuf.FieldMask": "name",
    "google.protobuf.Struct": ["key": "value"],
    "google.protobuf.Value": "value",
    "google.protobuf.ListValue": ["value"],
    "google.protobuf.Any": [
      "@type": "type.googleapis.com/google.protobuf.Duration", "value": "90s",
    ],
    "google.protobuf.Empty": [:],
    "google.protobuf.DoubleValue": 1, "google.protobuf.FloatValue": 1,
    "google.protobuf.Int32Value": 1, "google.protobuf.UInt32Value": 1,
    "google.protobuf.Int64Value": "1", "google.protobuf.UInt64Value": "1",
    "google.protobuf.BoolValue": true, "google.protobuf.StringValue": "text",
    "google.protobuf.BytesValue": "AAECAw==",
  ]
}
