public import Logging
import Synchronization

/// What is written of what strangers send and nobody takes: a line for each reason and second, with how
/// many there were more, so that one who knocks without end does not fill a disk.
public final class RefusalLog: Sendable {
  private struct Subject {
    var next: ContinuousClock.Instant
    var suppressed = 0
  }

  private static let interval: Duration = .seconds(1)
  private static let mostSubjects = 256

  private let logger: Logger
  private let now: @Sendable () -> ContinuousClock.Instant
  private let subjects = Mutex<[String: Subject]>([:])

  /// Creates a log that writes by a logger.
  public init(
    _ logger: Logger, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.logger = logger
    self.now = now
  }

  /// Writes a line, unless one of its message and reason was written within the last second.
  public func write(
    _ level: Logger.Level, _ message: Logger.Message, why: String, peer: String,
    _ more: Logger.Metadata = [:]
  ) {
    guard let suppressed = begin("\(message) \(why)", now: now()) else { return }
    var metadata = more
    metadata["why"] = "\(why)"
    metadata["peer"] = "\(peer)"
    if suppressed > 0 { metadata["more"] = "\(suppressed)" }
    logger.log(level: level, message, metadata: metadata)
  }

  /// How many lines of a subject were left out since the last; nil where this one is to be, too.
  private func begin(_ subject: String, now: ContinuousClock.Instant) -> Int? {
    subjects.withLock { subjects -> Int? in
      if var known = subjects[subject], known.next > now {
        known.suppressed += 1
        subjects[subject] = known
        return nil
      }
      let suppressed = subjects[subject]?.suppressed ?? 0
      // Reasons may have words of a caller's: of more than there are true ones none is remembered.
      if subjects[subject] == nil, subjects.count >= Self.mostSubjects {
        subjects = subjects.filter { $0.value.next > now }
        guard subjects.count < Self.mostSubjects else { return nil }
      }
      subjects[subject] = Subject(next: now + Self.interval)
      return suppressed
    }
  }
}
