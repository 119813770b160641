/// How long a caller waits, as its headers say.
enum RequestTimeout {
  /// `grpc-timeout` (gRPC over HTTP/2, "Timeout"): one to eight digits and a unit.
  static func grpc(_ text: String) -> Duration? {
    let bytes = Array(text.utf8)
    guard (2...9).contains(bytes.count), let unit = bytes.last else { return nil }
    var value: Int64 = 0
    for byte in bytes.dropLast() {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int64(byte - 0x30)
    }
    switch unit {
    case UInt8(ascii: "H"): return .seconds(value * 3_600)
    case UInt8(ascii: "M"): return .seconds(value * 60)
    case UInt8(ascii: "S"): return .seconds(value)
    case UInt8(ascii: "m"): return .milliseconds(value)
    case UInt8(ascii: "u"): return .microseconds(value)
    case UInt8(ascii: "n"): return .nanoseconds(value)
    default: return nil
    }
  }

  /// `X-Server-Timeout`: seconds, with at most nine digits before and after a point.
  static func server(_ text: String) -> Duration? {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let whole = digits(parts[0]) else { return nil }
    guard parts.count == 2 else { return .seconds(whole) }
    guard var fraction = digits(parts[1]) else { return nil }
    for _ in parts[1].count..<9 { fraction *= 10 }
    return .seconds(whole) + .nanoseconds(fraction)
  }

  private static func digits(_ text: Substring.UTF8View) -> Int64? {
    guard (1...9).contains(text.count), text.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return text.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
  }
}
