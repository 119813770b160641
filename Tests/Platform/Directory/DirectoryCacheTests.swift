import RPC
import Synchronization
import TestSupport
import Testing

@testable import Platform

@Suite("The directory's memory")
struct DirectoryCacheTests {
  private struct Away: Error {}

  @Test("asks once for many callers at the same time")
  func singleFlight() async throws {
    let asked = Counter()
    let door = Door()
    let cache = DirectoryCache<String, Int>(life: .seconds(1), capacity: 10) { _ in
      asked.increment()
      await door.pass()
      return 7
    }
    let values = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<50 { group.addTask { try await cache.value("key") } }
      while asked.value == 0 { await Task.yield() }
      door.open()
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(values == Array(repeating: 7, count: 50))
    #expect(asked.value == 1)
  }

  @Test("asks for all callers, in the time of none of them")
  func deadline() async throws {
    let cache = DirectoryCache<String, Bool>(life: .seconds(1), capacity: 10) { _ in
      CallDeadline.current == nil
    }
    let isFree = try await CallDeadline.$current.withValue(.now) { try await cache.value("key") }
    #expect(isFree)
  }

  @Test("remembers an answer, and that there was none, for its life", .covers("S-A20"))
  func expiry() async throws {
    let clock = ManualClock()
    let asked = Counter()
    let cache = DirectoryCache<String, Int?>(life: .seconds(1), capacity: 10, now: clock.now) { _ in
      asked.increment()
      return nil
    }
    _ = try await cache.value("key")
    clock.advance(.milliseconds(999))
    _ = try await cache.value("key")
    #expect(asked.value == 1)
    clock.advance(.milliseconds(1))
    _ = try await cache.value("key")
    #expect(asked.value == 2)
  }

  @Test("counts an answer's age from the question")
  func ageOfSlowAnswers() async throws {
    let clock = ManualClock()
    let asked = Counter()
    let cache = DirectoryCache<String, Int>(life: .seconds(1), capacity: 10, now: clock.now) { _ in
      clock.advance(.seconds(2))
      return asked.increment()
    }
    #expect(try await cache.value("key") == 1)
    #expect(try await cache.value("key") == 2)
  }

  @Test("hands a failure to its waiters and remembers nothing of it", .covers("S-C30"))
  func failure() async throws {
    let asked = Counter()
    let cache = DirectoryCache<String, Int>(life: .seconds(1), capacity: 10) { _ in
      if asked.increment() == 1 { throw Away() }
      return 7
    }
    await #expect(throws: Away.self) { try await cache.value("key") }
    #expect(try await cache.value("key") == 7)
  }

  @Test("goes on for the others when the first caller goes away")
  func cancellation() async throws {
    let door = Door()
    let asked = Counter()
    let cache = DirectoryCache<String, Int>(life: .seconds(1), capacity: 10) { _ in
      asked.increment()
      await door.pass()
      try Task.checkCancellation()
      return 7
    }
    let first = Task { try await cache.value("key") }
    while asked.value == 0 { await Task.yield() }
    let second = Task { try await cache.value("key") }
    first.cancel()
    door.open()
    #expect(try await second.value == 7)
    #expect(asked.value == 1)
  }

  @Test("stays within its capacity")
  func capacity() async throws {
    let clock = ManualClock()
    let asked = Counter()
    let cache = DirectoryCache<Int, Int>(life: .seconds(1), capacity: 3, now: clock.now) {
      asked.increment()
      return $0
    }
    for key in 0..<3 { _ = try await cache.value(key) }
    // All are fresh: the fourth pushes them out.
    _ = try await cache.value(3)
    _ = try await cache.value(0)
    #expect(asked.value == 5)
    // Only what is stale goes where that is enough.
    clock.advance(.seconds(1))
    _ = try await cache.value(4)
    _ = try await cache.value(5)
    _ = try await cache.value(4)
    #expect(asked.value == 7)
  }
}
