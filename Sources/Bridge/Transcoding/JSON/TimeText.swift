/// The JSON of google.protobuf.Timestamp (RFC 3339) and google.protobuf.Duration.
enum TimeText {
  /// Years 1 to 9999.
  static let timestampSeconds: ClosedRange<Int64> = -62_135_596_800...253_402_300_799
  /// About ten thousand years either way; duration.proto bounds the seconds and the nanoseconds
  /// apart, so a fraction may stand behind the greatest.
  static let durationSeconds: ClosedRange<Int64> = -315_576_000_000...315_576_000_000

  // MARK: Reading

  /// Seconds since 1970 and nanoseconds (0 to 999,999,999) of `2024-02-29T12:00:00.5+02:00`.
  static func timestamp(_ text: Bytes) -> (seconds: Int64, nanos: Int32)? {
    guard text.count >= 20, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
      text[10] == UInt8(ascii: "T"), text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
      let year = digits(text, 0, 4), let month = digits(text, 5, 2), let day = digits(text, 8, 2),
      let hour = digits(text, 11, 2), let minute = digits(text, 14, 2),
      let second = digits(text, 17, 2),
      year >= 1, (1...12).contains(month), day >= 1, day <= daysIn(month: month, year: year),
      hour <= 23, minute <= 59, second <= 59
    else { return nil }
    var index = 19
    var nanos: Int32 = 0
    if text[index] == UInt8(ascii: ".") {
      guard let (value, next) = fraction(text, from: index + 1) else { return nil }
      nanos = value
      index = next
    }
    guard index < text.count else { return nil }
    var offset = 0
    switch text[index] {
    case UInt8(ascii: "Z"):
      guard index + 1 == text.count else { return nil }
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      guard index + 6 == text.count, text[index + 3] == UInt8(ascii: ":"),
        let hours = digits(text, index + 1, 2), let minutes = digits(text, index + 4, 2),
        hours <= 23, minutes <= 59
      else { return nil }
      offset = (hours * 60 + minutes) * (text[index] == UInt8(ascii: "-") ? -60 : 60)
    default: return nil
    }
    let seconds =
      Int64(daysSince1970(year: year, month: month, day: day)) * 86_400
      + Int64(hour * 3600 + minute * 60 + second - offset)
    return timestampSeconds.contains(seconds) ? (seconds, nanos) : nil
  }

  /// Seconds and nanoseconds, of one sign, of `-1.5s`.
  static func duration(_ text: Bytes) -> (seconds: Int64, nanos: Int32)? {
    guard text.count >= 2, text[text.count - 1] == UInt8(ascii: "s") else { return nil }
    let number = text.first(text.count - 1)
    let isNegative = number[0] == UInt8(ascii: "-")
    var index = isNegative ? 1 : 0
    let first = index
    var seconds: Int64 = 0
    while index < number.count, number[index] &- 0x30 < 10 {
      guard index - first < 12 else { return nil }
      seconds = seconds * 10 + Int64(number[index] &- 0x30)
      index += 1
    }
    guard index > first else { return nil }
    var nanos: Int32 = 0
    if index < number.count {
      guard number[index] == UInt8(ascii: "."),
        let (value, next) = fraction(number, from: index + 1), next == number.count
      else { return nil }
      nanos = value
    }
    guard seconds <= durationSeconds.upperBound else { return nil }
    return isNegative ? (-seconds, -nanos) : (seconds, nanos)
  }

  private static func digits(_ text: Bytes, _ start: Int, _ count: Int) -> Int? {
    var value = 0
    for index in start..<start + count {
      let digit = text[index] &- 0x30
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
    }
    return value
  }

  /// One to nine digits behind a point, as nanoseconds, and where they end.
  private static func fraction(_ text: Bytes, from start: Int) -> (Int32, Int)? {
    var value: Int32 = 0
    var index = start
    while index < text.count, text[index] &- 0x30 < 10 {
      guard index - start < 9 else { return nil }
      value = value * 10 + Int32(text[index] &- 0x30)
      index += 1
    }
    guard index > start else { return nil }
    for _ in (index - start)..<9 { value *= 10 }
    return (value, index)
  }

  // MARK: Writing

  /// The greatest length of what the functions below write.
  static let greatestLength = 40

  /// Writes a timestamp. Returns its length, or nil if it is out of range.
  static func write(
    timestamp seconds: Int64, nanos: Int32, to target: UnsafeMutablePointer<UInt8>
  ) -> Int? {
    guard timestampSeconds.contains(seconds), (0...999_999_999).contains(nanos) else { return nil }
    let days = Int(seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400)
    let second = Int(seconds) - days * 86_400
    let date = date(daysSince1970: days)
    var length = 0
    func put(_ value: Int, _ count: Int, _ separator: Unicode.Scalar) {
      var value = value
      for position in stride(from: count - 1, through: 0, by: -1) {
        target[length + position] = UInt8(0x30 + value % 10)
        value /= 10
      }
      length += count
      target[length] = UInt8(ascii: separator)
      length += 1
    }
    put(date.year, 4, "-")
    put(date.month, 2, "-")
    put(date.day, 2, "T")
    put(second / 3600, 2, ":")
    put(second / 60 % 60, 2, ":")
    put(second % 60, 2, "Z")
    guard nanos > 0 else { return length }
    length = write(fraction: nanos, to: target, at: length - 1)
    target[length] = UInt8(ascii: "Z")
    return length + 1
  }

  /// Writes a duration. Returns its length, or nil if it is out of range or of two signs.
  static func write(
    duration seconds: Int64, nanos: Int32, to target: UnsafeMutablePointer<UInt8>
  ) -> Int? {
    guard durationSeconds.contains(seconds), (-999_999_999...999_999_999).contains(nanos),
      !(seconds > 0 && nanos < 0), !(seconds < 0 && nanos > 0)
    else { return nil }
    var length = 0
    if seconds < 0 || nanos < 0 {
      target[0] = UInt8(ascii: "-")
      length = 1
    }
    length += DecimalText.write(seconds.magnitude, to: target + length)
    if nanos != 0 { length = write(fraction: abs(nanos), to: target, at: length) }
    target[length] = UInt8(ascii: "s")
    return length + 1
  }

  /// Three, six or nine digits behind a point.
  private static func write(
    fraction nanos: Int32, to target: UnsafeMutablePointer<UInt8>, at start: Int
  ) -> Int {
    var value = Int(nanos)
    var count = 9
    while count > 3, value % 1000 == 0 {
      value /= 1000
      count -= 3
    }
    target[start] = UInt8(ascii: ".")
    for position in stride(from: count, through: 1, by: -1) {
      target[start + position] = UInt8(0x30 + value % 10)
      value /= 10
    }
    return start + count + 1
  }

  // MARK: The calendar

  private static func daysIn(month: Int, year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days of the proleptic Gregorian calendar, counted in years that begin in March, so that the
  /// leap day comes last.
  private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
    let year = month > 2 ? year : year - 1
    let month = month > 2 ? month - 3 : month + 9
    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 719_469
  }

  private static func date(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
    // Of the era of 400 years that begins on the first of March of year 0.
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    let isNextYear = month >= 10
    return (era * 400 + yearOfEra + (isNextYear ? 1 : 0), isNextYear ? month - 9 : month + 3, day)
  }
}
