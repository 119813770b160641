import Synchronization

/// A value that comes later, for any number of tasks that wait for it, each for as long as it
/// likes.
public final class Promise<Value: Sendable>: Sendable {
  private struct State {
    var value: Value?
    var waiters: [Int: CheckedContinuation<Value?, Never>] = [:]
    /// Waiters that gave up before they began to wait.
    var gone: Set<Int> = []
    var next = 0
  }

  private let state = Mutex(State())

  /// Creates one without a value.
  public init() {}

  /// Gives the value; only the first one counts.
  public func fulfil(_ value: Value) {
    let waiters = state.withLock { state -> [CheckedContinuation<Value?, Never>] in
      guard state.value == nil else { return [] }
      state.value = value
      defer { state.waiters = [:] }
      return Array(state.waiters.values)
    }
    for waiter in waiters { waiter.resume(returning: value) }
  }

  /// The value; nil where the time is over or the waiting task is cancelled before it comes.
  public func value(until expiry: ContinuousClock.Instant?) async -> Value? {
    let number = state.withLock { state in
      state.next += 1
      return state.next
    }
    let alarm = expiry.map { expiry in
      Task {
        // Cancelled when the value came first.
        guard (try? await Task.sleep(until: expiry, clock: .continuous)) != nil else { return }
        giveUp(number)
      }
    }
    defer { alarm?.cancel() }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let ready = state.withLock { state -> Value?? in
          if let value = state.value { return .some(value) }
          if state.gone.remove(number) != nil { return .some(nil) }
          state.waiters[number] = continuation
          return nil
        }
        if let ready { continuation.resume(returning: ready) }
      }
    } onCancel: {
      giveUp(number)
    }
  }

  private func giveUp(_ number: Int) {
    let waiter = state.withLock { state -> CheckedContinuation<Value?, Never>? in
      if state.value == nil, state.waiters[number] == nil { state.gone.insert(number) }
      return state.waiters.removeValue(forKey: number)
    }
    waiter?.resume(returning: nil)
  }
}
