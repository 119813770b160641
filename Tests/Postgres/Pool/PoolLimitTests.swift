import Postgres
import TestSupport
import Testing

@Suite("The pool's limits", .serialized)
struct PoolLimitTests {
  private let scope = TenantDatabase.first
  private let nap = Statement("SELECT pg_sleep(2)")

  @Test("shares few connections among many callers, in their order")
  func sharing() async throws {
    let database = try await TenantDatabase()
    try await database.withPool {
      $0.poolSize = 2
    } _: { pool in
      try await withThrowingTaskGroup(of: Int.self) { group in
        for number in 0..<100 {
          group.addTask {
            let statement = Statement("SELECT $1", .int(number))
            return try await pool.query(statement, in: nil).first?.int(0) ?? -1
          }
        }
        var sum = 0
        for try await number in group { sum += number }
        #expect(sum == 4950)
      }
      #expect(pool.statistics.created <= 2)
      #expect(pool.statistics.inUse == 0)
    }
  }

  @Test("refuses who comes when the queue is full, at once", .covers("S-G16"))
  func fullQueue() async throws {
    let database = try await TenantDatabase()
    try await database.withPool {
      $0.poolSize = 1
      $0.maxWaiters = 1
    } _: { pool in
      let busy = Task { [nap] in _ = try await pool.query(nap, in: nil) }
      try await eventually { pool.statistics.inUse == 1 }
      let waiting = Task { try await pool.query(.count, in: nil).count }
      try await eventually { pool.statistics.waiting == 1 }
      let error = try await failure { _ = try await pool.query(.count, in: nil) }
      #expect(error.code == .poolExhausted)
      #expect(error.failure == .poolExhausted)
      #expect(pool.statistics.refused == 1)
      try await busy.value
      #expect(try await waiting.value == 1)
    }
  }

  @Test("ends the wait at the caller's deadline or at its own limit", .covers("S-G16"))
  func waits() async throws {
    let database = try await TenantDatabase()
    try await database.withPool {
      $0.poolSize = 1
      $0.acquireTimeout = .seconds(2)
    } _: { pool in
      let busy = Task { _ = try await pool.query(Statement("SELECT pg_sleep(60)"), in: nil) }
      try await eventually { pool.statistics.inUse == 1 }
      let early = try await failure {
        _ = try await pool.query(.count, in: nil, deadline: .now + .milliseconds(50))
      }
      #expect(early.code == .deadlineExceeded)
      let late = try await failure {
        _ = try await pool.query(.count, in: nil, deadline: .now + .seconds(60))
      }
      #expect(late.code == .poolExhausted)
      busy.cancel()
      _ = await busy.result
    }
  }

  @Test("finishes running work at a shutdown and refuses the rest")
  func shutdown() async throws {
    let database = try await TenantDatabase()
    var configuration = database.configuration
    configuration.poolSize = 1
    let pool = PostgresPool(configuration, logger: .silent)
    let busy = Task { [nap] in try await pool.query(nap, in: nil).count }
    try await eventually { pool.statistics.inUse == 1 }
    let waiting = Task { try await failure { _ = try await pool.query(.count, in: nil) } }
    try await eventually { pool.statistics.waiting == 1 }
    await pool.shutdown()
    #expect(try await waiting.value.code == .shutDown)
    #expect(try await busy.value == 1)
    let late = try await failure { _ = try await pool.query(.count, in: nil) }
    #expect(late.code == .shutDown)
    await pool.shutdown()
  }

  @Test("ends work that outlives the grace of a shutdown, and says what is known of it")
  func impatientShutdown() async throws {
    let database = try await TenantDatabase()
    let pool = PostgresPool(database.configuration, logger: .silent)
    let sleep = Statement("SELECT pg_sleep(30)")
    let read = Task { try await failure { _ = try await pool.read(sleep, in: nil) } }
    let write = Task { try await failure { _ = try await pool.query(sleep, in: nil) } }
    try await eventually {
      try await database.fixture.sql(
        """
        SELECT count(*) FROM pg_stat_activity
        WHERE usename = '\(database.user)' AND wait_event = 'PgSleep'
        """) == "2"
    }
    await pool.shutdown(grace: .milliseconds(50))
    #expect(try await read.value.code == .shutDown)
    #expect(try await write.value.code == .commitUnknown)
  }

  @Test("a reactor that stops refuses everything from then on")
  func reactor() async throws {
    let database = try await TenantDatabase()
    let reactor = PostgresReactor()
    let pool = PostgresPool(database.configuration, reactor: reactor, logger: .silent)
    #expect(try await pool.query(.count, in: scope).count == 1)
    let listener = try PostgresListener(
      database.configuration, channels: ["c"], reactor: reactor, logger: .silent)
    await reactor.stop()
    await reactor.stop()
    let error = try await failure { _ = try await pool.query(.count, in: scope) }
    #expect(error.code == .shutDown)
    for await _ in listener.events {}
    await pool.shutdown()
  }

  @Test("a password that is refused makes the database unavailable, and is never shown")
  func wrongPassword() async throws {
    let database = try await TenantDatabase()
    try await database.withPool {
      $0.password = "wrong-canary"
    } _: { pool in
      let error = try await failure { _ = try await pool.query(.count, in: nil) }
      #expect(error.code == .unavailable)
      #expect(pool.statistics.failed >= 2)
      var text = "\(pool.configuration) \(String(reflecting: pool.configuration))"
      dump(pool.configuration, to: &text)
      #expect(!text.contains("wrong-canary"))
    }
  }

  @Test("a host whose name is unknown makes the database unavailable")
  func unknownHost() async throws {
    let database = try await TenantDatabase()
    try await database.withPool {
      $0.host = "no-such-host.invalid"
    } _: { pool in
      let error = try await failure { _ = try await pool.query(.count, in: nil) }
      #expect(error.code == .unavailable)
    }
  }
}
