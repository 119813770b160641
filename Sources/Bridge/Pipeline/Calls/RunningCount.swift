import Synchronization

/// How many of something are under way.
final class RunningCount: Sendable {
  private let count = Atomic<Int>(0)

  /// Begins another one.
  ///
  /// - Returns: whether there are not too many.
  func begin(_ most: Int) -> Bool {
    guard count.add(1, ordering: .relaxed).newValue <= most else {
      end()
      return false
    }
    return true
  }

  func end() { count.subtract(1, ordering: .relaxed) }
}
