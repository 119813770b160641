import Dispatch
import RPC
import Synchronization
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
        try await queue.run(for: "a", deadline: deadline) {
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

  /// What waits in a queue of one place that is taken, until the gate opens.
  private final class Line: Sendable {
    let queue: DerivationQueue
    let gate = DispatchSemaphore(value: 0)
    let order = Mutex<[String]>([])

    init(depth: Int) async throws {
      queue = DerivationQueue(width: 1, depth: depth)
      let started = Counter()
      let (queue, gate) = (queue, gate)
      Task {
        try await queue.run(for: "first", deadline: .now + .seconds(60)) {
          started.increment()
          gate.wait()
        }
      }
      while started.value == 0 { await Task.yield() }
    }

    /// Takes a place; returns when it has one, or was refused one.
    func join(_ origin: String) async -> Task<Void, any Error> {
      let before = queue.waiting
      let settled = Counter()
      let task = Task {
        defer { settled.increment() }
        try await queue.run(for: origin, deadline: .now + .seconds(60)) {
          self.order.withLock { $0.append(origin) }
        }
      }
      while queue.waiting == before, settled.value == 0 { await Task.yield() }
      return task
    }
  }

  @Test("gives everybody a turn, however much one asks for", .covers("S-C29"))
  func turns() async throws {
    let line = try await Line(depth: 64)
    var tasks: [Task<Void, any Error>] = []
    for origin in ["flood", "flood", "flood", "a", "flood", "b"] {
      tasks.append(await line.join(origin))
    }
    line.gate.signal()
    for task in tasks { try await task.value }
    #expect(
      line.order.withLock { $0 } == ["flood", "a", "b", "flood", "flood", "flood"])
  }

  @Test("lets nobody fill the line alone, and the greediest make room", .covers("S-C29"))
  func shares() async throws {
    let line = try await Line(depth: 10)
    var flood: [Task<Void, any Error>] = []
    for _ in 0..<DerivationQueue.depthOfOrigin { flood.append(await line.join("flood")) }
    let refused = await line.join("flood")
    await expectRefusal(.resourceExhausted, "TOO_MANY_ATTEMPTS") { try await refused.value }
    var others: [Task<Void, any Error>] = []
    // Two places are free, and two more are taken from the flood.
    for origin in ["a", "b", "c"] {
      let task = Task {
        try await line.queue.run(for: origin, deadline: .now + .seconds(60)) {
          line.order.withLock { $0.append(origin) }
        }
      }
      others.append(task)
    }
    await expectRefusal(.resourceExhausted, "TOO_MANY_ATTEMPTS") { try await flood.last?.value }
    line.gate.signal()
    for task in others + flood.dropLast() { try await task.value }
  }

  @Test("forgets who has gone")
  func cancelled() async throws {
    let line = try await Line(depth: 64)
    let gone = await line.join("gone")
    gone.cancel()
    await #expect(throws: CancellationError.self) { try await gone.value }
    line.gate.signal()
    try await line.queue.run(for: "a", deadline: .now + .seconds(60)) {}
    #expect(line.order.withLock { $0 }.isEmpty)
  }

  @Test("gives up work whose turn comes too late")
  func late() async throws {
    let ran = Counter()
    await expectRefusal(.deadlineExceeded, "DEADLINE_EXCEEDED") {
      _ = try await DerivationQueue().run(for: "a", deadline: .now - .seconds(1)) {
        ran.increment()
      }
    }
    #expect(ran.value == 0)
  }

  @Test("hands on what the work throws")
  func failure() async {
    struct Broken: Error {}
    await #expect(throws: Broken.self) {
      try await DerivationQueue().run(for: "a", deadline: soon()) { throw Broken() }
    }
  }
}
