// The messages that JSON writes in a way of their own.

extension DirectParser {
  mutating func time(
    _ plan: UnsafePointer<MessagePlan>, isTimestamp: Bool
  ) throws(Fault) {
    guard try reader.peek() == UInt8(ascii: "\"") else { throw Fault(.wrongType) }
    let text = try reader.string()
    guard
      let (seconds, nanos) = isTimestamp ? TimeText.timestamp(text) : TimeText.duration(text)
    else { throw Fault(.invalidTimestamp) }
    if seconds != 0 {
      output.tag(plan.pointee.fields)
      output.varint(UInt64(bitPattern: seconds))
    }
    if nanos != 0 {
      output.tag(plan.pointee.fields + 1)
      output.varint(UInt64(bitPattern: Int64(nanos)))
    }
  }

  mutating func mask(_ plan: UnsafePointer<MessagePlan>) throws(Fault) {
    guard try reader.peek() == UInt8(ascii: "\"") else { throw Fault(.wrongType) }
    let text = try reader.string()
    guard text.count > 0 else { return }
    let target = try arena.bytes(text.count * 2)
    var start = 0
    while start <= text.count {
      var end = start
      while end < text.count, text[end] != UInt8(ascii: ",") { end += 1 }
      try charge(16)
      guard let length = FieldMaskText.decode(text.from(start).first(end - start), to: target)
      else { throw Fault(.invalidFieldMask) }
      output.tag(plan.pointee.fields)
      output.delimited(Bytes(base: UnsafePointer(target), count: length))
      start = end + 1
    }
  }

  /// A wrapper: its one field, unless that is the default.
  mutating func wrapper(_ plan: UnsafePointer<MessagePlan>) throws(Fault) {
    let start = output.count
    output.tag(plan.pointee.fields)
    if try scalar(plan.pointee.fields, try reader.peek()) { output.truncate(to: start) }
  }

  /// An object, into a Struct: a map of Values, each of which takes null.
  mutating func structure(_ plan: UnsafePointer<MessagePlan>) throws(Fault) {
    try entries(plan.pointee.fields)
  }

  /// An array, into a ListValue.
  mutating func list(_ plan: UnsafePointer<MessagePlan>) throws(Fault) {
    let field = plan.pointee.fields
    guard let value = field.pointee.message else { throw Fault(.wrongType) }
    try reader.open(UInt8(ascii: "["))
    if try reader.closes(UInt8(ascii: "]")) { return }
    var width = 1
    repeat {
      try charge(8)
      output.tag(field)
      try nested(value, &width)
    } while try reader.more(UInt8(ascii: "]"))
  }

  /// Any JSON, into a Value. Its members have the numbers 1 (null) to 6 (list).
  mutating func value(_ plan: UnsafePointer<MessagePlan>) throws(Fault) {
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
    output.tag(field)
    if let inner = field.pointee.message {
      var width = 1
      try nested(inner, &width)
    } else {
      _ = try scalar(field, byte)
    }
  }

  /// An object with the member `@type`, wherever that stands, into an Any.
  mutating func any(_ plan: UnsafePointer<MessagePlan>) throws(Fault) {
    let start = reader.mark
    try reader.open(UInt8(ascii: "{"))
    if try reader.closes(UInt8(ascii: "}")) { return }
    guard let url = try typeURL(),
      let type = plan.pointee.types.pointee.find(url: url)
    else { throw Fault(.unknownType) }
    reader.rewind(to: start)
    output.tag(plan.pointee.fields)
    output.delimited(url)
    try deepen()
    try charge(type.pointee.descriptor.pointee.sizeof_message)
    let before = output.count
    output.tag(plan.pointee.fields + 1)
    let open = output.open(width: 1)
    let content = output.count
    if type.pointee.wellKnown.isNestedInAny {
      try wrapped(type)
    } else {
      try object(type, isAny: true)
    }
    if output.count == content {
      output.truncate(to: before)
    } else {
      _ = output.close(open, width: 1)
    }
    rise()
  }

  private mutating func typeURL() throws(Fault) -> Bytes? {
    var url: Bytes?
    repeat {
      let key = try reader.key()
      if key.equals("@type") {
        guard url == nil else { throw Fault(.duplicateField) }
        guard try reader.peek() == UInt8(ascii: "\"") else { throw Fault(.wrongType) }
        url = try reader.string()
      } else {
        lookAhead -= try reader.skipValue()
        guard lookAhead >= 0 else { throw Fault(.overBudget) }
      }
    } while try reader.more(UInt8(ascii: "}"))
    return url
  }

  /// The members `@type` and `value`.
  private mutating func wrapped(_ type: UnsafePointer<MessagePlan>) throws(Fault) {
    try reader.open(UInt8(ascii: "{"))
    var isGiven = false
    repeat {
      let key = try reader.key()
      if key.equals("@type") {
        _ = try reader.skipValue()
        continue
      }
      guard key.equals("value"), !isGiven else { throw Fault(.unknownField) }
      isGiven = true
      try message(type)
    } while try reader.more(UInt8(ascii: "}"))
    guard isGiven else { throw Fault(.missingType) }
  }
}
