internal import Synchronization

/// Opens once, and lets everyone through who waits or comes later.
final class Gate: Sendable {
  private struct State {
    var open = false
    var lastTicket = 0
    var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
  }

  private let state = Mutex(State())

  func open() {
    let waiting = state.withLock { state in
      state.open = true
      defer { state.waiting = [:] }
      return state.waiting
    }
    for continuation in waiting.values { continuation.resume() }
  }

  /// Waits until the gate opens, also where the task is cancelled.
  func wait() async { await wait(ticket()) }

  /// Waits until the gate opens or the task is cancelled.
  func waitUnlessCancelled() async {
    let ticket = ticket()
    await withTaskCancellationHandler {
      await wait(ticket, unless: { Task.isCancelled })
    } onCancel: {
      state.withLock { $0.waiting.removeValue(forKey: ticket) }?.resume()
    }
  }

  private func ticket() -> Int {
    state.withLock { state in
      state.lastTicket += 1
      return state.lastTicket
    }
  }

  private func wait(_ ticket: Int, unless isOver: () -> Bool = { false }) async {
    await withCheckedContinuation { continuation in
      // Asked under the lock: a cancellation before it is seen here, one behind it finds the ticket.
      let goes = state.withLock { state -> Bool in
        let goes = state.open || isOver()
        if !goes { state.waiting[ticket] = continuation }
        return goes
      }
      if goes { continuation.resume() }
    }
  }
}
