public import Logging

/// From which level on loggers write: the usual one, and others for loggers whose labels begin so.
public struct LogLevels: Sendable {
  private let usual: Logger.Level
  /// The longest first: what says most counts.
  private let others: [(prefix: String, level: Logger.Level)]

  /// Creates levels.
  ///
  /// - Parameter others: By label, such as `artel.calls`, which is also for `artel.calls.more`.
  public init(_ usual: Logger.Level, others: [String: Logger.Level] = [:]) {
    self.usual = usual
    self.others = others.map { ($0.key, $0.value) }
      .sorted { $0.0.utf8.count > $1.0.utf8.count }
  }

  /// The level of a logger.
  public func level(of label: String) -> Logger.Level {
    others.first { label == $0.prefix || label.hasPrefix($0.prefix + ".") }?.level ?? usual
  }
}
