/// The pairs of a query or of a form (`application/x-www-form-urlencoded`), decoded one by one.
struct ParameterList {
  /// No caller has more to say; a list costs at least one comparison for each one before.
  static let countLimit = 1000

  private var rest: Bytes
  private let arena: Arena
  private var count = 0

  init(_ text: Bytes, arena: Arena) {
    rest = text
    self.arena = arena
  }

  struct Parameter {
    var name: Bytes
    var value: Bytes
  }

  /// The next pair; nil at the end. Empty pairs, as in `a=1&&b=2`, are no pairs.
  mutating func next() throws(TranscodingError) -> Parameter? {
    while rest.count > 0 {
      let pair = piece(of: rest, until: UInt8(ascii: "&"))
      rest = rest.from(min(pair.count + 1, rest.count))
      guard pair.count > 0 else { continue }
      count += 1
      guard count <= ParameterList.countLimit else {
        throw .invalid(
          "", "more than \(ParameterList.countLimit) parameters", reason: "TOO_MANY_PARAMETERS")
      }
      let name = piece(of: pair, until: UInt8(ascii: "="))
      guard let decodedName = try decode(name), UTF8Sequence.isValid(decodedName) else {
        throw .invalid(
          "", "a parameter's name is not percent-coded UTF-8", reason: "INVALID_TEXT")
      }
      guard name.count < pair.count else {
        throw .invalid(
          ParameterList.shown(decodedName), "must be followed by = and a value",
          reason: "MISSING_VALUE")
      }
      guard let value = try decode(pair.from(name.count + 1)) else {
        throw .invalid(
          ParameterList.shown(decodedName), "not percent-coded", reason: "INVALID_TEXT")
      }
      return Parameter(name: decodedName, value: value)
    }
    return nil
  }

  /// A name that the caller wrote, in a length that fits an error.
  static func shown(_ name: Bytes) -> String {
    name.count <= 100 ? name.text : name.first(100).text + "…"
  }

  private func piece(of bytes: Bytes, until separator: UInt8) -> Bytes {
    var index = 0
    while index < bytes.count, bytes[index] != separator { index += 1 }
    return bytes.first(index)
  }

  /// Without percent-coding and with spaces for `+`; nil if it is malformed.
  private func decode(_ bytes: Bytes) throws(TranscodingError) -> Bytes? {
    var index = 0
    while index < bytes.count, bytes[index] != UInt8(ascii: "%"), bytes[index] != UInt8(ascii: "+")
    {
      index += 1
    }
    guard index < bytes.count else { return bytes }
    let target: UnsafeMutablePointer<UInt8>
    do throws(Fault) { target = try arena.bytes(bytes.count) } catch {
      throw error.inRequest(path: "", field: nil)
    }
    let source = Span(_unsafeElements: bytes.buffer)
    var length = 0
    index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "+"): target[length] = UInt8(ascii: " ")
      case UInt8(ascii: "%"):
        guard let octet = PercentCoding.octet(in: source, at: index) else { return nil }
        target[length] = octet
        index += 2
      default: target[length] = bytes[index]
      }
      length += 1
      index += 1
    }
    return Bytes(base: UnsafePointer(target), count: length)
  }
}
