import Pipeline
import Postgres
import Storage
import TestSupport
import Testing

@testable import Platform

@Suite("The reader of the outbox")
struct OutboxReaderTests {
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
              try await writeEvent("writers/\(writer)/things/\(number)", in: alpha, of: fixture)
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

  @Test("deletes nothing that nobody could read yet, however old it is", .covers("S-G9"))
  func unread() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let reader = OutboxReader(pool: fixture.dispatcherPool)
      try await fixture.app.transaction(in: alpha.scope) { transaction in
        // It writes, so that nothing that comes after it can be read before it ends.
        try await transaction.execute(Statement("UPDATE artel.tenant SET revision = revision"))
        try await writeEvent("things/1", in: alpha, of: fixture)
        _ = try await fixture.database.sql(
          "UPDATE artel.outbox_event SET create_time = now() - interval '61 minutes'")
        #expect(try await reader.deleteOldest(olderThan: OutboxDispatcher.retention) == 0)
      }
      #expect(
        try await fixture.database.sql("SELECT resource FROM artel.outbox_event") == "things/1")
    }
  }

  @Test("deletes what is older than its time, and nothing else")
  func retention() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let reader = OutboxReader(pool: fixture.dispatcherPool)
      for number in 1...3 { try await writeEvent("things/\(number)", in: alpha, of: fixture) }
      try await fixture.database.sql(
        """
        UPDATE artel.outbox_event SET create_time = now() - interval '61 minutes'
        WHERE resource IN ('things/1', 'things/2')
        """)
      // Other tests' open transactions hold the horizon back for a moment.
      let gone = try await eventually {
        _ = try await reader.deleteOldest(olderThan: OutboxDispatcher.retention)
        return try await fixture.database.sql("SELECT count(*) FROM artel.outbox_event") == "1"
      }
      #expect(gone)
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
}
