/// Puts two serialized messages of one type together.
///
/// A body that the direct coder has read is wire bytes already; what path and query say is in a
/// small tree of its own. Where these have no field and no oneof in common, their fields stand
/// beside each other and no larger tree is needed.
enum WireMerge {
  /// The wire form of both, in the order of the fields; nil if they have a field or a oneof in
  /// common, in which case only a tree of both can say what that means.
  ///
  /// - Parameters:
  ///   - wire: as our own coders write it.
  ///   - root: a message of the type.
  static func joined(
    _ wire: [UInt8], _ root: DynamicMessage, _ plan: UnsafePointer<MessagePlan>
  ) -> [UInt8]? {
    var oneofs: UInt64 = 0
    var given: [Bool] = Array(repeating: false, count: plan.pointee.fieldCount)
    var isEmpty = true
    for index in 0..<plan.pointee.fieldCount {
      let field = plan.pointee.fields + index
      guard root.has(field) else { continue }
      isEmpty = false
      given[index] = true
      oneofs |= field.pointee.oneofBit
    }
    if isEmpty { return wire }
    let other = MessageCodec.pack(root)
    do throws(Fault) {
      return try wire.withUnsafeBufferPointer { one throws(Fault) in
        try other.withUnsafeBufferPointer { two throws(Fault) in
          var one = WireReader(Bytes(one))
          var two = WireReader(Bytes(two))
          var result: [UInt8] = []
          result.reserveCapacity(wire.count + other.count)
          var pending = try piece(of: &two)
          while let next = try piece(of: &one) {
            let index = plan.pointee.index(number: next.number)
            guard index >= 0, !given[index],
              plan.pointee.fields[index].oneofBit & oneofs == 0
            else { return nil }
            while let first = pending, first.number < next.number {
              result.append(contentsOf: first.bytes)
              pending = try piece(of: &two)
            }
            result.append(contentsOf: next.bytes)
          }
          while let first = pending {
            result.append(contentsOf: first.bytes)
            pending = try piece(of: &two)
          }
          return result
        }
      }
    } catch {
      // Not what our coders write: let the tree look at it.
      return nil
    }
  }

  /// The next field, with its tag.
  private static func piece(
    of reader: inout WireReader
  ) throws(Fault) -> (number: UInt32, bytes: UnsafeBufferPointer<UInt8>)? {
    guard !reader.isAtEnd else { return nil }
    let start = reader.at
    let tag = try reader.tag()
    try reader.skipValue(number: tag.number, wireType: tag.wireType, depth: 0)
    return (tag.number, UnsafeBufferPointer(start: start, count: reader.at - start))
  }
}
