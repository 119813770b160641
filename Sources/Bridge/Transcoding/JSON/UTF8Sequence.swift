/// UTF-8 (RFC 3629 section 4), byte by byte.
enum UTF8Sequence {
  /// The length of the sequence that begins here with a byte of 0x80 or more; 0 if it is not
  /// well-formed: overlong, a surrogate, beyond U+10FFFF, or cut short.
  @inline(__always)
  static func length(_ at: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Int {
    let first = at[0]
    let left = end - at
    if first >= 0xc2, first <= 0xdf {
      return left >= 2 && isTail(at[1]) ? 2 : 0
    }
    if first >= 0xe0, first <= 0xef {
      guard left >= 3, isTail(at[1]), isTail(at[2]) else { return 0 }
      if first == 0xe0, at[1] < 0xa0 { return 0 }
      if first == 0xed, at[1] > 0x9f { return 0 }
      return 3
    }
    if first >= 0xf0, first <= 0xf4 {
      guard left >= 4, isTail(at[1]), isTail(at[2]), isTail(at[3]) else { return 0 }
      if first == 0xf0, at[1] < 0x90 { return 0 }
      if first == 0xf4, at[1] > 0x8f { return 0 }
      return 4
    }
    return 0
  }

  /// Whether all bytes are UTF-8.
  static func isValid(_ bytes: Bytes) -> Bool {
    var at = bytes.base
    let end = bytes.end
    while at < end {
      if at[0] < 0x80 {
        at += 1
      } else {
        let length = length(at, end)
        if length == 0 { return false }
        at += length
      }
    }
    return true
  }

  /// Writes a scalar value that is no surrogate; room for 4 bytes. Returns the length.
  static func write(_ scalar: UInt32, to target: UnsafeMutablePointer<UInt8>) -> Int {
    func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | (scalar >> shift & 0x3f)) }
    switch scalar {
    case ..<0x80:
      target[0] = UInt8(scalar)
      return 1
    case ..<0x800:
      target[0] = UInt8(0xc0 | scalar >> 6)
      target[1] = tail(0)
      return 2
    case ..<0x10000:
      target[0] = UInt8(0xe0 | scalar >> 12)
      target[1] = tail(6)
      target[2] = tail(0)
      return 3
    default:
      target[0] = UInt8(0xf0 | scalar >> 18)
      target[1] = tail(12)
      target[2] = tail(6)
      target[3] = tail(0)
      return 4
    }
  }

  @inline(__always)
  private static func isTail(_ byte: UInt8) -> Bool { byte & 0xc0 == 0x80 }
}

/// Eight bytes of text at once.
enum EightBytes {
  /// How many of the eight bytes, from the first, need no attention inside a JSON string: printable
  /// ASCII but the quote and the backslash. 8 if all.
  @inline(__always)
  static func plain(_ at: UnsafePointer<UInt8>) -> Int {
    let word = UInt64(
      littleEndian: UnsafeRawPointer(at).loadUnaligned(as: UInt64.self))
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let quote = word ^ (ones &* 0x22)
    let backslash = word ^ (ones &* 0x5c)
    // A borrow can mark a byte after a special one as special too, never one before it.
    let special = (word &- (ones &* 0x20)) | (quote &- ones) | (backslash &- ones)
    let marked = ((special & ~word) | word) & highs
    return marked.trailingZeroBitCount >> 3
  }
}
