/// Reads JSON into messages of an arena, by the proto3 JSON mapping, strictly: fields given twice
/// and values of a wrong type are refused, and what the contract does not know unless the options
/// let it pass.
struct MessageParser {
  var reader: JSONReader
  let arena: Arena
  var path: ParsePath
  /// How many messages the wire form has around the one being read. JSON may be flatter: each level
  /// of a Struct is three messages.
  var wireDepth = 0
  /// How many bytes may still be read twice, to find the type of an Any.
  var lookAhead: Int
  let options: ParseOptions
  /// The paths of what has been passed over, at most `ignoredLimit`.
  private(set) var ignored: [String] = []
  /// Whether the value just read is an enum's name that the contract does not know.
  private var isUnknownValue = false

  /// Who sends more than these has seen enough of them.
  static let ignoredLimit = 16

  init(_ text: Bytes, arena: Arena, options: ParseOptions = ParseOptions()) throws(Fault) {
    self.options = options
    if text.count >= 3, text[0] == 0xef, text[1] == 0xbb, text[2] == 0xbf {
      throw Fault(.byteOrderMark, at: 0)
    }
    reader = JSONReader(text, arena: arena)
    self.arena = arena
    path = try ParsePath(arena: arena)
    lookAhead = 4 * text.count + 1024
  }

  // MARK: Messages

  /// A message in the form that its type has in JSON.
  mutating func message(
    _ plan: UnsafePointer<MessagePlan>, into message: DynamicMessage
  ) throws(Fault) {
    switch plan.pointee.wellKnown {
    case .none: try object(plan, into: message)
    case .timestamp, .duration, .fieldMask: try text(plan, into: message)
    case .wrapper:
      let field = plan.pointee.fields
      try scalar(field, at: message.slot(field))
      message.mark(field)
    case .structure: try structure(plan, into: message)
    case .value: try value(plan, into: message)
    case .listValue: try list(plan, into: message)
    case .any: try any(plan, into: message)
    }
  }

  /// A message inside the one being read.
  @inline(__always)
  mutating func nested(
    _ plan: UnsafePointer<MessagePlan>, into message: DynamicMessage
  ) throws(Fault) {
    try deepen()
    path.descend()
    try self.message(plan, into: message)
    path.ascend()
    wireDepth &-= 1
  }

  /// Counts one more message of the wire form as open.
  @inline(__always)
  mutating func deepen() throws(Fault) {
    wireDepth &+= 1
    guard wireDepth <= MessageCodec.depthLimit else { throw reader.fault(.tooDeep) }
  }

  /// An object whose members are the fields of the message.
  ///
  /// - Parameter isAny: whether the member `@type`, which has been read, is to be stepped over.
  mutating func object(
    _ plan: UnsafePointer<MessagePlan>, into message: DynamicMessage, isAny: Bool = false
  ) throws(Fault) {
    try reader.open(UInt8(ascii: "{"))
    if try reader.closes(UInt8(ascii: "}")) { return }
    var seen = try SeenFields(plan, arena)
    repeat {
      let key = try reader.key()
      let index = plan.pointee.names.find(key)
      if index < 0 {
        if isAny, key.equals("@type") {
          _ = try reader.skipValue()
          continue
        }
        path.enter(unknown: key)
        if isAny, try reader.skipEmptyValue(key, of: plan) {
          guard seen.insert(0) else { throw reader.fault(.duplicateField) }
          continue
        }
        guard options.ignoresUnknown else { throw reader.fault(.unknownField) }
        try passOver()
        continue
      }
      let field = plan.pointee.fields + index
      path.enter(field)
      guard seen.insert(index) else { throw reader.fault(.duplicateField) }
      try self.field(field, of: message)
    } while try reader.more(UInt8(ascii: "}"))
    path.leave()
  }

  /// Steps over a member that the contract does not know.
  mutating func passOver() throws(Fault) {
    noteIgnored()
    _ = try reader.skipValue()
    path.leave()
  }

  private mutating func noteIgnored() {
    if ignored.count < MessageParser.ignoredLimit { ignored.append(path.text) }
  }

  /// Whether the value just read is to be left out; asked once for each value.
  @inline(__always)
  mutating func isLeftOut() -> Bool {
    guard isUnknownValue else { return false }
    isUnknownValue = false
    return true
  }

  /// The value of a field.
  mutating func field(
    _ field: UnsafePointer<FieldPlan>, of message: DynamicMessage
  ) throws(Fault) {
    let isNull = try reader.peek() == UInt8(ascii: "n")
    switch field.pointee.cardinality {
    case .repeated:
      if isNull { return try reader.literal("null") }
      try elements(field, of: message)
    case .map:
      if isNull { return try reader.literal("null") }
      try entries(field, of: message)
    case .implicit, .explicit, .submessage, .oneof:
      if isNull, !field.pointee.takesNull { return try reader.literal("null") }
      if field.pointee.cardinality == .oneof {
        guard message.flag(field) == 0 else { throw reader.fault(.oneofTaken) }
      }
      if let plan = field.pointee.message {
        let inner = try arena.message(plan)
        DynamicMessage.store(inner, at: message.slot(field))
        try nested(plan, into: inner)
      } else {
        try scalar(field, at: message.slot(field))
        if isLeftOut() { return }
      }
      message.mark(field)
    }
  }

  // MARK: Lists and maps

