import Egress
import RPC
import TestSupport
import Testing

@testable import Platform

@Suite("A value that is fetched anew")
struct RefreshingValueTests {
  private struct Away: Error {}

  private let clock = ManualClock()
  private let fetched = Counter()

  private func value(
    patience: Duration? = nil, _ fetch: @escaping @Sendable (Int) async throws -> Int
  ) -> RefreshingValue<Int> {
    let fetched = fetched
    return RefreshingValue(
      schedule: .init(
        life: .seconds(100), keep: .seconds(1000), pause: .seconds(30),
        pauseWithoutValue: .seconds(5), patience: patience), now: clock.now
    ) { try await fetch(fetched.increment()) }
  }

  /// Fetches happen in tasks of their own where nobody has to wait for them.
  private func settle(_ count: Int) async {
    while fetched.value < count { await Task.yield() }
  }

  @Test("is fetched when it is first wanted, and not again while it is young")
  func first() async throws {
    let value = value { $0 }
    #expect(try await value.value(refresh: false) == 1)
    clock.advance(.seconds(99))
    #expect(try await value.value(refresh: false) == 1)
    #expect(fetched.value == 1)
  }

  @Test("is fetched for all callers, in the time of none of them")
  func deadline() async throws {
    let value = value { _ in CallDeadline.current == nil ? 1 : 0 }
    let isFree = try await CallDeadline.$current.withValue(.now + .seconds(60)) {
      try await value.value(refresh: false)
    }
    #expect(isFree == 1)
  }

  @Test("is waited for as long as the caller has, and no longer than a caller may")
  func late() async throws {
    let gate = Promise<Int>()
    let value = value(patience: .milliseconds(10)) { _ in
      await gate.value(until: nil) ?? 0
    }
    await expectRefusal(.unavailable, "ISSUER_UNAVAILABLE") {
      _ = try await value.value(refresh: false)
    }
    let patient = self.value { _ in await gate.value(until: nil) ?? 0 }
    await CallDeadline.$current.withValue(.now + .milliseconds(10)) {
      await expectRefusal(.unavailable, "ISSUER_UNAVAILABLE") {
        _ = try await patient.value(refresh: false)
      }
    }
    // The fetches went on, one for each value, and those who come later have what came of them.
    gate.fulfil(7)
    let later = self.value { $0 }
    #expect(try await later.value(refresh: false) == 3)
    while (try? await patient.value(refresh: false)) != 7 { await Task.yield() }
    #expect(fetched.value == 3)
  }

  @Test("is fetched once for a flood of callers that want a newer one", .covers("S-A5"))
  func flood() async throws {
    let value = value { $0 }
    #expect(try await value.value(refresh: false) == 1)
    clock.advance(.seconds(30))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<1000 { group.addTask { _ = try await value.value(refresh: true) } }
      try await group.waitForAll()
    }
    #expect(fetched.value == 2)
    clock.advance(.seconds(29))
    #expect(try await value.value(refresh: true) == 2)
    #expect(fetched.value == 2)
    clock.advance(.seconds(1))
    #expect(try await value.value(refresh: true) == 3)
  }

  @Test("is given as it was while a newer one is fetched")
  func stale() async throws {
    let door = Door()
    let value = value { count in
      if count == 2 { await door.pass() }
      return count
    }
    #expect(try await value.value(refresh: false) == 1)
    clock.advance(.seconds(100))
    #expect(try await value.value(refresh: false) == 1)
    #expect(try await value.value(refresh: false) == 1)
    await settle(2)
    let patient = Task { try await value.value(refresh: true) }
    door.open()
    #expect(try await patient.value == 2)
    #expect(fetched.value == 2)
  }

  @Test("stays when it cannot be fetched, up to its last age")
  func kept() async throws {
    let value = value { count in
      if count > 1 { throw Away() }
      return count
    }
    #expect(try await value.value(refresh: false) == 1)
    clock.advance(.seconds(500))
    #expect(try await value.value(refresh: true) == 1)
    clock.advance(.seconds(500))
    await #expect(throws: Away.self) { try await value.value(refresh: false) }
  }

  @Test("is tried again after a short pause while there is none")
  func neverFetched() async throws {
    let value = value { count in
      if count == 1 { throw Away() }
      return count
    }
    await #expect(throws: Away.self) { try await value.value(refresh: false) }
    clock.advance(.seconds(4))
    await #expect(throws: Away.self) { try await value.value(refresh: true) }
    #expect(fetched.value == 1)
    clock.advance(.seconds(1))
    #expect(try await value.value(refresh: false) == 2)
  }
}
