// Values that are no messages.

extension DirectParser {
  /// A value without its tag, which begins with the byte given. Returns whether it is its type's
  /// default.
  @inline(__always)
  mutating func scalar(_ field: UnsafePointer<FieldPlan>, _ byte: UInt8) throws(Fault) -> Bool {
    switch field.pointee.kind {
    case .string:
      guard byte == UInt8(ascii: "\"") else { throw Fault(.wrongType) }
      let text = try reader.string()
      output.delimited(text)
      return text.count == 0
    case .bool:
      if byte == UInt8(ascii: "t") {
        try reader.literal("true")
        output.varint(1)
        return false
      }
      try reader.literal("false")
      output.varint(0)
      return true
    case .enum: return try enumeration(field, byte)
    case .bytes:
      guard byte == UInt8(ascii: "\"") else { throw Fault(.wrongType) }
      guard let length = output.base64(try reader.string()) else { throw Fault(.invalidBase64) }
      return length == 0
    case .double:
      try ScalarText.storeDouble(
        byte == UInt8(ascii: "\"") ? try reader.string() : try reader.number(), at: slot)
      return write(field, slot)
    case .float:
      try ScalarText.storeFloat(
        byte == UInt8(ascii: "\"") ? try reader.string() : try reader.number(), at: slot)
      return write(field, slot)
    case .message: throw Fault(.wrongType)
    default: return try integer(field, byte)
    }
  }

  @inline(__always)
  private mutating func integer(
    _ field: UnsafePointer<FieldPlan>, _ byte: UInt8
  ) throws(Fault) -> Bool {
    if let value = reader.smallInteger(byte) {
      // Up to nine digits fit every type but for the sign.
      switch field.pointee.kind {
      case .int32, .int64:
        output.varint(UInt64(bitPattern: value))
        return value == 0
      case .uint32, .uint64:
        guard value >= 0 else { throw Fault(.outOfRange) }
        output.varint(UInt64(bitPattern: value))
        return value == 0
      case .fixed32, .fixed64:
        guard value >= 0 else { throw Fault(.outOfRange) }
      default: break
      }
      if field.pointee.size == 4 {
        slot.storeBytes(of: Int32(truncatingIfNeeded: value), as: Int32.self)
      } else {
        slot.storeBytes(of: value, as: Int64.self)
      }
      return write(field, slot)
    }
    let text = byte == UInt8(ascii: "\"") ? try reader.string() : try reader.number()
    try ScalarText.storeInteger(text, as: field.pointee.kind, at: slot)
    return write(field, slot)
  }

  private mutating func enumeration(
    _ field: UnsafePointer<FieldPlan>, _ byte: UInt8
  ) throws(Fault) -> Bool {
    let number: Int32
    if byte == UInt8(ascii: "\"") {
      let name = try reader.string()
      guard let known = field.pointee.enumeration?.pointee.number(of: name) else {
        throw Fault(.unknownEnumValue)
      }
      number = known
    } else if byte == UInt8(ascii: "n"), field.pointee.isNullValue {
      try reader.literal("null")
      number = 0
    } else {
      try ScalarText.storeInteger(try reader.number(), as: .int32, at: slot)
      number = slot.load(as: Int32.self)
    }
    output.varint(UInt64(bitPattern: Int64(number)))
    return number == 0
  }

  /// A number in a slot such as `ScalarText` fills. Returns whether it is the default.
  mutating func write(
    _ field: UnsafePointer<FieldPlan>, _ slot: UnsafeRawPointer
  ) -> Bool {
    switch field.pointee.kind {
    case .double, .fixed64, .sfixed64:
      let value = slot.load(as: UInt64.self)
      output.fixed64(value)
      return value == 0
    case .float, .fixed32, .sfixed32:
      let value = slot.load(as: UInt32.self)
      output.fixed32(value)
      return value == 0
    case .int64, .uint64:
      let value = slot.load(as: UInt64.self)
      output.varint(value)
      return value == 0
    case .sint64:
      let value = slot.load(as: Int64.self)
      output.varint(UInt64(bitPattern: value << 1 ^ value >> 63))
      return value == 0
    case .sint32:
      let value = slot.load(as: Int32.self)
      output.varint(UInt64(UInt32(bitPattern: value << 1 ^ value >> 31)))
      return value == 0
    case .uint32:
      let value = slot.load(as: UInt32.self)
      output.varint(UInt64(value))
      return value == 0
    case .bool:
      let value = slot.load(as: Int32.self)
      output.varint(value != 0 ? 1 : 0)
      return value == 0
    default:
      let value = slot.load(as: Int32.self)
      output.varint(UInt64(bitPattern: Int64(value)))
      return value == 0
    }
  }
}

extension JSONReader {
  /// The position of the first field at or after `next` that comes here as its plan writes it,
  /// with its colon; -1 if it is another one, or in another spelling. Only the next two are tried.
  @inline(__always)
  mutating func key(_ plan: UnsafePointer<MessagePlan>, from next: Int) throws(Fault) -> Int {
    _ = try peek()
    var index = next
    let limit = min(next &+ 2, plan.pointee.fieldCount)
    while index < limit {
      let key = plan.pointee.fields[index].key
      if end - at >= key.count, equalBytes(at, key.base, key.count) {
        at += key.count
        return index
      }
      index &+= 1
    }
    return -1
  }

  /// An integer of up to nine digits, in quotes or not, whose first byte is given; nil without a
  /// step for any other spelling.
  @inline(__always)
  mutating func smallInteger(_ byte: UInt8) -> Int64? {
    var at = at
    let isQuoted = byte == UInt8(ascii: "\"")
    if isQuoted { at += 1 }
    guard end - at >= 12 else { return nil }
    let isNegative = at.pointee == UInt8(ascii: "-")
    if isNegative { at += 1 }
    let first = at
    var value: Int64 = 0
    while at - first < 10 {
      let digit = at.pointee &- 0x30
      guard digit < 10 else { break }
      value = value &* 10 &+ Int64(digit)
      at += 1
    }
    let count = at - first
    guard count > 0, count < 10, count == 1 || first.pointee != UInt8(ascii: "0") else {
      return nil
    }
    if isQuoted {
      guard at.pointee == UInt8(ascii: "\"") else { return nil }
      at += 1
    } else {
      switch at.pointee {
      case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), 0x20, 0x0a, 0x0d, 0x09: break
      default: return nil
      }
    }
    self.at = at
    return isNegative ? 0 &- value : value
  }
}
