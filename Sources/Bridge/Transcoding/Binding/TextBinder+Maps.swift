// Entries of maps as parameters: `labels[key]=value`.

/// The name of a parameter that is one entry of a map: `labels[key]`. The key is all that stands
/// between the first bracket and the last byte.
struct MapEntryName {
  let map: Bytes
  let key: Bytes

  /// Nil for a name of another form.
  init?(_ name: Bytes) {
    guard name.count > 0, name[name.count - 1] == UInt8(ascii: "]") else { return nil }
    var open = 0
    while open < name.count, name[open] != UInt8(ascii: "[") { open += 1 }
    guard open < name.count else { return nil }
    map = name.first(open)
    key = name.from(open + 1).first(name.count - open - 2)
  }
}

extension TextBinder {
  /// Adds an entry to the map that a parameter names.
  mutating func bind(
    _ name: MapEntryName, _ value: Bytes, in base: UnsafePointer<FieldPlan>?,
    body: UnsafePointer<FieldPlan>?
  ) throws(TranscodingError) {
    guard let field = try resolve(name.map, in: base) else { return }
    guard field.pointee.cardinality == .map, let entry = field.pointee.message,
      (entry.pointee.fields + 1).pointee.isText
    else {
      throw .invalid(
        path(to: field), "has no entries that a parameter could name", reason: "WRONG_PLACE")
    }
    try refuse(field, in: body)
    do throws(Fault) {
      try append(name.key, value, to: field, entry, of: try target(field).message)
    } catch {
      throw error.inRequest(
        path: "\(path(to: field))[\(JSONText.quoted(ParameterList.shown(name.key)))]",
        field: entry.pointee.fields + (error.reason == .duplicateKey ? 0 : 1))
    }
  }

  private func append(
    _ key: Bytes, _ value: Bytes, to field: UnsafePointer<FieldPlan>,
    _ plan: UnsafePointer<MessagePlan>, of message: DynamicMessage
  ) throws(Fault) {
    let keyField = plan.pointee.fields
    let valueField = keyField + 1
    let entry = try arena.message(plan)
    try store(key, keyField, at: entry.slot(keyField))
    // There are no more entries than a list of parameters is long.
    for index in 0..<message.count(field) {
      guard let slot = message.elements(field), let other = DynamicMessage.at(slot + index * 8)
      else { continue }
      guard !isEqual(entry.slot(keyField), other.slot(keyField), keyField) else {
        throw Fault(.duplicateKey)
      }
    }
    try store(value, valueField, at: entry.slot(valueField))
    // Both halves of an entry are sent even where they hold their defaults.
    entry.setFlag(keyField, 1)
    if valueField.pointee.message == nil { entry.setFlag(valueField, 1) }
    DynamicMessage.store(entry, at: try message.room(field, arena))
    message.appended(field)
  }

  private func isEqual(
    _ one: UnsafeRawPointer, _ other: UnsafeRawPointer, _ field: UnsafePointer<FieldPlan>
  ) -> Bool {
    if field.pointee.kind == .string {
      return DynamicMessage.bytes(at: one) == DynamicMessage.bytes(at: other)
    }
    return equalBytes(
      one.assumingMemoryBound(to: UInt8.self), other.assumingMemoryBound(to: UInt8.self),
      field.pointee.size)
  }
}
