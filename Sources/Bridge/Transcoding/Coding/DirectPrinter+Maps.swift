// Maps and the messages that JSON writes in a way of their own.

extension DirectPrinter {
  // MARK: Maps

  /// The entries of a map as far as they follow each other, with the brackets. The first tag has
  /// been read.
  mutating func entries(
    _ field: UnsafePointer<FieldPlan>, _ reader: inout WireReader
  ) throws(Fault) {
    guard let plan = field.pointee.message else { throw DirectPrinter.irregular }
    output.byte(UInt8(ascii: "{"))
    var keys = KeyIndex(arena: arena)
    var isFirst = true
    var wireType: UInt8 = 2
    depth &+= 1
    guard depth <= MessageCodec.depthLimit else { throw DirectPrinter.irregular }
    repeat {
      guard wireType == 2 else { throw DirectPrinter.irregular }
      try charge(plan.pointee.descriptor.pointee.sizeof_message &+ 8)
      let content = try reader.delimited()
      if !isFirst { output.byte(UInt8(ascii: ",")) }
      isFirst = false
      try entry(plan, content, &keys)
    } while try reader.follows(field.pointee.number, &wireType)
    depth &-= 1
    output.byte(UInt8(ascii: "}"))
  }

  private mutating func entry(
    _ plan: UnsafePointer<MessagePlan>, _ content: Bytes, _ keys: inout KeyIndex
  ) throws(Fault) {
    let keyField = plan.pointee.fields
    let valueField = keyField + 1
    var reader = WireReader(content)
    var wireType: UInt8 = 0
    // The key, or the default in its place.
    let isGiven = try reader.follows(1, &wireType)
    if isGiven, wireType != keyField.pointee.kind.wireType { throw DirectPrinter.irregular }
    if keyField.pointee.kind == .string {
      let key = isGiven ? try reader.delimited() : .empty
      guard try keys.insert(key) else { throw DirectPrinter.irregular }
      try output.string(key)
    } else {
      let bits = isGiven ? try reader.bits(keyField.pointee.kind) : 0
      let identity = try arena.take(8)
      identity.storeBytes(of: bits, as: UInt64.self)
      guard
        try keys.insert(Bytes(base: identity.assumingMemoryBound(to: UInt8.self), count: 8))
      else { throw DirectPrinter.irregular }
      output.byte(UInt8(ascii: "\""))
      switch keyField.pointee.kind {
      case .int64, .sint64, .sfixed64: output.signed(Int64(bitPattern: bits))
      case .uint64, .fixed64: output.unsigned(bits)
      default: scalar(keyField, bits)
      }
      output.byte(UInt8(ascii: "\""))
    }
    output.byte(UInt8(ascii: ":"))
    // The value, or its default.
    let hasValue = try reader.follows(2, &wireType)
    if hasValue, wireType != valueField.pointee.kind.wireType { throw DirectPrinter.irregular }
    if valueField.pointee.kind.wireType == 2 {
      try delimited(valueField, hasValue ? try reader.delimited() : .empty)
    } else {
      scalar(valueField, hasValue ? try reader.bits(valueField.pointee.kind) : 0)
    }
    guard reader.isAtEnd else { throw DirectPrinter.irregular }
  }

  // MARK: Well-known types

  mutating func time(_ wire: Bytes, isTimestamp: Bool) throws(Fault) {
    var reader = WireReader(wire)
    var wireType: UInt8 = 0
    let seconds = try reader.follows(1, &wireType) ? try reader.bits(.int64) : 0
    guard wireType == 0 else { throw DirectPrinter.irregular }
    let nanos = try reader.follows(2, &wireType) ? try reader.bits(.int32) : 0
    guard wireType == 0, reader.isAtEnd else { throw DirectPrinter.irregular }
    let target = output.room(TimeText.greatestLength + 2)
    let length =
      isTimestamp
      ? TimeText.write(
        timestamp: Int64(bitPattern: seconds), nanos: Int32(truncatingIfNeeded: nanos),
        to: target + 1)
      : TimeText.write(
        duration: Int64(bitPattern: seconds), nanos: Int32(truncatingIfNeeded: nanos),
        to: target + 1)
    guard let length else { throw DirectPrinter.irregular }
    target[0] = UInt8(ascii: "\"")
    target[length + 1] = UInt8(ascii: "\"")
    output.advance(length + 2)
  }

