import GeneratedOptions

/// What the answers of a method say that is on its way out: `Deprecation` (RFC 9745), `Sunset`
/// (RFC 8594) and `Link`.
enum DeprecationFields {
  /// The header lines, each with its CRLF; nil for a method that stays.
  ///
  /// - Throws: `GatewayError` for days that are none, an end before the beginning, and a link that
  ///   cannot stand in a header.
  static func lines(
    of policy: Artel_Options_V1_MethodPolicy
  ) throws(GatewayError) -> String? {
    guard policy.hasDeprecation else { return nil }
    let deprecation = policy.deprecation
    let since = try second(deprecation.date, "date")
    // A Date of RFC 9651 section 3.3.7.
    var lines = "deprecation: @\(since)\r\n"
    if !deprecation.sunset.isEmpty {
      let end = try second(deprecation.sunset, "sunset")
      guard end >= since else {
        throw GatewayError(code: .badRoute, message: "deprecation.sunset is before its date")
      }
      lines += "sunset: \(HTTPDate.text(end))\r\n"
    }
    if !deprecation.link.isEmpty {
      guard deprecation.link.hasPrefix("https://"),
        deprecation.link.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x3C && $0 != 0x3E })
      else {
        throw GatewayError(code: .badRoute, message: "deprecation.link is no https URI")
      }
      lines += "link: <\(deprecation.link)>; rel=\"deprecation\"\r\n"
    }
    return lines
  }

  private static func second(_ day: String, _ name: String) throws(GatewayError) -> Int {
    guard let second = Self.second(day) else {
      throw GatewayError(
        code: .badRoute, message: "deprecation.\(name) is no day such as 2026-11-01")
    }
    return second
  }

  /// The first second of a day from 1970 to 9999, as RFC 3339 writes it; nil for any other text.
  static func second(_ day: String) -> Int? {
    let bytes = Array(day.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = number(bytes[0..<4]), let month = number(bytes[5..<7]),
      let date = number(bytes[8..<10]), year >= 1970, (1...12).contains(month)
    else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1...lengths[month - 1]).contains(date) else { return nil }
    let before = year - 1
    let leapDays = before / 4 - before / 100 + before / 400 - (1969 / 4 - 1969 / 100 + 1969 / 400)
    let days = (year - 1970) * 365 + leapDays + lengths[..<(month - 1)].reduce(0, +) + date - 1
    return days * 86_400
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1) - 0x30 }
  }
}
