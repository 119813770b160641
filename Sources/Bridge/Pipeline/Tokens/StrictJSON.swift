import Mutation

/// A JSON value, read strictly: no duplicate keys, no trailing data, a bound on depth. For what
/// strangers send before anyone has verified it.
package enum StrictJSON: Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int64)
  case number(Double)
  case string(String)
  case array([StrictJSON])
  case object([String: StrictJSON])

  /// Reads a whole text; nil where it is not strict JSON.
  package init?(_ bytes: [UInt8], maxDepth: Int) {
    var reader = Reader(bytes: bytes, maxDepth: maxDepth)
    reader.skipSpace()
    guard let value = reader.value(depth: 0) else { return nil }
    reader.skipSpace()
    guard reader.atEnd else { return nil }
    self = value
  }

  package subscript(key: String) -> StrictJSON? {
    guard case .object(let members) = self else { return nil }
    return members[key]
  }

  package var string: String? {
    guard case .string(let value) = self else { return nil }
    return value
  }

  /// A whole number, as a JWT's NumericDate may also be written with a fraction.
  var seconds: Int64? {
    switch self {
    case .integer(let value): value
    case .number(let value) where value.isFinite && value.magnitude < 1e15: Int64(value)
    default: nil
    }
  }

  /// The strings of an array, or one string as an array of itself.
  var strings: [String]? {
    switch self {
    case .string(let value): [value]
    case .array(let values):
      values.reduce(into: [String]?.some([])) { result, value in
        guard let string = value.string else { return result = nil }
        result?.append(string)
      }
    default: nil
    }
  }
}

private struct Reader {
  let bytes: [UInt8]
  let maxDepth: Int
  var index = 0

  init(bytes: [UInt8], maxDepth: Int) {
    self.bytes = bytes
    self.maxDepth = maxDepth
  }

  var atEnd: Bool { index == bytes.count }

  mutating func skipSpace() {
    while index < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[index]) { index += 1 }
  }

  mutating func take(_ byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  mutating func take(word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard index + length <= bytes.count else { return false }
    let matches = word.withUTF8Buffer { $0.elementsEqual(bytes[index..<index + length]) }
    if matches { index += length }
    return matches
  }

  mutating func value(depth: Int) -> StrictJSON? {
    guard depth <= maxDepth, index < bytes.count else { return nil }
    switch bytes[index] {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return array(depth: depth)
    case UInt8(ascii: "\""): return text().map(StrictJSON.string)
    case UInt8(ascii: "t"): return take(word: "true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return take(word: "false") ? .bool(false) : nil
    case UInt8(ascii: "n"): return take(word: "null") ? .null : nil
    default: return number()
    }
  }

  mutating func object(depth: Int) -> StrictJSON? {
    index += 1
    var members: [String: StrictJSON] = [:]
    skipSpace()
    if take(UInt8(ascii: "}")) { return .object(members) }
    while true {
      skipSpace()
      guard index < bytes.count, bytes[index] == UInt8(ascii: "\""), let key = text() else {
        return nil
      }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { return nil }
      skipSpace()
      guard let value = value(depth: depth + 1),
        members.updateValue(value, forKey: key) == nil || Mutation.isOn(.takesRepeatedNames)
      else { return nil }
      skipSpace()
      if take(UInt8(ascii: ",")) { continue }
      return take(UInt8(ascii: "}")) ? .object(members) : nil
    }
  }

  mutating func array(depth: Int) -> StrictJSON? {
    index += 1
    var values: [StrictJSON] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return .array(values) }
    while true {
      skipSpace()
      guard let value = value(depth: depth + 1) else { return nil }
      values.append(value)
      skipSpace()
      if take(UInt8(ascii: ",")) { continue }
      return take(UInt8(ascii: "]")) ? .array(values) : nil
    }
  }

  mutating func number() -> StrictJSON? {
    let start = index
    _ = take(UInt8(ascii: "-"))
    guard let first = digit() else { return nil }
    if first != UInt8(ascii: "0") { while digit() != nil {} }
    var isInteger = true
    if take(UInt8(ascii: ".")) {
      isInteger = false
      guard digit() != nil else { return nil }
      while digit() != nil {}
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      isInteger = false
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      guard digit() != nil else { return nil }
      while digit() != nil {}
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if isInteger, let value = Int64(text) { return .integer(value) }
    return Double(text).map(StrictJSON.number)
  }

  mutating func digit() -> UInt8? {
    guard index < bytes.count, (0x30...0x39).contains(bytes[index]) else { return nil }
    defer { index += 1 }
    return bytes[index]
  }

  mutating func text() -> String? {
    index += 1
    var out: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return String(validating: out, as: UTF8.self)
      case 0..<0x20: return nil
      case UInt8(ascii: "\\"):
        guard let scalar = escape() else { return nil }
        out.append(contentsOf: Array(String(scalar).utf8))
      default: out.append(byte)
      }
    }
    return nil
  }

  mutating func escape() -> Unicode.Scalar? {
    guard index < bytes.count else { return nil }
    let byte = bytes[index]
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      guard let high = hex() else { return nil }
      guard (0xd800..<0xdc00).contains(high) else { return Unicode.Scalar(high) }
      guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")), let low = hex(),
        (0xdc00..<0xe000).contains(low)
      else { return nil }
      return Unicode.Scalar(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))
    default: return nil
    }
  }

  mutating func hex() -> UInt32? {
    guard index + 4 <= bytes.count else { return nil }
    let text = String(decoding: bytes[index..<index + 4], as: UTF8.self)
    index += 4
    guard text.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
    return UInt32(text, radix: 16)
  }
}
