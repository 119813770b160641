import Egress
import GeneratedResidential
import LibCrypto
import Postgres
import RPC
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Residential

@Suite("Watching the journal", .timeLimit(.minutes(2)))
struct WatchTests {
  /// What a watch sent, and a way to wait for it.
  private final class Inbox: Sendable {
    private let events = Mutex<[Artel_Residential_V1_AccessEvent]>([])

    var writer: RPCWriter<Artel_Residential_V1_AccessEvent> {
      RPCWriter { event in self.events.withLock { $0.append(event) } }
    }
    var all: [Artel_Residential_V1_AccessEvent] { events.withLock { $0 } }

    func wait(for count: Int) async throws -> [Artel_Residential_V1_AccessEvent] {
      while all.count < count { try await Task.sleep(for: .milliseconds(5)) }
      return all
    }
  }

  private func watch(
    _ world: World, _ parent: String, as context: ServerContext, from token: String = "",
    into inbox: Inbox
  ) -> Task<Void, any Error> {
    Task {
      try await world.events.watchAccessEvents(
        request: .with {
          $0.parent = parent
          $0.resumeToken = token
        }, response: inbox.writer, context: context)
    }
  }

  /// Waits until a watch that was just started has subscribed and read its position.
  private func settled(_ world: World, watchers: Int = 1) async throws {
    while world.hub.subscriberCount < watchers { try await Task.sleep(for: .milliseconds(5)) }
    // The position is read right behind the subscription.
    try await Task.sleep(for: .milliseconds(200))
  }

  private func deny(_ world: World, in tenant: String? = nil) async {
    await expectRefusal(.permissionDenied, "ACCESS_DENIED") {
      try await world.open(World.point, as: "oleg", in: tenant)
    }
  }

  @Test("sends what is committed, once, and nothing of another tenant", .covers("B15", "B26"))
  func live() async throws {
    try await World.run { world async throws in
      await deny(world)
      let (unit, property) = (Inbox(), Inbox())
      let watches = [
        watch(world, "units/flat-1", as: world.user("anna", in: world.a), into: unit),
        watch(world, "properties/north", as: world.service(world.a), into: property),
      ]
      try await settled(world, watchers: 2)
      await deny(world, in: world.b)
      world.partner.opens(into: "EXECUTED")
      let command = try await world.open(World.point, as: "ivan")
      await deny(world)
      for inbox in [unit, property] {
        let events = try await inbox.wait(for: 2)
        #expect(events.suffix(2).map(\.result) == [.granted, .denied])
        #expect(events.contains { $0.command == command.name && $0.subject == "artel:ivan" })
        #expect(Set(events.map(\.name)).count == events.count)
      }
      for task in watches {
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
      }
      #expect(world.hub.subscriberCount == 0)
    }
  }

  @Test("is woken by the hub")
  func woken() async throws {
    try await World.run { world async throws in
      let inbox = Inbox()
      let task = watch(world, "units/flat-1", as: world.user("anna", in: world.a), into: inbox)
      try await settled(world)
      await deny(world)
      world.hub.publish(
        OutboxEvent(
          tenantID: world.a, id: UUIDv7.make(), type: "residential.access_event.created",
          resource: "accessEvents/x", payload: [:]))
      world.hub.publishMissed()
      _ = try await inbox.wait(for: 1)
      task.cancel()
      _ = await task.result
    }
  }

  @Test("goes on behind the last event that was seen, without a gap or a repetition")
  func resumes() async throws {
    try await World.run { world async throws in
      for _ in 0..<3 { await deny(world) }
      let context = world.user("anna", in: world.a)
      let first = Inbox()
      let task = watch(world, "units/flat-1", as: context, from: "start", into: first)
      let seen = try await first.wait(for: 3)
      task.cancel()
      _ = await task.result
      for _ in 0..<150 { await deny(world) }
      let second = Inbox()
      let again = watch(
        world, "units/flat-1", as: context, from: seen[1].resumeToken, into: second)
      let events = try await second.wait(for: 151)
      again.cancel()
      _ = await again.result
      #expect(events.count == 151 && events[0] == seen[2])
      #expect(Set(events.map(\.name)).count == 151)
    }
  }

