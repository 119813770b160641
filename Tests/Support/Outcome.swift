import Synchronization

/// How a running test case does; issues are recorded from any thread.
final class Outcome: Sendable {
  private let failed = Atomic(false)

  /// Whether no issue was recorded yet.
  var passed: Bool { !failed.load(ordering: .acquiring) }

  func fail() {
    failed.store(true, ordering: .releasing)
  }
}
