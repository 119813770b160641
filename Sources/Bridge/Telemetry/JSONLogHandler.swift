import FoundationEssentials
public import Logging
import Synchronization

/// Writes log entries as JSON lines (RFC 8259), one write per entry: whatever an entry holds, a
/// line break or an escape sequence included, it stays one line (security.md H9).
public struct JSONLogHandler: LogHandler {
  public var logLevel: Logger.Level
  public var metadata: Logger.Metadata = [:]
  private let label: String
  private let write: @Sendable ([UInt8]) -> Void

  /// Creates a handler.
  ///
  /// - Parameter write: Gets each line with its line break.
  public init(
    label: String, level: Logger.Level = .info, write: @escaping @Sendable ([UInt8]) -> Void
  ) {
    self.label = label
    self.write = write
    logLevel = level
  }

  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  public func log(event: LogEvent) {
    var line: [UInt8] = []
    line.reserveCapacity(256)
    line.append(UInt8(ascii: "{"))
    member("time", Self.timestamp(Date.now), to: &line, first: true)
    member("level", event.level.rawValue, to: &line)
    member("logger", label, to: &line)
    member("message", "\(event.message)", to: &line)
    let own = event.metadata ?? [:]
    let all = metadata.isEmpty ? own : metadata.merging(own) { _, new in new }
    for (key, value) in all.sorted(by: { $0.key < $1.key }) {
      let text = if case .string(let text) = value { text } else { "\(value)" }
      member(Self.reserved.contains(key) ? "_" + key : key, text, to: &line)
    }
    line.append(contentsOf: [UInt8(ascii: "}"), UInt8(ascii: "\n")])
    write(line)
  }

  private static let reserved: Set<String> = ["time", "level", "logger", "message"]

  /// RFC 3339 in UTC with milliseconds.
  static func timestamp(_ date: Date) -> String {
    let milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded(.down))
    let (days, time) = milliseconds.quotientAndRemainder(flooringBy: 86_400_000)
    // Days are counted in eras of 400 years that begin on a 1 March, so that a leap day is a last
    // one. From there 153 days are five months, whichever month it is.
    let (era, day) = (days + 719_468).quotientAndRemainder(flooringBy: 146_097)
    let yearOfEra = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
    let dayOfYear = day - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let year = era * 400 + yearOfEra + (month < 10 ? 0 : 1)
    var text: [UInt8] = []
    text.reserveCapacity(24)
    text.append(digits: year, 4, "-")
    text.append(digits: month < 10 ? month + 3 : month - 9, 2, "-")
    text.append(digits: dayOfYear - (153 * month + 2) / 5 + 1, 2, "T")
    text.append(digits: time / 3_600_000, 2, ":")
    text.append(digits: time / 60_000 % 60, 2, ":")
    text.append(digits: time / 1000 % 60, 2, ".")
    text.append(digits: time % 1000, 3, "Z")
    return String(decoding: text, as: UTF8.self)
  }

  private func member(_ key: String, _ value: String, to line: inout [UInt8], first: Bool = false) {
    if !first { line.append(UInt8(ascii: ",")) }
    Self.quote(key, to: &line)
    line.append(UInt8(ascii: ":"))
    Self.quote(value, to: &line)
  }

  private static func quote(_ text: String, to line: inout [UInt8]) {
    line.append(UInt8(ascii: "\""))
    defer { line.append(UInt8(ascii: "\"")) }
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f && $0 != 0x22 && $0 != 0x5c }) {
      return line.append(contentsOf: text.utf8)
    }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        line.append(contentsOf: [UInt8(ascii: "\\"), byte])
      case 0..<0x20, 0x7f:
        let digits = Array("0123456789abcdef".utf8)
        line.append(contentsOf: Array("\\u00".utf8))
        line.append(contentsOf: [digits[Int(byte >> 4)], digits[Int(byte & 15)]])
      default: line.append(byte)
      }
    }
  }
}

extension Int64 {
  fileprivate func quotientAndRemainder(flooringBy divisor: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}

extension [UInt8] {
  /// Appends a number with so many digits, and what follows it.
  fileprivate mutating func append(digits number: Int64, _ count: Int, _ next: Unicode.Scalar) {
    var divisor: Int64 = 1
    for _ in 1..<count { divisor *= 10 }
    while divisor > 0 {
      append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
      divisor /= 10
    }
    append(UInt8(ascii: next))
  }
}
