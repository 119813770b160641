import Logging
import Postgres
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Platform

/// An outbox that a test fills, breaks and sets back.
final class ScriptedSource: OutboxSource {
  private struct State {
    var horizon: UInt64 = 100
    var isAway = false
    var positions: [OutboxPosition] = []
  }

  private let state = Mutex(State())

  var positions: [OutboxPosition] { state.withLock { $0.positions } }

  func set(horizon: UInt64) { state.withLock { $0.horizon = horizon } }

  func set(isAway: Bool) { state.withLock { $0.isAway = isAway } }

  func horizon() async throws -> UInt64 { try state.withLock { try answer($0) } }

  func page(after position: OutboxPosition) async throws -> OutboxPage {
    try state.withLock { state in
      state.positions.append(position)
      return OutboxPage(
        horizon: try answer(state), events: [], unreadable: 0, end: position, isFull: false)
    }
  }

  func deleteOldest(olderThan age: Duration) async throws -> Int {
    try state.withLock { _ = try answer($0) }
    return 0
  }

  private func answer(_ state: State) throws -> UInt64 {
    if state.isAway { throw PostgresError(code: .unavailable) }
    return state.horizon
  }
}

@Suite("The place of the dispatcher")
struct OutboxTailTests {
  private let source = ScriptedSource()
  private let hub = EventHub()
  private let pace = OutboxDispatcher.Pace(
    poll: .milliseconds(2), rest: .zero, afterFailure: .milliseconds(2), cleanup: .milliseconds(2))

  @Test("survives an outage", .covers("S-G10"))
  func outage() async throws {
    try await dispatching(source, to: hub, pace: pace) {
      source.set(isAway: true)
      source.set(horizon: 200)
      let before = source.positions.count
      while source.positions.count < before + 3 { try await Task.sleep(for: .milliseconds(1)) }
      source.set(isAway: false)
      let during = source.positions.count
      while source.positions.count < during + 3 { try await Task.sleep(for: .milliseconds(1)) }
      #expect(Set(source.positions) == [OutboxPosition(horizon: 100)])
    }
  }

  @Test("is taken anew in a database that was set back, and watchers are told")
  func rewound() async throws {
    let watcher = hub.subscribe(tenantID: TenantIdentifier.nobody)
    try await dispatching(source, to: hub, pace: pace) {
      source.set(horizon: 50)
      #expect(await watcher.next() == .missed)
      let rewound = try await eventually { source.positions.last == OutboxPosition(horizon: 50) }
      #expect(rewound)
    }
    watcher.cancel()
  }
}
