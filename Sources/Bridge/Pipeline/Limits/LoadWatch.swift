public import Logging

/// Looks how long work waits for a thread of this process, and lets calls be refused where that is
/// too long. To be run as long as doors are open.
public struct LoadWatch: Sendable {
  private static let pause: Duration = .milliseconds(10)
  private static let looks = 10

  private let shedder: LoadShedder
  private let logger: Logger

  /// - Parameter pipeline: whose calls are refused.
  public init(_ pipeline: Pipeline, logger: Logger) {
    shedder = pipeline.shedder
    self.logger = logger
  }

  /// Looks until the task is cancelled.
  public func run() async {
    var isShedding = false
    while !Task.isCancelled {
      var least: Duration = .seconds(3600)
      for _ in 0..<Self.looks {
        let due = ContinuousClock.now + Self.pause
        // Ends early only when cancelled, and then so does the loop.
        try? await Task.sleep(for: Self.pause)
        least = min(least, .now - due)
      }
      shedder.observe(delay: least)
      let shed = shedder.takeShedCount()
      if shed > 0 || isShedding {
        logger.warning(
          "calls refused: the process gets through no more",
          metadata: ["calls": "\(shed)", "limit": "\(shedder.currentLimit)"])
      }
      isShedding = shed > 0
    }
  }
}
