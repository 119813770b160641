extension Fault {
  /// The error that a caller gets for a fault in a request.
  ///
  /// - Parameters:
  ///   - path: the field, such as `sub.tags[2]`.
  ///   - field: the field that was being read, if it is known.
  ///   - place: where in the text, such as ` (line 1, column 8)`.
  func inRequest(
    path: String, field: UnsafePointer<FieldPlan>?, place: String = ""
  ) -> TranscodingError {
    if reason == .overBudget {
      return TranscodingError(
        kind: .tooLarge, message: "the request takes more memory than one call may")
    }
    return .invalid(path, description(field) + place, reason: code)
  }

  /// The error for a message of ours that cannot be printed.
  func inResponse(type: String, field: UnsafePointer<FieldPlan>?) -> TranscodingError {
    let place = field.map { "\(type), near the field \($0.pointee.name.text)" } ?? type
    return TranscodingError(
      kind: .corrupt,
      message: reason == .overBudget
        ? "the message takes more memory than one call may: \(place)"
        : "the message is not what its type says: \(place)")
  }

  /// The reason of a `google.rpc.BadRequest.FieldViolation`.
  private var code: String {
    switch reason {
    case .syntax, .truncated, .trailing, .byteOrderMark, .controlCharacter: "MALFORMED_BODY"
    case .invalidUTF8, .invalidEscape: "INVALID_TEXT"
    case .tooDeep: "NESTED_TOO_DEEPLY"
    case .unknownField: "UNKNOWN_FIELD"
    case .duplicateField, .duplicateKey: "DUPLICATE_FIELD"
    case .oneofTaken: "ONEOF_TAKEN"
    case .wrongType, .nullElement: "WRONG_TYPE"
    case .outOfRange: "OUT_OF_RANGE"
    case .unknownEnumValue: "UNKNOWN_ENUM_VALUE"
    case .invalidBase64: "INVALID_BASE64"
    case .missingType, .unknownType: "UNKNOWN_TYPE"
    case .invalidTimestamp: "INVALID_TIMESTAMP"
    case .invalidDuration: "INVALID_DURATION"
    case .invalidFieldMask: "INVALID_FIELD_MASK"
    case .overBudget, .corrupt: "INVALID_VALUE"
    }
  }

  private func description(_ field: UnsafePointer<FieldPlan>?) -> String {
    switch reason {
    case .syntax: "not JSON"
    case .truncated: "the JSON ends too early"
    case .trailing: "text follows the JSON value"
    case .byteOrderMark: "JSON must not begin with a byte order mark (RFC 8259 section 8.1)"
    case .invalidUTF8: "not UTF-8"
    case .invalidEscape: "not an escape that JSON knows, or half a surrogate pair"
    case .controlCharacter: "a control character in a string must be escaped"
    case .tooDeep: "nested too deeply"
    case .unknownField: "no such field"
    case .duplicateField: "given twice"
    case .duplicateKey: "the key is given twice"
    case .oneofTaken: "another member of the same oneof is given"
    case .wrongType: "must be \(Fault.expectation(field))"
    case .outOfRange: "out of the range of \(Fault.expectation(field))"
    case .unknownEnumValue: "no such value of the enum"
    case .invalidBase64: "must be base64 (RFC 4648)"
    case .nullElement: "must not be null"
    case .missingType:
      "an Any needs `@type`, and `value` where its type is not written as an object"
    case .unknownType: "a type that is not known here"
    case .invalidTimestamp: "must be a time such as 2024-02-29T12:00:00Z (RFC 3339)"
    case .invalidDuration: "must be a duration in seconds such as 1.5s"
    case .invalidFieldMask: "must be field paths such as displayName,address.city"
    case .overBudget: "too large"
    case .corrupt: "not a message of this type"
    }
  }

  /// The type that a field wants, for people.
  private static func expectation(_ field: UnsafePointer<FieldPlan>?) -> String {
    guard let field = field?.pointee else { return "an object" }
    let single: String
    switch field.kind {
    case .double: single = "a double"
    case .float: single = "a float"
    case .int32, .sint32, .sfixed32: single = "an int32"
    case .int64, .sint64, .sfixed64: single = "an int64"
    case .uint32, .fixed32: single = "a uint32"
    case .uint64, .fixed64: single = "a uint64"
    case .bool: single = "true or false"
    case .string: single = "a string"
    case .bytes: single = "a base64 string"
    case .enum: single = "an enum value"
    case .message: single = expectation(field.message)
    }
    switch field.cardinality {
    case .repeated: return "a list, each \(single)"
    case .map: return "an object"
    default: return single
    }
  }

  private static func expectation(_ plan: UnsafePointer<MessagePlan>?) -> String {
    guard let plan else { return "an object" }
    switch plan.pointee.wellKnown {
    case .timestamp, .duration, .fieldMask: return "a string"
    case .listValue: return "a list"
    case .wrapper: return expectation(plan.pointee.fields)
    default: return "an object"
    }
  }
}

extension Bytes {
  /// Where a byte of a text is, for people, both counted from 1; columns count bytes.
  func place(of offset: Int) -> String {
    var line = 1
    var column = 1
    for index in 0..<min(offset, count) {
      if self[index] == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else {
        column += 1
      }
    }
    return " (line \(line), column \(column))"
  }
}
