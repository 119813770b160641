/// Prints wire bytes as JSON in one pass, without a tree between them.
///
/// It takes what serializers write: fields in the order of their numbers, a list in one run, no
/// message in pieces. For everything else, and for everything that is wrong, it throws, and
/// `JSONBody` has the tree do it again: so what a fault says does not matter here.
struct DirectPrinter: ~Copyable {
  var output: JSONOutput
  let arena: Arena
  let options: PrintOptions
  /// How many messages are open around the one being printed.
  var depth = 0
  /// About what the tree would take, so that a budget ends both alike.
  private var cost = 0
  private let budget: Int

  init(arena: Arena, capacity: Int, options: PrintOptions, budget: Int) {
    output = JSONOutput(capacity: capacity)
    self.arena = arena
    self.options = options
    self.budget = budget
  }

  @inline(__always)
  static var irregular: Fault { Fault(.corrupt) }

  // MARK: Messages

  /// A message in the form that its type has in JSON.
  mutating func message(_ plan: UnsafePointer<MessagePlan>, _ wire: Bytes) throws(Fault) {
    switch plan.pointee.wellKnown {
    case .none:
      output.byte(UInt8(ascii: "{"))
      _ = try members(plan, wire, isFirst: true)
      output.byte(UInt8(ascii: "}"))
    case .timestamp: try time(wire, isTimestamp: true)
    case .duration: try time(wire, isTimestamp: false)
    case .fieldMask: try mask(wire)
    case .wrapper: try wrapper(plan, wire)
    case .structure: try structure(plan, wire)
    case .listValue: try listValue(plan, wire)
    case .value: try value(plan, wire)
    case .any: try any(plan, wire)
    }
  }

  /// A message inside the one being printed.
  @inline(__always)
  mutating func nested(_ plan: UnsafePointer<MessagePlan>, _ wire: Bytes) throws(Fault) {
    depth &+= 1
    guard depth <= MessageCodec.depthLimit else { throw DirectPrinter.irregular }
    try charge(plan.pointee.descriptor.pointee.sizeof_message &+ 8)
    try message(plan, wire)
    depth &-= 1
  }

  @inline(__always)
  mutating func charge(_ bytes: Int) throws(Fault) {
    cost &+= bytes
    guard cost <= budget, output.count <= budget else { throw DirectPrinter.irregular }
  }

  /// The fields that are there. Returns whether none was printed and none had been before.
  mutating func members(
    _ plan: UnsafePointer<MessagePlan>, _ wire: Bytes, isFirst: Bool
  ) throws(Fault) -> Bool {
    var reader = WireReader(wire)
    var isFirst = isFirst
    var last = -1
    var oneofs: UInt64 = 0
    while !reader.isAtEnd {
      let tag = try reader.tag()
      let index = plan.pointee.index(number: tag.number)
      guard index >= 0 else {
        guard tag.wireType != 3 else { throw DirectPrinter.irregular }
        try reader.skipValue(number: tag.number, wireType: tag.wireType, depth: 0)
        continue
      }
      guard index > last else { throw DirectPrinter.irregular }
      if options.contains(.defaults) {
        isFirst = try unset(plan, last + 1, index, isFirst)
      }
      last = index
      let field = plan.pointee.fields + index
      switch field.pointee.cardinality {
      case .repeated:
        try list(field, tag.wireType, &reader, &isFirst)
        continue
      case .map:
        guard tag.wireType == 2 else { throw DirectPrinter.irregular }
        key(field, &isFirst)
        try entries(field, &reader)
        continue
      case .oneof:
        guard oneofs & field.pointee.oneofBit == 0 else { throw DirectPrinter.irregular }
        oneofs |= field.pointee.oneofBit
      case .implicit, .explicit, .submessage: break
      }
      guard tag.wireType == field.pointee.kind.wireType else { throw DirectPrinter.irregular }
      let mayBeLeftOut =
        field.pointee.cardinality == .implicit && !options.contains(.defaults)
      if tag.wireType == 2 {
        let content = try reader.delimited()
        if mayBeLeftOut, content.count == 0 { continue }
        key(field, &isFirst)
        try delimited(field, content)
      } else {
        let bits = try reader.bits(field.pointee.kind)
        if mayBeLeftOut, bits == 0 { continue }
        key(field, &isFirst)
        scalar(field, bits)
      }
    }
    if options.contains(.defaults) {
      isFirst = try unset(plan, last + 1, plan.pointee.fieldCount, isFirst)
    }
    return isFirst
  }

  /// The fields without presence that are not there, with their defaults.
  private mutating func unset(
    _ plan: UnsafePointer<MessagePlan>, _ first: Int, _ end: Int, _ isFirst: Bool
  ) throws(Fault) -> Bool {
    try charge(0)
    var isFirst = isFirst
    for index in first..<end {
      let field = plan.pointee.fields + index
      switch field.pointee.cardinality {
      case .implicit:
        key(field, &isFirst)
        if field.pointee.kind.wireType == 2 {
          try delimited(field, .empty)
        } else {
          scalar(field, 0)
        }
      case .repeated:
        key(field, &isFirst)
        output.literal("[]")
      case .map:
        key(field, &isFirst)
        output.literal("{}")
      case .explicit, .submessage, .oneof: break
      }
    }
    return isFirst
  }