  private mutating func elements(
    _ field: UnsafePointer<FieldPlan>, of message: DynamicMessage
  ) throws(Fault) {
    try reader.open(UInt8(ascii: "["))
    if try reader.closes(UInt8(ascii: "]")) { return }
    var index = 0
    repeat {
      index &+= 1
      path.enter(element: index)
      let slot = try message.room(field, arena)
      if let plan = field.pointee.message {
        try refuseNull(field)
        let inner = try arena.message(plan)
        DynamicMessage.store(inner, at: slot)
        try nested(plan, into: inner)
      } else {
        try refuseNull(field)
        try scalar(field, at: slot)
        if isLeftOut() { continue }
      }
      message.appended(field)
    } while try reader.more(UInt8(ascii: "]"))
  }

  private mutating func entries(
    _ field: UnsafePointer<FieldPlan>, of message: DynamicMessage
  ) throws(Fault) {
    guard let plan = field.pointee.message else { throw reader.fault(.wrongType) }
    let keyField = plan.pointee.fields
    let valueField = plan.pointee.fields + 1
    try reader.open(UInt8(ascii: "{"))
    if try reader.closes(UInt8(ascii: "}")) { return }
    try deepen()
    var keys = KeyIndex(arena: arena)
    repeat {
      let key = try reader.key()
      path.enter(entry: key)
      let entry = try arena.message(plan)
      let keySlot = entry.slot(keyField)
      try ScalarText.store(key, as: keyField, at: keySlot, arena)
      let identity =
        keyField.pointee.kind == .string
        ? DynamicMessage.bytes(at: keySlot)
        : Bytes(
          base: keySlot.assumingMemoryBound(to: UInt8.self), count: keyField.pointee.size)
      guard try keys.insert(identity) else { throw reader.fault(.duplicateKey) }
      try refuseNull(valueField)
      let valueSlot = entry.slot(valueField)
      if let inner = valueField.pointee.message {
        let value = try arena.message(inner)
        DynamicMessage.store(value, at: valueSlot)
        try nested(inner, into: value)
      } else {
        try scalar(valueField, at: valueSlot)
        if isLeftOut() { continue }
        entry.setFlag(valueField, 1)
      }
      // Both halves of an entry are sent even where they hold their defaults.
      entry.setFlag(keyField, 1)
      DynamicMessage.store(entry, at: try message.room(field, arena))
      message.appended(field)
    } while try reader.more(UInt8(ascii: "}"))
    wireDepth &-= 1
  }

  private mutating func refuseNull(_ field: UnsafePointer<FieldPlan>) throws(Fault) {
    if try reader.peek() == UInt8(ascii: "n"), !field.pointee.takesNull {
      throw reader.fault(.nullElement)
    }
  }

  // MARK: Single values

  /// A value that is no message, into the slot of a field or of an element.
  @inline(__always)
  mutating func scalar(
    _ field: UnsafePointer<FieldPlan>, at slot: UnsafeMutableRawPointer
  ) throws(Fault) {
    let byte = try reader.peek()
    switch field.pointee.kind {
    case .string:
      guard byte == UInt8(ascii: "\"") else { throw reader.mismatch() }
      DynamicMessage.store(try reader.string(), at: slot)
    case .bool:
      if byte == UInt8(ascii: "t") {
        try reader.literal("true")
        slot.storeBytes(of: 1, as: Int32.self)
      } else {
        guard byte == UInt8(ascii: "f") else { throw reader.mismatch() }
        try reader.literal("false")
        slot.storeBytes(of: 0, as: Int32.self)
      }
    case .enum: try enumeration(field, byte, at: slot)
    case .bytes:
      guard byte == UInt8(ascii: "\"") else { throw reader.mismatch() }
      let text = try reader.string()
      try ScalarText.storeBytes(text, at: slot, arena)
    case .double:
      let text = byte == UInt8(ascii: "\"") ? try reader.string() : try reader.number()
      try ScalarText.storeDouble(text, at: slot)
    case .float:
      let text = byte == UInt8(ascii: "\"") ? try reader.string() : try reader.number()
      try ScalarText.storeFloat(text, at: slot)
    case .message: throw reader.fault(.wrongType)
    default:
      let text = byte == UInt8(ascii: "\"") ? try reader.string() : try reader.number()
      try ScalarText.storeInteger(text, as: field.pointee.kind, at: slot)
    }
  }

  private mutating func enumeration(
    _ field: UnsafePointer<FieldPlan>, _ byte: UInt8, at slot: UnsafeMutableRawPointer
  ) throws(Fault) {
    if byte == UInt8(ascii: "\"") {
      let name = try reader.string()
      guard let number = field.pointee.enumeration?.pointee.number(of: name) else {
        guard options.ignoresUnknown else { throw reader.fault(.unknownEnumValue) }
        isUnknownValue = true
        return noteIgnored()
      }
      slot.storeBytes(of: number, as: Int32.self)
    } else if byte == UInt8(ascii: "n"), field.pointee.isNullValue {
      try reader.literal("null")
      slot.storeBytes(of: 0, as: Int32.self)
    } else {
      let text = try reader.number()
      try ScalarText.storeInteger(text, as: .int32, at: slot)
    }
  }

  /// A message that is one string.
  private mutating func text(
    _ plan: UnsafePointer<MessagePlan>, into message: DynamicMessage
  ) throws(Fault) {
    guard try reader.peek() == UInt8(ascii: "\"") else { throw reader.mismatch() }
    let text = try reader.string()
    try ScalarText.store(text, into: message, as: plan, arena)
  }
}
