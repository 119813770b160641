import Dispatch
import RPC
import TestSupport
import Testing

@testable import Platform

@Suite("The queue of derivations")
struct DerivationQueueTests {
  private func soon() -> ContinuousClock.Instant { .now + .seconds(60) }

  @Test("runs no more than its width, and refuses what finds no place in the line")
  func bounds() async throws {
    let queue = DerivationQueue(width: 1, depth: 1)
    let gate = DispatchSemaphore(value: 0)
    let started = Counter()
    let deadline = soon()
    func job() -> Task<Void, any Error> {
      Task {
        try await queue.run(deadline: deadline) {
          started.increment()
          gate.wait()
        }
      }
    }
    let first = job()
    while started.value == 0 { await Task.yield() }
    // One runs; of two more, one waits and the other is refused, whichever comes first.
    let others = [job(), job()]
    let refused = Counter()
    let settled = Counter()
    for other in others {
      Task {
        do {
          try await other.value
        } catch let error as RPCError where error.reason == "TOO_MANY_ATTEMPTS" {
          refused.increment()
        }
        settled.increment()
      }
    }
    while refused.value == 0 { await Task.yield() }
    #expect(started.value == 1)
    gate.signal()
    gate.signal()
    try await first.value
    while settled.value < 2 { await Task.yield() }
    #expect(started.value == 2)
    #expect(refused.value == 1)
  }

  @Test("gives up work whose turn comes too late")
  func late() async throws {
    let ran = Counter()
    await expectRefusal(.deadlineExceeded, "DEADLINE_EXCEEDED") {
      _ = try await DerivationQueue().run(deadline: .now - .seconds(1)) { ran.increment() }
    }
    #expect(ran.value == 0)
  }

  @Test("hands on what the work throws")
  func failure() async {
    struct Broken: Error {}
    await #expect(throws: Broken.self) {
      try await DerivationQueue().run(deadline: soon()) { throw Broken() }
    }
  }
}
