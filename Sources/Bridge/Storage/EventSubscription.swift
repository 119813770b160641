import Synchronization

/// One watcher's events. A watcher that falls behind by more than the buffer gets a `missed` in
/// place of what did not fit, and reads the rows themselves.
public final class EventSubscription: Sendable {
  /// What a watcher gets.
  public enum Element: Sendable, Hashable {
    /// An event.
    case event(OutboxEvent)
    /// Events were missed: read the rows.
    case missed
  }

  static let capacity = 256

  private struct State {
    var buffer: [Element] = []
    var waiter: CheckedContinuation<Element?, Never>?
    var cancelled = false
  }

  let tenantID: String
  private let hub: EventHub
  private let state = Mutex(State())

  init(hub: EventHub, tenantID: String) {
    self.hub = hub
    self.tenantID = tenantID
  }

  /// The next event; nil once the subscription or the waiting task is cancelled. One task waits.
  public func next() async -> Element? {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let ready = state.withLock { state -> Element?? in
          if state.cancelled { return .some(nil) }
          if !state.buffer.isEmpty { return state.buffer.removeFirst() }
          state.waiter = continuation
          return nil
        }
        if let ready { continuation.resume(returning: ready) }
      }
    } onCancel: {
      cancel()
    }
  }

  /// Ends the subscription.
  public func cancel() {
    let waiter = state.withLock { state in
      state.cancelled = true
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume(returning: nil)
    hub.remove(self)
  }

  func offer(_ event: OutboxEvent) { offer(.event(event)) }

  func offerMissed() { offer(.missed) }

  private func offer(_ element: Element) {
    let waiter = state.withLock { state -> CheckedContinuation<Element?, Never>? in
      guard !state.cancelled else { return nil }
      if let waiter = state.waiter {
        state.waiter = nil
        return waiter
      }
      if state.buffer.count < Self.capacity {
        state.buffer.append(element)
      } else {
        state.buffer = [.missed]
      }
      return nil
    }
    waiter?.resume(returning: element)
  }
}
