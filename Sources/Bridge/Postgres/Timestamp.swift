import Glibc

/// A point in time with PostgreSQL's own precision of microseconds.
public struct Timestamp: Sendable, Hashable, Comparable, Codable {
  /// Microseconds since 1970-01-01T00:00:00Z.
  public var microseconds: Int64

  public init(microseconds: Int64) { self.microseconds = microseconds }

  /// From the two numbers of `google.protobuf.Timestamp`; below a microsecond is cut off.
  public init(seconds: Int64, nanoseconds: Int32) {
    microseconds = seconds * 1_000_000 + Int64(nanoseconds / 1000)
  }

  /// Whole seconds since the epoch, rounded down.
  public var seconds: Int64 {
    let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// Nanoseconds within the second, 0 to 999,999,000.
  public var nanoseconds: Int32 {
    Int32(truncatingIfNeeded: microseconds - seconds * 1_000_000) * 1000
  }

  /// The wall clock.
  public static func now() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(seconds: Int64(time.tv_sec), nanoseconds: Int32(time.tv_nsec))
  }

  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.microseconds < right.microseconds
  }

  /// PostgreSQL counts from 2000-01-01T00:00:00Z.
  static let postgresEpoch: Int64 = 946_684_800_000_000
}
