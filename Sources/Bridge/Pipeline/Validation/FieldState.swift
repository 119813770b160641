import Transcoding

/// What has been seen of one field of the message that is being read.
struct FieldState {
  /// Whether it occurred; in a oneof, whether it is the last that did.
  var isSet = false
  /// The number of elements or entries.
  var count = 0
  /// The last value of a number, as the type has it: signed ones sign-extended.
  var bits: UInt64 = 0
  /// The last value of a string or bytes field.
  var content = 0..<0
  /// The first and last link of a chain of fragments: occurrences of a submessage, which merge, or
  /// entries of a map.
  var first = -1
  var last = -1
}

/// A part of a submessage, and where the next part of the same one stands. Small, since a hostile
/// message may consist of nothing else.
struct Fragment {
  private let start: UInt32
  private let end: UInt32
  /// The index of the next part; -1 for none.
  var next: Int32 = -1

  /// The message is smaller than 2 GiB: `ValidationWalk.run` sees to that.
  init(_ range: Range<Int>) {
    start = UInt32(range.lowerBound)
    end = UInt32(range.upperBound)
  }

  var range: Range<Int> { Int(start)..<Int(end) }
}

extension FieldKind {
  /// How a single value of this type is written.
  var wireType: WireType {
    switch self {
    case .double, .fixed64, .sfixed64: .fixed64
    case .float, .fixed32, .sfixed32: .fixed32
    case .string, .bytes, .message: .lengthDelimited
    default: .varint
    }
  }

  /// Reads one number.
  func read(_ reader: inout WireReader) throws(MalformedWire) -> UInt64 {
    let raw: UInt64 =
      switch wireType {
      case .fixed64: try reader.fixed(8)
      case .fixed32: try reader.fixed(4)
      default: try reader.varint()
      }
    switch self {
    case .int32, .sfixed32, .enum:
      return UInt64(bitPattern: Int64(Int32(truncatingIfNeeded: raw)))
    case .uint32: return raw & 0xffff_ffff
    case .sint32:
      let low = UInt32(truncatingIfNeeded: raw)
      let value = Int32(bitPattern: low >> 1) ^ -Int32(bitPattern: low & 1)
      return UInt64(bitPattern: Int64(value))
    case .sint64: return (raw >> 1) ^ (0 &- (raw & 1))
    case .bool: return raw == 0 ? 0 : 1
    case .float: return Double(Float(bitPattern: UInt32(raw))).bitPattern
    default: return raw
    }
  }

  /// Whether a number is its type's default.
  func isDefault(_ bits: UInt64) -> Bool {
    switch self {
    case .double, .float: Double(bitPattern: bits) == 0
    default: bits == 0
    }
  }
}
