/// Prints messages as JSON, by the proto3 JSON mapping: JSON names, 64-bit integers as strings,
/// enums by name, and no field that is unset or holds its default.
struct MessagePrinter: ~Copyable {
  var output: JSONOutput
  let arena: Arena
  /// How many messages are open around the one being printed.
  var depth = 0
  /// The field that was printed last, for errors.
  private(set) var field: UnsafePointer<FieldPlan>?
  let options: PrintOptions
  /// How long the text may grow. Defaults make much out of little: two bytes of an empty message
  /// become all the names of its fields.
  let limit: Int
  /// Whether an Any whose content is not what its type says is printed as its bytes, or refused.
  let keepsCorruptAny: Bool

  init(
    arena: Arena, capacity: Int, options: PrintOptions = [], limit: Int = .max,
    keepsCorruptAny: Bool = false
  ) {
    output = JSONOutput(capacity: capacity)
    self.arena = arena
    self.options = options
    self.limit = limit
    self.keepsCorruptAny = keepsCorruptAny
  }

  // MARK: Messages

  /// A message in the form that its type has in JSON.
  mutating func message(
    _ plan: UnsafePointer<MessagePlan>, _ message: DynamicMessage
  ) throws(Fault) {
    switch plan.pointee.wellKnown {
    case .none:
      output.byte(UInt8(ascii: "{"))
      _ = try members(plan, message, isFirst: true)
      output.byte(UInt8(ascii: "}"))
    case .timestamp: try time(plan, message, isTimestamp: true)
    case .duration: try time(plan, message, isTimestamp: false)
    case .fieldMask: try mask(plan, message)
    case .wrapper:
      let field = plan.pointee.fields
      try scalar(field, message.slot(field))
    case .structure: try entries(plan.pointee.fields, message)
    case .listValue: try elements(plan.pointee.fields, message)
    case .value: try value(plan, message)
    case .any: try any(plan, message)
    }
  }

  /// The fields that are set, or have no presence where the options want these too. Returns whether
  /// none was printed and none had been before.
  mutating func members(
    _ plan: UnsafePointer<MessagePlan>, _ message: DynamicMessage, isFirst: Bool
  ) throws(Fault) -> Bool {
    guard output.count <= limit else { throw Fault(.overBudget) }
    var isFirst = isFirst
    var field = plan.pointee.fields
    let end = field + plan.pointee.fieldCount
    while field < end {
      defer { field += 1 }
      if !message.has(field)
        || field.pointee.cardinality == .implicit && message.isDefault(field)
      {
        guard options.contains(.defaults), field.pointee.cardinality.lacksPresence else {
          continue
        }
      }
      if !isFirst { output.byte(UInt8(ascii: ",")) }
      isFirst = false
      output.bytes(options.contains(.protoNames) ? field.pointee.nameKey : field.pointee.key)
      self.field = field
      try value(of: field, in: message)
    }
    return isFirst
  }

  /// The value of a field, set or not.
  mutating func value(
    of field: UnsafePointer<FieldPlan>, in message: DynamicMessage
  ) throws(Fault) {
    switch field.pointee.cardinality {
    case .repeated: try elements(field, message)
    case .map: try entries(field, message)
    case .implicit, .explicit, .submessage, .oneof: try single(field, message.slot(field))
    }
  }

  /// A value in a slot.
  @inline(__always)
  private mutating func single(
    _ field: UnsafePointer<FieldPlan>, _ slot: UnsafeRawPointer
  ) throws(Fault) {
    guard let plan = field.pointee.message else { return try scalar(field, slot) }
    depth &+= 1
    if let inner = DynamicMessage.at(slot) {
      try message(plan, inner)
    } else {
      // An entry of a map may come without its value, which then is the default.
      try message(plan, try arena.message(plan))
    }
    depth &-= 1
  }

  // MARK: Lists and maps

