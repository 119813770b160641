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
    let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
    for (key, value) in all.sorted(by: { $0.key < $1.key }) {
      member(Self.reserved.contains(key) ? "_" + key : key, "\(value)", to: &line)
    }
    line.append(contentsOf: [UInt8(ascii: "}"), UInt8(ascii: "\n")])
    write(line)
  }

  private static let reserved: Set<String> = ["time", "level", "logger", "message"]

  /// RFC 3339 in UTC with milliseconds.
  static func timestamp(_ date: Date) -> String {
    date.formatted(
      .iso8601.year().month().day().dateSeparator(.dash).dateTimeSeparator(.standard)
        .time(includingFractionalSeconds: true).timeSeparator(.colon).timeZone(separator: .omitted))
  }

  private func member(_ key: String, _ value: String, to line: inout [UInt8], first: Bool = false) {
    if !first { line.append(UInt8(ascii: ",")) }
    Self.quote(key, to: &line)
    line.append(UInt8(ascii: ":"))
    Self.quote(value, to: &line)
  }

  private static func quote(_ text: String, to line: inout [UInt8]) {
    line.append(UInt8(ascii: "\""))
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
    line.append(UInt8(ascii: "\""))
  }
}
