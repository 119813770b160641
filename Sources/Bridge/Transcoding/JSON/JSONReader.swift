/// Reads JSON (RFC 8259) token by token, and nothing that is not JSON.
struct JSONReader {
  private let start: UnsafePointer<UInt8>
  let end: UnsafePointer<UInt8>
  /// The next byte.
  var at: UnsafePointer<UInt8>
  let arena: Arena

  /// How many arrays and objects may be open.
  static let depthLimit = 100
  private var depth = 0

  /// - Parameters:
  ///   - text: the JSON; strings without escapes are not copied, so it must outlive the result.
  ///   - arena: where strings with escapes are put.
  init(_ text: Bytes, arena: Arena) {
    start = text.base
    end = text.end
    at = text.base
    self.arena = arena
  }

  /// How many bytes have been read.
  var offset: Int { at - start }

  func fault(_ reason: Fault.Reason) -> Fault { Fault(reason, at: offset) }

  // MARK: Structure

  /// The next byte that is no white space.
  @inline(__always)
  mutating func peek() throws(Fault) -> UInt8 {
    while at < end {
      let byte = at.pointee
      if byte > 0x20 { return byte }
      guard byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 else {
        throw fault(.syntax)
      }
      at += 1
    }
    throw fault(.truncated)
  }

  /// Steps over `[` or `{`.
  @inline(__always)
  mutating func open(_ bracket: UInt8) throws(Fault) {
    guard try peek() == bracket else { throw mismatch() }
    depth &+= 1
    guard depth <= JSONReader.depthLimit else { throw fault(.tooDeep) }
    at += 1
  }

  /// Steps over the closing bracket if it comes next.
  @inline(__always)
  mutating func closes(_ bracket: UInt8) throws(Fault) -> Bool {
    guard try peek() == bracket else { return false }
    at += 1
    depth &-= 1
    return true
  }

  /// After a member or an element: true after a comma, false after the closing bracket.
  @inline(__always)
  mutating func more(_ bracket: UInt8) throws(Fault) -> Bool {
    let byte = try peek()
    if byte == UInt8(ascii: ",") {
      at += 1
      return true
    }
    guard byte == bracket else { throw fault(.syntax) }
    at += 1
    depth &-= 1
    return false
  }

  /// The name of a member, with its colon.
  @inline(__always)
  mutating func key() throws(Fault) -> Bytes {
    guard try peek() == UInt8(ascii: "\"") else { throw fault(.syntax) }
    let key = try string()
    guard try peek() == UInt8(ascii: ":") else { throw fault(.syntax) }
    at += 1
    return key
  }

  /// Demands that nothing but white space is left.
  mutating func finish() throws(Fault) {
    while at < end {
      let byte = at.pointee
      guard byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 else {
        throw fault(.trailing)
      }
      at += 1
    }
  }

  /// The fault for a byte that begins something else than wanted: another type of value, or no
  /// value at all.
  @inline(never)
  func mismatch() -> Fault {
    guard at < end else { return fault(.truncated) }
    switch at.pointee {
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""), UInt8(ascii: "-"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      return fault(.wrongType)
    case UInt8(ascii: "t"): return fault(isNext("true") ? .wrongType : .syntax)
    case UInt8(ascii: "f"): return fault(isNext("false") ? .wrongType : .syntax)
    case UInt8(ascii: "n"): return fault(isNext("null") ? .wrongType : .syntax)
    default: return fault(.syntax)
    }
  }

  // MARK: Values

  /// Steps over `null`, `true` or `false`, which must come next.
  @inline(__always)
  mutating func literal(_ word: StaticString) throws(Fault) {
    guard isNext(word) else { throw fault(.syntax) }
    at += word.utf8CodeUnitCount
  }

  @inline(__always)
  private func isNext(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    return end - at >= count && equalBytes(at, word.utf8Start, count)
  }

  /// A string, whose quote comes next.
  @inline(__always)
  mutating func string() throws(Fault) -> Bytes {
    at += 1
    let first = at
    while true {
      while end - at >= 8 {
        let plain = EightBytes.plain(at)
        at += plain
        if plain < 8 { break }
      }
      guard at < end else { throw fault(.truncated) }
      let byte = at.pointee
      if byte == UInt8(ascii: "\"") {
        let bytes = Bytes(base: first, count: at - first)
        at += 1
        return bytes
      }
      if byte == UInt8(ascii: "\\") { return try escapedString(from: first) }
      if byte >= 0x80 {
        try multibyte()
      } else if byte < 0x20 {
        throw fault(.controlCharacter)
      } else {
        at += 1
      }
    }
  }

  /// Steps over sequences of two to four bytes as long as they follow each other.
  @inline(__always)
  mutating func multibyte() throws(Fault) {
    repeat {
      let length = UTF8Sequence.length(at, end)
      guard length > 0 else { throw fault(.invalidUTF8) }
      at += length
    } while at < end && at.pointee >= 0x80
  }

  /// A number, as it is written.
  mutating func number() throws(Fault) -> Bytes {
    let length = NumberText.length(Bytes(base: at, count: end - at))
    guard length > 0 else { throw mismatchOfNumber() }
    let bytes = Bytes(base: at, count: length)
    at += length
    // `01` and `1x` are not a number and something else.
    if at < end {
      switch at.pointee {
      case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), 0x20, 0x0a, 0x0d, 0x09: break
      default: throw fault(.syntax)
      }
    }
    return bytes
  }

  private func mismatchOfNumber() -> Fault {
    switch at.pointee {
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): fault(.syntax)
    default: mismatch()
    }
  }

  /// Steps over any value; returns how many bytes that was.
  mutating func skipValue() throws(Fault) -> Int {
    let first = at
    switch try peek() {
    case UInt8(ascii: "{"):
      try open(UInt8(ascii: "{"))
      if try closes(UInt8(ascii: "}")) { break }
      repeat {
        _ = try key()
        _ = try skipValue()
      } while try more(UInt8(ascii: "}"))
    case UInt8(ascii: "["):
      try open(UInt8(ascii: "["))
      if try closes(UInt8(ascii: "]")) { break }
      repeat { _ = try skipValue() } while try more(UInt8(ascii: "]"))
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "t"): try literal("true")
    case UInt8(ascii: "f"): try literal("false")
    case UInt8(ascii: "n"): try literal("null")
    default: _ = try number()
    }
    return at - first
  }

  /// A place in the text, to come back to.
  struct Mark {
    fileprivate var at: UnsafePointer<UInt8>
    fileprivate var depth: Int
  }

  var mark: Mark { Mark(at: at, depth: depth) }

  mutating func rewind(to mark: Mark) {
    at = mark.at
    depth = mark.depth
  }
}
