/// Rewrites a serialized message so that protobuf-c reads it as protobuf says.
///
/// The pieces of a split message become one (the concatenation of two serialized messages is their
/// merger), and fields that the type does not know, or knows by another wire type, are left out.
/// The bytes have passed `WireScan`, so the nesting is bounded.
enum WireNormalizer {
  static func normalize(
    _ bytes: Bytes, as plan: UnsafePointer<MessagePlan>
  ) throws(Fault) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    // By the position of the field.
    var pieces: [Int: [UInt8]] = [:]
    var reader = WireReader(bytes)
    while !reader.isAtEnd {
      let start = reader.at
      let tag = try reader.tag()
      let index = plan.pointee.index(number: tag.number)
      let value = reader.at
      try reader.skipValue(number: tag.number, wireType: tag.wireType, depth: 0)
      guard index >= 0 else { continue }
      let field = plan.pointee.fields + index
      guard WireScan.isExpected(tag.wireType, for: field) else { continue }
      if field.pointee.cardinality == .oneof {
        // A member of a oneof takes the place of the others.
        for other in Array(pieces.keys) where other != index && shareOneof(plan, other, index) {
          pieces[other] = nil
        }
      }
      guard let message = field.pointee.message else {
        output.append(
          contentsOf: UnsafeBufferPointer(start: start, count: reader.at - start))
        continue
      }
      var inner = WireReader(Bytes(base: value, count: reader.at - value))
      let content = try inner.delimited()
      if field.pointee.seenBit != 0 {
        pieces[index, default: []].append(contentsOf: content.buffer)
      } else {
        append(try normalize(content, as: message), to: field, &output)
      }
    }
    for (index, content) in pieces.sorted(by: { $0.key < $1.key }) {
      let field = plan.pointee.fields + index
      guard let message = field.pointee.message else { continue }
      let inner = try content.withUnsafeBufferPointer { buffer throws(Fault) in
        try normalize(Bytes(buffer), as: message)
      }
      append(inner, to: field, &output)
    }
    return output
  }

  private static func shareOneof(
    _ plan: UnsafePointer<MessagePlan>, _ one: Int, _ other: Int
  ) -> Bool {
    let fields = plan.pointee.fields
    return fields[one].cardinality == .oneof
      && fields[one].quantifier == fields[other].quantifier
  }

  private static func append(
    _ content: [UInt8], to field: UnsafePointer<FieldPlan>, _ output: inout [UInt8]
  ) {
    append(varint: UInt64(field.pointee.number) << 3 | 2, &output)
    append(varint: UInt64(content.count), &output)
    output.append(contentsOf: content)
  }

  private static func append(varint: UInt64, _ output: inout [UInt8]) {
    var rest = varint
    while rest >= 0x80 {
      output.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    output.append(UInt8(rest))
  }
}