  mutating func elements(
    _ field: UnsafePointer<FieldPlan>, _ message: DynamicMessage
  ) throws(Fault) {
    output.byte(UInt8(ascii: "["))
    if let elements = message.elements(field) {
      let size = field.pointee.size
      for index in 0..<message.count(field) {
        if index > 0 { output.byte(UInt8(ascii: ",")) }
        try single(field, elements + index &* size)
      }
    }
    output.byte(UInt8(ascii: "]"))
  }

  /// A map. Of entries with the same key the last counts.
  mutating func entries(
    _ field: UnsafePointer<FieldPlan>, _ message: DynamicMessage
  ) throws(Fault) {
    output.byte(UInt8(ascii: "{"))
    if let plan = field.pointee.message, let elements = message.elements(field) {
      let count = message.count(field)
      let isHidden = try hiddenEntries(elements, count, key: plan.pointee.fields)
      var isFirst = true
      for index in 0..<count where isHidden.map({ !$0[index] }) ?? true {
        guard let entry = DynamicMessage.at(elements + index * 8) else { continue }
        if !isFirst { output.byte(UInt8(ascii: ",")) }
        isFirst = false
        try key(plan.pointee.fields, entry.slot(plan.pointee.fields))
        output.byte(UInt8(ascii: ":"))
        try single(plan.pointee.fields + 1, entry.slot(plan.pointee.fields + 1))
      }
    }
    output.byte(UInt8(ascii: "}"))
  }

  /// Which entries are replaced by a later one; nil where there is only one.
  private func hiddenEntries(
    _ elements: UnsafeRawPointer, _ count: Int, key: UnsafePointer<FieldPlan>
  ) throws(Fault) -> UnsafeMutablePointer<Bool>? {
    guard count > 1 else { return nil }
    let isHidden = try arena.take(count).bindMemory(to: Bool.self, capacity: count)
    var keys = KeyIndex(arena: arena)
    for index in stride(from: count - 1, through: 0, by: -1) {
      guard let entry = DynamicMessage.at(elements + index * 8) else { continue }
      let slot = entry.slot(key)
      let identity =
        key.pointee.kind == .string
        ? DynamicMessage.bytes(at: slot)
        : Bytes(base: slot.assumingMemoryBound(to: UInt8.self), count: key.pointee.size)
      isHidden[index] = !(try keys.insert(identity))
    }
    return isHidden
  }

  /// The key of a map's entry, which JSON always writes as a string.
  private mutating func key(
    _ field: UnsafePointer<FieldPlan>, _ slot: UnsafeRawPointer
  ) throws(Fault) {
    let isQuoted: Bool
    switch field.pointee.kind {
    case .string: isQuoted = true
    case .int64, .sint64, .sfixed64, .uint64, .fixed64:
      isQuoted = !options.contains(.numericInt64)
    default: isQuoted = false
    }
    if !isQuoted { output.byte(UInt8(ascii: "\"")) }
    try scalar(field, slot)
    if !isQuoted { output.byte(UInt8(ascii: "\"")) }
  }

  // MARK: Single values

  mutating func scalar(
    _ field: UnsafePointer<FieldPlan>, _ slot: UnsafeRawPointer
  ) throws(Fault) {
    switch field.pointee.kind {
    case .string: try output.string(DynamicMessage.bytes(at: slot))
    case .bytes: output.base64(DynamicMessage.bytes(at: slot))
    case .bool: output.literal(slot.load(as: Int32.self) != 0 ? "true" : "false")
    case .int32, .sint32, .sfixed32: output.signed(Int64(slot.load(as: Int32.self)))
    case .uint32, .fixed32: output.unsigned(UInt64(slot.load(as: UInt32.self)))
    case .int64, .sint64, .sfixed64:
      output.signed(slot.load(as: Int64.self), isQuoted: !options.contains(.numericInt64))
    case .uint64, .fixed64:
      output.unsigned(slot.load(as: UInt64.self), isQuoted: !options.contains(.numericInt64))
    case .double: output.double(slot.load(as: Double.self))
    case .float: output.float(slot.load(as: Float.self))
    case .enum: output.enumeration(field, slot.load(as: Int32.self), options)
    case .message: throw Fault(.corrupt)
    }
  }
}
