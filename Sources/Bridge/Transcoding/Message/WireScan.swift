/// Looks at wire bytes before protobuf-c does, which recurses without a limit.
enum WireScan {
  /// Whether protobuf-c unpacks these bytes as protobuf says.
  ///
  /// It does not where a singular message comes in pieces (merging loses fields, and fails for a
  /// oneof that is unset), where a field has another wire type than its own, and for groups.
  ///
  /// - Throws: `corrupt` if the bytes are no message, `tooDeep` for more than 100 levels.
  static func isRegular(
    _ bytes: Bytes, as plan: UnsafePointer<MessagePlan>, depth: Int
  ) throws(Fault) -> Bool {
    guard depth <= MessageCodec.depthLimit else { throw Fault(.tooDeep) }
    var reader = WireReader(bytes)
    var isRegular = true
    var seen: UInt64 = 0
    while !reader.isAtEnd {
      let tag = try reader.tag()
      let index = plan.pointee.index(number: tag.number)
      guard index >= 0 else {
        if tag.wireType == 3 { isRegular = false }
        try reader.skipValue(number: tag.number, wireType: tag.wireType, depth: depth)
        continue
      }
      let field = plan.pointee.fields + index
      if let message = field.pointee.message, tag.wireType == 2 {
        if seen & field.pointee.seenBit != 0 { isRegular = false }
        seen |= field.pointee.seenBit
        let content = try reader.delimited()
        if content.count > 0 {
          let inner = try WireScan.isRegular(content, as: message, depth: depth + 1)
          isRegular = isRegular && inner
        } else if depth >= MessageCodec.depthLimit {
          throw Fault(.tooDeep)
        }
        continue
      }
      if !isExpected(tag.wireType, for: field) { isRegular = false }
      try reader.skipValue(number: tag.number, wireType: tag.wireType, depth: depth)
    }
    return isRegular
  }

  @inline(__always)
  static func isExpected(_ wireType: UInt8, for field: UnsafePointer<FieldPlan>) -> Bool {
    let kind = field.pointee.kind
    if kind.wireType == wireType { return true }
    return wireType == 2 && field.pointee.cardinality == .repeated && kind.isPackable
  }
}
