import FoundationEssentials

/// Reads `Retry-After` (RFC 9110 section 10.2.3): seconds, or a date.
enum RetryAfter {
  /// Nobody is left alone for longer than a day because it says so.
  private static let most: Int64 = 86_400
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// The pause that is asked for; nil for a text that says none.
  ///
  /// - Parameter date: The answer's own date: how far apart the clocks are is of no matter then.
  static func pause(_ text: String, date: String?) -> Duration? {
    if !text.isEmpty, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) {
      guard let seconds = Int64(text), seconds <= most else { return nil }
      return .seconds(seconds)
    }
    guard let end = seconds(text) else { return nil }
    let now = date.flatMap(seconds) ?? Int64(Date().timeIntervalSince1970)
    guard end - now <= most else { return nil }
    return .seconds(max(0, end - now))
  }

  /// A date in the one form that is still made, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 section
  /// 5.6.7), in seconds since 1970.
  static func seconds(_ text: String) -> Int64? {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0].utf8.count == 4, parts[0].hasSuffix(","), parts[5] == "GMT",
      let day = number(parts[1], 2), 1...31 ~= day,
      let month = months.firstIndex(of: String(parts[2])),
      let year = number(parts[3], 4), year >= 1970
    else { return nil }
    let clock = parts[4].split(separator: ":", omittingEmptySubsequences: false)
    guard clock.count == 3, let hour = number(clock[0], 2), hour < 24,
      let minute = number(clock[1], 2), minute < 60, let second = number(clock[2], 2), second <= 60
    else { return nil }
    return days(year, Int64(month) + 1, day) * 86_400 + hour * 3600 + minute * 60 + second
  }

  private static func number(_ text: Substring, _ digits: Int) -> Int64? {
    guard text.utf8.count == digits, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
    return Int64(text)
  }

  /// Days from 1 January 1970 to a date of the Gregorian calendar, whose years begin in March here.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let year = month <= 2 ? year - 1 : year
    let ofYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return year * 365 + year / 4 - year / 100 + year / 400 + ofYear - 719_468
  }
}
