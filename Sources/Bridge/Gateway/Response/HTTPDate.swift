import Glibc

/// The `date` header (RFC 9110 section 5.6.7), written anew once a second, with what else stands in
/// every answer.
struct HTTPDate {
  private(set) var line: [UInt8] = []
  private var second = -1
  private let constant: [UInt8]

  /// - Parameter strictTransport: For how long browsers are to come by TLS alone (RFC 6797); nil says
  ///   nothing of it.
  init(strictTransport: Duration? = nil) {
    constant =
      strictTransport.map {
        Array("strict-transport-security: max-age=\($0.components.seconds)\r\n".utf8)
      } ?? []
  }

  /// The header lines of this second, CRLF included.
  mutating func current() -> [UInt8] {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME_COARSE, &now)
    if now.tv_sec != second {
      second = now.tv_sec
      line = Self.line(second) + constant
    }
    return line
  }

  /// The header line of a second since 1970.
  static func line(_ second: Int) -> [UInt8] { Array("date: \(text(second))\r\n".utf8) }

  /// A second since 1970, as headers write it.
  static func text(_ second: Int) -> String {
    let days = second / 86_400
    let time = second % 86_400
    // The civil calendar in years that begin in March, 400 of which are one cycle.
    let shifted = days + 719_468
    let cycle = shifted / 146_097
    let dayOfCycle = shifted % 146_097
    let yearOfCycle =
      (dayOfCycle - dayOfCycle / 1_460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
    let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
    let march = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * march + 2) / 5 + 1
    let month = march < 10 ? march + 2 : march - 10
    let year = yearOfCycle + cycle * 400 + (month < 2 ? 1 : 0)

    let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    return
      "\(weekdays[days % 7]), \(two(day)) \(months[month]) \(year) "
      + "\(two(time / 3_600)):\(two(time / 60 % 60)):\(two(time % 60)) GMT"
  }

  private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
