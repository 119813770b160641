import Transcoding

/// Messages that JSON writes in a way of their own (proto3 JSON mapping).
enum WellKnownShape {
  /// The schema; nil for a message that is an object of its fields.
  static func schema(of message: MessageSchema) -> JSONObject? {
    switch name(of: message) {
    case "Timestamp":
      ["type": "string", "format": "date-time"]
    case "Duration":
      [
        "type": "string", "format": "google-duration",
        "pattern": #"^-?[0-9]{1,12}(\.[0-9]{1,9})?s$"#,
      ]
    case "FieldMask":
      ["type": "string", "format": "google-fieldmask"]
    case "Struct": ["type": "object", "additionalProperties": true]
    case "Value": ["description": "Any JSON value."]
    case "ListValue": ["type": "array", "items": [:]]
    case "Any":
      [
        "type": "object", "required": ["@type"], "additionalProperties": true,
        "properties": ["@type": ["type": "string", "description": "The URL of the type."]],
      ]
    case "Empty": ["type": "object", "properties": [:], "additionalProperties": false]
    case "DoubleValue", "FloatValue", "Int64Value", "UInt64Value", "Int32Value", "UInt32Value",
      "BoolValue", "StringValue", "BytesValue":
      message.fields.first.map { ScalarShape.schema(of: $0.kind) }
    default: nil
    }
  }

  /// Whether one piece of text can be a value: of a path or a query.
  static func isText(_ message: MessageSchema) -> Bool {
    switch name(of: message) {
    case "Timestamp", "Duration", "FieldMask", "DoubleValue", "FloatValue", "Int64Value",
      "UInt64Value", "Int32Value", "UInt32Value", "BoolValue", "StringValue", "BytesValue":
      true
    default: false
    }
  }

  private static func name(of message: MessageSchema) -> Substring? {
    let prefix = "google.protobuf."
    return message.fullName.hasPrefix(prefix) ? message.fullName.dropFirst(prefix.count) : nil
  }
}
