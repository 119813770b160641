import LibCrypto
import Pipeline
import Storage
import TestSupport
import Testing

@testable import Platform

@Suite("A message that waits")
struct MessageDispatcherTests {
  private func queue(
    _ fixture: PlatformFixture, _ tenant: Tenant, life: Duration = .seconds(300),
    _ envelope: Envelope? = nil
  ) async throws {
    try await fixture.tenants.change(
      as: Actor(tenantID: tenant.id, service: "test"), action: "test", deadline: nil
    ) { change in
      try await change.queue(
        .sms, to: "+79161234567", "secret words", life: life, envelope ?? fixture.envelope)
    }
  }

  /// Lets what was taken or put back be due now.
  private func becomeDue(_ fixture: PlatformFixture) async throws {
    _ = try await fixture.database.sql(
      "UPDATE artel.message SET next_time = now()")
  }

  private func count(_ fixture: PlatformFixture) async throws -> String {
    try await fixture.database.sql("SELECT count(*) FROM artel.message")
  }

  @Test("is sent once, and is sealed until then", .covers("S-H1"))
  func once() async throws {
    try await PlatformFixture.with { fixture in
      let outbox = Outbox()
      try await queue(fixture, try await fixture.tenant("alpha"))
      let stored = try await fixture.database.sql(
        "SELECT encode(sealed_text || sealed_recipient, 'escape') FROM artel.message")
      #expect(!stored.contains("secret") && !stored.contains("7916"))
      #expect(try await fixture.dispatch(outbox) == 1)
      #expect(outbox.messages.map(\.recipient) == ["+79161234567"])
      #expect(outbox.messages.map(\.text) == ["secret words"])
      #expect(try await fixture.dispatch(outbox) == 0)
      #expect(try await count(fixture) == "0")
    }
  }

  @Test("is sent again after a failure that passes, and by nobody else meanwhile")
  func again() async throws {
    try await PlatformFixture.with { fixture in
      let outbox = Outbox()
      outbox.fail(MessageFailure(isFinal: false, "busy"))
      try await queue(fixture, try await fixture.tenant("alpha"))
      #expect(try await fixture.dispatch(outbox) == 1)
      #expect(try await fixture.dispatch(outbox) == 0)
      #expect(try await count(fixture) == "1")
      try await becomeDue(fixture)
      #expect(try await fixture.dispatch(outbox) == 1)
      #expect(outbox.messages.count == 1)
      #expect(try await count(fixture) == "0")
    }
  }

  @Test("is given up after a failure for good, when it is over, and where nothing opens it")
  func given() async throws {
    try await PlatformFixture.with { fixture in
      let outbox = Outbox()
      let tenant = try await fixture.tenant("alpha")
      outbox.fail(MessageFailure(isFinal: true, "no such number"))
      try await queue(fixture, tenant)
      #expect(try await fixture.dispatch(outbox) == 1)
      try await queue(fixture, tenant, life: .zero)
      #expect(try await fixture.dispatch(outbox) == 0)
      try await queue(fixture, tenant, Envelope(key: KeyEncryptionKey(.generate())))
      #expect(try await fixture.dispatch(outbox) == 1)
      #expect(outbox.messages == [])
      #expect(try await count(fixture) == "0")
    }
  }

  @Test("is sent by the next process where one died with it, and by one of two that look at once")
  func dead() async throws {
    try await PlatformFixture.with { fixture in
      let outbox = Outbox()
      try await queue(fixture, try await fixture.tenant("alpha"))
      // Taken, and never heard of again.
      #expect(try await MessageQueue(pool: fixture.dispatcherPool).take([.sms]).count == 1)
      #expect(try await fixture.dispatch(outbox) == 0)
      try await becomeDue(fixture)
      async let first = fixture.dispatch(outbox)
      async let second = fixture.dispatch(outbox)
      let both = try await first + second
      #expect(both == 1)
      #expect(outbox.messages.count == 1)
    }
  }

  @Test("waits for a process that sends its kind")
  func kinds() async throws {
    try await PlatformFixture.with { fixture in
      try await queue(fixture, try await fixture.tenant("alpha"))
      #expect(try await MessageQueue(pool: fixture.dispatcherPool).take([.email]).isEmpty)
      #expect(try await fixture.dispatch(Outbox()) == 1)
    }
  }

  @Test("waits longer each time, and a minute at most")
  func wait() {
    #expect(
      [1, 2, 3, 6, 1000].map(MessageDispatcher.wait(behind:))
        == [.seconds(2), .seconds(4), .seconds(8), .seconds(60), .seconds(60)])
  }
}