  mutating func mask(_ wire: Bytes) throws(Fault) {
    var reader = WireReader(wire)
    var wireType: UInt8 = 2
    output.byte(UInt8(ascii: "\""))
    var isFirst = true
    while try reader.follows(1, &wireType) {
      guard wireType == 2 else { throw DirectPrinter.irregular }
      try charge(16)
      if !isFirst { output.byte(UInt8(ascii: ",")) }
      isFirst = false
      let path = try reader.delimited()
      guard let length = FieldMaskText.encode(path, to: output.room(path.count)) else {
        throw DirectPrinter.irregular
      }
      output.advance(length)
    }
    guard reader.isAtEnd else { throw DirectPrinter.irregular }
    output.byte(UInt8(ascii: "\""))
  }

  mutating func wrapper(_ plan: UnsafePointer<MessagePlan>, _ wire: Bytes) throws(Fault) {
    let field = plan.pointee.fields
    var reader = WireReader(wire)
    var wireType: UInt8 = 0
    let isGiven = try reader.follows(1, &wireType)
    if isGiven, wireType != field.pointee.kind.wireType { throw DirectPrinter.irregular }
    if field.pointee.kind.wireType == 2 {
      try delimited(field, isGiven ? try reader.delimited() : .empty)
    } else {
      scalar(field, isGiven ? try reader.bits(field.pointee.kind) : 0)
    }
    guard reader.isAtEnd else { throw DirectPrinter.irregular }
  }

  mutating func structure(_ plan: UnsafePointer<MessagePlan>, _ wire: Bytes) throws(Fault) {
    var reader = WireReader(wire)
    var wireType: UInt8 = 0
    guard try reader.follows(1, &wireType) else {
      guard reader.isAtEnd else { throw DirectPrinter.irregular }
      return output.literal("{}")
    }
    guard wireType == 2 else { throw DirectPrinter.irregular }
    try entries(plan.pointee.fields, &reader)
    guard reader.isAtEnd else { throw DirectPrinter.irregular }
  }

  mutating func listValue(_ plan: UnsafePointer<MessagePlan>, _ wire: Bytes) throws(Fault) {
    guard let value = plan.pointee.fields.pointee.message else { throw DirectPrinter.irregular }
    var reader = WireReader(wire)
    var wireType: UInt8 = 0
    output.byte(UInt8(ascii: "["))
    var isFirst = true
    while try reader.follows(1, &wireType) {
      guard wireType == 2 else { throw DirectPrinter.irregular }
      if !isFirst { output.byte(UInt8(ascii: ",")) }
      isFirst = false
      try nested(value, try reader.delimited())
    }
    guard reader.isAtEnd else { throw DirectPrinter.irregular }
    output.byte(UInt8(ascii: "]"))
  }

  /// A Value, which has exactly one of its members.
  mutating func value(_ plan: UnsafePointer<MessagePlan>, _ wire: Bytes) throws(Fault) {
    var reader = WireReader(wire)
    guard !reader.isAtEnd else { throw DirectPrinter.irregular }
    let tag = try reader.tag()
    guard (1...6).contains(tag.number) else { throw DirectPrinter.irregular }
    let field = plan.pointee.fields + Int(tag.number - 1)
    guard tag.wireType == field.pointee.kind.wireType else { throw DirectPrinter.irregular }
    if tag.wireType == 2 {
      try delimited(field, try reader.delimited())
    } else {
      let bits = try reader.bits(field.pointee.kind)
      if field.pointee.kind == .double, !Double(bitPattern: bits).isFinite {
        throw DirectPrinter.irregular
      }
      scalar(field, bits)
    }
    guard reader.isAtEnd else { throw DirectPrinter.irregular }
  }

  /// An Any: the JSON of its content with the type beside it.
  mutating func any(_ plan: UnsafePointer<MessagePlan>, _ wire: Bytes) throws(Fault) {
    var reader = WireReader(wire)
    var wireType: UInt8 = 2
    let url = try reader.follows(1, &wireType) ? try reader.delimited() : .empty
    guard wireType == 2 else { throw DirectPrinter.irregular }
    let content = try reader.follows(2, &wireType) ? try reader.delimited() : .empty
    guard wireType == 2, reader.isAtEnd else { throw DirectPrinter.irregular }
    guard url.count > 0 || content.count > 0 else { return output.literal("{}") }
    output.literal("{\"@type\":")
    try output.string(url)
    if let type = plan.pointee.types.pointee.find(url: url) {
      if type.pointee.wellKnown.isNestedInAny {
        output.literal(",\"value\":")
        try nested(type, content)
      } else {
        depth &+= 1
        guard depth <= MessageCodec.depthLimit else { throw DirectPrinter.irregular }
        try charge(type.pointee.descriptor.pointee.sizeof_message)
        _ = try members(type, content, isFirst: false)
        depth &-= 1
      }
    } else {
      output.literal(",\"value\":")
      output.base64(content)
    }
    output.byte(UInt8(ascii: "}"))
  }
}
