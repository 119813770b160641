import Dispatch
import Pipeline
import RPC
import Synchronization

/// Runs key derivations: few at a time, since each takes 16 MiB and 50 ms of a core, and on threads
/// of their own, since the callers' threads serve everybody else's calls.
final class DerivationQueue: Sendable {
  private struct Job: Sendable {
    let deadline: ContinuousClock.Instant
    /// Runs the work, or gives it up where nobody waits any more.
    let run: @Sendable (_ expired: Bool) -> Void
  }

  private struct State {
    var running = 0
    var waiting: [Job] = []
  }

  private let width: Int
  private let depth: Int
  private let threads = DispatchQueue(label: "artel.derivation", attributes: .concurrent)
  private let state = Mutex(State())

  /// - Parameters:
  ///   - width: how many run at once.
  ///   - depth: how many more may wait.
  init(width: Int = 2, depth: Int = 64) {
    self.width = width
    self.depth = depth
  }

  /// Runs work when there is room.
  ///
  /// - Throws: what the work throws, or `RPCError`: RESOURCE_EXHAUSTED where too many wait already,
  ///   DEADLINE_EXCEEDED where the turn came too late; the work has not run then.
  func run<R: Sendable>(
    deadline: ContinuousClock.Instant, _ work: @escaping @Sendable () throws -> R
  ) async throws -> R {
    try await withCheckedThrowingContinuation { continuation in
      let job = Job(deadline: deadline) { expired in
        continuation.resume(
          with: expired ? .failure(Self.late) : Result { try work() })
      }
      let admitted = state.withLock { state -> Bool? in
        if state.running < width {
          state.running += 1
          return true
        }
        guard state.waiting.count < depth else { return nil }
        state.waiting.append(job)
        return false
      }
      switch admitted {
      case true?: start(job)
      case false?: break
      case nil: continuation.resume(throwing: Self.full)
      }
    }
  }

  private func start(_ job: Job) {
    threads.async {
      job.run(job.deadline <= .now)
      let next = self.state.withLock { state -> Job? in
        if state.waiting.isEmpty {
          state.running -= 1
          return nil
        }
        return state.waiting.removeFirst()
      }
      if let next { self.start(next) }
    }
  }

  private static let full = RPCError(
    code: .resourceExhausted, reason: "TOO_MANY_ATTEMPTS",
    message: "too many clients authenticate at this moment", retryAfter: .seconds(1))

  private static let late = RPCError(
    code: .deadlineExceeded, reason: "DEADLINE_EXCEEDED",
    message: "the client could not be authenticated in time")
}
