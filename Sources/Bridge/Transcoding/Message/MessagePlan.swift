import CProtobufC

/// All that reading and printing a message needs, without a reference to count.
struct MessagePlan {
  /// What protobuf-c knows of the type.
  var descriptor: UnsafePointer<ProtobufCMessageDescriptor>
  /// By number.
  var fields: UnsafePointer<FieldPlan>
  var fieldCount: Int
  /// From JSON names and contract names to positions in `fields`.
  var names: NameTable
  /// From small numbers to positions in `fields`, -1 for none.
  var dense: UnsafePointer<Int32>
  var denseCount: Int
  var wellKnown: WellKnownType
  var fullName: Bytes
  /// Every type of the schema, for `google.protobuf.Any`.
  var types: UnsafePointer<TypeTable>

  /// The position in `fields` of a number, or -1.
  @inline(__always)
  func index(number: UInt32) -> Int {
    if Int(number) < denseCount { return Int(dense[Int(number)]) }
    var low = 0
    var high = fieldCount
    while low < high {
      let middle = (low &+ high) >> 1
      if fields[middle].number < number { low = middle &+ 1 } else { high = middle }
    }
    return low < fieldCount && fields[low].number == number ? low : -1
  }
}

/// Every message type of a schema by its full name.
struct TypeTable {
  var names: NameTable
  var plans: UnsafePointer<MessagePlan>

  /// The type that a type URL such as `type.googleapis.com/package.Message` names.
  func find(url: Bytes) -> UnsafePointer<MessagePlan>? {
    var start = url.count
    while start > 0, url[start - 1] != UInt8(ascii: "/") { start -= 1 }
    guard start > 0 else { return nil }
    let index = names.find(url.from(start))
    return index < 0 ? nil : plans + index
  }
}
