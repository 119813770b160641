/// Memory that is written while a schema is built and then only read, until the process ends.
///
/// `@unchecked Sendable`: the builder is the only writer and runs on one thread before any reader
/// has the pointer; nobody frees it.
struct Permanent<Pointee>: @unchecked Sendable {
  let pointer: UnsafePointer<Pointee>

  var pointee: Pointee {
    @inline(__always) get { pointer.pointee }
  }

  /// A permanent copy of one value.
  static func copy(_ value: Pointee) -> Permanent {
    let memory = UnsafeMutablePointer<Pointee>.allocate(capacity: 1)
    memory.initialize(to: value)
    return Permanent(pointer: UnsafePointer(memory))
  }

  /// A permanent copy of a list.
  static func copy(_ values: [Pointee]) -> UnsafePointer<Pointee> {
    let memory = UnsafeMutablePointer<Pointee>.allocate(capacity: max(values.count, 1))
    memory.initialize(from: values, count: values.count)
    return UnsafePointer(memory)
  }
}

/// Bytes that somebody else owns: the request body, the arena, or permanent memory.
struct Bytes {
  let base: UnsafePointer<UInt8>
  let count: Int

  /// No bytes, at an address that is never read.
  static let empty = Bytes(base: Permanent.copy([UInt8(0)]), count: 0)

  @inline(__always)
  init(base: UnsafePointer<UInt8>, count: Int) {
    self.base = base
    self.count = count
  }

  @inline(__always)
  init(_ buffer: UnsafeBufferPointer<UInt8>) {
    if let base = buffer.baseAddress {
      self.init(base: base, count: buffer.count)
    } else {
      self = Bytes.empty
    }
  }

  /// A permanent copy of a text.
  init(permanent text: String) {
    let bytes = Array(text.utf8)
    self.init(base: Permanent.copy(bytes), count: bytes.count)
  }

  @inline(__always)
  subscript(_ index: Int) -> UInt8 { base[index] }

  @inline(__always)
  var end: UnsafePointer<UInt8> { base + count }

  @inline(__always)
  func from(_ start: Int) -> Bytes { Bytes(base: base + start, count: count - start) }

  @inline(__always)
  func first(_ length: Int) -> Bytes { Bytes(base: base, count: length) }

  var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

  /// The bytes as text; what is not UTF-8 becomes U+FFFD.
  var text: String { String(decoding: buffer, as: UTF8.self) }

  @inline(__always)
  static func == (one: Bytes, other: Bytes) -> Bool {
    one.count == other.count && equalBytes(one.base, other.base, one.count)
  }

  func equals(_ literal: StaticString) -> Bool {
    self == Bytes(base: literal.utf8Start, count: literal.utf8CodeUnitCount)
  }
}

// `Bytes` is Sendable for its one static, which is permanent; every other value stays in one call.
extension Bytes: @unchecked Sendable {}

@inline(__always)
func equalBytes(_ one: UnsafePointer<UInt8>, _ other: UnsafePointer<UInt8>, _ count: Int) -> Bool {
  var index = 0
  let one = UnsafeRawPointer(one)
  let other = UnsafeRawPointer(other)
  while index &+ 8 <= count {
    if one.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      != other.loadUnaligned(fromByteOffset: index, as: UInt64.self)
    {
      return false
    }
    index &+= 8
  }
  while index < count {
    if one.load(fromByteOffset: index, as: UInt8.self)
      != other.load(fromByteOffset: index, as: UInt8.self)
    {
      return false
    }
    index &+= 1
  }
  return true
}