  @inline(__always)
  private mutating func key(_ field: UnsafePointer<FieldPlan>, _ isFirst: inout Bool) {
    if !isFirst { output.byte(UInt8(ascii: ",")) }
    isFirst = false
    output.padded(options.contains(.protoNames) ? field.pointee.nameKey : field.pointee.key)
  }

  // MARK: Values

  /// A string, bytes or a message.
  @inline(__always)
  mutating func delimited(
    _ field: UnsafePointer<FieldPlan>, _ content: Bytes
  ) throws(Fault) {
    if let plan = field.pointee.message {
      try nested(plan, content)
    } else if field.pointee.kind == .string {
      try output.string(content)
    } else {
      output.base64(content)
    }
  }

  /// A value as `WireReader.bits` gives it.
  @inline(__always)
  mutating func scalar(_ field: UnsafePointer<FieldPlan>, _ bits: UInt64) {
    switch field.pointee.kind {
    case .bool:
      if bits != 0 { output.literal("true") } else { output.literal("false") }
    case .int32, .sint32, .sfixed32:
      output.signed(Int64(Int32(truncatingIfNeeded: bits)))
    case .uint32, .fixed32: output.unsigned(bits)
    case .int64, .sint64, .sfixed64:
      output.signed(Int64(bitPattern: bits), isQuoted: !options.contains(.numericInt64))
    case .uint64, .fixed64:
      output.unsigned(bits, isQuoted: !options.contains(.numericInt64))
    case .double: output.double(Double(bitPattern: bits))
    case .float: output.float(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    case .enum: output.enumeration(field, Int32(truncatingIfNeeded: bits), options)
    case .string, .bytes, .message: break
    }
  }

  // MARK: Lists

  /// The elements of a list as far as they follow each other.
  @inline(__always)
  private mutating func list(
    _ field: UnsafePointer<FieldPlan>, _ wireType: UInt8, _ reader: inout WireReader,
    _ isFirst: inout Bool
  ) throws(Fault) {
    let kind = field.pointee.kind
    var wireType = wireType
    var isOpen = false
    repeat {
      if wireType == kind.wireType {
        try element(field, &isFirst, &isOpen)
        if wireType == 2 {
          try delimited(field, try reader.delimited())
        } else {
          scalar(field, try reader.bits(kind))
        }
      } else {
        guard wireType == 2, kind.isPackable else { throw DirectPrinter.irregular }
        var inner = WireReader(try reader.delimited())
        while !inner.isAtEnd {
          try element(field, &isFirst, &isOpen)
          scalar(field, try inner.bits(kind))
        }
      }
    } while try reader.follows(field.pointee.number, &wireType)
    if isOpen {
      output.byte(UInt8(ascii: "]"))
    } else if options.contains(.defaults) {
      key(field, &isFirst)
      output.literal("[]")
    }
  }

  @inline(__always)
  private mutating func element(
    _ field: UnsafePointer<FieldPlan>, _ isFirst: inout Bool, _ isOpen: inout Bool
  ) throws(Fault) {
    try charge(field.pointee.size)
    if isOpen {
      output.byte(UInt8(ascii: ","))
    } else {
      isOpen = true
      key(field, &isFirst)
      output.byte(UInt8(ascii: "["))
    }
  }
}

extension WireReader {
  /// Whether the next field has this number too; its tag is then read.
  @inline(__always)
  mutating func follows(_ number: UInt32, _ wireType: inout UInt8) throws(Fault) -> Bool {
    guard !isAtEnd else { return false }
    let start = at
    let tag = try tag()
    guard tag.number == number else {
      at = start
      return false
    }
    wireType = tag.wireType
    return true
  }

  /// A scalar that is not length-delimited, as its bits: 32 of them where it has 32, a zigzag
  /// undone, a bool 0 or 1. All are zero for the default alone.
  @inline(__always)
  mutating func bits(_ kind: FieldKind) throws(Fault) -> UInt64 {
    switch kind {
    case .double, .fixed64, .sfixed64:
      guard end - at >= 8 else { throw Fault(.corrupt) }
      defer { at += 8 }
      return UInt64(littleEndian: UnsafeRawPointer(at).loadUnaligned(as: UInt64.self))
    case .float, .fixed32, .sfixed32:
      guard end - at >= 4 else { throw Fault(.corrupt) }
      defer { at += 4 }
      return UInt64(UInt32(littleEndian: UnsafeRawPointer(at).loadUnaligned(as: UInt32.self)))
    case .int64, .uint64: return try varint()
    case .bool: return try varint() != 0 ? 1 : 0
    case .sint64:
      let raw = try varint()
      return raw >> 1 ^ (0 &- (raw & 1))
    case .sint32:
      let raw = UInt32(truncatingIfNeeded: try varint())
      return UInt64(raw >> 1 ^ (0 &- (raw & 1)))
    default: return UInt64(UInt32(truncatingIfNeeded: try varint()))
    }
  }
}
