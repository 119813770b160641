/// What authenticators write (RFC 8949, in the form of CTAP 2 section 8): values of known lengths,
/// without tags and fractions.
enum CBOR: Sendable, Hashable {
  case unsigned(UInt64)
  /// -1 minus the number.
  case negative(UInt64)
  case bytes([UInt8])
  case text(String)
  case array([CBOR])
  case map([CBOR: CBOR])
  case bool(Bool)
  case null

  /// A number, where it is one that fits.
  init(_ number: Int) {
    self = number < 0 ? .negative(UInt64(-1 - number)) : .unsigned(UInt64(number))
  }

  /// Reads one value that is all of the bytes; nil where it is none.
  init?(_ bytes: ArraySlice<UInt8>) {
    guard let (value, rest) = Self.read(bytes), rest.isEmpty else { return nil }
    self = value
  }

  /// Reads the value that the bytes begin with; returns what is behind it.
  static func read(_ bytes: ArraySlice<UInt8>) -> (CBOR, rest: ArraySlice<UInt8>)? {
    var reader = CBORReader(rest: bytes)
    guard let value = reader.value(depth: 0) else { return nil }
    return (value, reader.rest)
  }

  subscript(key: CBOR) -> CBOR? {
    guard case .map(let members) = self else { return nil }
    return members[key]
  }

  subscript(key: String) -> CBOR? { self[.text(key)] }

  var bytes: [UInt8]? {
    guard case .bytes(let value) = self else { return nil }
    return value
  }

  /// How many members a map has; nil where it is none.
  var memberCount: Int? {
    guard case .map(let members) = self else { return nil }
    return members.count
  }
}

private struct CBORReader {
  /// CTAP allows four, and an attestation stands in one more.
  private static let maxDepth = 6

  var rest: ArraySlice<UInt8>

  mutating func value(depth: Int) -> CBOR? {
    guard depth <= Self.maxDepth, let initial = rest.popFirst() else { return nil }
    let kind = initial >> 5
    guard kind != 7 else {
      return switch initial {
      case 0xf4: .bool(false)
      case 0xf5: .bool(true)
      case 0xf6: .null
      default: nil
      }
    }
    guard let argument = argument(initial & 31) else { return nil }
    switch kind {
    case 0: return .unsigned(argument)
    case 1: return .negative(argument)
    case 2: return take(argument).map { .bytes(Array($0)) }
    case 3: return take(argument).flatMap { String(validating: $0, as: UTF8.self) }.map(CBOR.text)
    case 4: return array(argument, depth: depth)
    case 5: return map(argument, depth: depth)
    default: return nil
    }
  }

  private mutating func argument(_ information: UInt8) -> UInt64? {
    guard information > 23 else { return UInt64(information) }
    guard information <= 27, let bytes = take(1 << UInt64(information - 24)) else { return nil }
    return bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }

  private mutating func take(_ count: UInt64) -> ArraySlice<UInt8>? {
    guard count <= UInt64(rest.count) else { return nil }
    defer { rest = rest.dropFirst(Int(count)) }
    return rest.prefix(Int(count))
  }

  private mutating func array(_ count: UInt64, depth: Int) -> CBOR? {
    // Each element takes a byte at least.
    guard count <= UInt64(rest.count) else { return nil }
    var values: [CBOR] = []
    for _ in 0..<count {
      guard let value = value(depth: depth + 1) else { return nil }
      values.append(value)
    }
    return .array(values)
  }

  private mutating func map(_ count: UInt64, depth: Int) -> CBOR? {
    guard count <= UInt64(rest.count) else { return nil }
    var members: [CBOR: CBOR] = [:]
    for _ in 0..<count {
      guard let key = value(depth: depth + 1), let value = value(depth: depth + 1),
        members.updateValue(value, forKey: key) == nil
      else { return nil }
    }
    return .map(members)
  }
}
