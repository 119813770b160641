import Synchronization

/// The keyed calls that run in this process. Of those in others the database knows: whoever commits
/// second finds the first one's answer.
final class RunningCalls: Sendable {
  private struct Key: Hashable {
    let tenantID: String
    let key: [UInt8]
  }

  private let running = Mutex<Set<Key>>([])

  /// Whether the call may begin; where it may, it has to end.
  func begin(_ call: KeyedCall) -> Bool {
    running.withLock { $0.insert(Key(tenantID: call.tenantID, key: call.key)).inserted }
  }

  func end(_ call: KeyedCall) {
    _ = running.withLock { $0.remove(Key(tenantID: call.tenantID, key: call.key)) }
  }

  var count: Int { running.withLock(\.count) }
}
