/// W3C Trace Context: `traceparent` and `tracestate`.
enum TraceContext {
  /// Whether a value names a trace and a span (section 3.2). Of later versions only the start is
  /// known.
  static func isParent(_ text: String) -> Bool {
    let bytes = text.utf8
    guard bytes.count >= 55 else { return false }
    return Array(bytes).withUnsafeBufferPointer { bytes in
      guard isHex(bytes[0..<2]), !(bytes[0] == 0x66 && bytes[1] == 0x66), bytes[2] == 0x2D,
        isIdentifier(bytes[3..<35]), bytes[35] == 0x2D, isIdentifier(bytes[36..<52]),
        bytes[52] == 0x2D, isHex(bytes[53..<55])
      else { return false }
      let isFirstVersion = bytes[0] == 0x30 && bytes[1] == 0x30
      return bytes.count == 55 || (!isFirstVersion && bytes[55] == 0x2D)
    }
  }

  /// Whether a value is a list of vendors' states (section 3.3): 32 at most, each key once.
  static func isState(_ text: String) -> Bool {
    guard text.utf8.count <= 4_096 else { return false }
    var keys: Set<Substring> = []
    for member in text.split(separator: ",") {
      let member = member.trimmingSpacesAndTabs
      guard !member.isEmpty else { continue }
      guard let mark = member.firstIndex(of: "="), isKey(member[..<mark]),
        isValue(member[member.index(after: mark)...]), keys.insert(member[..<mark]).inserted
      else { return false }
    }
    return (1...32).contains(keys.count)
  }

  private static func isHex(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    bytes.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  /// Hexadecimal digits, not all of them zero.
  private static func isIdentifier(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    isHex(bytes) && bytes.contains { $0 != 0x30 }
  }

  /// `simple-key`, or a tenant's behind an `@`.
  private static func isKey(_ key: Substring) -> Bool {
    let bytes = key.utf8
    guard (1...256).contains(bytes.count), let first = bytes.first,
      (0x61...0x7A).contains(first) || (0x30...0x39).contains(first)
    else { return false }
    var ats = 0
    for byte in bytes {
      switch byte {
      case 0x61...0x7A, 0x30...0x39, 0x5F, 0x2D, 0x2A, 0x2F: break
      case 0x40: ats += 1
      default: return false
      }
    }
    guard ats == 1 else { return ats == 0 }
    let parts = key.split(separator: "@", omittingEmptySubsequences: false)
    return (1...241).contains(parts[0].utf8.count) && (1...14).contains(parts[1].utf8.count)
  }

  private static func isValue(_ value: Substring) -> Bool {
    let bytes = value.utf8
    return (1...256).contains(bytes.count)
      && bytes.allSatisfy { $0 >= 0x20 && $0 <= 0x7E && $0 != 0x2C && $0 != 0x3D }
  }
}

/// Begins traces where callers have none. One for each loop: its numbers are no secret, only never
/// the same.
final class TraceSource {
  private static let digits = Array("0123456789abcdef".utf8)
  private var state: (UInt64, UInt64)

  init() {
    var system = SystemRandomNumberGenerator()
    state = (system.next() | 1, system.next())
  }

  /// xorshift128+.
  private func next() -> UInt64 {
    var first = state.0
    let second = state.1
    state.0 = second
    first ^= first << 23
    state.1 = first ^ second ^ (first >> 17) ^ (second >> 26)
    return state.1 &+ second
  }

  /// A `traceparent` of a trace that is not sampled, whose number is random (Level 2, section 3.2).
  func parent() -> String {
    // One bit is set in each half, so that neither identifier is zero.
    let numbers = (next() | 1, next(), next() | 1)
    return String(unsafeUninitializedCapacity: 55) { buffer in
      func write(_ number: UInt64, at start: Int) {
        for index in 0..<16 {
          buffer[start + index] = Self.digits[Int(number >> UInt64(60 - 4 * index) & 15)]
        }
      }
      (buffer[0], buffer[1], buffer[2]) = (0x30, 0x30, 0x2D)
      write(numbers.0, at: 3)
      write(numbers.1, at: 19)
      buffer[35] = 0x2D
      write(numbers.2, at: 36)
      (buffer[52], buffer[53], buffer[54]) = (0x2D, 0x30, 0x32)
      return 55
    }
  }
}
