import CProtobufC

/// Where each field of a message lies in its protobuf-c struct.
///
/// Two choices keep protobuf-c right. Fields with implicit presence get a has-flag, since without
/// one its merging of split messages reads a wrong word. Strings are laid out as bytes, since its
/// own strings end at the first NUL.
struct MessageLayout {
  struct Place {
    var offset = 0
    var quantifier = 0
  }

  private(set) var places: [Place]
  /// The size of the struct.
  private(set) var size: Int

  init(_ message: MessageDraft) {
    places = Array(repeating: Place(), count: message.fields.count)
    size = MemoryLayout<ProtobufCMessage>.size
    var cases: [Int: Int] = [:]
    // First what is four bytes wide: has-flags, cases and small values.
    for (index, field) in message.fields.enumerated() {
      if let oneof = field.oneofIndex {
        if cases[oneof] == nil { cases[oneof] = take(4) }
        places[index].quantifier = cases[oneof] ?? 0
      } else if !field.isRepeated && field.kind != .message {
        places[index].quantifier = take(4)
        if field.kind.size == 4 { places[index].offset = take(4) }
      }
    }
    size = (size + 7) & ~7
    var unions: [Int: Int] = [:]
    for (index, field) in message.fields.enumerated() {
      if let oneof = field.oneofIndex {
        if unions[oneof] == nil {
          let members = message.fields.filter { $0.oneofIndex == oneof }
          unions[oneof] = take(members.map(\.kind.size).max() ?? 8)
          size = (size + 7) & ~7
        }
        places[index].offset = unions[oneof] ?? 0
      } else if field.isRepeated {
        places[index].quantifier = take(8)
        places[index].offset = take(8)
      } else if field.kind.size != 4 {
        places[index].offset = take(field.kind.size)
      }
    }
  }

  private mutating func take(_ bytes: Int) -> Int {
    defer { size += bytes }
    return size
  }
}

extension FieldKind {
  /// The size of a value in a protobuf-c struct; a message is a pointer, bytes a length and a
  /// pointer.
  var size: Int {
    switch self {
    case .int32, .sint32, .sfixed32, .uint32, .fixed32, .float, .enum, .bool: 4
    case .int64, .sint64, .sfixed64, .uint64, .fixed64, .double, .message: 8
    case .string, .bytes: MemoryLayout<ProtobufCBinaryData>.size
    }
  }

  /// The type that protobuf-c is told: strings are bytes, and enums plain numbers.
  var type: ProtobufCType {
    switch self {
    case .double: PROTOBUF_C_TYPE_DOUBLE
    case .float: PROTOBUF_C_TYPE_FLOAT
    case .int32, .enum: PROTOBUF_C_TYPE_INT32
    case .sint32: PROTOBUF_C_TYPE_SINT32
    case .sfixed32: PROTOBUF_C_TYPE_SFIXED32
    case .int64: PROTOBUF_C_TYPE_INT64
    case .sint64: PROTOBUF_C_TYPE_SINT64
    case .sfixed64: PROTOBUF_C_TYPE_SFIXED64
    case .uint32: PROTOBUF_C_TYPE_UINT32
    case .fixed32: PROTOBUF_C_TYPE_FIXED32
    case .uint64: PROTOBUF_C_TYPE_UINT64
    case .fixed64: PROTOBUF_C_TYPE_FIXED64
    case .bool: PROTOBUF_C_TYPE_BOOL
    case .string, .bytes: PROTOBUF_C_TYPE_BYTES
    case .message: PROTOBUF_C_TYPE_MESSAGE
    }
  }
}
