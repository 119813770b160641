import Synchronization

/// Lets one ask at a time whether the key store answers, once it did not: everybody else fails at once
/// instead of waiting with a transaction open.
final class KeyStoreGate: Sendable {
  private struct State {
    var failure: (any Error)?
    var failed: ContinuousClock.Instant?
    var asks = 0
  }

  /// How long nobody asks behind a failure.
  static let pause: Duration = .milliseconds(250)

  private let state = Mutex(State())

  /// - Throws: why the key store did not answer, where somebody else finds out whether it does now.
  func pass(at now: ContinuousClock.Instant) throws {
    let failure: (any Error)? = state.withLock { state in
      guard let failure = state.failure, let failed = state.failed else { return nil }
      return state.asks > 0 || now - failed < Self.pause ? failure : nil
    }
    if let failure { throw failure }
  }

  /// Asks, and remembers how it went.
  func ask<R: Sendable>(_ body: () async throws -> R) async throws -> R {
    state.withLock { $0.asks += 1 }
    do {
      let result = try await body()
      state.withLock { state in
        state.asks -= 1
        state.failure = nil
      }
      return result
    } catch {
      state.withLock { state in
        state.asks -= 1
        state.failure = error
        state.failed = .now
      }
      throw error
    }
  }
}
