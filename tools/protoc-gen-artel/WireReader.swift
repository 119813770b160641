/// Reads the fields of a serialized message one after the other, without its type.
struct WireReader {
  /// The bytes are no message, or have a group.
  struct Malformed: Error {}

  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) {
    rest = bytes[...]
  }

  /// The next field; its content is empty unless it is a string, bytes or a message.
  ///
  /// - Throws: ``Malformed``.
  mutating func next() throws -> (number: Int, content: ArraySlice<UInt8>)? {
    guard !rest.isEmpty else { return nil }
    let tag = try varint()
    var content: ArraySlice<UInt8> = []
    switch tag & 7 {
    case 0: _ = try varint()
    case 1: _ = try take(8)
    case 2: content = try take(varint())
    case 5: _ = try take(4)
    default: throw Malformed()
    }
    return (Int(tag >> 3), content)
  }

  private mutating func varint() throws -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard let byte = rest.popFirst() else { throw Malformed() }
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
    }
    throw Malformed()
  }

  private mutating func take(_ count: UInt64) throws -> ArraySlice<UInt8> {
    guard count <= UInt64(rest.count) else { throw Malformed() }
    defer { rest = rest.dropFirst(Int(count)) }
    return rest.prefix(Int(count))
  }
}
