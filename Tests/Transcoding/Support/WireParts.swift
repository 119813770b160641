/// Wire bytes taken apart and put together, without the code under test.
struct WireParts {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The contents of the length-delimited fields with a number, of a well-formed message.
  func delimited(_ number: UInt64) -> [[UInt8]] {
    var result: [[UInt8]] = []
    var index = 0
    func varint() -> UInt64 {
      var value: UInt64 = 0
      var shift: UInt64 = 0
      while true {
        let byte = bytes[index]
        index += 1
        value |= UInt64(byte & 0x7f) << shift
        if byte < 0x80 { return value }
        shift += 7
      }
    }
    while index < bytes.count {
      let tag = varint()
      switch tag & 7 {
      case 0: _ = varint()
      case 1: index += 8
      case 2:
        let length = Int(varint())
        if tag >> 3 == number { result.append(Array(bytes[index..<index + length])) }
        index += length
      default: index += 4
      }
    }
    return result
  }

  static func varint(_ value: UInt64) -> [UInt8] {
    var rest = value
    var result: [UInt8] = []
    while rest >= 0x80 {
      result.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    return result + [UInt8(rest)]
  }

  /// A length-delimited field.
  static func field(_ number: UInt64, _ content: [UInt8]) -> [UInt8] {
    varint(number << 3 | 2) + varint(UInt64(content.count)) + content
  }

  static func field(_ number: UInt64, _ text: String) -> [UInt8] {
    field(number, Array(text.utf8))
  }

  /// A varint field.
  static func field(_ number: UInt64, _ value: UInt64) -> [UInt8] {
    varint(number << 3) + varint(value)
  }
}
