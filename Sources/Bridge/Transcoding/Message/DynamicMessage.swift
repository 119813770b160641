import CProtobufC

/// A protobuf-c message in an arena. Its fields are read and written by plan.
struct DynamicMessage {
  let raw: UnsafeMutableRawPointer

  @inline(__always)
  init(_ raw: UnsafeMutableRawPointer) { self.raw = raw }

  // MARK: Slots

  /// Where the field's value is.
  @inline(__always)
  func slot(_ field: UnsafePointer<FieldPlan>) -> UnsafeMutableRawPointer {
    raw + field.pointee.offset
  }

  /// The has-flag, or the case of the field's oneof.
  @inline(__always)
  func flag(_ field: UnsafePointer<FieldPlan>) -> UInt32 {
    raw.load(fromByteOffset: field.pointee.quantifier, as: UInt32.self)
  }

  @inline(__always)
  func setFlag(_ field: UnsafePointer<FieldPlan>, _ value: UInt32) {
    raw.storeBytes(of: value, toByteOffset: field.pointee.quantifier, as: UInt32.self)
  }

  /// How many elements a list has.
  @inline(__always)
  func count(_ field: UnsafePointer<FieldPlan>) -> Int {
    raw.load(fromByteOffset: field.pointee.quantifier, as: Int.self)
  }

  /// The elements of a list that is not empty.
  @inline(__always)
  func elements(_ field: UnsafePointer<FieldPlan>) -> UnsafeMutableRawPointer? {
    raw.load(fromByteOffset: field.pointee.offset, as: UnsafeMutableRawPointer?.self)
  }

  /// The message that a slot points at.
  @inline(__always)
  static func at(_ slot: UnsafeRawPointer) -> DynamicMessage? {
    slot.load(as: UnsafeMutableRawPointer?.self).map(DynamicMessage.init)
  }

  @inline(__always)
  static func store(_ message: DynamicMessage, at slot: UnsafeMutableRawPointer) {
    slot.storeBytes(of: message.raw, as: UnsafeMutableRawPointer.self)
  }

  /// The text or bytes in a slot.
  @inline(__always)
  static func bytes(at slot: UnsafeRawPointer) -> Bytes {
    let data = slot.load(as: ProtobufCBinaryData.self)
    guard let base = data.data else { return .empty }
    return Bytes(base: UnsafePointer(base), count: data.len)
  }

  /// Puts text or bytes into a slot, without a copy: they must outlive the message. protobuf-c
  /// declares its pointer mutable but only reads through it.
  @inline(__always)
  static func store(_ bytes: Bytes, at slot: UnsafeMutableRawPointer) {
    slot.storeBytes(
      of: ProtobufCBinaryData(len: bytes.count, data: UnsafeMutablePointer(mutating: bytes.base)),
      as: ProtobufCBinaryData.self)
  }

  // MARK: Presence

  /// Whether the field has a value, however that value looks.
  @inline(__always)
  func has(_ field: UnsafePointer<FieldPlan>) -> Bool {
    switch field.pointee.cardinality {
    case .implicit, .explicit: flag(field) != 0
    case .oneof: flag(field) == field.pointee.number
    case .submessage: DynamicMessage.at(slot(field)) != nil
    case .repeated, .map: count(field) > 0
    }
  }

  /// Marks a singular field that has just been written as set. A field with implicit presence that
  /// holds its default counts as unset: it is not sent.
  @inline(__always)
  func mark(_ field: UnsafePointer<FieldPlan>) {
    switch field.pointee.cardinality {
    case .implicit: setFlag(field, isDefault(field) ? 0 : 1)
    case .explicit: setFlag(field, 1)
    case .oneof: setFlag(field, field.pointee.number)
    case .submessage, .repeated, .map: break
    }
  }

  /// Whether a singular scalar holds its type's default. -0.0 is not the default of a double.
  @inline(__always)
  func isDefault(_ field: UnsafePointer<FieldPlan>) -> Bool {
    let slot = slot(field)
    switch field.pointee.size {
    case 4: return slot.load(as: UInt32.self) == 0
    case 8: return slot.load(as: UInt64.self) == 0
    default: return DynamicMessage.bytes(at: slot).count == 0
    }
  }

  // MARK: Growing

  /// Room for one more element of a list, which is counted by `appended`. Capacities are powers of
  /// two from 4, so the count alone says when to grow.
  @inline(__always)
  func room(
    _ field: UnsafePointer<FieldPlan>, _ arena: Arena
  ) throws(Fault) -> UnsafeMutableRawPointer {
    let count = count(field)
    let size = field.pointee.size
    if let elements = elements(field), count < 4 || count & (count &- 1) != 0 {
      return elements + count &* size
    }
    return try grow(field, count, arena)
  }

  @inline(never)
  private func grow(
    _ field: UnsafePointer<FieldPlan>, _ count: Int, _ arena: Arena
  ) throws(Fault) -> UnsafeMutableRawPointer {
    let size = field.pointee.size
    let memory = try arena.take(max(4, count * 2) * size)
    if let elements = elements(field) {
      memory.copyMemory(from: elements, byteCount: count * size)
    }
    raw.storeBytes(
      of: memory, toByteOffset: field.pointee.offset, as: UnsafeMutableRawPointer.self)
    return memory + count * size
  }

  @inline(__always)
  func appended(_ field: UnsafePointer<FieldPlan>) {
    raw.storeBytes(of: count(field) &+ 1, toByteOffset: field.pointee.quantifier, as: Int.self)
  }

  /// The submessage of a singular field, made if it is not there.
  func submessage(
    _ field: UnsafePointer<FieldPlan>, _ plan: UnsafePointer<MessagePlan>, _ arena: Arena
  ) throws(Fault) -> DynamicMessage {
    if has(field), let message = DynamicMessage.at(slot(field)) { return message }
    let message = try arena.message(plan)
    DynamicMessage.store(message, at: slot(field))
    mark(field)
    return message
  }
}
