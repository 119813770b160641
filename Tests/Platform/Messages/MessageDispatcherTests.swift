import Egress
import LibCrypto
import Pipeline
import ServiceLifecycle
import Storage
import StorageTestSupport
import Synchronization
import TestSupport
import Testing

@testable import Platform

/// Takes messages, and holds them until it is opened.
private final class Gate: MessageSender {
  private let held = Promise<Void>()
  private let counts = Mutex((begun: 0, ended: 0))

  var begun: Int { counts.withLock { $0.begun } }
  var ended: Int { counts.withLock { $0.ended } }

  func open() { held.fulfil(()) }

  func send(_ message: Message) async throws {
    counts.withLock { $0.begun += 1 }
    guard await held.value(until: nil) != nil else { throw CancellationError() }
    counts.withLock { $0.ended += 1 }
  }
}

@Suite("A message that waits")
struct MessageDispatcherTests {
  private func queue(
    _ fixture: PlatformFixture, _ tenant: Tenant, life: Duration = .seconds(300),
    kind: MessageKind = .sms, _ vault: TenantVault? = nil
  ) async throws {
    try await fixture.tenants.change(
      as: Actor(tenantID: tenant.id, service: "test"), action: "test", deadline: nil
    ) { change in
      let id = "00000000-0000-7000-8000-00000000000a"
      let login = PersonRow.Sealed.login
      let sealed = try await (vault ?? fixture.vault).seal(
        Array("+79161234567".utf8),
        at: SealedPlace(
          tenant: change.tenantID, table: login.table, column: login.name, row: id),
        subject: PersonRow.subject(id))
      try await change.queue(
        kind, to: (id: id, sealedLogin: sealed), "secret words", life: life,
        vault ?? fixture.vault)
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
      try await queue(fixture, tenant)
      _ = try await fixture.database.sql(
        "UPDATE artel.message SET sealed_text = sealed_recipient")
      #expect(try await fixture.dispatch(outbox) == 1)
      #expect(outbox.messages == [])
      #expect(try await count(fixture) == "0")
    }
  }

  @Test("waits for a process that has its key, where this one has not")
  func unknownKey() async throws {
    try await PlatformFixture.with { fixture in
      let outbox = Outbox()
      // As another process sealed it, whose keys are not here yet.
      try await queue(fixture, try await fixture.tenant("alpha"), .ofTest())
      #expect(try await fixture.dispatch(outbox) == 1)
      #expect(outbox.messages == [])
      #expect(try await count(fixture) == "1")
    }
  }

  @Test("waits for no more than one of each other tenant's", .covers("S-F6"))
  func turns() async throws {
    try await PlatformFixture.with { fixture in
      let first = try await fixture.tenant("alpha")
      for _ in 0..<20 { try await queue(fixture, first) }
      let others = [try await fixture.tenant("beta"), try await fixture.tenant("gamma")]
      for other in others { try await queue(fixture, other) }
      let messages = MessageQueue(pool: fixture.dispatcherPool)
      let taken = try await messages.take(.sms, 4)
      #expect(Set(taken.map(\.tenantID)) == Set([first.id] + others.map(\.id)))
      #expect(taken.count { $0.tenantID == first.id } == 2)
      #expect(try await messages.take(.sms, 4, without: [first.id]).isEmpty)
      #expect(try await messages.take(.sms, 100).count == 18)
    }
  }

  @Test(
    "waits for none that hangs, of another kind or tenant, and is sent to its end at a shutdown")
  func window() async throws {
    try await PlatformFixture.with { fixture in
      let (mail, sms) = (Gate(), Gate())
      let (first, second) = (try await fixture.tenant("alpha"), try await fixture.tenant("beta"))
      for _ in 0..<MessageDispatcher.places { try await queue(fixture, first) }
      try await queue(fixture, first, kind: .email)
      let dispatcher = MessageDispatcher(
        queue: MessageQueue(pool: fixture.dispatcherPool), vault: fixture.vault,
        senders: MessageSenders(email: mail, sms: sms), logger: .silent)
      let group = ServiceGroup(services: [dispatcher], logger: .silent)
      async let run: Void = group.run()
      // Half of the places are the first tenant's at most.
      while sms.begun < MessageDispatcher.places / 2 { try await Task.sleep(for: .milliseconds(2)) }
      while mail.begun < 1 { try await Task.sleep(for: .milliseconds(2)) }
      // The whole window is looked through before anything ends: there are no more of the first.
      try await queue(fixture, second)
      while sms.begun < MessageDispatcher.places / 2 + 1 {
        try await Task.sleep(for: .milliseconds(2))
      }
      #expect(sms.begun == MessageDispatcher.places / 2 + 1)
      await group.triggerGracefulShutdown()
      sms.open()
      mail.open()
      try await run
      // Whatever began ended, and is gone; whatever had not waits for the next process.
      #expect(sms.ended == sms.begun && mail.ended == 1)
      #expect(try await count(fixture) == "\(MessageDispatcher.places + 1 - sms.ended)")
    }
  }

  @Test("ends by itself where nothing sends it, and the service goes on until a shutdown")
  func nobody() async throws {
    try await PlatformFixture.with { fixture in
      let dispatcher = MessageDispatcher(
        queue: MessageQueue(pool: fixture.dispatcherPool), vault: fixture.vault,
        senders: MessageSenders(), logger: .silent)
      let group = ServiceGroup(services: [dispatcher], logger: .silent)
      async let run: Void = group.run()
      let tenant = try await fixture.tenant("alpha")
      try await queue(fixture, tenant)
      try await queue(fixture, tenant, life: .zero)
      while try await count(fixture) != "1" { try await Task.sleep(for: .milliseconds(5)) }
      await group.triggerGracefulShutdown()
      // A service that had ended before would fail the group.
      try await run
    }
  }

  @Test("is sent by the next process where one died with it, and by one of two that look at once")
  func dead() async throws {
    try await PlatformFixture.with { fixture in
      let outbox = Outbox()
      try await queue(fixture, try await fixture.tenant("alpha"))
      // Taken, and never heard of again.
      #expect(try await MessageQueue(pool: fixture.dispatcherPool).take(.sms, 8).count == 1)
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
      #expect(try await MessageQueue(pool: fixture.dispatcherPool).take(.email, 8).isEmpty)
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
