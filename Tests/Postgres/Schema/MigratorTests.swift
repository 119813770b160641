import Postgres
import TestSupport
import Testing

@Suite("Migrations", .serialized)
struct MigratorTests {
  private let first = Migration(
    version: 1, name: "thing", sql: "CREATE TABLE thing (id int); INSERT INTO thing VALUES (1)")
  private let second = Migration(
    version: 2, name: "name", sql: "ALTER TABLE thing ADD COLUMN name text")

  private func owner() async throws -> (DatabaseFixture, PostgresConfiguration) {
    let fixture = try await PostgresCluster.shared().createDatabase()
    let role = try await fixture.createRole("owner")
    try await fixture.sql("ALTER DATABASE \(fixture.name) OWNER TO \(role.user)")
    let configuration = PostgresConfiguration(
      host: fixture.cluster.socketDirectory, port: fixture.cluster.port, database: fixture.name,
      user: role.user, password: role.password)
    return (fixture, configuration)
  }

  private func migrator(
    _ configuration: PostgresConfiguration, _ migrations: [Migration]
  ) -> Migrator {
    var migrator = Migrator(configuration, migrations: migrations, logger: .silent)
    migrator.lockTimeout = .milliseconds(100)
    migrator.lockPause = .milliseconds(50)
    migrator.lockAttempts = 3
    return migrator
  }

  @Test("applies what is missing, once, and says what it did")
  func applies() async throws {
    let (fixture, configuration) = try await owner()
    let one = migrator(configuration, [first])
    #expect(try await one.status() == MigrationStatus(pending: [1]))
    #expect(try await one.migrate(dryRun: true) == [1])
    #expect(try await fixture.sql("SELECT to_regclass('artel_migration') IS NULL") == "t")
    #expect(try await one.migrate() == [1])
    #expect(try await one.migrate() == [])
    let two = migrator(configuration, [first, second])
    #expect(try await two.status() == MigrationStatus(applied: [1], pending: [2]))
    #expect(try await two.migrate() == [2])
    #expect(try await fixture.sql("SELECT id, name FROM thing") == "1|")
    let log = try await fixture.sql(
      "SELECT version, name, length(checksum), applied_time <= now() FROM artel_migration ORDER BY 1"
    )
    #expect(log == "1|thing|64|t\n2|name|64|t")
  }

