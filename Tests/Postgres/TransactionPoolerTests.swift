import Postgres
import TestSupport
import Testing

@Suite("Behind a pooler that hands connections from transaction to transaction", .serialized)
struct TransactionPoolerTests {
  private let first = TenantDatabase.first
  private let second = TenantDatabase.second

  /// A pool of eight over one connection to the server.
  private func withPooler(
    _ body: (PostgresPool, TransactionPooler, TenantDatabase) async throws -> Void
  ) async throws {
    let database = try await TenantDatabase()
    let pooler = try await TransactionPooler(
      before: database.fixture.cluster, user: database.user, password: database.password,
      connections: 1)
    try await database.withPool {
      $0.port = pooler.port
      $0.hasTransactionPooler = true
      $0.poolSize = 8
    } _: { pool in
      try await body(pool, pooler, database)
    }
  }

  @Test(
    "a tenant is set for the transaction: whoever has the connection next has none",
    .covers("S-D1", "S-D2"))
  func nothingStays() async throws {
    try await withPooler { pool, pooler, database in
      func session() async throws -> String {
        try await pooler.sql(
          """
          SELECT concat_ws(',', current_setting('artel.tenant_id', true),
            current_setting('artel.actor', true), current_setting('transaction_read_only'),
            current_setting('idle_in_transaction_session_timeout'),
            (SELECT count(*) FROM note), (SELECT count(*) FROM pg_prepared_statements),
            (SELECT count(*) FROM pg_stat_activity WHERE usename = current_user))
          """, database: database.fixture.name, user: database.user, password: database.password)
      }
      _ = try await pool.execute(.insert(first, 1, "one"), in: first)
      #expect(try await session() == ",,off,0,0,0,1")
      #expect(try await pool.read(.bodies, in: first).count == 1)
      #expect(try await session() == ",,off,0,0,0,1")
      let seen = try await pool.transaction(in: first) { transaction in
        try await transaction.query(.bodies).count
      }
      #expect(seen == 1)
      #expect(try await session() == ",,off,0,0,0,1")
      _ = try await failure {
        try await pool.transaction(in: second) { transaction in
          _ = try await transaction.query(Statement("SELECT 1 / 0"))
        }
      }
      #expect(try await session() == ",,off,0,0,0,1")
    }
  }

  @Test("says to each transaction what a connection of its own would hear once")
  func session() async throws {
    try await withPooler { pool, _, _ in
      let settings = Statement(
        """
        SELECT current_setting('timezone'), current_setting('idle_in_transaction_session_timeout')
        """)
      let unit = try await pool.query(settings, in: first)
      #expect(try unit.first?.text(0) == "UTC")
      let rows = try await pool.transaction(in: first) { transaction in
        try await transaction.query(settings)
      }
      #expect(try rows.first?.text(0) == "UTC")
      #expect(try rows.first?.text(1) == "1min")
    }
  }

  @Test("runs the same statements in many clients at once, each with its own values")
  func values() async throws {
    try await withPooler { pool, _, _ in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 1...100 {
          group.addTask {
            let scope = number % 2 == 0 ? first : second
            _ = try await pool.execute(.insert(scope, number, "body \(number)"), in: scope)
            let rows = try await pool.read(
              Statement("SELECT body FROM note WHERE id = $1", .int(number)), in: scope)
            #expect(try rows.map { try $0.text(0) } == ["body \(number)"])
          }
        }
        try await group.waitForAll()
      }
      #expect(try await pool.read(.count, in: first).first?.int(0) == 50)
    }
  }

  @Test("stops the statement of a cancelled task, and goes on")
  func cancellation() async throws {
    try await withPooler { pool, _, database in
      let task = Task {
        try await failure { _ = try await pool.query(Statement("SELECT pg_sleep(30)"), in: first) }
      }
      try await eventually {
        try await database.fixture.sql(
          """
          SELECT count(*) FROM pg_stat_activity
          WHERE usename = '\(database.user)' AND wait_event = 'PgSleep'
          """) != "0"
      }
      task.cancel()
      #expect(try await task.value.code == .cancelled)
      #expect(try await pool.read(.count, in: first).first?.int(0) == 0)
    }
  }
}
