import Pipeline
import Postgres
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Platform

@Suite("The dispatcher of events")
struct OutboxDispatcherTests {
  @Test("hands a tenant's events to that tenant's watchers, and to no others")
  func delivery() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let beta = try await fixture.tenant("beta")
      let watcher = fixture.hub.subscribe(tenantID: alpha.id)
      let other = fixture.hub.subscribe(tenantID: beta.id)
      try await dispatching(OutboxReader(pool: fixture.dispatcherPool), to: fixture.hub) {
        try await writeEvent("things/1", in: alpha, of: fixture)
        try await writeEvent("things/2", in: beta, of: fixture)
        let event = try await nextEvent(watcher)
        #expect(event.tenantID == alpha.id)
        #expect(event.type == "test.thing.made")
        #expect(event.resource == "things/1")
        #expect(event.payload == ["a": "b"])
        #expect(try await nextEvent(other).resource == "things/2")
      }
      watcher.cancel()
      other.cancel()
    }
  }

  @Test("hands out nothing of a change that was rolled back")
  func rollback() async throws {
    struct Undone: Error {}
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let watcher = fixture.hub.subscribe(tenantID: alpha.id)
      try await dispatching(OutboxReader(pool: fixture.dispatcherPool), to: fixture.hub) {
        await #expect(throws: Undone.self) {
          try await fixture.tenants.change(
            as: Actor(tenantID: alpha.id, service: "test"), action: "test", deadline: nil
          ) { change in
            try await change.record(resource: "things/1", change: "made", event: "test.thing.made")
            throw Undone()
          }
        }
        try await writeEvent("things/2", in: alpha, of: fixture)
        #expect(try await nextEvent(watcher).resource == "things/2")
      }
      watcher.cancel()
    }
  }

  @Test("loses no event of a slow transaction that began earlier", .covers("S-G9"))
  func slowTransaction() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let watcher = fixture.hub.subscribe(tenantID: alpha.id)
      try await dispatching(OutboxReader(pool: fixture.dispatcherPool), to: fixture.hub) {
        let written = Door()
        let commit = Door()
        let slow = Task {
          try await fixture.tenants.change(
            as: Actor(tenantID: alpha.id, service: "test"), action: "test", deadline: nil
          ) { change in
            try await change.record(
              resource: "things/slow", change: "made", event: "test.thing.made")
            written.open()
            await commit.pass()
          }
        }
        await written.pass()
        // Begins later and commits first.
        try await writeEvent("things/fast", in: alpha, of: fixture)
        commit.open()
        try await slow.value
        #expect(try await nextEvent(watcher).resource == "things/slow")
        #expect(try await nextEvent(watcher).resource == "things/fast")
      }
      watcher.cancel()
    }
  }

  @Test("is woken by changes that somebody is to be told of, and by no others")
  func wakes() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let hub = EventHub()
      let woken = Atomic<Int>(0)
      hub.onWake { woken.add(1, ordering: .relaxed) }
      let database = TenantDatabase(pool: fixture.app, hub: hub)
      let actor = Actor(tenantID: alpha.id, service: "test")
      try await database.change(as: actor, action: "test", deadline: nil) { change in
        try await change.record(resource: "things/1", change: "looked at")
      }
      try await database.record(
        as: actor, action: "test", resource: "things/1", change: "named", deadline: nil)
      #expect(woken.load(ordering: .relaxed) == 0)
      try await database.change(as: actor, action: "test", deadline: nil) { change in
        try await change.record(resource: "things/1", change: "made", event: "test.thing.made")
        try await change.record(resource: "things/1", change: "looked at")
      }
      #expect(woken.load(ordering: .relaxed) == 1)
      let entries = try await fixture.app.query(
        Statement(
          """
          SELECT actor, action, change FROM artel.audit_entry WHERE resource = 'things/1'
          """),
        in: TenantScope(tenantID: alpha.id, actor: "test", rows: .tenant))
      #expect(
        try entries.map { try $0.text(2) }.sorted() == ["looked at", "looked at", "made", "named"])
      #expect(try entries.allSatisfy { try $0.text(0) == "services/test" && $0.text(1) == "test" })
    }
  }

  @Test("finds other processes' events without being woken")
  func polling() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let watcher = fixture.hub.subscribe(tenantID: alpha.id)
      try await dispatching(OutboxReader(pool: fixture.dispatcherPool), to: fixture.hub) {
        let elsewhere = TenantDatabase(pool: fixture.app, hub: EventHub())
        try await elsewhere.change(
          as: Actor(tenantID: alpha.id, service: "test"), action: "test", deadline: nil
        ) { change in
          try await change.record(resource: "things/1", change: "made", event: "test.thing.made")
        }
        #expect(try await nextEvent(watcher).resource == "things/1")
      }
      watcher.cancel()
    }
  }

  @Test("passes over a payload that is none, and says that something was missed")
  func unreadablePayload() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let watcher = fixture.hub.subscribe(tenantID: alpha.id)
      try await dispatching(OutboxReader(pool: fixture.dispatcherPool), to: fixture.hub) {
        try await fixture.database.sql(
          """
          INSERT INTO artel.outbox_event (tenant_id, outbox_event_id, type, resource, payload)
          VALUES ('\(alpha.id)', gen_random_uuid(), 'test.thing.made', 'things/1', '[1]')
          """)
        #expect(await watcher.next() == .missed)
        try await writeEvent("things/2", in: alpha, of: fixture)
        #expect(try await nextEvent(watcher).resource == "things/2")
      }
      watcher.cancel()
    }
  }

  @Test("goes on where it was when the database comes back")
  func restart() async throws {
    let cluster = try await PostgresCluster()
    try await PlatformFixture.with(cluster: cluster) { fixture in
      let alpha = try await fixture.tenant("alpha")
      let watcher = fixture.hub.subscribe(tenantID: alpha.id)
      try await dispatching(OutboxReader(pool: fixture.dispatcherPool), to: fixture.hub) {
        try await writeEvent("things/1", in: alpha, of: fixture)
        #expect(try await nextEvent(watcher).resource == "things/1")
        try await cluster.stop()
        try await cluster.start()
        let written = try await eventually {
          do {
            try await writeEvent("things/2", in: alpha, of: fixture)
            return true
          } catch is PostgresError {
            return false
          }
        }
        #expect(written)
        #expect(try await nextEvent(watcher).resource == "things/2")
      }
      watcher.cancel()
    }
    try await cluster.stop()
  }
}
