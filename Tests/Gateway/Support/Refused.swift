import RPC
import Synchronization

/// The calls that a door says it has refused.
final class Refused: Sendable {
  private let calls = Mutex<[RefusedCall]>([])

  var all: [RefusedCall] { calls.withLock { $0 } }

  func add(_ call: RefusedCall) { calls.withLock { $0.append(call) } }

  /// The first one; waits for it. Nil where none comes, far beyond what anything takes.
  func first() async throws -> RefusedCall? {
    let end = ContinuousClock.now + .seconds(30)
    while all.isEmpty, .now < end { try await Task.sleep(for: .milliseconds(1)) }
    return all.first
  }
}
