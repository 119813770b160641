// The messages that JSON writes in a way of their own.

extension MessagePrinter {
  mutating func time(
    _ plan: UnsafePointer<MessagePlan>, _ message: DynamicMessage, isTimestamp: Bool
  ) throws(Fault) {
    let fields = plan.pointee.fields
    let seconds = message.slot(fields).load(as: Int64.self)
    let nanos = message.slot(fields + 1).load(as: Int32.self)
    let target = output.room(TimeText.greatestLength + 2)
    let length =
      isTimestamp
      ? TimeText.write(timestamp: seconds, nanos: nanos, to: target + 1)
      : TimeText.write(duration: seconds, nanos: nanos, to: target + 1)
    guard let length else { throw Fault(.corrupt) }
    target[0] = UInt8(ascii: "\"")
    target[length + 1] = UInt8(ascii: "\"")
    output.advance(length + 2)
  }

  mutating func mask(
    _ plan: UnsafePointer<MessagePlan>, _ message: DynamicMessage
  ) throws(Fault) {
    let paths = plan.pointee.fields
    output.byte(UInt8(ascii: "\""))
    if let elements = message.elements(paths) {
      for index in 0..<message.count(paths) {
        if index > 0 { output.byte(UInt8(ascii: ",")) }
        let path = DynamicMessage.bytes(at: elements + index * paths.pointee.size)
        guard let length = FieldMaskText.encode(path, to: output.room(path.count)) else {
          throw Fault(.corrupt)
        }
        output.advance(length)
      }
    }
    output.byte(UInt8(ascii: "\""))
  }

  /// A Value: whatever JSON it holds. One that holds nothing, or a number that JSON has no way to
  /// write, is no JSON at all.
  mutating func value(
    _ plan: UnsafePointer<MessagePlan>, _ message: DynamicMessage
  ) throws(Fault) {
    let number = message.flag(plan.pointee.fields)
    guard (1...6).contains(number) else { throw Fault(.corrupt) }
    let field = plan.pointee.fields + Int(number - 1)
    if number == 2, !message.slot(field).load(as: Double.self).isFinite { throw Fault(.corrupt) }
    try value(of: field, in: message)
  }

  /// An Any: the JSON of its content with the type beside it. A type that the schema does not know
  /// stays as its bytes, so that nothing is lost.
  mutating func any(
    _ plan: UnsafePointer<MessagePlan>, _ message: DynamicMessage
  ) throws(Fault) {
    let url = DynamicMessage.bytes(at: message.slot(plan.pointee.fields))
    let content = DynamicMessage.bytes(at: message.slot(plan.pointee.fields + 1))
    guard url.count > 0 || content.count > 0 else { return output.literal("{}") }
    output.literal("{\"@type\":")
    try output.string(url)
    let start = output.count
    do {
      try any(content, url, plan)
    } catch {
      guard keepsCorruptAny, error.reason != .overBudget else { throw error }
      output.truncate(to: start)
      rawValue(content)
    }
    output.byte(UInt8(ascii: "}"))
  }

  private mutating func any(
    _ content: Bytes, _ url: Bytes, _ plan: UnsafePointer<MessagePlan>
  ) throws(Fault) {
    guard let type = plan.pointee.types.pointee.find(url: url) else { return rawValue(content) }
    let outer = depth
    defer { depth = outer }
    depth += 1
    let inner = try MessageCodec.unpack(content, as: type, in: arena, depth: depth)
    if type.pointee.wellKnown.isNestedInAny {
      output.literal(",\"value\":")
      try message(type, inner)
    } else {
      _ = try members(type, inner, isFirst: false)
    }
  }

  private mutating func rawValue(_ content: Bytes) {
    output.literal(",\"value\":")
    output.base64(content)
  }
}
