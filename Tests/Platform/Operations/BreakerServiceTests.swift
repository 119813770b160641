import GeneratedOperations
import Pipeline
import RPC
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Egress
@testable import Platform

@Suite("Breakers that are reset")
struct BreakerServiceTests {
  private typealias Methods = Artel_Operations_V1_BreakerService.Method

  /// A domain with one partner.
  private struct Rows: ResourceRows {
    func shows(
      _ name: String, to actor: Storage.Actor, deadline: ContinuousClock.Instant?
    ) async throws -> Bool? { name == "partners/lifts" ? true : nil }
  }

  private func key(_ tenant: Tenant) -> BreakerKey {
    BreakerKey(
      destination: .init(purpose: .partner, tenantID: tenant.id, name: "lifts"), operation: "open")
  }

  private func open(_ breakers: Breakers, _ key: BreakerKey) {
    for _ in 0..<5 {
      guard case .pass(let permit) = breakers.admit(key) else { return }
      breakers.record(.failure(isTimeout: false), of: permit, key)
    }
  }

  private func process(
    _ fixture: PlatformFixture, _ hub: EventHub
  ) -> (breakers: Breakers, service: BreakerService) {
    let breakers = Breakers(
      rules: BreakerRules(), observer: NoEgressObserver(), now: { ContinuousClock.now })
    return (
      breakers,
      BreakerService(
        breakers: breakers, database: fixture.tenants, resources: [Rows()], hub: hub)
    )
  }

  private func reset(
    _ service: BreakerService, _ name: String, _ tenant: Tenant
  ) async throws -> Artel_Operations_V1_Breaker {
    try await service.resetBreaker(
      request: .with { $0.name = name }, context: .of(tenant, Methods.ResetBreaker.descriptor))
  }

  @Test("are closed at every process, whichever is asked", .covers("S-F5", "B30"))
  func everywhere() async throws {
    try await PlatformFixture.with { fixture in
      let (tenant, other) = (try await fixture.tenant("alpha"), try await fixture.tenant("beta"))
      let hubs = [EventHub(), EventHub()]
      let (here, there) = (process(fixture, hubs[0]), process(fixture, hubs[1]))
      // The process that is asked has never called the partner.
      open(there.breakers, key(tenant))
      open(there.breakers, key(other))
      #expect(there.breakers.pause(of: key(tenant)) != nil)
      let answer = try await reset(here.service, "breakers/lifts.open", tenant)
      #expect(answer.state == .closed && answer.process == here.service.process)
      let payload = try await fixture.database.sql(
        "SELECT payload FROM artel.outbox_event WHERE type = 'operations.breaker.reset'")
      let event = OutboxEvent(
        tenantID: tenant.id, id: "1", type: "operations.breaker.reset",
        resource: "breakers/lifts.open", payload: try OutboxEvent.payload(json: payload))
      for hub in hubs { hub.publish(event) }
      #expect(there.breakers.pause(of: key(tenant)) == nil)
      #expect(there.breakers.pause(of: key(other)) != nil)
      // What the process itself has seen since then counts.
      open(here.breakers, key(tenant))
      hubs[0].publish(event)
      #expect(here.breakers.pause(of: key(tenant)) != nil)
    }
  }

  @Test("are shown and closed where an issuer's keys are fetched by them, too", .covers("S-F5"))
  func issuers() async throws {
    try await PlatformFixture.with { fixture in
      let (tenant, other) = (try await fixture.tenant("alpha"), try await fixture.tenant("beta"))
      let hubs = [EventHub(), EventHub()]
      let (here, there) = (process(fixture, hubs[0]), process(fixture, hubs[1]))
      let document = "https://issuer.example/keys"
      func issuer(_ tenant: Tenant) -> BreakerKey {
        BreakerKey(
          destination: .init(purpose: .issuer, tenantID: tenant.id, name: document),
          operation: "keys")
      }
      for tenant in [tenant, other] {
        for process in [here, there] { open(process.breakers, issuer(tenant)) }
      }
      // The platform's own are nobody's.
      open(
        here.breakers,
        BreakerKey(
          destination: .init(purpose: .messages, tenantID: tenant.id, name: "sms"),
          operation: "send"))
      let listed = try await here.service.listBreakers(
        request: .init(), context: .of(tenant, Methods.ListBreakers.descriptor)
      ).breakers
      let seen = try #require(listed.first)
      #expect(listed.count == 1)
      #expect((seen.documentUri, seen.partner, seen.operation) == (document, "", "keys"))
      #expect(seen.state == .open && seen.failures == 5)
      #expect(seen.name.wholeMatch(of: /breakers\/[0-9a-f]{16}\.keys/) != nil)
      #expect(try await reset(here.service, seen.name, tenant).state == .closed)
      let payload = try await fixture.database.sql(
        "SELECT payload FROM artel.outbox_event WHERE type = 'operations.breaker.reset'")
      hubs[1].publish(
        OutboxEvent(
          tenantID: tenant.id, id: "1", type: "operations.breaker.reset", resource: seen.name,
          payload: try OutboxEvent.payload(json: payload)))
      for process in [here, there] {
        #expect(process.breakers.pause(of: issuer(tenant)) == nil)
        #expect(process.breakers.pause(of: issuer(other)) != nil)
      }
      // Where it was never used, nobody knows of what the name is.
      let (_, new) = process(fixture, EventHub())
      await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
        _ = try await reset(new, seen.name, tenant)
      }
    }
  }

  @Test("are in the audit of the tenant when they open and when they close", .covers("A27"))
  func audited() async throws {
    try await PlatformFixture.with { fixture in
      let tenant = try await fixture.tenant("alpha")
      let log = Log()
      let journal = BreakerJournal(next: log, logger: .silent)
      let key = self.key(tenant)
      for (from, to) in [
        (BreakerState.closed, BreakerState.open), (.open, .halfOpen), (.halfOpen, .open),
        (.open, .halfOpen), (.halfOpen, .closed),
      ] {
        journal.moved(BreakerTransition(key: key, from: from, to: to))
      }
      // The platform's own are nobody's.
      journal.moved(
        BreakerTransition(
          key: BreakerKey(
            destination: .init(purpose: .messages, tenantID: nil, name: "sms"), operation: "send"),
          from: .closed, to: .open))
      #expect(log.count == 6)
      journal.end()
      try await journal.writer(to: fixture.tenants).run()
      let entries = try await fixture.database.sql(
        """
        SELECT change FROM artel.audit_entry WHERE resource = 'breakers/lifts.open'
        ORDER BY create_time
        """)
      #expect(entries == "closed -> open\nhalf_open -> closed")
    }
  }

  private final class Log: EgressObserver {
    private let moves = Mutex(0)
    var count: Int { moves.withLock { $0 } }
    func attempted(_ attempt: EgressAttempt) {}
    func moved(_ transition: BreakerTransition) { moves.withLock { $0 += 1 } }
  }

  @Test("are those of partners that the tenant has, and of what they are called for")
  func unknown() async throws {
    try await PlatformFixture.with { fixture in
      let tenant = try await fixture.tenant("alpha")
      let (_, service) = process(fixture, EventHub())
      for name in ["breakers/nobody.open", "breakers/lifts.nothing", "breakers/lifts", "breakers/"]
      {
        await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
          _ = try await reset(service, name, tenant)
        }
      }
    }
  }
}
