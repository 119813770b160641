// google.protobuf.Struct, Value and ListValue: JSON as it is.

extension MessageParser {
  /// An object, into a Struct.
  mutating func structure(
    _ plan: UnsafePointer<MessagePlan>, into message: DynamicMessage
  ) throws(Fault) {
    let field = plan.pointee.fields
    guard let entryPlan = field.pointee.message,
      let valuePlan = (entryPlan.pointee.fields + 1).pointee.message
    else { throw reader.fault(.wrongType) }
    let keyField = entryPlan.pointee.fields
    let valueField = entryPlan.pointee.fields + 1
    try reader.open(UInt8(ascii: "{"))
    if try reader.closes(UInt8(ascii: "}")) { return }
    try deepen()
    var keys = KeyIndex(arena: arena)
    repeat {
      let key = try reader.key()
      path.enter(entry: key)
      guard try keys.insert(key) else { throw reader.fault(.duplicateKey) }
      let entry = try arena.message(entryPlan)
      DynamicMessage.store(key, at: entry.slot(keyField))
      entry.setFlag(keyField, 1)
      let value = try arena.message(valuePlan)
      DynamicMessage.store(value, at: entry.slot(valueField))
      try nested(valuePlan, into: value)
      DynamicMessage.store(entry, at: try message.room(field, arena))
      message.appended(field)
    } while try reader.more(UInt8(ascii: "}"))
    wireDepth &-= 1
  }

  /// An array, into a ListValue.
  mutating func list(
    _ plan: UnsafePointer<MessagePlan>, into message: DynamicMessage
  ) throws(Fault) {
    let field = plan.pointee.fields
    guard let valuePlan = field.pointee.message else { throw reader.fault(.wrongType) }
    try reader.open(UInt8(ascii: "["))
    if try reader.closes(UInt8(ascii: "]")) { return }
    var index = 0
    repeat {
      index &+= 1
      path.enter(element: index)
      let value = try arena.message(valuePlan)
      DynamicMessage.store(value, at: try message.room(field, arena))
      try nested(valuePlan, into: value)
      message.appended(field)
    } while try reader.more(UInt8(ascii: "]"))
  }

  /// Any JSON, into a Value. Its members have the numbers 1 (null) to 6 (list).
  mutating func value(
    _ plan: UnsafePointer<MessagePlan>, into message: DynamicMessage
  ) throws(Fault) {
    let byte = try reader.peek()
    let member: Int
    switch byte {
    case UInt8(ascii: "n"): member = 0
    case UInt8(ascii: "\""): member = 2
    case UInt8(ascii: "t"), UInt8(ascii: "f"): member = 3
    case UInt8(ascii: "{"): member = 4
    case UInt8(ascii: "["): member = 5
    default: member = 1
    }
    let field = plan.pointee.fields + member
    let slot = message.slot(field)
    if let inner = field.pointee.message {
      let content = try arena.message(inner)
      DynamicMessage.store(content, at: slot)
      try deepen()
      try self.message(inner, into: content)
      wireDepth &-= 1
    } else {
      try scalar(field, at: slot)
    }
    message.mark(field)
  }
}
