/// Writes the protobuf wire format by hand, forms included that no serializer writes.
enum Wire {
  static func varint(_ value: UInt64) -> [UInt8] {
    var rest = value
    var bytes: [UInt8] = []
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }

  static func tag(_ number: Int, _ type: UInt64) -> [UInt8] { varint(UInt64(number) << 3 | type) }

  static func number(_ field: Int, _ value: UInt64) -> [UInt8] { tag(field, 0) + varint(value) }

  static func number(_ field: Int, _ value: Int64) -> [UInt8] {
    number(field, UInt64(bitPattern: value))
  }

  static func fixed64(_ field: Int, _ value: UInt64) -> [UInt8] {
    tag(field, 1) + (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  static func fixed32(_ field: Int, _ value: UInt32) -> [UInt8] {
    tag(field, 5) + (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  static func bytes(_ field: Int, _ content: [UInt8]) -> [UInt8] {
    tag(field, 2) + varint(UInt64(content.count)) + content
  }

  static func string(_ field: Int, _ text: String) -> [UInt8] { bytes(field, Array(text.utf8)) }
}
