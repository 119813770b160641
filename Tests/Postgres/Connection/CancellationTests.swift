import Postgres
import TestSupport
import Testing

@Suite("Giving up", .serialized)
struct CancellationTests {
  private let scope = TenantDatabase.first
  private let sleep = Statement("SELECT pg_sleep(30)")

  /// Whether the application's role runs a statement now.
  private func isSleeping(_ database: TenantDatabase) async throws -> Bool {
    try await database.fixture.sql(
      """
      SELECT count(*) FROM pg_stat_activity
      WHERE usename = '\(database.user)' AND wait_event = 'PgSleep'
      """) != "0"
  }

  @Test("a cancelled task sends nothing")
  func before() async throws {
    let database = try await TenantDatabase()
    try await database.withPool { pool in
      let scope = scope
      let task = Task {
        cancelCurrentTask()
        return try await failure { _ = try await pool.execute(.insert(scope, 1, "one"), in: scope) }
      }
      let error = try await task.value
      #expect(error.code == .cancelled)
      #expect(pool.statistics.created == 0)
    }
  }

  @Test("a cancelled task leaves the queue")
  func waiting() async throws {
    let database = try await TenantDatabase()
    try await database.withPool {
      $0.poolSize = 1
    } _: { pool in
      let holder = Task { [sleep] in _ = try await pool.query(sleep, in: nil) }
      try await eventually { try await isSleeping(database) }
      let task = Task { try await failure { _ = try await pool.query(.count, in: nil) } }
      try await eventually { pool.statistics.waiting == 1 }
      task.cancel()
      #expect(try await task.value.code == .cancelled)
      try await eventually { pool.statistics.waiting == 0 }
      holder.cancel()
      _ = await holder.result
    }
  }

  @Test("cancelling a task stops its statement on the server; the connection serves on")
  func running() async throws {
    let database = try await TenantDatabase()
    try await database.withPool {
      $0.poolSize = 1
    } _: { pool in
      let scope = scope
      let task = Task { [sleep] in
        try await failure {
          _ = try await pool.pipeline([.insert(scope, 1, "one"), sleep], in: scope)
        }
      }
      try await eventually { try await isSleeping(database) }
      task.cancel()
      let error = try await task.value
      #expect(error.code == .cancelled)
      #expect(error.failure == .cancelled)
      #expect(try await pool.read(.count, in: scope).first?.int(0) == 0)
      #expect(pool.statistics.created == 1)
    }
  }

  @Test("cancelling inside a transaction rolls it back; the connection serves on")
  func transaction() async throws {
    let database = try await TenantDatabase()
    try await database.withPool {
      $0.poolSize = 1
    } _: { pool in
      let scope = scope
      let task = Task { [sleep] in
        try await failure {
          try await pool.transaction(in: scope) { transaction in
            try await transaction.execute(.insert(scope, 1, "one"))
            _ = try await transaction.query(sleep)
          }
        }
      }
      try await eventually { try await isSleeping(database) }
      task.cancel()
      #expect(try await task.value.code == .cancelled)
      #expect(try await pool.read(.count, in: scope).first?.int(0) == 0)
      #expect(pool.statistics.created == 1)
    }
  }

  @Test("a body cancelled after its last statement does not commit")
  func beforeCommit() async throws {
    let database = try await TenantDatabase()
    try await database.withPool { pool in
      let scope = scope
      let task = Task {
        try await failure {
          try await pool.transaction(in: scope) { transaction in
            try await transaction.execute(.insert(scope, 1, "one"))
            cancelCurrentTask()
          }
        }
      }
      let error = try await task.value
      #expect(error.code == .cancelled)
      #expect(try await pool.read(.count, in: scope).first?.int(0) == 0)
    }
  }

  @Test("a statement that ignores its cancellation costs the connection, not the caller")
  func stubborn() async throws {
    let database = try await TenantDatabase()
    // A loop that catches the cancellation and goes on.
    try await database.fixture.sql(
      """
      CREATE FUNCTION stubborn() RETURNS void LANGUAGE plpgsql AS $$
      BEGIN
        FOR i IN 1..300 LOOP
          BEGIN
            PERFORM pg_sleep(0.1);
          EXCEPTION WHEN query_canceled THEN NULL;
          END;
        END LOOP;
      END $$
      """)
    try await database.withPool {
      $0.poolSize = 1
      $0.cancelGrace = .milliseconds(600)
    } _: { pool in
      let task = Task {
        try await failure { _ = try await pool.read(Statement("SELECT stubborn()"), in: nil) }
      }
      try await eventually { try await isSleeping(database) }
      task.cancel()
      #expect(try await task.value.code == .cancelled)
      #expect(try await pool.query(Statement("SELECT 1"), in: nil).count == 1)
      #expect(pool.statistics.created == 2)
    }
  }

  @Test("the deadline ends a statement on the server", .covers("S-G16"))
  func deadline() async throws {
    let database = try await TenantDatabase()
    try await database.withPool {
      $0.poolSize = 1
    } _: { pool in
      _ = try await pool.query(.count, in: scope)
      let error = try await failure {
        _ = try await pool.query(sleep, in: scope, deadline: .now + .milliseconds(500))
      }
      #expect(error.code == .deadlineExceeded)
      #expect(error.sqlState == "57014")
      let inTransaction = try await failure {
        try await pool.transaction(in: scope, deadline: .now + .seconds(1)) { transaction in
          try await transaction.execute(.insert(scope, 1, "one"))
          // Then less than half of the time is left: the server's limit is shortened.
          try await Task.sleep(for: .milliseconds(600))
          _ = try await transaction.query(sleep)
        }
      }
      #expect(inTransaction.code == .deadlineExceeded)
      #expect(try await pool.read(.count, in: scope).first?.int(0) == 0)
      #expect(pool.statistics.created == 1)
    }
  }

  @Test("the configured timeout ends a statement without a deadline", .covers("S-G16"))
  func timeout() async throws {
    let database = try await TenantDatabase()
    try await database.withPool {
      $0.statementTimeout = .milliseconds(100)
    } _: { pool in
      let error = try await failure { _ = try await pool.query(sleep, in: scope) }
      #expect(error.code == .deadlineExceeded)
    }
  }

  @Test("a deadline in the past sends nothing")
  func past() async throws {
    let database = try await TenantDatabase()
    try await database.withPool { pool in
      _ = try await pool.query(.count, in: scope)
      let error = try await failure {
        _ = try await pool.execute(
          .insert(scope, 1, "one"), in: scope, deadline: .now - .seconds(1))
      }
      #expect(error.code == .deadlineExceeded)
      #expect(error.sqlState == nil)
      #expect(try await pool.read(.count, in: scope).first?.int(0) == 0)
    }
  }

  @Test("an administrator's cancellation is a cancellation")
  func administrator() async throws {
    let database = try await TenantDatabase()
    try await database.withPool { pool in
      let task = Task { [sleep] in try await failure { _ = try await pool.query(sleep, in: nil) } }
      try await eventually { try await isSleeping(database) }
      try await database.fixture.sql(
        "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE usename = '\(database.user)'")
      #expect(try await task.value.code == .cancelled)
    }
  }
}
