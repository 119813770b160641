/// Reads JSON into wire bytes in one pass, without a tree between them, strictly.
///
/// Whatever is wrong makes it throw, and `JSONBody` has the tree read the text again, which finds
/// the same fault and knows its path: so what a fault says does not matter here. What it accepts,
/// it writes byte for byte as the tree would be packed.
struct DirectParser: ~Copyable {
  var reader: JSONReader
  var output: WireOutput
  let arena: Arena
  /// How many messages the wire form has around the one being read.
  private var depth = 0
  /// How many bytes may still be read twice, to find the type of an Any.
  var lookAhead: Int
  /// The fields written of the messages that are open.
  private var pieces: [WireOutput.Piece] = []
  /// About what the tree would take, so that a budget ends both alike: whoever unpacks the message
  /// pays as much.
  private var cost = 0
  private let budget: Int
  /// Where a number is put that the fast path does not read.
  let slot: UnsafeMutableRawPointer

  /// - Parameter slot: eight bytes.
  init(_ text: Bytes, arena: Arena, slot: UnsafeMutableRawPointer, budget: Int) {
    reader = JSONReader(text, arena: arena)
    output = WireOutput(capacity: text.count + 64)
    self.arena = arena
    self.budget = budget
    lookAhead = 4 * text.count + 1024
    self.slot = slot
  }

  /// The whole text, as a message or as the value of one of its fields.
  mutating func body(
    _ plan: UnsafePointer<MessagePlan>, _ field: UnsafePointer<FieldPlan>?
  ) throws(Fault) {
    if let field {
      if try reader.peek() == UInt8(ascii: "n"), !field.pointee.takesNull {
        throw Fault(.wrongType)
      }
      var oneofs: UInt64 = 0
      try self.field(field, &oneofs)
    } else {
      try message(plan)
    }
    try reader.finish()
  }

  // MARK: Messages

  /// A message in the form that its type has in JSON.
  mutating func message(_ plan: UnsafePointer<MessagePlan>) throws(Fault) {
    switch plan.pointee.wellKnown {
    case .none: try object(plan, isAny: false)
    case .timestamp: try time(plan, isTimestamp: true)
    case .duration: try time(plan, isTimestamp: false)
    case .fieldMask: try mask(plan)
    case .wrapper: try wrapper(plan)
    case .structure: try structure(plan)
    case .value: try value(plan)
    case .listValue: try list(plan)
    case .any: try any(plan)
    }
  }

  /// A message inside the one being read, with its length. `width` is how long that was the last
  /// time.
  @inline(__always)
  mutating func nested(
    _ plan: UnsafePointer<MessagePlan>, _ width: inout Int
  ) throws(Fault) {
    try deepen()
    try charge(plan.pointee.descriptor.pointee.sizeof_message &+ 8)
    let start = output.open(width: width)
    try message(plan)
    width = output.close(start, width: width)
    rise()
  }

  /// Counts one more message of the wire form as open.
  @inline(__always)
  mutating func deepen() throws(Fault) {
    depth &+= 1
    guard depth <= MessageCodec.depthLimit else { throw Fault(.tooDeep) }
  }

  @inline(__always)
  mutating func rise() { depth &-= 1 }

  @inline(__always)
  mutating func charge(_ bytes: Int) throws(Fault) {
    cost &+= bytes
    guard cost <= budget else { throw Fault(.overBudget) }
  }

  /// An object whose members are the fields of the message.
  ///
  /// - Parameter isAny: whether the member `@type`, which has been read, is to be stepped over.
  mutating func object(_ plan: UnsafePointer<MessagePlan>, isAny: Bool) throws(Fault) {
    try reader.open(UInt8(ascii: "{"))
    if try reader.closes(UInt8(ascii: "}")) { return }
    var seen = try SeenFields(plan, arena)
    var oneofs: UInt64 = 0
    var next = 0
    var last = -1
    var isSorted = true
    let first = pieces.count
    repeat {
      var index = try reader.key(plan, from: next)
      if index < 0 {
        let key = try reader.key()
        index = plan.pointee.names.find(key)
        if index < 0 {
          guard isAny else { throw Fault(.unknownField) }
          if key.equals("@type") {
            _ = try reader.skipValue()
            continue
          }
          guard try reader.skipEmptyValue(key, of: plan), seen.insert(0) else {
            throw Fault(.unknownField)
          }
          continue
        }
      }
      guard seen.insert(index) else { throw Fault(.duplicateField) }
      next = index &+ 1
      let start = output.count
      try field(plan.pointee.fields + index, &oneofs)
      if output.count > start {
        if index < last { isSorted = false }
        last = index
        pieces.append(WireOutput.Piece(index: index, start: start, end: output.count))
      }
    } while try reader.more(UInt8(ascii: "}"))
    if !isSorted { try output.sort(&pieces, from: first, arena) }
    pieces.removeLast(pieces.count &- first)
  }

