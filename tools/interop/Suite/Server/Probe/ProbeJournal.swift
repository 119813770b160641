import Glibc
import RPC
import Synchronization

/// When held calls began to wait and when they learned of their end, for whoever asks.
final class ProbeJournal: Sendable {
  private struct State {
    var events: [String: Int64] = [:]
    var attempts: [String: Int] = [:]
  }

  /// The most names that are remembered.
  private static let limit = 100_000

  private let state = Mutex(State())

  /// Remembers that an event happened now.
  func note(_ event: String) {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    state.withLock { state in
      guard state.events.count < Self.limit else { return }
      state.events[event] = Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
    }
  }

  /// When an event happened, in nanoseconds of the machine's monotonic clock; waits for it.
  ///
  /// - Throws: `CancellationError` when the asker goes.
  func time(of event: String) async throws -> Int64 {
    while true {
      if let time = state.withLock({ $0.events[event] }) { return time }
      try await Task.sleep(for: .milliseconds(1))
    }
  }

  /// Counts an attempt of a key; returns how many there were with it.
  func attempt(_ key: String) -> Int {
    state.withLock { state in
      guard state.attempts.count < Self.limit else { return .max }
      state.attempts[key, default: 0] += 1
      return state.attempts[key, default: 0]
    }
  }
}
