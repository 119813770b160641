/// Copies a message without the fields that a caller may not see.
struct MaskWalk {
  let plan: MaskPlan
  /// The scopes that the caller lacks.
  let missing: Set<String>

  /// - Throws: `MalformedWire` for bytes that are no message.
  func masked(_ bytes: UnsafeRawBufferPointer) throws(MalformedWire) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    try copy(bytes, 0..<bytes.count, type: 0, depth: 0, &output)
    return output
  }

  private func copy(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, type: Int, depth: Int,
    _ output: inout [UInt8]
  ) throws(MalformedWire) {
    guard depth < ValidationWalk.maximumDepth else { throw MalformedWire() }
    let fields = plan.messages[type]
    var reader = WireReader(bytes, range)
    while !reader.isAtEnd {
      let start = reader.offset
      let (number, wireType) = try reader.tag()
      guard let field = fields[number] else {
        try reader.skip(wireType, number: number)
        output.append(contentsOf: bytes[start..<reader.offset])
        continue
      }
      if let scope = field.scope, missing.contains(scope) {
        try reader.skip(wireType, number: number)
        continue
      }
      guard wireType == .lengthDelimited, let below = field.below else {
        try reader.skip(wireType, number: number)
        output.append(contentsOf: bytes[start..<reader.offset])
        continue
      }
      let tagEnd = reader.offset
      let content = try reader.content()
      var inner: [UInt8] = []
      try copy(bytes, content, type: below, depth: depth + 1, &inner)
      output.append(contentsOf: bytes[start..<tagEnd])
      Self.append(varint: inner.count, &output)
      output.append(contentsOf: inner)
    }
  }

  private static func append(varint value: Int, _ output: inout [UInt8]) {
    var rest = UInt64(value)
    while rest >= 0x80 {
      output.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    output.append(UInt8(rest))
  }
}
