import Glibc
import Logging

/// One run of a migrator, on a blocking connection and a thread of its own.
struct MigrationRun {
  private let migrator: Migrator
  private let connection: PlainConnection
  private let logger: Logger

  init(_ migrator: Migrator, logger: Logger) throws {
    let versions = migrator.migrations.map(\.version)
    guard versions.first ?? 1 > 0, zip(versions, versions.dropFirst()).allSatisfy(<) else {
      throw MigrationError.invalidList
    }
    self.migrator = migrator
    self.logger = logger
    connection = try PlainConnection(migrator.configuration, logger: logger)
  }

  func status() throws -> MigrationStatus {
    var status = MigrationStatus()
    let known = migrator.migrations
    for (index, row) in try history().enumerated() {
      if index >= known.count {
        status.unknown.append(row.version)
      } else if row.version != known[index].version {
        throw MigrationError.gap(version: known[index].version)
      } else if row.checksum != (try checksum(of: known[index])) {
        throw MigrationError.changed(version: row.version)
      } else {
        status.applied.append(row.version)
      }
    }
    status.pending = known.dropFirst(status.applied.count).map(\.version)
    return status
  }

  func apply() throws -> [Int] {
    try takeTurn()
    try connection.run(
      """
      CREATE TABLE IF NOT EXISTS artel_migration (
        version integer PRIMARY KEY,
        name text NOT NULL,
        checksum text NOT NULL,
        applied_time timestamptz NOT NULL DEFAULT now()
      )
      """)
    let status = try status()
    if let version = status.unknown.first { throw MigrationError.newerDatabase(version: version) }
    for migration in migrator.migrations where status.pending.contains(migration.version) {
      try apply(migration)
    }
    return status.pending
  }

  private func history() throws -> [(version: Int, checksum: String)] {
    let exists = try connection.query("SELECT to_regclass('artel_migration') IS NOT NULL")
    guard exists.first?.first == "t" else { return [] }
    return try connection.query("SELECT version, checksum FROM artel_migration ORDER BY version")
      .map { row in
        guard row.count == 2, let version = row[0].flatMap({ Int($0) }), let checksum = row[1]
        else { throw PostgresError(code: .decoding, diagnostic: "artel_migration is malformed") }
        return (version, checksum)
      }
  }

  /// SHA-256 of the text, by the server, in hexadecimal.
  private func checksum(of migration: Migration) throws(PostgresError) -> String? {
    try connection.query("SELECT encode(sha256(convert_to($1, 'UTF8')), 'hex')", [migration.sql])
      .first?.first ?? nil
  }

  /// One migrator at a time: the lock of this session ends with the connection.
  private func takeTurn() throws {
    try connection.run("SET lock_timeout = \(migrator.queueTimeout.milliseconds)")
    do {
      _ = try connection.query("SELECT pg_advisory_lock(hashtextextended('artel_migration', 0))")
    } catch {
      guard error.code == .lockTimeout else { throw error }
      throw MigrationError.busy
    }
  }

  private func apply(_ migration: Migration) throws {
    var attempt = 1
    while let error = try refusal(of: migration) {
      guard error.code == .lockTimeout, attempt < migrator.lockAttempts else {
        throw MigrationError.failed(version: migration.version, error)
      }
      logger.notice(
        "a lock is taken; trying again",
        metadata: ["version": "\(migration.version)", "attempt": "\(attempt)"])
      usleep(useconds_t(clamping: migrator.lockPause.milliseconds * 1000))
      attempt += 1
    }
    logger.info("migrated", metadata: ["version": "\(migration.version)"])
  }

  /// Tries once. Gives the server's error, after which nothing is left of the try.
  private func refusal(of migration: Migration) throws -> PostgresError? {
    do {
      try applyOnce(migration)
      return nil
    } catch let error as PostgresError {
      // Fails only with the connection, and then the transaction is gone too.
      try? connection.run("ROLLBACK")
      return error
    }
  }

  private func applyOnce(_ migration: Migration) throws {
    try connection.run(
      """
      BEGIN;
      SET LOCAL lock_timeout = \(migrator.lockTimeout.milliseconds);
      SET LOCAL statement_timeout = \(migrator.statementTimeout.milliseconds)
      """)
    try connection.run(migration.sql)
    guard connection.isInTransaction else {
      throw MigrationError.endedTransaction(version: migration.version)
    }
    let checksum = try checksum(of: migration)
    _ = try connection.query(
      "INSERT INTO artel_migration (version, name, checksum) VALUES ($1, $2, $3)",
      [String(migration.version), migration.name, checksum])
    try connection.run("COMMIT")
  }
}
