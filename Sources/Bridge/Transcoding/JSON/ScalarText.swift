/// Reads single values from text that is not, or no longer, inside JSON: path variables, query
/// parameters, the keys of maps, and numbers in quotes.
enum ScalarText {
  /// Writes the value of a text into the slot of a singular scalar or of a list's element.
  ///
  /// Whole numbers may be written with an exponent, as in JSON; a bool is `true` or `false`; an
  /// enum is a name or a number; bytes are base64.
  static func store(
    _ text: Bytes, as field: UnsafePointer<FieldPlan>, at slot: UnsafeMutableRawPointer,
    _ arena: Arena
  ) throws(Fault) {
    switch field.pointee.kind {
    case .string:
      guard UTF8Sequence.isValid(text) else { throw Fault(.invalidUTF8) }
      DynamicMessage.store(text, at: slot)
    case .bytes: try storeBytes(text, at: slot, arena)
    case .bool: slot.storeBytes(of: try bool(text), as: Int32.self)
    case .enum: try storeEnum(text, as: field, at: slot)
    case .float: try storeFloat(text, at: slot)
    case .double: try storeDouble(text, at: slot)
    case .message: throw Fault(.wrongType)
    default: try storeInteger(text, as: field.pointee.kind, at: slot)
    }
  }

  @inline(__always)
  static func storeInteger(
    _ text: Bytes, as kind: FieldKind, at slot: UnsafeMutableRawPointer
  ) throws(Fault) {
    switch NumberText.integer(text) {
    case .malformed: throw Fault(.wrongType)
    case .outOfRange: throw Fault(.outOfRange)
    case .value(let isNegative, let magnitude):
      switch kind {
      case .uint32, .fixed32:
        guard !isNegative || magnitude == 0, let value = UInt32(exactly: magnitude) else {
          throw Fault(.outOfRange)
        }
        slot.storeBytes(of: value, as: UInt32.self)
      case .uint64, .fixed64:
        guard !isNegative || magnitude == 0 else { throw Fault(.outOfRange) }
        slot.storeBytes(of: magnitude, as: UInt64.self)
      case .int64, .sint64, .sfixed64:
        guard magnitude <= UInt64(Int64.max) + (isNegative ? 1 : 0) else {
          throw Fault(.outOfRange)
        }
        let value = Int64(bitPattern: magnitude)
        slot.storeBytes(of: isNegative ? 0 &- value : value, as: Int64.self)
      default:
        guard magnitude <= UInt64(Int32.max) + (isNegative ? 1 : 0) else {
          throw Fault(.outOfRange)
        }
        let value = Int32(truncatingIfNeeded: magnitude)
        slot.storeBytes(of: isNegative ? 0 &- value : value, as: Int32.self)
      }
    }
  }

  static func storeDouble(_ text: Bytes, at slot: UnsafeMutableRawPointer) throws(Fault) {
    guard let value = special(text) ?? NumberText.double(text) else { throw Fault(.wrongType) }
    guard value.isFinite || special(text) != nil else { throw Fault(.outOfRange) }
    slot.storeBytes(of: value, as: Double.self)
  }

  static func storeFloat(_ text: Bytes, at slot: UnsafeMutableRawPointer) throws(Fault) {
    guard let value = special(text).map({ Float($0) }) ?? NumberText.float(text) else {
      throw Fault(.wrongType)
    }
    guard value.isFinite || special(text) != nil else { throw Fault(.outOfRange) }
    slot.storeBytes(of: value, as: Float.self)
  }

  private static func special(_ text: Bytes) -> Double? {
    if text.equals("NaN") { return .nan }
    if text.equals("Infinity") { return .infinity }
    return text.equals("-Infinity") ? -.infinity : nil
  }

  static func storeBytes(
    _ text: Bytes, at slot: UnsafeMutableRawPointer, _ arena: Arena
  ) throws(Fault) {
    let target = try arena.bytes(text.count / 4 * 3 + 3)
    guard let length = Base64.decode(text, to: target) else { throw Fault(.invalidBase64) }
    DynamicMessage.store(Bytes(base: UnsafePointer(target), count: length), at: slot)
  }

  private static func bool(_ text: Bytes) throws(Fault) -> Int32 {
    if text.equals("true") { return 1 }
    guard text.equals("false") else { throw Fault(.wrongType) }
    return 0
  }

  private static func storeEnum(
    _ text: Bytes, as field: UnsafePointer<FieldPlan>, at slot: UnsafeMutableRawPointer
  ) throws(Fault) {
    if let number = field.pointee.enumeration?.pointee.number(of: text) {
      slot.storeBytes(of: number, as: Int32.self)
    } else {
      guard NumberText.length(text) == text.count, text.count > 0 else {
        throw Fault(.unknownEnumValue)
      }
      try storeInteger(text, as: .int32, at: slot)
    }
  }

  /// Reads a well-known type that JSON writes as one value.
  static func store(
    _ text: Bytes, into message: DynamicMessage, as plan: UnsafePointer<MessagePlan>, _ arena: Arena
  ) throws(Fault) {
    let first = plan.pointee.fields
    switch plan.pointee.wellKnown {
    case .timestamp:
      guard let (seconds, nanos) = TimeText.timestamp(text) else { throw Fault(.invalidTimestamp) }
      store(seconds, nanos, into: message, plan)
    case .duration:
      guard let (seconds, nanos) = TimeText.duration(text) else { throw Fault(.invalidDuration) }
      store(seconds, nanos, into: message, plan)
    case .fieldMask: try storeMask(text, into: message, first, arena)
    case .wrapper:
      try store(text, as: first, at: message.slot(first), arena)
      message.mark(first)
    case .structure, .value, .listValue:
      var parser = try MessageParser(text, arena: arena)
      try parser.message(plan, into: message)
      try parser.reader.finish()
    default: throw Fault(.wrongType)
    }
  }

  private static func store(
    _ seconds: Int64, _ nanos: Int32, into message: DynamicMessage,
    _ plan: UnsafePointer<MessagePlan>
  ) {
    let fields = plan.pointee.fields
    message.slot(fields).storeBytes(of: seconds, as: Int64.self)
    message.slot(fields + 1).storeBytes(of: nanos, as: Int32.self)
    message.mark(fields)
    message.mark(fields + 1)
  }

  private static func storeMask(
    _ text: Bytes, into message: DynamicMessage, _ paths: UnsafePointer<FieldPlan>, _ arena: Arena
  ) throws(Fault) {
    guard text.count > 0 else { return }
    var start = 0
    while start <= text.count {
      var end = start
      while end < text.count, text[end] != UInt8(ascii: ",") { end += 1 }
      let target = try arena.bytes((end - start) * 2)
      guard let length = FieldMaskText.decode(text.from(start).first(end - start), to: target)
      else { throw Fault(.invalidFieldMask) }
      DynamicMessage.store(
        Bytes(base: UnsafePointer(target), count: length), at: try message.room(paths, arena))
      message.appended(paths)
      start = end + 1
    }
  }
}
