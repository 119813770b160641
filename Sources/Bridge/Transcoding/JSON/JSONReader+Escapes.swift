// Strings with escapes, which are copied without them (RFC 8259 section 7).

extension JSONReader {
  /// A string that has an escape, where the reader stands now.
  ///
  /// - Parameter first: where the string begins.
  @inline(never)
  mutating func escapedString(from first: UnsafePointer<UInt8>) throws(Fault) -> Bytes {
    // The text behind the escapes is never longer than with them.
    var close = at
    while close < end, close.pointee != UInt8(ascii: "\"") {
      close += close.pointee == UInt8(ascii: "\\") ? 2 : 1
    }
    guard close < end else {
      at = end
      throw fault(.truncated)
    }
    let target = try arena.bytes(close - first)
    target.update(from: first, count: at - first)
    var length = at - first
    while at < close {
      let byte = at.pointee
      if byte == UInt8(ascii: "\\") {
        at += 1
        length += try escape(to: target + length)
      } else if byte >= 0x80 {
        let from = at
        try multibyte()
        (target + length).update(from: from, count: at - from)
        length += at - from
      } else {
        guard byte >= 0x20 else { throw fault(.controlCharacter) }
        target[length] = byte
        length += 1
        at += 1
      }
    }
    at += 1
    return Bytes(base: UnsafePointer(target), count: length)
  }

  /// What stands behind a backslash.
  private mutating func escape(to target: UnsafeMutablePointer<UInt8>) throws(Fault) -> Int {
    let byte = at.pointee
    at += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): target[0] = byte
    case UInt8(ascii: "b"): target[0] = 0x08
    case UInt8(ascii: "f"): target[0] = 0x0c
    case UInt8(ascii: "n"): target[0] = 0x0a
    case UInt8(ascii: "r"): target[0] = 0x0d
    case UInt8(ascii: "t"): target[0] = 0x09
    case UInt8(ascii: "u"): return UTF8Sequence.write(try scalar(), to: target)
    default:
      at -= 1
      throw fault(.invalidEscape)
    }
    return 1
  }

  /// The value of `\uXXXX`, or of two of them that are a surrogate pair.
  private mutating func scalar() throws(Fault) -> UInt32 {
    let high = try hexadecimal()
    guard high >= 0xd800, high <= 0xdfff else { return high }
    guard high < 0xdc00, end - at >= 2, at[0] == UInt8(ascii: "\\"), at[1] == UInt8(ascii: "u")
    else { throw fault(.invalidEscape) }
    at += 2
    let low = try hexadecimal()
    guard low >= 0xdc00, low <= 0xdfff else { throw fault(.invalidEscape) }
    return 0x10000 + (high - 0xd800) << 10 + (low - 0xdc00)
  }

  private mutating func hexadecimal() throws(Fault) -> UInt32 {
    guard end - at >= 4 else { throw fault(.truncated) }
    var value: UInt32 = 0
    for _ in 0..<4 {
      let digit: UInt8
      switch at.pointee {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = at.pointee - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = at.pointee - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = at.pointee - UInt8(ascii: "A") + 10
      default: throw fault(.invalidEscape)
      }
      value = value << 4 | UInt32(digit)
      at += 1
    }
    return value
  }
}
