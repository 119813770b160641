// google.protobuf.Any: an object with its type beside its fields.

extension MessageParser {
  /// An object with the member `@type`, wherever that stands, into an Any. Types whose JSON is no
  /// object are under the member `value`.
  mutating func any(
    _ plan: UnsafePointer<MessagePlan>, into message: DynamicMessage
  ) throws(Fault) {
    let start = reader.mark
    try reader.open(UInt8(ascii: "{"))
    if try reader.closes(UInt8(ascii: "}")) { return }
    guard let url = try typeURL() else { throw reader.fault(.missingType) }
    guard let type = plan.pointee.types.pointee.find(url: url) else {
      throw reader.fault(.unknownType)
    }
    reader.rewind(to: start)
    let content = try arena.message(type)
    try deepen()
    if type.pointee.wellKnown.isNestedInAny {
      try wrapped(type, into: content)
    } else {
      try object(type, into: content, isAny: true)
    }
    wireDepth &-= 1
    let fields = plan.pointee.fields
    DynamicMessage.store(url, at: message.slot(fields))
    message.mark(fields)
    DynamicMessage.store(
      try MessageCodec.pack(content, in: arena), at: message.slot(fields + 1))
    message.mark(fields + 1)
  }

  /// Looks through the members for `@type`, which is usually the first. What is read twice for it
  /// is limited: an Any in an Any in an Any would be read again for each.
  private mutating func typeURL() throws(Fault) -> Bytes? {
    var url: Bytes?
    repeat {
      let key = try reader.key()
      if key.equals("@type") {
        guard url == nil else {
          path.enter(unknown: key)
          throw reader.fault(.duplicateField)
        }
        guard try reader.peek() == UInt8(ascii: "\"") else { throw reader.mismatch() }
        url = try reader.string()
      } else {
        lookAhead -= try reader.skipValue()
        guard lookAhead >= 0 else { throw reader.fault(.overBudget) }
      }
    } while try reader.more(UInt8(ascii: "}"))
    return url
  }

  /// The members `@type` and `value`.
  private mutating func wrapped(
    _ type: UnsafePointer<MessagePlan>, into content: DynamicMessage
  ) throws(Fault) {
    try reader.open(UInt8(ascii: "{"))
    var isGiven = false
    repeat {
      let key = try reader.key()
      if key.equals("@type") {
        _ = try reader.skipValue()
        continue
      }
      path.enter(unknown: key)
      guard key.equals("value") else {
        guard options.ignoresUnknown else { throw reader.fault(.unknownField) }
        try passOver()
        continue
      }
      guard !isGiven else { throw reader.fault(.duplicateField) }
      isGiven = true
      path.descend()
      try message(type, into: content)
      path.ascend()
    } while try reader.more(UInt8(ascii: "}"))
    path.leave()
    guard isGiven else { throw reader.fault(.missingType) }
  }
}

extension JSONReader {
  /// Steps over the member `value` of an Any that holds an Empty: some count this type among those
  /// whose JSON stands there, and write `"value":{}`. Returns false, without a step, for any other
  /// member and any other value.
  mutating func skipEmptyValue(
    _ key: Bytes, of type: UnsafePointer<MessagePlan>
  ) throws(Fault) -> Bool {
    guard key.equals("value"), type.pointee.fullName.equals("google.protobuf.Empty"),
      try peek() == UInt8(ascii: "{")
    else { return false }
    let start = mark
    try open(UInt8(ascii: "{"))
    if try closes(UInt8(ascii: "}")) { return true }
    rewind(to: start)
    return false
  }
}
