public import Logging
public import Pipeline
public import ServiceLifecycle

/// Writes down every few seconds, and at the end, what tenants have used.
public struct QuotaCounting: Service {
  /// How long counts of this process alone may be: so much of a day is forgotten when it is killed.
  static let interval: Duration = .seconds(2)

  private let meter: QuotaMeter
  private let logger: Logger

  /// Takes the meter of the pipeline.
  public init(_ meter: QuotaMeter, logger: Logger) {
    self.meter = meter
    self.logger = logger
  }

  /// Runs until the service group shuts down or the task is cancelled.
  public func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        // Ends early only when cancelled, and then so does the loop.
        try? await Task.sleep(for: Self.interval)
        if !Task.isCancelled { await flush() }
      }
    }
    // The doors are closed: nothing is counted any more. Not cancelled itself, it may still write.
    await Task { await flush() }.value
  }

  private func flush() async {
    do {
      try await meter.flush()
    } catch {
      logger.warning("quotas cannot be written", metadata: ["error": "\(error)"])
    }
  }
}
