/// The memory of one schema: the plans and descriptors are written here while it is built, then only
/// read, and freed together.
///
/// Whoever keeps a pointer into it keeps the region.
///
/// `@unchecked Sendable`: the builder is the only writer and runs on one thread before any reader has
/// a pointer; the last owner frees it, when no reader is left.
final class SchemaRegion: @unchecked Sendable {
  private static let chunkSize = 16 << 10
  private static let alignment = 16

  private var chunks: [UnsafeMutableRawPointer] = []
  private var next: UnsafeMutableRawPointer?
  private var left = 0

  init() {}

  deinit { for chunk in chunks { chunk.deallocate() } }

  /// Room for values, which must be initialized. They are never deinitialized, and need not be.
  func allocate<Value: BitwiseCopyable>(
    _: Value.Type, capacity: Int
  ) -> UnsafeMutablePointer<Value> {
    let size = max(capacity, 1) * MemoryLayout<Value>.stride
    let room = (size + SchemaRegion.alignment - 1) & ~(SchemaRegion.alignment - 1)
    if room > left || next == nil {
      let chunk = UnsafeMutableRawPointer.allocate(
        byteCount: max(room, SchemaRegion.chunkSize), alignment: SchemaRegion.alignment)
      chunks.append(chunk)
      next = chunk
      left = max(room, SchemaRegion.chunkSize)
    }
    guard let memory = next else { preconditionFailure("a chunk was made") }
    next = memory + room
    left -= room
    return memory.bindMemory(to: Value.self, capacity: max(capacity, 1))
  }

  /// A copy of one value.
  func copy<Value: BitwiseCopyable>(_ value: Value) -> Permanent<Value> {
    let memory = allocate(Value.self, capacity: 1)
    memory.initialize(to: value)
    return Permanent(pointer: UnsafePointer(memory))
  }

  /// A copy of a list.
  func copy<Value: BitwiseCopyable>(_ values: [Value]) -> UnsafePointer<Value> {
    let memory = allocate(Value.self, capacity: values.count)
    memory.initialize(from: values, count: values.count)
    return UnsafePointer(memory)
  }

  /// A copy of a text.
  func bytes(_ text: String) -> Bytes {
    let bytes = Array(text.utf8)
    return Bytes(base: copy(bytes), count: bytes.count)
  }

  /// A copy of a text with eight bytes behind it that may be read.
  func padded(_ text: String) -> Bytes {
    let bytes = Array(text.utf8)
    return Bytes(base: copy(bytes + [UInt8](repeating: 0, count: 8)), count: bytes.count)
  }
}
