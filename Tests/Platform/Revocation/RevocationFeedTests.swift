import GeneratedOptions
import Pipeline
import Postgres
import RPC
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Platform

@Suite("The list of revocations in a process")
struct RevocationFeedTests {
  private struct Outage: Error {}

  private final class Source: RevocationSource {
    struct State {
      var page = RevocationPage(revocations: [], horizon: 10)
      var isAway = false
      var asked: [UInt64] = []
    }
    let state = Mutex(State())

    func page(from horizon: UInt64) async throws -> RevocationPage {
      try state.withLock { state in
        state.asked.append(horizon)
        if state.isAway { throw Outage() }
        return state.page
      }
    }
  }

  private static let principal = Principal(kind: .partner, subject: "p", tokenID: "jti")

  private func reason(_ feed: RevocationFeed) -> String? {
    do {
      try feed.check(Self.principal, tenantID: "a")
      return nil
    } catch {
      return error.reason
    }
  }

  @Test("lets nobody in before the first look, nor five seconds behind the last", .covers("S-C30"))
  func freshness() async throws {
    let source = Source()
    let clock = ManualClock()
    let feed = RevocationFeed(source: source, logger: .silent, clock: clock.now)
    #expect(reason(feed) == "REVOCATIONS_UNAVAILABLE")
    try await feed.refresh()
    #expect(reason(feed) == nil)
    source.state.withLock { $0.isAway = true }
    clock.advance(.seconds(5))
    await #expect(throws: Outage.self) { try await feed.refresh() }
    #expect(reason(feed) == nil)
    clock.advance(.milliseconds(1))
    #expect(reason(feed) == "REVOCATIONS_UNAVAILABLE")
    source.state.withLock { $0.isAway = false }
    try await feed.refresh()
    #expect(reason(feed) == nil)
  }

  @Test("goes on from the horizon, reads all again where it went back, and keeps what it knew")
  func horizon() async throws {
    let source = Source()
    let feed = RevocationFeed(source: source, logger: .silent, now: { 0 })
    let revoked = Revocation(
      tenantID: "a", kind: .token, id: "jti", notBefore: 0, expireTime: 100)
    source.state.withLock { $0.page = RevocationPage(revocations: [revoked], horizon: 10) }
    try await feed.refresh()
    #expect(reason(feed) == "TOKEN_REVOKED")
    source.state.withLock { $0.page = RevocationPage(revocations: [], horizon: 7) }
    try await feed.refresh()
    try await feed.refresh()
    #expect(source.state.withLock { $0.asked } == [0, 10, 0])
    #expect(reason(feed) == "TOKEN_REVOKED")
  }

  @Test("tells of news alone, its own at once")
  func changes() async throws {
    let source = Source()
    let feed = RevocationFeed(source: source, logger: .silent, now: { 0 })
    let told = Counter()
    feed.onChange { told.increment() }
    try await feed.refresh()
    #expect(told.value == 0)
    let revoked = Revocation(
      tenantID: "a", kind: .token, id: "jti", notBefore: 0, expireTime: 100)
    feed.add([revoked])
    #expect(told.value == 1)
    #expect(reason(feed) == "TOKEN_REVOKED")
    source.state.withLock { $0.page = RevocationPage(revocations: [revoked], horizon: 11) }
    try await feed.refresh()
    #expect(told.value == 1)
  }

  @Test("skips nothing that a slow transaction commits behind a fast one", .covers("S-C24"))
  func slowTransaction() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let reader = RevocationReader(pool: fixture.directoryPool)
      let (written, commit) = (Door(), Door())
      let slow = Task {
        try await fixture.tenants.change(
          as: Actor(tenantID: alpha.id, service: "test"), action: "test", deadline: nil
        ) { change in
          _ = try await change.revoke(.token, "slow")
          written.open()
          await commit.pass()
        }
      }
      await written.pass()
      try await fixture.administration.revoke(.token(id: "fast"), in: alpha)
      let first = try await reader.page(from: 0)
      #expect(first.revocations.map(\.id) == ["fast"])
      let idle = try await reader.page(from: first.horizon)
      commit.open()
      try await slow.value
      let second = try await reader.page(from: idle.horizon)
      #expect(second.revocations.map(\.id).contains("slow"))
      let third = try await reader.page(from: second.horizon)
      #expect(try await reader.page(from: third.horizon).revocations.isEmpty)
    }
  }
}
