/// The keys of one map, to find a key that comes twice. Callers choose the keys, so beyond a few
/// they are hashed with the process's random seed (Swift's `Hasher`).
struct KeyIndex {
  private let arena: Arena
  private var keys: UnsafeMutablePointer<Bytes>?
  private var capacity = 0
  private(set) var count = 0
  /// Positions plus one, 0 for a free slot; nil as long as a linear search does.
  private var slots: UnsafeMutablePointer<UInt32>?
  private var mask = 0

  private static let linearLimit = 8

  init(arena: Arena) { self.arena = arena }

  /// Adds a key, whose bytes must stay. Returns false if it is there already.
  mutating func insert(_ key: Bytes) throws(Fault) -> Bool {
    if let slots {
      var at = hash(key)
      while slots[at] != 0 {
        if let keys, keys[Int(slots[at]) - 1] == key { return false }
        at = (at + 1) & mask
      }
      try append(key)
      if count * 2 > mask { try rehash() } else { slots[at] = UInt32(count) }
      return true
    }
    for index in 0..<count {
      if let keys, keys[index] == key { return false }
    }
    try append(key)
    if count > KeyIndex.linearLimit { try rehash() }
    return true
  }

  private mutating func append(_ key: Bytes) throws(Fault) {
    if count == capacity {
      let grown = max(KeyIndex.linearLimit, capacity * 2)
      let memory = try arena.take(grown * MemoryLayout<Bytes>.stride)
        .bindMemory(to: Bytes.self, capacity: grown)
      if let keys { memory.update(from: keys, count: count) }
      keys = memory
      capacity = grown
    }
    keys?[count] = key
    count += 1
  }

  private mutating func rehash() throws(Fault) {
    let size = max(64, (mask + 1) * 2)
    let memory = try arena.take(size * MemoryLayout<UInt32>.stride)
      .bindMemory(to: UInt32.self, capacity: size)
    memory.update(repeating: 0, count: size)
    slots = memory
    mask = size - 1
    guard let keys else { return }
    for index in 0..<count {
      var at = hash(keys[index])
      while memory[at] != 0 { at = (at + 1) & mask }
      memory[at] = UInt32(index + 1)
    }
  }

  private func hash(_ key: Bytes) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(key.buffer))
    return hasher.finalize() & mask
  }
}
