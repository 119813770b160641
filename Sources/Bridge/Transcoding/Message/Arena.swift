import CProtobufC

/// Memory for one call: everything is taken from a budget and freed at once.
///
/// What it gives out must not be used after `Arena.with` returns.
struct Arena {
  let raw: UnsafeMutablePointer<artel_arena>

  /// Runs a body with an arena of at most `budget` bytes.
  static func with<Result, Failure: Error>(
    budget: Int, _ body: (Arena) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard let raw = artel_arena_create(budget) else {
      // As everywhere in Swift: without memory for 16 KiB the process cannot go on.
      fatalError("out of memory")
    }
    defer { artel_arena_destroy(raw) }
    return try body(Arena(raw: raw))
  }

  /// Room for `size` bytes, aligned to 8, not cleared.
  @inline(__always)
  func take(_ size: Int) throws(Fault) -> UnsafeMutableRawPointer {
    guard let memory = artel_arena_take(raw, size) else { throw Fault(.overBudget) }
    return memory
  }

  /// Room for bytes.
  @inline(__always)
  func bytes(_ count: Int) throws(Fault) -> UnsafeMutablePointer<UInt8> {
    try take(count).assumingMemoryBound(to: UInt8.self)
  }

  /// An empty message.
  @inline(__always)
  func message(_ plan: UnsafePointer<MessagePlan>) throws(Fault) -> DynamicMessage {
    guard let memory = artel_message_create(raw, plan.pointee.descriptor) else {
      throw Fault(.overBudget)
    }
    return DynamicMessage(UnsafeMutableRawPointer(memory))
  }

  /// A copy of the bytes of a text.
  func copy(_ text: String) throws(Fault) -> Bytes {
    var text = text
    let count = text.utf8.count
    let memory = try bytes(count)
    text.withUTF8 { if let base = $0.baseAddress { memory.update(from: base, count: count) } }
    return Bytes(base: UnsafePointer(memory), count: count)
  }

  /// A copy of the bytes of a piece of a text.
  func copy(_ text: Substring) throws(Fault) -> Bytes {
    let span = text.utf8.span
    let memory = try bytes(span.count)
    span.withUnsafeBufferPointer {
      if let base = $0.baseAddress { memory.update(from: base, count: $0.count) }
    }
    return Bytes(base: UnsafePointer(memory), count: span.count)
  }

  func copy(_ bytes: Bytes) throws(Fault) -> Bytes {
    let memory = try self.bytes(bytes.count)
    memory.update(from: bytes.base, count: bytes.count)
    return Bytes(base: UnsafePointer(memory), count: bytes.count)
  }
}
