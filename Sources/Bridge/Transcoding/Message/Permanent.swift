/// A pointer into a `SchemaRegion`, of use as long as its owner keeps the region.
///
/// `@unchecked Sendable`: the region's builder is the only writer and runs on one thread before any
/// reader has the pointer.
struct Permanent<Pointee>: @unchecked Sendable {
  let pointer: UnsafePointer<Pointee>

  var pointee: Pointee {
    @inline(__always) get { pointer.pointee }
  }
}

/// Bytes that somebody else owns: the request body, the arena, or a schema's region.
struct Bytes {
  let base: UnsafePointer<UInt8>
  let count: Int

  /// No bytes, at an address that is never read.
  static let empty: Bytes = {
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: 8)
    memory.initialize(repeating: 0, count: 8)
    return Bytes(base: UnsafePointer(memory), count: 0)
  }()

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
