/// Serialized protobuf being written: one block of memory that grows.
struct WireOutput: ~Copyable {
  private var base: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int) {
    self.capacity = max(capacity, 64)
    base = .allocate(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  /// What has been written.
  var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

  /// Goes back to an earlier count.
  mutating func truncate(to count: Int) { self.count = count }

  @inline(__always)
  private mutating func room(_ size: Int) -> UnsafeMutablePointer<UInt8> {
    if capacity &- count < size { grow(size) }
    return base + count
  }

  @inline(never)
  private mutating func grow(_ size: Int) {
    let wanted = max(capacity * 2, count + size)
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted)
    memory.update(from: base, count: count)
    base.deallocate()
    base = memory
    capacity = wanted
  }

  // MARK: Pieces

  @inline(__always)
  mutating func varint(_ value: UInt64) {
    let target = room(10)
    if value < 0x80 {
      target[0] = UInt8(truncatingIfNeeded: value)
      count &+= 1
      return
    }
    var rest = value
    var length = 0
    while rest >= 0x80 {
      target[length] = UInt8(truncatingIfNeeded: rest) | 0x80
      rest >>= 7
      length &+= 1
    }
    target[length] = UInt8(truncatingIfNeeded: rest)
    count &+= length &+ 1
  }

  /// The tag of a field, as its plan has it.
  @inline(__always)
  mutating func tag(_ field: UnsafePointer<FieldPlan>) {
    UnsafeMutableRawPointer(room(8)).storeBytes(
      of: field.pointee.tag.littleEndian, as: UInt64.self)
    count &+= field.pointee.tagCount
  }

  @inline(__always)
  mutating func fixed32(_ value: UInt32) {
    UnsafeMutableRawPointer(room(4)).storeBytes(of: value.littleEndian, as: UInt32.self)
    count &+= 4
  }

  @inline(__always)
  mutating func fixed64(_ value: UInt64) {
    UnsafeMutableRawPointer(room(8)).storeBytes(of: value.littleEndian, as: UInt64.self)
    count &+= 8
  }

  /// Bytes with their length before them.
  @inline(__always)
  mutating func delimited(_ bytes: Bytes) {
    varint(UInt64(truncatingIfNeeded: bytes.count))
    room(bytes.count).update(from: bytes.base, count: bytes.count)
    count &+= bytes.count
  }

  /// Bytes that come from base64, with their length before them; nil if the text is none.
  mutating func base64(_ text: Bytes) -> Int? {
    let start = count
    let width = WireOutput.width(text.count / 4 * 3)
    let target = room(text.count / 4 * 3 + 3 + width)
    guard let length = Base64.decode(text, to: target + width) else { return nil }
    count &+= width &+ length
    _ = close(start, width: width)
    return length
  }

  // MARK: Lengths

  /// How many bytes a number takes as a varint.
  @inline(__always)
  static func width(_ value: Int) -> Int {
    var width = 1
    var rest = value >> 7
    while rest > 0 {
      rest >>= 7
      width &+= 1
    }
    return width
  }

  /// Leaves room for the length of what is written next; `close` fills it in.
  @inline(__always)
  mutating func open(width: Int) -> Int {
    _ = room(width)
    defer { count &+= width }
    return count
  }

  /// Puts the length of all that has been written since `open` before it. If the room left for it
  /// was too small or too large, what follows is moved.
  ///
  /// - Returns: how many bytes the length took, a good guess for the next one.
  @inline(__always)
  mutating func close(_ start: Int, width: Int) -> Int {
    let length = count &- start &- width
    let needed = WireOutput.width(length)
    if needed != width { move(start + width, to: start + needed, length) }
    var rest = length
    var target = base + start
    while rest >= 0x80 {
      target.pointee = UInt8(truncatingIfNeeded: rest) | 0x80
      rest >>= 7
      target += 1
    }
    target.pointee = UInt8(truncatingIfNeeded: rest)
    return needed
  }

  @inline(never)
  private mutating func move(_ from: Int, to target: Int, _ length: Int) {
    if target > from { _ = room(target - from) }
    (base + target).update(from: base + from, count: length)
    count = target + length
  }

  // MARK: Order

  /// Where one field of a message lies.
  struct Piece {
    var index: Int
    var start: Int
    var end: Int
  }

  /// Puts the pieces, which follow each other up to the end, into the order of their indices.
  mutating func sort(_ pieces: inout [Piece], from first: Int, _ arena: Arena) throws(Fault) {
    guard first < pieces.count else { return }
    let start = pieces[first].start
    let copy = try arena.copy(Bytes(base: UnsafePointer(base + start), count: count - start))
    pieces[first...].sort { $0.index < $1.index }
    var target = base + start
    for piece in pieces[first...] {
      let length = piece.end - piece.start
      target.update(from: copy.base + (piece.start - start), count: length)
      target += length
    }
  }
}