  @Test("skips nothing that a slower transaction commits later", .covers("S-G9"))
  func commitOrder() async throws {
    try await World.run { world async throws in
      let context = world.service(world.a)
      let inbox = Inbox()
      let task = watch(world, "properties/north", as: context, from: "start", into: inbox)
      try await settled(world)
      // A transaction that begins first and commits last.
      let gate = Promise<Bool>()
      let opened = Promise<Bool>()
      let slow = Task {
        try await world.database.change(
          as: .init(tenantID: world.a, service: "test"), action: "test", deadline: nil
        ) { change in
          let rows = try await change.query(
            Statement("SELECT pg_current_xact_id()::text"))
          #expect(rows.count == 1)
          opened.fulfil(true)
          _ = await gate.value(until: .now + .seconds(20))
          let id = try await world.leaveDenied(in: change)
          guard let record = try await CommandRows.find(id, in: change) else { return }
          try await Journal.write(record, .denied, in: change)
        }
      }
      _ = await opened.value(until: nil)
      await deny(world)
      // The list has the event at once; a watch that resumes there must not skip the slow one.
      let listed = try await world.events.listAccessEvents(
        request: .with { $0.parent = "properties/north" }, context: context)
      let token = try #require(listed.accessEvents.first?.resumeToken)
      gate.fulfil(true)
      try await slow.value
      let events = try await inbox.wait(for: 2)
      #expect(Set(events.map(\.name)).count == 2)
      task.cancel()
      _ = await task.result

      let resumed = Inbox()
      let again = watch(world, "properties/north", as: context, from: token, into: resumed)
      let slowName = try #require(
        Set(events.map(\.name)).subtracting(listed.accessEvents.map(\.name)).first)
      while !resumed.all.contains(where: { $0.name == slowName }) {
        try await Task.sleep(for: .milliseconds(5))
      }
      again.cancel()
      _ = await again.result
    }
  }

  @Test("ends when the membership does")
  func membershipEnds() async throws {
    try await World.run { world async throws in
      let inbox = Inbox()
      let task = watch(world, "units/flat-1", as: world.user("ivan", in: world.a), into: inbox)
      try await settled(world)
      _ = try await world.complex.fixture.sql(
        "UPDATE artel.member SET expire_time = now() WHERE tenant_id = '\(world.a)'"
          + " AND subject = 'artel:ivan'")
      await deny(world)
      await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") { try await task.value }
      #expect(inbox.all.isEmpty)
    }
  }

  @Test("refuses a token that is not one of this journal", .covers("S-D12"))
  func foreignToken() async throws {
    try await World.run { world async throws in
      await deny(world, in: world.b)
      let foreign = try await world.events.listAccessEvents(
        request: .with { $0.parent = "units/flat-1" }, context: world.service(world.b)
      ).accessEvents[0].name.dropFirst("accessEvents/".count)
      await deny(world)
      let otherUnit = try await world.events.listAccessEvents(
        request: .with { $0.parent = "units/flat-1" }, context: world.service(world.a)
      ).accessEvents[0].name.dropFirst("accessEvents/".count)
      let tries = [
        ("units/flat-1", String(foreign)), ("units/flat-1", "nonsense"),
        ("units/flat-1", UUIDv7.make()), ("units/flat-2", String(otherUnit)),
      ]
      for (parent, token) in tries {
        await expectRefusal(.invalidArgument, "RESUME_TOKEN_INVALID") {
          try await world.events.watchAccessEvents(
            request: .with {
              $0.parent = parent
              $0.resumeToken = token
            }, response: RPCWriter { _ in }, context: world.service(world.a))
        }
      }
    }
  }

  @Test("ends with the connection")
  func writerFails() async throws {
    try await World.run { world async throws in
      await deny(world)
      await expectRefusal(.cancelled, "") {
        do {
          try await world.events.watchAccessEvents(
            request: .with {
              $0.parent = "units/flat-1"
              $0.resumeToken = "start"
            },
            response: RPCWriter { _ in
              throw RPCError(code: .cancelled, reason: "", message: "gone")
            }, context: world.service(world.a))
        }
      }
      #expect(world.hub.subscriberCount == 0)
    }
  }
}
