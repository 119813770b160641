/// The bytes are not a message of the protobuf wire format.
struct MalformedWire: Error {}

/// How a field's value is written on the wire.
enum WireType: UInt8 {
  case varint = 0
  case fixed64 = 1
  case lengthDelimited = 2
  case startGroup = 3
  case endGroup = 4
  case fixed32 = 5
}

/// Reads the protobuf wire format within a range of bytes; never beyond it.
struct WireReader {
  private let bytes: UnsafeRawBufferPointer
  private(set) var offset: Int
  private let end: Int

  init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
    self.bytes = bytes
    offset = range.lowerBound
    end = range.upperBound
  }

  var isAtEnd: Bool { offset == end }

  mutating func tag() throws(MalformedWire) -> (number: Int, type: WireType) {
    let tag = try varint()
    guard tag <= UInt64(UInt32.max), tag >> 3 != 0, let type = WireType(rawValue: UInt8(tag & 7))
    else { throw MalformedWire() }
    return (Int(tag >> 3), type)
  }

  mutating func varint() throws(MalformedWire) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while offset < end, shift < 70 {
      let byte = bytes[offset]
      offset += 1
      value |= shift < 64 ? UInt64(byte & 0x7f) << shift : 0
      if byte < 0x80 { return value }
      shift += 7
    }
    throw MalformedWire()
  }

  /// A little-endian number of 4 or 8 bytes.
  mutating func fixed(_ size: Int) throws(MalformedWire) -> UInt64 {
    guard end - offset >= size else { throw MalformedWire() }
    var value: UInt64 = 0
    for index in 0..<size { value |= UInt64(bytes[offset + index]) << UInt64(8 * index) }
    offset += size
    return value
  }

  /// Where the content of a length-delimited field stands.
  mutating func content() throws(MalformedWire) -> Range<Int> {
    let length = try varint()
    guard length <= UInt64(end - offset) else { throw MalformedWire() }
    let start = offset
    offset += Int(length)
    return start..<offset
  }

  /// Passes over a value that nobody asks for.
  mutating func skip(_ type: WireType, number: Int) throws(MalformedWire) {
    switch type {
    case .varint: _ = try varint()
    case .fixed64: _ = try fixed(8)
    case .fixed32: _ = try fixed(4)
    case .lengthDelimited: _ = try content()
    case .endGroup: throw MalformedWire()
    case .startGroup: try skipGroup(number)
    }
  }

  /// Groups nest; a list instead of recursion, so that no input is too deep for the stack.
  private mutating func skipGroup(_ number: Int) throws(MalformedWire) {
    var open = [number]
    while let innermost = open.last {
      let (number, type) = try tag()
      switch type {
      case .startGroup:
        guard open.count < ValidationWalk.maximumDepth else { throw MalformedWire() }
        open.append(number)
      case .endGroup:
        guard number == innermost else { throw MalformedWire() }
        open.removeLast()
      default: try skip(type, number: number)
      }
    }
  }
}
