import LibCrypto
import Logging
import Pipeline
import Postgres
import Storage
import Synchronization
import Testing
import TestSupport

@testable import Platform

/// A source that says when the dispatcher has taken its first position: what is committed from then
/// on has to arrive.
struct WatchedSource: OutboxSource {
  let base: any OutboxSource
  let looked = Counter()

  func horizon() async throws -> UInt64 { try await base.horizon() }

  func page(after position: OutboxPosition) async throws -> OutboxPage {
    let page = try await base.page(after: position)
    looked.increment()
    return page
  }

  func deleteOldest(olderThan age: Duration) async throws -> Int {
    try await base.deleteOldest(olderThan: age)
  }
}

/// Runs a dispatcher while `body` runs, and ends it then.
func dispatching<R>(
  _ source: any OutboxSource, to hub: EventHub,
  pace: OutboxDispatcher.Pace = .init(afterFailure: .milliseconds(20)),
  _ body: () async throws -> R
) async throws -> R {
  let watched = WatchedSource(base: source)
  let dispatcher = OutboxDispatcher(source: watched, hub: hub, pace: pace, logger: .silent)
  let run = Task { try await dispatcher.run() }
  do {
    while watched.looked.value == 0 { try await Task.sleep(for: .milliseconds(1)) }
    let result = try await body()
    run.cancel()
    try await run.value
    return result
  } catch {
    run.cancel()
    _ = await run.result
    throw error
  }
}

@Suite("The dispatcher of events")
struct OutboxDispatcherTests {
  private func write(
    _ resource: String, in tenant: Tenant, of fixture: PlatformFixture
  ) async throws {
    try await fixture.tenants.change(
      as: Actor(tenantID: tenant.id, service: "test"), action: "test", deadline: nil
    ) { change in
      try await change.record(
        resource: resource, change: "made", event: "test.thing.made", payload: ["a": "b"])
    }
  }

  private func nextEvent(_ subscription: EventSubscription) async throws -> OutboxEvent {
    let element = await subscription.next()
    guard case .event(let event)? = element else {
      Issue.record("\(String(describing: element)) came instead of an event")
      throw CancellationError()
    }
    return event
  }

  @Test("hands a tenant's events to that tenant's watchers, and to no others")
  func delivery() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let beta = try await fixture.tenant("beta")
      let watcher = fixture.hub.subscribe(tenantID: alpha.id)
      let other = fixture.hub.subscribe(tenantID: beta.id)
      try await dispatching(OutboxReader(pool: fixture.dispatcherPool), to: fixture.hub) {
        try await write("things/1", in: alpha, of: fixture)
        try await write("things/2", in: beta, of: fixture)
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
        try await write("things/2", in: alpha, of: fixture)
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
        try await write("things/fast", in: alpha, of: fixture)
        commit.open()
        try await slow.value
        #expect(try await nextEvent(watcher).resource == "things/slow")
        #expect(try await nextEvent(watcher).resource == "things/fast")
      }
      watcher.cancel()
    }
  }

  /// At the reader, since a watcher's buffer is bounded and a burst may overflow it.
  @Test("reads every event of sixteen writers once, each writer's in order", .covers("S-G9"))
  func manyWriters() async throws {
    let writers = 16
    let each = 25
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let reader = OutboxReader(pool: fixture.dispatcherPool)
      let start = OutboxPosition(horizon: try await reader.horizon())
      let reading = Task {
        var seen: [String] = []
        var position = start
        let deadline = ContinuousClock.now + .seconds(60)
        while seen.count < writers * each, .now < deadline {
          let page = try await reader.page(after: position)
          seen += page.events.map(\.resource)
          position = page.end
        }
        // Nothing comes twice, and nothing late.
        return seen + (try await reader.page(after: position).events.map(\.resource))
      }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for writer in 0..<writers {
          group.addTask {
            for number in 0..<each {
              try await write("writers/\(writer)/things/\(number)", in: alpha, of: fixture)
            }
          }
        }
        try await group.waitForAll()
      }
      let seen = try await reading.value
      #expect(seen.count == writers * each)
      for writer in 0..<writers {
        let prefix = "writers/\(writer)/"
        #expect(
          seen.filter { $0.hasPrefix(prefix) } == (0..<each).map { "\(prefix)things/\($0)" })
      }
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

  @Test("reads more than a page")
  func pages() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let reader = OutboxReader(pool: fixture.dispatcherPool)
      let start = OutboxPosition(horizon: try await reader.horizon())
      let count = OutboxPage.size + 7
      // One transaction: its events are ordered by their numbers alone.
      try await fixture.database.sql(
        """
        INSERT INTO artel.outbox_event (tenant_id, outbox_event_id, type, resource)
        SELECT '\(alpha.id)', gen_random_uuid(), 'test.thing.made', n::text
        FROM generate_series(1, \(count)) AS n
        """)
      // Other tests' open transactions hold the horizon back for a moment.
      let visible = try await eventually {
        try await !reader.page(after: start).events.isEmpty
      }
      #expect(visible)
      let first = try await reader.page(after: start)
      #expect(first.isFull)
      #expect(first.events.map(\.resource) == (1...OutboxPage.size).map(String.init))
      let second = try await reader.page(after: first.end)
      #expect(!second.isFull)
      #expect(second.events.map(\.resource) == (OutboxPage.size + 1...count).map(String.init))
      #expect(try await reader.page(after: second.end).events.isEmpty)
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
        try await write("things/2", in: alpha, of: fixture)
        #expect(try await nextEvent(watcher).resource == "things/2")
      }
      watcher.cancel()
    }
  }

  @Test("deletes what is older than its time, and nothing else")
  func retention() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let reader = OutboxReader(pool: fixture.dispatcherPool)
      for number in 1...3 { try await write("things/\(number)", in: alpha, of: fixture) }
      try await fixture.database.sql(
        """
        UPDATE artel.outbox_event SET create_time = now() - interval '61 minutes'
        WHERE resource IN ('things/1', 'things/2')
        """)
      #expect(try await reader.deleteOldest(olderThan: OutboxDispatcher.retention) == 2)
      #expect(try await reader.deleteOldest(olderThan: OutboxDispatcher.retention) == 0)
      let left = try await fixture.database.sql("SELECT resource FROM artel.outbox_event")
      #expect(left == "things/3")
      // The dispatcher does it by itself.
      try await fixture.database.sql(
        "UPDATE artel.outbox_event SET create_time = now() - interval '61 minutes'")
      try await dispatching(reader, to: fixture.hub) {
        let deleted = try await eventually {
          try await fixture.database.sql("SELECT count(*) FROM artel.outbox_event") == "0"
        }
        #expect(deleted)
      }
    }
  }

  @Test("goes on where it was when the database comes back")
  func restart() async throws {
    let cluster = try await PostgresCluster()
    try await PlatformFixture.with(cluster: cluster) { fixture in
      let alpha = try await fixture.tenant("alpha")
      let watcher = fixture.hub.subscribe(tenantID: alpha.id)
      try await dispatching(OutboxReader(pool: fixture.dispatcherPool), to: fixture.hub) {
        try await write("things/1", in: alpha, of: fixture)
        #expect(try await nextEvent(watcher).resource == "things/1")
        try await cluster.stop()
        try await cluster.start()
        let written = try await eventually {
          do {
            try await write("things/2", in: alpha, of: fixture)
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
