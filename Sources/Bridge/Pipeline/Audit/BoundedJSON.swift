import LibCrypto

/// JSON that is written token by token, and never longer than it may be: what finds no room is left
/// out item by item, so that the rest is still JSON. Or JSON of any length, of which only the hash is
/// wanted.
struct BoundedJSON {
  /// How much of a long text is read at once.
  private static let chunk = 1 << 15

  private var bytes: [UInt8] = []
  private let limit: Int
  private let hash: RunningSHA256?
  /// Of every open object and list, whether something is in it.
  private var open: [Bool] = []
  /// How many objects and lists are open that found no room.
  private var left = 0
  /// Whether the value that comes finds no room.
  private var leavesNext = false
  /// Whether something was left out.
  private(set) var isCut = false

  /// - Parameter limit: how many bytes there may be when another value is begun; a number, a name and
  ///   what closes objects may stand behind it.
  init(limit: Int) {
    self.limit = limit
    hash = nil
  }

  /// All of it, for its hash.
  init(hashing hash: RunningSHA256) {
    limit = .max
    self.hash = hash
  }

  /// The text. Of an object that lacks something, the last member says so: its name is no field's.
  var text: String {
    guard isCut, bytes.last == UInt8(ascii: "}") else {
      return String(decoding: bytes, as: UTF8.self)
    }
    let mark = bytes.count > 2 ? #","[truncated]":true}"# : #""[truncated]":true}"#
    return String(decoding: bytes.dropLast(), as: UTF8.self) + mark
  }

  /// The hash of the whole text, where that is what it is written for.
  mutating func digest() -> [UInt8]? {
    guard let hash else { return nil }
    flush(beyond: 0)
    return hash.finish()
  }

  /// Begins the next member or element.
  ///
  /// - Parameter name: the member's, quoted and with its colon.
  mutating func item(_ name: [UInt8] = []) {
    guard left == 0 else { return }
    guard bytes.count < limit else {
      isCut = true
      leavesNext = true
      return
    }
    if open.last == true { bytes.append(UInt8(ascii: ",")) }
    open[open.count - 1] = true
    bytes += name
  }

  mutating func begin(_ bracket: Unicode.Scalar) {
    if left > 0 || leavesNext {
      left += 1
      leavesNext = false
      return
    }
    bytes.append(UInt8(ascii: bracket))
    open.append(false)
  }

  mutating func end(_ bracket: Unicode.Scalar) {
    if left > 0 {
      left -= 1
      return
    }
    open.removeLast()
    bytes.append(UInt8(ascii: bracket))
    flush(beyond: Self.chunk)
  }

  /// Adds a value that is JSON already.
  mutating func token(_ token: String) {
    guard takesValue() else { return }
    bytes += token.utf8
  }

  /// Adds a text.
  mutating func string(_ text: UnsafeRawBufferPointer.SubSequence) {
    guard takesValue() else { return }
    bytes.append(UInt8(ascii: "\""))
    var rest = text
    while !rest.isEmpty {
      // A byte of a text is a byte of JSON at least.
      let part = Self.prefix(rest, min(Self.chunk, max(0, limit - bytes.count)))
      let isWhole = JSONText.escape(
        String(decoding: part, as: UTF8.self), to: &bytes, limit: limit)
      guard isWhole, !part.isEmpty else {
        isCut = true
        break
      }
      rest = rest[part.endIndex...]
      flush(beyond: Self.chunk)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func takesValue() -> Bool {
    guard left == 0 else { return false }
    defer { leavesNext = false }
    return !leavesNext
  }

  /// The beginning of a text, cut before a character rather than in it.
  private static func prefix(
    _ text: UnsafeRawBufferPointer.SubSequence, _ limit: Int
  ) -> UnsafeRawBufferPointer.SubSequence {
    guard text.count > limit else { return text }
    var end = text.startIndex + limit
    // No character has more than three such bytes; what is no UTF-8 is cut anywhere.
    for _ in 0..<3 where end > text.startIndex && UTF8.isContinuation(text[end]) { end -= 1 }
    return text[text.startIndex..<(end > text.startIndex ? end : text.startIndex + limit)]
  }

  private mutating func flush(beyond count: Int) {
    guard let hash, bytes.count > count else { return }
    hash.update(bytes)
    bytes.removeAll(keepingCapacity: true)
  }
}