  @Test("refuses a changed migration, a lacking one, a list out of order and a newer database")
  func refuses() async throws {
    let (fixture, configuration) = try await owner()
    try await migrator(configuration, [first, second]).migrate()
    let changed = Migration(version: 1, name: "thing", sql: "CREATE TABLE other (id int)")
    await #expect(throws: MigrationError.changed(version: 1)) {
      try await migrator(configuration, [changed, second]).migrate()
    }
    await #expect(throws: MigrationError.newerDatabase(version: 2)) {
      try await migrator(configuration, [first]).migrate()
    }
    #expect(
      try await migrator(configuration, [first]).status()
        == MigrationStatus(applied: [1], unknown: [2]))
    await #expect(throws: MigrationError.invalidList) {
      try await migrator(configuration, [second, first]).migrate()
    }
    try await fixture.sql("DELETE FROM artel_migration WHERE version = 1")
    await #expect(throws: MigrationError.gap(version: 1)) {
      try await migrator(configuration, [first, second]).migrate()
    }
  }

  @Test("lets numbers be left out, and refuses one that comes after a higher one")
  func leftOut() async throws {
    let (_, configuration) = try await owner()
    let third = Migration(version: 3, name: "third", sql: "CREATE TABLE third (id int)")
    #expect(try await migrator(configuration, [first, third]).migrate() == [1, 3])
    await #expect(throws: MigrationError.gap(version: 2)) {
      try await migrator(configuration, [first, second, third]).migrate()
    }
  }

  @Test("leaves nothing of a migration that fails, and everything before it")
  func atomic() async throws {
    let (fixture, configuration) = try await owner()
    let bad = Migration(version: 2, name: "bad", sql: "CREATE TABLE half (id int); SELECT 1 / 0")
    let error = await #expect(throws: MigrationError.self) {
      try await migrator(configuration, [first, bad]).migrate()
    }
    guard case .failed(2, let cause)? = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(cause.sqlState == "22012")
    #expect(try await fixture.sql("SELECT to_regclass('half') IS NULL") == "t")
    #expect(try await migrator(configuration, [first]).status().applied == [1])
  }

  @Test("refuses a migration that ends its own transaction")
  func endsTransaction() async throws {
    let (_, configuration) = try await owner()
    let ends = Migration(version: 1, name: "ends", sql: "CREATE TABLE a (id int); COMMIT")
    await #expect(throws: MigrationError.endedTransaction(version: 1)) {
      try await migrator(configuration, [ends]).migrate()
    }
  }

  @Test("waits only shortly for a lock that somebody holds, and tries again", .covers("S-G16"))
  func lock() async throws {
    let (fixture, configuration) = try await owner()
    try await migrator(configuration, [first]).migrate()
    let pool = PostgresPool(configuration, logger: .silent)
    // A transaction that reads the table holds the migration off.
    try await pool.transaction(in: nil) { transaction in
      _ = try await transaction.query(Statement("SELECT count(*) FROM thing"))
      let error = await #expect(throws: MigrationError.self) {
        try await migrator(configuration, [first, second]).migrate()
      }
      guard case .failed(2, let cause)? = error else {
        Issue.record("another error: \(String(describing: error))")
        return
      }
      #expect(cause.code == .lockTimeout)
      // Nobody queues behind a migration that gave up.
      _ = try await pool.read(Statement("SELECT count(*) FROM thing"), in: nil)
    }
    // While it tries, the lock becomes free.
    var patient = migrator(configuration, [first, second])
    patient.lockAttempts = 100
    let trying = patient
    try await pool.transaction(in: nil) { transaction in
      _ = try await transaction.query(Statement("SELECT count(*) FROM thing"))
      let task = Task { try await trying.migrate() }
      try await eventually {
        try await fixture.sql(
          """
          SELECT count(*) FROM pg_stat_activity
          WHERE usename = '\(configuration.user)' AND wait_event_type = 'Lock'
          """) == "1"
      }
      withExtendedLifetime(task) {}
    }
    try await eventually { try await trying.status().applied == [1, 2] }
    await pool.shutdown()
  }

  @Test("two migrators at once apply everything once")
  func concurrent() async throws {
    let (fixture, configuration) = try await owner()
    let slow = Migration(
      version: 1, name: "slow", sql: "CREATE TABLE thing (id int); SELECT pg_sleep(0.3)")
    let migrator = migrator(configuration, [slow, second])
    async let one = migrator.migrate()
    async let other = migrator.migrate()
    let applied = try await [one, other]
    #expect(applied.map(\.count).sorted() == [0, 2])
    #expect(try await fixture.sql("SELECT count(*) FROM artel_migration") == "2")
    var hasty = Migrator(configuration, migrations: [slow, second], logger: .silent)
    hasty.queueTimeout = .milliseconds(50)
    let pool = PostgresPool(configuration, logger: .silent)
    try await pool.transaction(in: nil) { transaction in
      _ = try await transaction.query(
        Statement("SELECT pg_advisory_xact_lock(hashtextextended('artel_migration', 0))"))
      let turn = hasty
      await #expect(throws: MigrationError.busy) { try await turn.migrate() }
    }
    await pool.shutdown()
  }

  @Test("says why the database cannot be reached")
  func unreachable() async throws {
    let configuration = PostgresConfiguration(
      host: "/nowhere", database: "d", user: "u", password: "canary")
    let error = try await failure {
      _ = try await Migrator(configuration, migrations: [first], logger: .silent).status()
    }
    #expect(error.code == .unavailable)
    #expect(error.description.contains("/nowhere"))
    #expect(!error.description.contains("canary"))
  }
}