  /// The value of a field, with its tag; nothing for null and for the default of a field without
  /// presence.
  @inline(__always)
  mutating func field(
    _ field: UnsafePointer<FieldPlan>, _ oneofs: inout UInt64
  ) throws(Fault) {
    let byte = try reader.peek()
    if byte == UInt8(ascii: "n") {
      switch field.pointee.cardinality {
      case .repeated, .map: return try reader.literal("null")
      default: if !field.pointee.takesNull { return try reader.literal("null") }
      }
    }
    switch field.pointee.cardinality {
    case .repeated: return try elements(field)
    case .map: return try entries(field)
    case .implicit:
      let start = output.count
      output.tag(field)
      if try scalar(field, byte) { output.truncate(to: start) }
      return
    case .oneof:
      guard oneofs & field.pointee.oneofBit == 0 else { throw Fault(.oneofTaken) }
      oneofs |= field.pointee.oneofBit
    case .explicit, .submessage: break
    }
    output.tag(field)
    if let plan = field.pointee.message {
      var width = 1
      try nested(plan, &width)
    } else {
      _ = try scalar(field, byte)
    }
  }

  // MARK: Lists and maps

  private mutating func elements(_ field: UnsafePointer<FieldPlan>) throws(Fault) {
    try reader.open(UInt8(ascii: "["))
    if try reader.closes(UInt8(ascii: "]")) { return }
    if field.pointee.isPacked {
      output.tag(field)
      let start = output.open(width: 1)
      repeat {
        try charge(field.pointee.size)
        let byte = try reader.peek()
        if byte == UInt8(ascii: "n"), !field.pointee.takesNull { throw Fault(.nullElement) }
        _ = try scalar(field, byte)
      } while try reader.more(UInt8(ascii: "]"))
      _ = output.close(start, width: 1)
      return
    }
    var width = 1
    repeat {
      try charge(field.pointee.size)
      let byte = try reader.peek()
      if byte == UInt8(ascii: "n"), !field.pointee.takesNull { throw Fault(.nullElement) }
      output.tag(field)
      if let plan = field.pointee.message {
        try nested(plan, &width)
      } else {
        _ = try scalar(field, byte)
      }
    } while try reader.more(UInt8(ascii: "]"))
  }

  mutating func entries(_ field: UnsafePointer<FieldPlan>) throws(Fault) {
    guard let plan = field.pointee.message else { throw Fault(.wrongType) }
    let keyField = plan.pointee.fields
    let valueField = keyField + 1
    try reader.open(UInt8(ascii: "{"))
    if try reader.closes(UInt8(ascii: "}")) { return }
    try deepen()
    var keys = KeyIndex(arena: arena)
    var width = 1
    var valueWidth = 1
    repeat {
      try charge(plan.pointee.descriptor.pointee.sizeof_message &+ 8)
      let key = try reader.key()
      output.tag(field)
      let start = output.open(width: width)
      output.tag(keyField)
      if keyField.pointee.kind == .string {
        guard try keys.insert(key) else { throw Fault(.duplicateKey) }
        output.delimited(key)
      } else {
        let identity = try arena.take(8)
        identity.storeBytes(of: 0, as: UInt64.self)
        try ScalarText.store(key, as: keyField, at: identity, arena)
        let size = keyField.pointee.size
        guard
          try keys.insert(
            Bytes(base: identity.assumingMemoryBound(to: UInt8.self), count: size))
        else { throw Fault(.duplicateKey) }
        _ = write(keyField, identity)
      }
      let byte = try reader.peek()
      if byte == UInt8(ascii: "n"), !valueField.pointee.takesNull { throw Fault(.nullElement) }
      output.tag(valueField)
      if let inner = valueField.pointee.message {
        try nested(inner, &valueWidth)
      } else {
        _ = try scalar(valueField, byte)
      }
      width = output.close(start, width: width)
    } while try reader.more(UInt8(ascii: "}"))
    rise()
  }
}
