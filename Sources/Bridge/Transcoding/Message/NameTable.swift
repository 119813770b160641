/// From names to indices, by a hash over the bytes: an open-addressed table that is never more than
/// half full. The names come from contracts, so nobody can make them collide on purpose.
struct NameTable {
  struct Slot {
    var name: Bytes
    /// -1: the slot is free.
    var index: Int32
  }

  private let slots: UnsafePointer<Slot>
  private let mask: Int

  /// Builds the table. Returns the name instead where one stands for two indices.
  static func build(
    _ names: [(String, Int)], in region: SchemaRegion
  ) -> Result<NameTable, Ambiguity> {
    var capacity = 2
    while capacity < names.count * 2 { capacity *= 2 }
    let mask = capacity - 1
    var slots = [Slot](repeating: Slot(name: .empty, index: -1), count: capacity)
    for (text, index) in names {
      let name = region.bytes(text)
      var at = hash(name) & mask
      while slots[at].index >= 0, !(slots[at].name == name) { at = (at + 1) & mask }
      if slots[at].index >= 0, slots[at].index != Int32(index) {
        return .failure(Ambiguity(name: text))
      }
      slots[at] = Slot(name: name, index: Int32(index))
    }
    return .success(NameTable(slots: region.copy(slots), mask: mask))
  }

  /// One name for two things.
  struct Ambiguity: Error {
    let name: String
  }

  /// The index of the name, or -1.
  @inline(__always)
  func find(_ name: Bytes) -> Int {
    var at = NameTable.hash(name) & mask
    while true {
      let slot = slots + at
      if slot.pointee.index < 0 { return -1 }
      if slot.pointee.name == name { return Int(slot.pointee.index) }
      at = (at &+ 1) & mask
    }
  }

  /// Mixes the first eight bytes, the last eight and the length.
  @inline(__always)
  private static func hash(_ name: Bytes) -> Int {
    let raw = UnsafeRawPointer(name.base)
    let first: UInt64
    let last: UInt64
    if name.count >= 8 {
      first = raw.loadUnaligned(as: UInt64.self)
      last = raw.loadUnaligned(fromByteOffset: name.count &- 8, as: UInt64.self)
    } else if name.count >= 4 {
      first = UInt64(raw.loadUnaligned(as: UInt32.self))
      last = UInt64(raw.loadUnaligned(fromByteOffset: name.count &- 4, as: UInt32.self))
    } else if name.count > 0 {
      first = UInt64(name[0]) | UInt64(name[name.count >> 1]) << 8
      last = UInt64(name[name.count &- 1])
    } else {
      return 0
    }
    let length = UInt64(truncatingIfNeeded: name.count) &* 0x9e37_79b9_7f4a_7c15
    let mixed = (first ^ (last << 23 | last >> 41) ^ length) &* 0xd6e8_feb8_6659_fd93
    return Int(truncatingIfNeeded: mixed >> 32)
  }
}
