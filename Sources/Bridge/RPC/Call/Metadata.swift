/// Ordered key-value pairs that travel before (initial) or behind (trailing) the messages of a
/// call. Keys are lower case; a key that ends in `-bin` has bytes as its value, any other ASCII.
public struct Metadata: Sendable, Hashable {
  /// A value.
  public enum Value: Sendable, Hashable {
    /// Printable ASCII.
    case string(String)
    /// Any bytes; the key ends in `-bin`.
    case binary([UInt8])
  }

  /// A pair.
  public typealias Element = (key: String, value: Value)

  private struct Entry: Sendable, Hashable {
    var key: String
    var value: Value
  }

  private var entries: [Entry] = []

  /// Creates metadata without pairs.
  public init() {}

  /// How many pairs there are.
  public var count: Int { entries.count }

  /// Whether there are none.
  public var isEmpty: Bool { entries.isEmpty }

  /// Makes room for pairs.
  public mutating func reserveCapacity(_ count: Int) { entries.reserveCapacity(count) }

  /// Adds a pair behind the others. The key is lower-cased.
  public mutating func add(_ value: String, for key: String) {
    entries.append(Entry(key: key.lowercasedASCII, value: .string(value)))
  }

  /// Adds a pair of bytes; the key ends in `-bin`.
  public mutating func add(binary value: [UInt8], for key: String) {
    entries.append(Entry(key: key.lowercasedASCII, value: .binary(value)))
  }

  /// Adds all pairs of other metadata.
  public mutating func add(contentsOf other: Metadata) {
    entries.append(contentsOf: other.entries)
  }

  /// Adds a pair as the core gave it: the key is lower case already.
  mutating func append(verified key: String, _ value: Value) {
    entries.append(Entry(key: key, value: value))
  }

  /// Every string value of a key, in order.
  public subscript(stringValues key: String) -> [String] {
    entries.compactMap { entry in
      guard entry.key == key, case .string(let value) = entry.value else { return nil }
      return value
    }
  }

  /// The first string value of a key.
  public func first(_ key: String) -> String? {
    for entry in entries where entry.key == key {
      if case .string(let value) = entry.value { return value }
    }
    return nil
  }

  /// A string value of a key, so many behind the first.
  public func value(_ key: String, behind count: Int) -> String? {
    var left = count
    for entry in entries where entry.key == key {
      guard case .string(let value) = entry.value else { continue }
      if left == 0 { return value }
      left -= 1
    }
    return nil
  }

  /// The first bytes of a key.
  public func firstBinary(_ key: String) -> [UInt8]? {
    for entry in entries where entry.key == key {
      if case .binary(let value) = entry.value { return value }
    }
    return nil
  }

  /// Removes every pair of a key.
  public mutating func remove(_ key: String) {
    entries.removeAll { $0.key == key }
  }

  /// The first pair that the wire cannot carry, and why; the core would fail the whole batch.
  func firstIllegal() -> (key: String, reason: String)? {
    for entry in entries {
      if !entry.key.utf8.allSatisfy(Self.isKeyByte) || entry.key.isEmpty {
        return (entry.key, "the key is not lower-case letters, digits, '-', '_' and '.'")
      }
      if entry.key.hasPrefix("grpc-") || entry.key.hasPrefix(":") {
        return (entry.key, "the key is reserved")
      }
      switch entry.value {
      case .string(let value):
        if entry.key.hasSuffix("-bin") { return (entry.key, "a '-bin' key has bytes") }
        if !value.utf8.allSatisfy({ $0 >= 0x20 && $0 <= 0x7e }) {
          return (entry.key, "the value is not printable ASCII")
        }
      case .binary:
        if !entry.key.hasSuffix("-bin") { return (entry.key, "bytes need a '-bin' key") }
      }
    }
    return nil
  }

  /// Whether a byte may stand in a key.
  static func isKeyByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}

extension Metadata: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, Value)...) {
    for (key, value) in elements { entries.append(Entry(key: key.lowercasedASCII, value: value)) }
  }
}

extension Metadata.Value: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { self = .string(value) }
}

extension Metadata: Sequence {
  public func makeIterator() -> AnyIterator<Element> {
    var base = entries.makeIterator()
    return AnyIterator { base.next().map { ($0.key, $0.value) } }
  }
}

extension String {
  /// The string with A–Z lowered; itself where there are none.
  fileprivate var lowercasedASCII: String {
    utf8.contains { $0 >= 0x41 && $0 <= 0x5a } ? lowercased() : self
  }
}
