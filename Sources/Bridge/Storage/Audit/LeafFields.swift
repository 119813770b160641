/// Fields one behind the other, each behind its length in four bytes, the most significant first: what
/// is hashed of an audit entry.
struct LeafFields {
  private(set) var bytes: [UInt8]

  /// - Parameter first: what stands in front of the fields.
  init(_ first: [UInt8]) { bytes = first }

  mutating func add(_ field: some Collection<UInt8>) {
    let length = UInt32(truncatingIfNeeded: field.count)
    for shift in stride(from: 24 as UInt32, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: length >> shift))
    }
    bytes.append(contentsOf: field)
  }

  /// Takes a field off the front; nil where none stands there whole.
  static func next(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard rest.count >= 4 else { return nil }
    let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    rest = rest.dropFirst(4)
    guard rest.count >= length else { return nil }
    defer { rest = rest.dropFirst(length) }
    return rest.prefix(length)
  }
}
