import LibCrypto
import Logging
import Postgres
import ServiceLifecycle
import TestSupport
import Testing

@testable import Residential

@Suite("The recovery of commands")
struct CommandRecoveryTests {
  @Test("sends under the same key what a dead process never sent")
  func neverSent() async throws {
    try await World.run { world async throws in
      let id = try await world.leave(.sent, deadline: 60)
      await world.recover()
      #expect(try await world.command("commands/\(id)").state == .acknowledged)
      #expect(world.partner.requests.map(\.method) == ["POST", "GET", "POST"])
      #expect(world.partner.requests.last?.headers["idempotency-key"] == id)
      #expect(world.partner.openings == 1)
      #expect(try await world.changes(of: "commands/\(id)") == ["SENT -> ACKNOWLEDGED"])
      let entry = try #require(try await world.audit(of: "commands/\(id)").last)
      #expect(try entry.text(0) == "services/command-recovery")
      #expect(try entry.text(1) == "command-recovery")
    }
  }

  @Test(
    "asks what became of what a dead process sent, and sends nothing",
    arguments: [
      ("ACKNOWLEDGED", CommandState.acknowledged), ("EXECUTED", .executed), ("FAILED", .failed),
    ])
  func sent(said: String, state: CommandState) async throws {
    try await World.run { world async throws in
      for deadline in [60.0, -60.0] {
        let id = try await world.leave(.sent, deadline: deadline)
        world.partner.set(id, said)
        await world.recover()
        #expect(try await world.command("commands/\(id)").state == state.message)
      }
      #expect(world.partner.count(.open) == 0)
    }
  }

  @Test(
    "leaves alone what is a suspended tenant's, and goes on when it is resumed", .covers("S-D19"))
  func suspended() async throws {
    try await World.run { world async throws in
      let id = try await world.leave(.sent, deadline: 60)
      // The directory lists no suspended tenant.
      let paused = CommandRecovery(
        database: world.database, tenants: FixedTenants(ids: [world.b]),
        dispatcher: world.domain.dispatcher, logger: Logger(label: "test"), onEnd: {})
      await paused.sweep()
      await world.domain.dispatcher.idle()
      #expect(world.partner.requests.isEmpty)
      #expect(try await world.command("commands/\(id)").state == .sent)
      await world.recover()
      #expect(try await world.command("commands/\(id)").state == .acknowledged)
      #expect(world.partner.openings == 1)
    }
  }

  @Test("never sends behind the deadline")
  func expired() async throws {
    try await World.run { world async throws in
      let id = try await world.leave(.sent, deadline: -1)
      await world.recover()
      #expect(try await world.command("commands/\(id)").state == .timedOut)
      #expect(world.partner.count(.open) == 0 && world.partner.count(.status) == 1)
      #expect(try await world.journal() == [.failed])
    }
  }

  @Test("times out what an absent partner cannot tell")
  func absent() async throws {
    try await World.run(timing: .short) { world async throws in
      try await world.partner.stop()
      let id = try await world.leave(.sent, deadline: -1)
      await world.recover()
      #expect(try await world.command("commands/\(id)").state == .timedOut)
    }
  }

  @Test("asks about an acknowledged command that was not executed in time")
  func overdue() async throws {
    try await World.run { world async throws in
      let done = try await world.leave(.acknowledged, deadline: -100)
      let lost = try await world.leave(.acknowledged, deadline: -100)
      let still = try await world.leave(.acknowledged, deadline: -100)
      world.partner.set(done, "EXECUTED")
      world.partner.set(still, "ACKNOWLEDGED")
      await world.recover()
      #expect(try await world.command("commands/\(done)").state == .executed)
      #expect(try await world.command("commands/\(lost)").state == .timedOut)
      #expect(try await world.command("commands/\(still)").state == .timedOut)
      #expect(world.partner.count(.open) == 0)
    }
  }

  @Test("leaves alone what somebody takes care of, and what is settled")
  func leased() async throws {
    try await World.run { world async throws in
      let leased = try await world.leave(.sent, deadline: 60, lease: 60)
      let acknowledged = try await world.open(World.point, as: "anna")
      let requests = world.partner.requests.count
      await world.recover()
      #expect(world.partner.requests.count == requests)
      #expect(try await world.command("commands/\(leased)").state == .sent)
      #expect(try await world.command(acknowledged.name).state == .acknowledged)
    }
  }

  @Test("goes on in the other tenant, where one tenant's partner is away")
  func bothTenants() async throws {
    try await World.run { world async throws in
      let a = try await world.leave(.sent, deadline: 60, in: world.a)
      let b = try await world.leave(.sent, deadline: 60, in: world.b)
      await world.recover()
      #expect(try await world.command("commands/\(a)", in: world.a).state == .acknowledged)
      #expect(try await world.command("commands/\(b)", in: world.b).state == .acknowledged)
    }
  }

  @Test("gives each command to one of several processes")
  func severalProcesses() async throws {
    try await World.run { world async throws in
      var ids: [String] = []
      for _ in 0..<10 { ids.append(try await world.leave(.sent, deadline: 60)) }
      async let first: Void = world.domain.recovery.sweep()
      async let second: Void = world.domain.recovery.sweep()
      _ = await (first, second)
      await world.domain.dispatcher.idle()
      for id in ids {
        #expect(try await world.command("commands/\(id)").state == .acknowledged)
        #expect(world.partner.entry(id)?.openings == 1)
      }
      #expect(world.partner.count(.open) == 10)
    }
  }

  @Test("runs as a service until a graceful shutdown")
  func asService() async throws {
    try await World.run { world async throws in
      let id = try await world.leave(.sent, deadline: 60)
      let group = ServiceGroup(
        configuration: .init(
          services: [.init(service: world.domain.recovery)],
          logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
      let running = Task { try await group.run() }
      while try await world.command("commands/\(id)").state == .sent {
        try await Task.sleep(for: .milliseconds(10))
      }
      await group.triggerGracefulShutdown()
      try await running.value
      #expect(try await world.command("commands/\(id)").state == .acknowledged)
    }
  }

  @Test("survives not knowing the tenants")
  func noTenants() async throws {
    struct Failing: TenantLister {
      func activeTenantIDs() async throws -> [String] { throw PostgresError(code: .unavailable) }
    }
    try await World.run { world async throws in
      let recovery = CommandRecovery(
        database: world.database, tenants: Failing(), dispatcher: world.domain.dispatcher,
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, onEnd: {})
      await recovery.sweep()
      #expect(world.partner.requests.isEmpty)
    }
  }
}
