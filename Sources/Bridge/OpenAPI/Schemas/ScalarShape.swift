import Transcoding

/// How the values of a scalar type are written in JSON.
enum ScalarShape {
  /// The schema of a kind; those of `enum` and `message` are elsewhere.
  static func schema(of kind: FieldKind) -> JSONObject {
    switch kind {
    case .double: floating("double")
    case .float: floating("float")
    case .int32, .sint32, .sfixed32:
      integer("int32", Int64(Int32.min), Int64(Int32.max))
    case .uint32, .fixed32: integer("uint32", 0, Int64(UInt32.max))
    case .int64, .sint64, .sfixed64:
      ["type": "string", "format": "int64", "pattern": "^-?(0|[1-9][0-9]{0,18})$"]
    case .uint64, .fixed64:
      ["type": "string", "format": "uint64", "pattern": "^(0|[1-9][0-9]{0,19})$"]
    case .bool: ["type": "boolean"]
    case .string, .enum, .message: ["type": "string"]
    case .bytes: ["type": "string", "contentEncoding": "base64", "format": "byte"]
    }
  }

  private static func integer(_ format: String, _ least: Int64, _ greatest: Int64) -> JSONObject {
    [
      "type": "integer", "format": .string(format), "minimum": .integer(least),
      "maximum": .integer(greatest),
    ]
  }

  private static func floating(_ format: String) -> JSONObject {
    [
      "anyOf": [
        ["type": "number", "format": .string(format)],
        ["type": "string", "enum": ["NaN", "Infinity", "-Infinity"]],
      ]
    ]
  }
}
