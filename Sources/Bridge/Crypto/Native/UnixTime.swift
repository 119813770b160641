#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The wall clock, in the unit that tokens and certificates use.
public enum UnixTime {
  /// Seconds since 1970-01-01T00:00:00Z.
  public static func now() -> Int64 { Int64(realTime().tv_sec) }

  /// Microseconds since then.
  public static func microseconds() -> Int64 {
    let time = realTime()
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }

  static func realTime() -> timespec {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return time
  }
}
