/// Walks over the fields of a serialized message.
struct WireReader {
  var at: UnsafePointer<UInt8>
  let end: UnsafePointer<UInt8>

  @inline(__always)
  init(_ bytes: Bytes) {
    at = bytes.base
    end = bytes.end
  }

  @inline(__always)
  var isAtEnd: Bool { at == end }

  /// The next tag: a field number above 0 and a wire type, in at most five bytes.
  @inline(__always)
  mutating func tag() throws(Fault) -> (number: UInt32, wireType: UInt8) {
    let raw: UInt32
    if at < end, at.pointee < 0x80 {
      raw = UInt32(at.pointee)
      at += 1
    } else {
      let value = try varint(greatestLength: 5)
      guard let narrow = UInt32(exactly: value) else { throw Fault(.corrupt) }
      raw = narrow
    }
    guard raw >> 3 != 0 else { throw Fault(.corrupt) }
    return (raw >> 3, UInt8(raw & 7))
  }

  @inline(__always)
  mutating func varint(greatestLength: Int = 10) throws(Fault) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    var left = min(greatestLength, end - at)
    while left > 0 {
      let byte = at.pointee
      at += 1
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
      shift &+= 7
      left &-= 1
    }
    throw Fault(.corrupt)
  }

  /// The content of a length-delimited field. protobuf-c takes lengths below 2 GiB in at most five
  /// bytes, so nothing else may pass here.
  @inline(__always)
  mutating func delimited() throws(Fault) -> Bytes {
    let length = try varint(greatestLength: 5)
    guard length <= UInt64(Int32.max), Int(length) <= end - at else { throw Fault(.corrupt) }
    let bytes = Bytes(base: at, count: Int(length))
    at += Int(length)
    return bytes
  }

  @inline(__always)
  mutating func skip(_ count: Int) throws(Fault) {
    guard end - at >= count else { throw Fault(.corrupt) }
    at += count
  }

  /// Steps over the value of a field whose tag has been read.
  mutating func skipValue(number: UInt32, wireType: UInt8, depth: Int) throws(Fault) {
    switch wireType {
    case 0: _ = try varint()
    case 1: try skip(8)
    case 2: _ = try delimited()
    case 3: try skipGroup(number: number, depth: depth)
    case 5: try skip(4)
    default: throw Fault(.corrupt)
    }
  }

  private mutating func skipGroup(number: UInt32, depth: Int) throws(Fault) {
    guard depth < MessageCodec.depthLimit else { throw Fault(.tooDeep) }
    while true {
      let tag = try tag()
      if tag.wireType == 4 {
        guard tag.number == number else { throw Fault(.corrupt) }
        return
      }
      try skipValue(number: tag.number, wireType: tag.wireType, depth: depth + 1)
    }
  }
}

extension FieldKind {
  /// The wire type of one value.
  var wireType: UInt8 {
    switch self {
    case .double, .fixed64, .sfixed64: 1
    case .float, .fixed32, .sfixed32: 5
    case .string, .bytes, .message: 2
    default: 0
    }
  }
}
