internal import CGRPC
internal import Synchronization

/// What the listener has to say, in the core's log (`CoreLog`): a line per subject and second, so
/// that a stranger who knocks without end does not fill a disk.
final class ListenerLog: Sendable {
  private struct Subject {
    var next: ContinuousClock.Instant
    var suppressed = 0
  }

  private static let interval: Duration = .seconds(1)
  private static let mostSubjects = 1024

  private let subjects = Mutex<[String: Subject]>([:])

  /// - Parameters:
  ///   - subject: What is limited: the kind of line, and whose it is.
  ///   - severity: Whether somebody should look.
  ///   - text: The line; made only where it is written.
  func write(
    _ subject: String, _ severity: gpr_log_severity = GPR_LOG_SEVERITY_ERROR, _ text: () -> String
  ) {
    guard let suppressed = begin(subject, now: .now) else { return }
    let more = suppressed > 0 ? " (and \(suppressed) more of the kind)" : ""
    gpr_log_message("listener", 0, severity, text() + more)
  }

  /// Whether a line may be written now: how many of its subject were not, since the last; nil where
  /// it may not.
  func begin(_ subject: String, now: ContinuousClock.Instant) -> Int? {
    subjects.withLock { subjects -> Int? in
      if var known = subjects[subject], known.next > now {
        known.suppressed += 1
        subjects[subject] = known
        return nil
      }
      let suppressed = subjects[subject]?.suppressed ?? 0
      if subjects.count >= Self.mostSubjects { subjects.removeAll(keepingCapacity: true) }
      subjects[subject] = Subject(next: now + Self.interval)
      return suppressed
    }
  }
}
