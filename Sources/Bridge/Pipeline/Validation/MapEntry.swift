import Transcoding

/// An entry of a map on the wire: field 1 is the key, field 2 the value.
struct MapEntry {
  /// A key by its value.
  enum Key: Hashable {
    case number(UInt64)
    case string([UInt8])
  }

  /// The key; its type's default where the entry has none.
  let key: Key
  /// The parts of a message as value.
  let value: [Range<Int>]
  private let keyKind: FieldKind

  /// The key for paths. Only strings that cannot be mistaken for anything else are repeated.
  var keyText: String? {
    switch key {
    case .number(let bits):
      switch keyKind {
      case .bool: bits == 0 ? "false" : "true"
      case .uint64, .fixed64: String(bits)
      default: String(Int64(bitPattern: bits))
      }
    case .string(let bytes):
      (1...64).contains(bytes.count) && bytes.allSatisfy(\.isResourceCharacter)
        ? String(decoding: bytes, as: UTF8.self) : nil
    }
  }

  init(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, of field: FieldRule
  ) throws(MalformedWire) {
    let kind = field.keyKind ?? .string
    var key = kind == .string ? Key.string([]) : .number(0)
    var value: [Range<Int>] = []
    var reader = WireReader(bytes, range)
    while !reader.isAtEnd {
      let (number, type) = try reader.tag()
      if number == 1, type == kind.wireType {
        if kind == .string {
          let content = UnsafeRawBufferPointer(rebasing: bytes[try reader.content()])
          guard content.isUTF8 else { throw MalformedWire() }
          key = .string(Array(content))
        } else {
          key = .number(try kind.read(&reader))
        }
      } else if number == 2, type == .lengthDelimited {
        let content = try reader.content()
        if field.valueKind == .string, !UnsafeRawBufferPointer(rebasing: bytes[content]).isUTF8 {
          throw MalformedWire()
        }
        value.append(content)
      } else {
        try reader.skip(type, number: number)
      }
    }
    self.key = key
    keyKind = kind
    self.value = value
  }
}
