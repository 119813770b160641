import Testing

@testable import Postgres

@Suite("The pool's decisions")
struct PoolStateTests {
  private let start = ContinuousClock.now
  private func later(_ milliseconds: Int) -> ContinuousClock.Instant {
    start + .milliseconds(milliseconds)
  }

  private func submit(
    _ state: inout PoolState, _ request: RequestID, expiry: Int = 1000
  ) -> PoolState.Submission {
    state.submit(request, expiry: later(expiry), refusal: .exhausted)
  }

  @Test("opens connections on demand, up to the limit")
  func demand() {
    var state = PoolState(limit: 2, maxWaiters: 10)
    let none = state.open(1, now: start)
    #expect(!none)
    for request in 1...3 as ClosedRange<RequestID> {
      let submission = submit(&state, request)
      #expect(submission == .wait)
    }
    let opened = (1...3).map { state.open($0, now: start) }
    #expect(opened == [true, true, false])
    let placements = [state.connected(1), state.connected(2)]
    #expect(placements == [.assign(1), .assign(2)])
    let third = state.released(1)
    #expect(third == .assign(3))
    let parked = [state.released(2), state.released(1)]
    #expect(parked == [.park, .park])
    // The connection that worked last works first.
    let next = submit(&state, 4)
    #expect(next == .assign(1))
    #expect(state.idle == [2])
  }

  @Test("refuses beyond the queue's end and lets expired waiters go, in order")
  func queue() {
    var state = PoolState(limit: 1, maxWaiters: 2)
    let submissions = [
      submit(&state, 1, expiry: 500), submit(&state, 2, expiry: 100), submit(&state, 3),
    ]
    #expect(submissions == [.wait, .wait, .refuse(.exhausted)])
    #expect(state.wakeUp == later(100))
    let early = state.expire(now: later(99))
    #expect(early.isEmpty)
    let expired = state.expire(now: later(100))
    #expect(expired.map(\.request) == [2])
    #expect(state.wakeUp == later(500))
    let withdrawn = [state.withdraw(1), state.withdraw(1)]
    #expect(withdrawn == [true, false])
    // The alarm of a waiter that left is answered by nothing, once.
    let nobody = state.expire(now: later(500))
    #expect(nobody.isEmpty)
    #expect(state.wakeUp == nil)
  }

  @Test("opens the circuit after failures without a connection, probes ever more slowly, recovers")
  func circuit() {
    var state = PoolState(limit: 4, maxWaiters: 10)
    _ = submit(&state, 1)
    let first = state.open(1, now: start)
    #expect(first)
    let unconcerned = state.connectFailed(1, now: start)
    #expect(unconcerned.isEmpty && !state.isCircuitOpen)
    let hasty = state.open(2, now: later(49))
    #expect(!hasty)
    #expect(state.wakeUp == later(50))
    let second = state.open(2, now: later(50))
    #expect(second)
    let refused = state.connectFailed(2, now: later(50))
    #expect(refused == [1])
    #expect(state.isCircuitOpen)
    let atOnce = submit(&state, 2)
    #expect(atOnce == .refuse(.unavailable))

    var now = 50
    var pauses: [Int] = []
    for connection in 3...10 as ClosedRange<ConnectionID> {
      var pause = 0
      while !state.open(connection, now: later(now + pause)) { pause += 50 }
      pauses.append(pause)
      now += pause
      let parallel = state.open(connection + 100, now: later(now))
      #expect(!parallel)
      _ = state.connectFailed(connection, now: later(now))
    }
    #expect(pauses == [100, 200, 400, 800, 1600, 2000, 2000, 2000])
    let again = state.open(20, now: later(now + 2000))
    #expect(again)
    let placement = state.connected(20)
    #expect(placement == .park)
    #expect(!state.isCircuitOpen && state.failures == 0)
    let served = submit(&state, 3)
    #expect(served == .assign(20))
  }

  @Test("keeps the circuit closed while some connection lives, and does not spin")
  func partialFailure() {
    var state = PoolState(limit: 2, maxWaiters: 10)
    _ = submit(&state, 1)
    _ = state.open(1, now: start)
    _ = state.connected(1)
    _ = submit(&state, 2)
    for round in 0..<5 {
      let connection = ConnectionID(round + 2)
      let opened = state.open(connection, now: later(round * 2000))
      #expect(opened)
      let refused = state.connectFailed(connection, now: later(round * 2000))
      #expect(refused.isEmpty)
    }
    #expect(!state.isCircuitOpen)
    let served = state.released(1)
    #expect(served == .assign(2))
    _ = state.released(1)
    _ = state.expire(now: later(20_000))
    #expect(state.wakeUp == nil)
    state.lost(1)
    #expect(state.connections == 0)
    let probe = state.open(9, now: later(20_000))
    #expect(probe)
  }

  @Test("serves nobody new after a shutdown and closes what comes back")
  func shutdown() {
    var state = PoolState(limit: 2, maxWaiters: 10)
    for request in 1...3 as ClosedRange<RequestID> { _ = submit(&state, request) }
    _ = state.open(1, now: start)
    _ = state.open(2, now: start)
    _ = state.connected(1)
    let rest = state.shutDown()
    #expect(rest.requests == [2, 3])
    #expect(rest.connections == [])
    let placements = [state.connected(2), state.released(1)]
    #expect(placements == [.close, .close])
    let late = submit(&state, 4)
    #expect(late == .refuse(.shutDown))
    let opened = state.open(3, now: start)
    #expect(!opened)
    #expect(state.wakeUp == nil)
  }
}
