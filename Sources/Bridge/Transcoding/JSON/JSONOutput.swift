/// JSON text being written: one block of memory that grows.
struct JSONOutput: ~Copyable {
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

  /// Makes room for so many bytes more and returns where they go; `advance` counts them.
  @inline(__always)
  mutating func room(_ size: Int) -> UnsafeMutablePointer<UInt8> {
    if capacity &- count < size { grow(size) }
    return base + count
  }

  @inline(__always)
  mutating func advance(_ size: Int) { count &+= size }

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
  mutating func byte(_ byte: UInt8) {
    room(1)[0] = byte
    count &+= 1
  }

  @inline(__always)
  mutating func bytes(_ bytes: Bytes) {
    room(bytes.count).update(from: bytes.base, count: bytes.count)
    count &+= bytes.count
  }

  /// Short bytes that have eight more behind them which may be read: eight are copied at a time.
  @inline(__always)
  mutating func padded(_ bytes: Bytes) {
    let target = UnsafeMutableRawPointer(room(bytes.count &+ 8))
    let source = UnsafeRawPointer(bytes.base)
    var index = 0
    while index < bytes.count {
      target.storeBytes(
        of: source.loadUnaligned(fromByteOffset: index, as: UInt64.self), toByteOffset: index,
        as: UInt64.self)
      index &+= 8
    }
    count &+= bytes.count
  }

  @inline(__always)
  mutating func literal(_ text: StaticString) {
    room(text.utf8CodeUnitCount).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
    count &+= text.utf8CodeUnitCount
  }

  /// A string with its quotes.
  ///
  /// - Throws: `corrupt` if the text is not UTF-8.
  mutating func string(_ text: Bytes) throws(Fault) {
    // Room for the text as it is, the quotes, and eight bytes that a whole word may write too far.
    var target = room(text.count &+ 10)
    target[0] = UInt8(ascii: "\"")
    target += 1
    var at = text.base
    let end = text.end
    while at < end {
      if end - at >= 8 {
        let plain = EightBytes.plain(at)
        UnsafeMutableRawPointer(target).storeBytes(
          of: UnsafeRawPointer(at).loadUnaligned(as: UInt64.self), as: UInt64.self)
        at += plain
        target += plain
        if plain == 8 { continue }
      }
      let byte = at.pointee
      if byte >= 0x80 {
        repeat {
          let length = UTF8Sequence.length(at, end)
          guard length > 0 else { throw Fault(.corrupt) }
          target.update(from: at, count: length)
          at += length
          target += length
        } while at < end && at.pointee >= 0x80
      } else if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
        target.pointee = byte
        at += 1
        target += 1
      } else {
        // An escape is longer than its byte: make room for it and the rest anew.
        count = target - base
        target = room(end - at &+ 16)
        target += JSONOutput.escape(byte, to: target)
        at += 1
      }
    }
    target.pointee = UInt8(ascii: "\"")
    count = target + 1 - base
  }

  private static func escape(_ byte: UInt8, to target: UnsafeMutablePointer<UInt8>) -> Int {
    target[0] = UInt8(ascii: "\\")
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): target[1] = byte
    case 0x08: target[1] = UInt8(ascii: "b")
    case 0x09: target[1] = UInt8(ascii: "t")
    case 0x0a: target[1] = UInt8(ascii: "n")
    case 0x0c: target[1] = UInt8(ascii: "f")
    case 0x0d: target[1] = UInt8(ascii: "r")
    default:
      let low = byte & 0x0f
      target[1] = UInt8(ascii: "u")
      target[2] = UInt8(ascii: "0")
      target[3] = UInt8(ascii: "0")
      target[4] = UInt8(ascii: "0") + byte >> 4
      target[5] = low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10
      return 6
    }
    return 2
  }

  @inline(__always)
  mutating func unsigned(_ value: UInt64) {
    count &+= DecimalText.write(value, to: room(DecimalText.greatestLength))
  }

  @inline(__always)
  mutating func signed(_ value: Int64) {
    if value < 0 { byte(UInt8(ascii: "-")) }
    unsigned(value.magnitude)
  }

  /// A 64-bit integer, in quotes unless it is wanted as a number.
  @inline(__always)
  mutating func signed(_ value: Int64, isQuoted: Bool) {
    if isQuoted { byte(UInt8(ascii: "\"")) }
    signed(value)
    if isQuoted { byte(UInt8(ascii: "\"")) }
  }

  @inline(__always)
  mutating func unsigned(_ value: UInt64, isQuoted: Bool) {
    if isQuoted { byte(UInt8(ascii: "\"")) }
    unsigned(value)
    if isQuoted { byte(UInt8(ascii: "\"")) }
  }

  /// The value of an enum: its name, where it has one and numbers are not wanted instead.
  @inline(__always)
  mutating func enumeration(
    _ field: UnsafePointer<FieldPlan>, _ number: Int32, _ options: PrintOptions
  ) {
    if field.pointee.isNullValue {
      literal("null")
    } else if !options.contains(.enumNumbers),
      let name = field.pointee.enumeration?.pointee.name(of: number)
    {
      bytes(name)
    } else {
      signed(Int64(number))
    }
  }

  /// A double in the fewest digits that give it back.
  mutating func double(_ value: Double) {
    guard value.isFinite else { return special(value) }
    if value == value.rounded(.towardZero), value.magnitude <= 0x1p53 {
      // `-0` is not `0`.
      if value.sign == .minus { byte(UInt8(ascii: "-")) }
      return unsigned(UInt64(value.magnitude))
    }
    text(value.description)
  }

  /// A float in the fewest digits that give it back.
  mutating func float(_ value: Float) {
    guard value.isFinite else { return special(Double(value)) }
    if value == value.rounded(.towardZero), value.magnitude <= 0x1p24 {
      if value.sign == .minus { byte(UInt8(ascii: "-")) }
      return unsigned(UInt64(value.magnitude))
    }
    text(value.description)
  }

  private mutating func special(_ value: Double) {
    if value.isNaN {
      literal("\"NaN\"")
    } else {
      literal(value < 0 ? "\"-Infinity\"" : "\"Infinity\"")
    }
  }

  /// Text that needs no quotes and no escapes.
  private mutating func text(_ text: String) {
    var text = text
    text.withUTF8 { bytes($0.isEmpty ? .empty : Bytes($0)) }
  }

  /// Bytes as base64, with quotes.
  mutating func base64(_ content: Bytes) {
    let length = Base64.encodedLength(content.count)
    let target = room(length + 2)
    target[0] = UInt8(ascii: "\"")
    Base64.encode(content, to: target + 1)
    target[length + 1] = UInt8(ascii: "\"")
    count += length + 2
  }
}
