/// Takes a serialized `google.protobuf.FileDescriptorSet` apart into the bytes of its files, so that
/// a file is sent as whoever compiled it wrote it: with options that nobody here knows.
struct SerializedFiles: Sequence, IteratorProtocol {
  /// The bytes are no descriptor set.
  private(set) var isMalformed = false

  private var rest: ArraySlice<UInt8>

  init(_ set: [UInt8]) { rest = set[...] }

  /// The next file's bytes; nil at the end, and where the bytes are malformed.
  mutating func next() -> ArraySlice<UInt8>? {
    while !rest.isEmpty, !isMalformed {
      guard let tag = varint() else { return fail() }
      switch tag & 7 {
      case 0:
        guard varint() != nil else { return fail() }
      case 1:
        guard take(8) != nil else { return fail() }
      case 2:
        guard let length = varint(), let content = take(length) else { return fail() }
        if tag >> 3 == 1 { return content }
      case 5:
        guard take(4) != nil else { return fail() }
      default:
        return fail()
      }
    }
    return nil
  }

  private mutating func fail() -> ArraySlice<UInt8>? {
    isMalformed = true
    return nil
  }

  private mutating func varint() -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard let byte = rest.popFirst() else { return nil }
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }

  private mutating func take(_ count: UInt64) -> ArraySlice<UInt8>? {
    guard count <= UInt64(rest.count) else { return nil }
    defer { rest = rest.dropFirst(Int(count)) }
    return rest.prefix(Int(count))
  }
}
