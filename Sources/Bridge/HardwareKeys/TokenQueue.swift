import Dispatch
import Synchronization

/// What is asked of a token: one after the other, and nobody waits for long. A token that hangs is asked
/// no more until it comes back.
final class TokenQueue: Sendable {
  private struct State {
    var waiting = 0
    /// Since when the token works on something.
    var began: ContinuousClock.Instant?
  }

  private let patience: Duration
  private let capacity: Int
  private let queue = DispatchQueue(label: "artel.pkcs11")
  private let state = Mutex(State())

  /// - Parameters:
  ///   - patience: how long one waits.
  ///   - capacity: how many wait at once.
  init(patience: Duration, capacity: Int) {
    self.patience = patience
    self.capacity = capacity
  }

  /// - Throws: `TokenError.slow`, `TokenError.busy`, or what `body` throws.
  func run(_ body: @escaping @Sendable () throws -> [UInt8]) async throws -> [UInt8] {
    try enter(at: .now)
    let answer = Answer()
    return try await withCheckedThrowingContinuation { continuation in
      answer.awaited(by: continuation)
      queue.async {
        defer { self.leave() }
        // Whoever gave up is not served any more.
        guard answer.isAwaited else { return }
        self.state.withLock { $0.began = .now }
        answer.give(Result(catching: body))
      }
      let end = DispatchTime.now() + .milliseconds(Int(patience / .milliseconds(1)))
      DispatchQueue.global().asyncAfter(deadline: end) { answer.give(.failure(TokenError.slow)) }
    }
  }

  private func enter(at now: ContinuousClock.Instant) throws(TokenError) {
    let refusal: TokenError? = state.withLock { state in
      if let began = state.began, now - began >= patience { return .slow }
      if state.waiting >= capacity { return .busy }
      state.waiting += 1
      return nil
    }
    if let refusal { throw refusal }
  }

  private func leave() {
    state.withLock { state in
      state.waiting -= 1
      state.began = nil
    }
  }
}

/// What one waits for: the first that is given counts.
private final class Answer: Sendable {
  private let waiting = Mutex<CheckedContinuation<[UInt8], any Error>?>(nil)

  var isAwaited: Bool { waiting.withLock { $0 != nil } }

  func awaited(by continuation: CheckedContinuation<[UInt8], any Error>) {
    waiting.withLock { $0 = continuation }
  }

  func give(_ result: Result<[UInt8], any Error>) {
    let continuation = waiting.withLock { waiting in
      defer { waiting = nil }
      return waiting
    }
    continuation?.resume(with: result)
  }
}
