import FoundationEssentials
public import Logging
import Synchronization

/// Writes log entries as JSON lines (RFC 8259), one write per entry: whatever an entry holds, a
/// line break or an escape sequence included, it stays one line (security.md H9), and no longer than
/// a few of `longest`.
///
/// The members are `time`, `level`, `logger`, `message`, and in a call `trace_id` and `span_id`, as
/// OpenTelemetry names them in logs that are not its own; metadata comes behind, by its keys.
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
    write(line(event.level, event.message, event.metadata ?? [:]))
  }

  private func line(
    _ level: Logger.Level, _ message: Logger.Message, _ own: Logger.Metadata
  ) -> [UInt8] {
    var line: [UInt8] = []
    line.reserveCapacity(256)
    line.append(UInt8(ascii: "{"))
    member("time", Self.timestamp(Date.now), to: &line, first: true)
    member("level", level.rawValue, to: &line)
    member("logger", label, to: &line)
    member("message", "\(message)", to: &line)
    if let context = TraceScope.current?.context {
      member("trace_id", "\(context.traceID)", to: &line)
      member("span_id", "\(context.spanID)", to: &line)
    }
    let all = metadata.isEmpty ? own : metadata.merging(own) { _, new in new }
    for (key, value) in all.sorted(by: { $0.key < $1.key }) {
      let text = if case .string(let text) = value { text } else { "\(value)" }
      member(Self.reserved.contains(key) ? "_" + key : key, text, to: &line)
    }
    line.append(contentsOf: [UInt8(ascii: "}"), UInt8(ascii: "\n")])
    return line
  }

  /// The line that tells that lines before it were dropped.
  static func lost(_ count: Int) -> [UInt8] {
    let entry = JSONLogHandler(label: "artel.log") { _ in }
    return entry.line(.warning, "log lines were dropped: nobody read", ["count": "\(count)"])
  }

  private static let reserved: Set<String> = [
    "time", "level", "logger", "message", "trace_id", "span_id",
  ]
  /// The most of one value, in bytes; what is longer is cut, and says so.
  static let longest = 8 << 10

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

  /// The beginning of a text that is too long, with how long it was.
  private static func cut(_ text: String) -> String {
    let count = text.utf8.count
    guard count > longest else { return text }
    // At the bytes, which may end within a character: that one is replaced.
    return String(decoding: text.utf8.prefix(longest), as: UTF8.self) + "…[cut: \(count) bytes]"
  }

  /// Writes a JSON string. What a terminal obeys is escaped: control characters of both sets, and
  /// what breaks lines or turns the direction of text.
  private static func quote(_ whole: String, to line: inout [UInt8]) {
    let text = cut(whole)
    line.append(UInt8(ascii: "\""))
    defer { line.append(UInt8(ascii: "\"")) }
    // U+0080 to U+009F begin with C2 in UTF-8, U+2028 to U+2069 with E2.
    if text.utf8.allSatisfy({
      $0 >= 0x20 && $0 != 0x7f && $0 != 0x22 && $0 != 0x5c && $0 != 0xc2 && $0 != 0xe2
    }) {
      return line.append(contentsOf: text.utf8)
    }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\":
        line.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: scalar)])
      case "\u{0}"..."\u{1f}", "\u{7f}"..."\u{9f}", "\u{2028}"..."\u{202e}",
        "\u{2066}"..."\u{2069}":
        line.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "u")])
        for shift in stride(from: 12, through: 0, by: -4) {
          line.append(digits[Int(scalar.value >> UInt32(shift) & 15)])
        }
      default: line.append(contentsOf: scalar.utf8)
      }
    }
  }

  private static let digits = Array("0123456789abcdef".utf8)
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
