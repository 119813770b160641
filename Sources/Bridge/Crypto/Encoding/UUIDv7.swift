import COpenSSL
import Synchronization

/// Identifiers of RFC 9562 section 5.7: their order is the order in which they were made.
public enum UUIDv7 {
  /// Milliseconds in the upper 48 of 60 bits, fractions of one in the lower 12.
  private static let last = Atomic<UInt64>(0)

  /// Makes an identifier as lower-case text, greater than every one that this process made before.
  ///
  /// The 12 bits of `rand_a` hold the fraction of the millisecond (RFC 9562 section 6.2, method 3);
  /// where the clock has not moved on, or was set back, they count up instead.
  public static func make() -> String {
    let time = UnixTime.realTime()
    let milliseconds = UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
    let fraction = UInt64(time.tv_nsec) % 1_000_000 * 4096 / 1_000_000
    return make(instant: next(after: milliseconds << 12 | fraction), random: Random.bytes(8))
  }

  private static func next(after now: UInt64) -> UInt64 {
    var seen = last.load(ordering: .relaxed)
    while true {
      let instant = max(now, seen + 1)
      let (exchanged, current) = last.compareExchange(
        expected: seen, desired: instant, ordering: .relaxed)
      if exchanged { return instant }
      seen = current
    }
  }

  static func make(instant: UInt64, random: [UInt8]) -> String {
    var bytes = [UInt8]()
    bytes.reserveCapacity(16)
    for shift in stride(from: 52, through: 12, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: instant >> UInt64(shift)))
    }
    bytes.append(0x70 | UInt8(truncatingIfNeeded: instant >> 8 & 0x0f))
    bytes.append(UInt8(truncatingIfNeeded: instant))
    bytes.append(0x80 | random[0] & 0x3f)
    bytes.append(contentsOf: random[1...])
    let digits = Array(Hexadecimal.encode(bytes).utf8)
    let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
    return groups.map { String(decoding: digits[$0], as: UTF8.self) }.joined(separator: "-")
  }
}
