import Postgres
import TestSupport
import Testing

@Suite("When the server fails", .serialized)
struct ResilienceTests {
  private let scope = TenantDatabase.first
  private let sleep = Statement("SELECT pg_sleep(30)")

  private func isActive(_ database: TenantDatabase, _ event: String) async throws -> Bool {
    try await database.fixture.sql(
      """
      SELECT count(*) FROM pg_stat_activity
      WHERE usename = '\(database.user)' AND wait_event = '\(event)'
      """) != "0"
  }

  private func terminate(_ database: TenantDatabase) async throws {
    try await database.fixture.sql(
      """
      SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
      WHERE usename = '\(database.user)'
      """)
  }

  @Test("a read whose connection breaks is unavailable, a write is of unknown outcome")
  func broken() async throws {
    let database = try await TenantDatabase()
    try await database.withPool { pool in
      let read = Task { [sleep] in try await failure { _ = try await pool.read(sleep, in: nil) } }
      try await eventually { try await isActive(database, "PgSleep") }
      try await terminate(database)
      #expect(try await read.value.code == .unavailable)
      let write = Task { [sleep] in try await failure { _ = try await pool.query(sleep, in: nil) } }
      try await eventually { try await isActive(database, "PgSleep") }
      try await terminate(database)
      let error = try await write.value
      #expect(error.code == .commitUnknown)
      #expect(error.failure == .commitUnknown)
      #expect(try await pool.query(.count, in: scope).count == 1)
      #expect(pool.statistics.lost == 2)
    }
  }

  @Test("a commit whose answer is lost is of unknown outcome")
  func lostCommit() async throws {
    let database = try await TenantDatabase()
    // Sleeps within the commit.
    try await database.fixture.sql(
      """
      CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_sleep(30); RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON note
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION slow();
      """)
    try await database.withPool { pool in
      let scope = scope
      let task = Task {
        try await failure {
          try await pool.transaction(in: scope) { transaction in
            _ = try await transaction.execute(.insert(scope, 1, "one"))
          }
        }
      }
      try await eventually { try await isActive(database, "PgSleep") }
      // A commit is not interrupted: its outcome would be lost.
      task.cancel()
      try await Task.sleep(for: .milliseconds(50))
      #expect(try await isActive(database, "PgSleep"))
      try await terminate(database)
      #expect(try await task.value.code == .commitUnknown)
    }
  }

  @Test("an idle connection that the server closes is replaced without anybody's noticing")
  func idle() async throws {
    let database = try await TenantDatabase()
    try await database.withPool {
      $0.poolSize = 1
    } _: { pool in
      _ = try await pool.query(.count, in: scope)
      try await terminate(database)
      try await eventually { pool.statistics.idle == 0 }
      #expect(try await pool.query(.count, in: scope).count == 1)
      #expect(pool.statistics.created == 2)
    }
  }

  @Test(
    "a server that crashes and comes back is found again, without a restart here",
    .covers("S-G16"))
  func restart() async throws {
    let cluster = try await PostgresCluster()
    let database = try await TenantDatabase(on: cluster)
    try await database.withPool { pool in
      _ = try await pool.execute(.insert(scope, 1, "one"), in: scope)
      let listener = try PostgresListener(
        database.configuration, channels: ["changes"], logger: .silent)
      var events = listener.events.makeAsyncIterator()
      #expect(await events.next() == .connected)
      let running = Task { [sleep] in try await failure { _ = try await pool.read(sleep, in: nil) }
      }
      try await eventually { try await isActive(database, "PgSleep") }

      try await cluster.stop(immediately: true)
      #expect(try await running.value.code == .unavailable)
      // Refused while it is down: the first after attempts to connect, the next at once.
      for _ in 0..<3 {
        let error = try await failure { _ = try await pool.read(.count, in: scope) }
        #expect(error.code == .unavailable)
        #expect(error.failure == .unavailable)
      }
      #expect(pool.statistics.isUnavailable)

      try await cluster.start()
      try await eventually {
        (try? await pool.read(.bodies, in: scope).first?.text(0)) == "one"
      }
      #expect(!pool.statistics.isUnavailable)
      #expect(await events.next() == .connected)
      _ = try await pool.query(Statement("SELECT pg_notify('changes', 'hello')"), in: nil)
      #expect(
        await events.next()
          == .notification(PostgresNotification(channel: "changes", payload: "hello")))
    }
    try await cluster.stop()
  }

  @Test("more connections than the server accepts: waits for those that it has")
  func tooManyConnections() async throws {
    let database = try await TenantDatabase()
    try await database.fixture.sql("ALTER ROLE \(database.user) CONNECTION LIMIT 1")
    try await database.withPool {
      $0.poolSize = 4
    } _: { pool in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<20 {
          group.addTask { _ = try await pool.query(Statement("SELECT pg_sleep(0.01)"), in: nil) }
        }
        try await group.waitForAll()
      }
      #expect(pool.statistics.created == 1)
      #expect(pool.statistics.failed >= 1)
    }
  }
}
