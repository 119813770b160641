import Transcoding

/// A singular string field of a message, read from and added to the message's wire bytes.
struct StringField: Sendable {
  private let number: Int

  init(number: Int) { self.number = number }

  /// Nil where the message has no such singular string field.
  init?(named name: String, in message: MessageSchema) {
    guard let field = message.fields.first(where: { $0.name == name }),
      field.kind == .string, !field.isRepeated
    else { return nil }
    number = Int(field.number)
  }

  /// The field's last value; nil where it is absent, or the bytes are not a message.
  func value(in wire: UnsafeRawBufferPointer) -> String? {
    var reader = WireReader(wire)
    var found: Range<Int>?
    while let field = reader.next() {
      if field.number == number, field.isLengthDelimited { found = field.payload }
    }
    guard let found, !found.isEmpty else { return nil }
    return String(validating: wire[found], as: UTF8.self)
  }

  /// Adds the field behind the message's other fields.
  func append(_ value: String, to wire: inout [UInt8]) {
    Self.appendVarint(UInt64(number) << 3 | 2, to: &wire)
    Self.appendVarint(UInt64(value.utf8.count), to: &wire)
    wire += value.utf8
  }

  private static func appendVarint(_ value: UInt64, to wire: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      wire.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    wire.append(UInt8(rest))
  }
}

/// Walks over the fields of one message on the wire, without entering nested ones.
struct WireReader {
  struct Field {
    var number: Int
    var isLengthDelimited: Bool
    var payload: Range<Int>
  }

  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Whether what could not be read is the end, and not a broken field.
  private(set) var isAtEnd = false

  mutating func next() -> Field? {
    guard position < bytes.count else {
      isAtEnd = true
      return nil
    }
    guard let tag = varint() else { return nil }
    let start: Int
    switch tag & 7 {
    case 0:
      start = position
      guard varint() != nil else { return nil }
    case 1:
      start = position
      position += 8
    case 2:
      guard let length = varint(), length <= UInt64(bytes.count - position) else { return nil }
      start = position
      position += Int(length)
    case 5:
      start = position
      position += 4
    default:
      return nil
    }
    guard position <= bytes.count else { return nil }
    return Field(
      number: Int(truncatingIfNeeded: tag >> 3), isLengthDelimited: tag & 7 == 2,
      payload: start..<position)
  }

  private mutating func varint() -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while position < bytes.count, shift < 64 {
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    return nil
  }
}
