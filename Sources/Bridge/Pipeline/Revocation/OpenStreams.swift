import RPC
import Synchronization

/// The streams that are open in this process: each ends when the credential behind it is revoked,
/// without anyone looking at the others' in between.
final class OpenStreams: Sendable {
  private struct Stream {
    let caller: Caller
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var next = 0
    var streams: [Int: Stream] = [:]
    /// Those whose task was cancelled before it waited.
    var cancelled: Set<Int> = []
  }

  private let revocations: any RevocationList
  private let state = Mutex(State())

  init(revocations: any RevocationList) {
    self.revocations = revocations
    revocations.onChange { [weak self] in self?.look() }
  }

  /// Waits until the credential is revoked or the task is cancelled, whichever comes first.
  ///
  /// - Throws: `RPCError` of the revocation, or `CancellationError`.
  func untilRevoked(_ caller: Caller) async throws {
    let id = state.withLock { state in
      state.next += 1
      return state.next
    }
    // A cancellation that comes behind the end leaves its mark.
    defer { state.withLock { _ = $0.cancelled.remove(id) } }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let isCancelled = state.withLock { state in
          if state.cancelled.remove(id) != nil { return true }
          state.streams[id] = Stream(caller: caller, continuation: continuation)
          return false
        }
        if isCancelled { return continuation.resume(throwing: CancellationError()) }
        // Revoked between the admission and here: the change has been told already.
        look(at: id)
      }
    } onCancel: {
      let stream = state.withLock { state in
        let stream = state.streams.removeValue(forKey: id)
        if stream == nil { state.cancelled.insert(id) }
        return stream
      }
      stream?.continuation.resume(throwing: CancellationError())
    }
  }

  private func look() {
    let ids = state.withLock { Array($0.streams.keys) }
    for id in ids { look(at: id) }
  }

  private func look(at id: Int) {
    guard let caller = state.withLock({ $0.streams[id]?.caller }) else { return }
    do {
      try revocations.check(caller.principal, tenantID: caller.tenant.id)
    } catch {
      // Where nobody can tell now, the stream's own look from time to time decides.
      guard error.code == .unauthenticated else { return }
      let stream = state.withLock { $0.streams.removeValue(forKey: id) }
      stream?.continuation.resume(throwing: error)
    }
  }
}
