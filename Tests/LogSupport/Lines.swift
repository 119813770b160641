public import Logging
public import Synchronization

/// The lines of a log.
public final class Lines: Sendable {
  private struct Handler: LogHandler {
    let lines: Lines
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .trace
    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }
    func log(
      level: Logger.Level, message: Logger.Message, metadata: Logger.Metadata?, source: String,
      file: String, function: String, line: UInt
    ) {
      let line = "\(message) \((metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0)=\($1)" })"
      lines.all.withLock { $0.append(line) }
    }
  }

  /// Each as its message and metadata.
  public let all = Mutex<[String]>([])

  /// Creates it, without any.
  public init() {}

  /// What writes them.
  public var logger: Logger { Logger(label: "test") { _ in Handler(lines: self) } }

  /// How many begin with this.
  public func count(of message: String) -> Int {
    all.withLock { $0.count { $0.hasPrefix(message) } }
  }
}
