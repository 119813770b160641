/// Which fields of one object have been given, null included.
struct SeenFields {
  private var first: UInt64 = 0
  private let more: UnsafeMutablePointer<UInt64>?

  @inline(__always)
  init(_ plan: UnsafePointer<MessagePlan>, _ arena: Arena) throws(Fault) {
    let count = plan.pointee.fieldCount
    guard count > 64 else {
      more = nil
      return
    }
    let words = (count + 63) / 64
    let memory = try arena.take(words * 8).bindMemory(to: UInt64.self, capacity: words)
    memory.update(repeating: 0, count: words)
    more = memory
  }

  /// False if the field is there already.
  @inline(__always)
  mutating func insert(_ index: Int) -> Bool {
    let bit: UInt64 = 1 << UInt64(index & 63)
    if let more {
      defer { more[index >> 6] |= bit }
      return more[index >> 6] & bit == 0
    }
    defer { first |= bit }
    return first & bit == 0
  }
}
