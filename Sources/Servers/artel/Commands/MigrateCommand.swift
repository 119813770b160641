import ArgumentParser
import Logging
import Platform
import Postgres
import Residential
import Storage

/// `artel migrate`: brings the schema to this program's version.
struct MigrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate",
    abstract: "Brings the database's schema up to this version; the version before goes on working."
  )

  @Flag(help: "Only say what is applied and what is not.")
  var status = false

  private struct Applied: Encodable {
    let applied: [Int]
    let keyStore: [Int]
    let sealedRows: Int
  }
  private struct Status: Encodable { let applied, pending, unknown: [Int] }

  func run() async throws {
    let environment = try await Environment()
    let migrator = Migrator(
      try environment.database(as: "owner"),
      migrations: Migrations.all, logger: environment.logger)
    if status {
      let status = try await migrator.status()
      return try Output.json(
        Status(applied: status.applied, pending: status.pending, unknown: status.unknown))
    }
    try await environment.withKeys { try await environment.checkApart(keys: $0, rows: $1) }
    let keyStore = try await Migrator(
      try environment.keyStore(as: "owner"), migrations: KeyStoreMigrations.all,
      logger: environment.logger
    ).migrate()
    let first = try await PlainRowsStep(environment: environment).run()
    let applied = try await migrator.migrate()
    try await claimTenants(environment)
    try Output.json(
      Applied(applied: first.applied + applied, keyStore: keyStore, sealedRows: first.rows))
  }

  /// Tells the key store that the tenants that are served are in this database, so that no other one
  /// destroys their keys.
  private func claimTenants(_ environment: Environment) async throws {
    let directory = try environment.pool(as: "directory")
    do {
      try await environment.withKeys { keys, rows in
        let tenants = try await directory.query(
          Statement("SELECT tenant_id FROM artel.tenant WHERE state = 'ACTIVE'"), in: nil,
          deadline: .now + .seconds(60))
        try await environment.vault(over: keys, rows: rows).claim(
          try tenants.map { try $0.uuid(0) })
      }
      await directory.shutdown()
    } catch {
      await directory.shutdown()
      throw error
    }
  }
}

/// What comes in the middle of the migrations: rows that are in clear are sealed before their columns
/// go.
private struct PlainRowsStep {
  let environment: Environment

  func run() async throws -> (applied: [Int], rows: Int) {
    let before = Migrations.all.filter { $0.version <= PlainRows.lastMigration }
    let all = Migrator(
      try environment.database(as: "owner"), migrations: Migrations.all,
      logger: environment.logger)
    // A newer database has nothing in clear, nor has one that is behind this step.
    guard try await all.status().pending.contains(PlainRows.lastMigration + 1) else {
      return ([], 0)
    }
    let applied = try await Migrator(
      try environment.database(as: "owner"), migrations: before, logger: environment.logger
    ).migrate()
    let pools = [
      try environment.pool(as: "app"), try environment.pool(as: "directory"),
      try environment.keyPool(),
    ]
    do {
      let rows = try await PlainRows(
        database: TenantDatabase(
          pool: pools[0], hub: EventHub(),
          vault: try environment.vault(over: pools[2], rows: pools[0])),
        directory: pools[1]
      ).seal()
      for pool in pools { await pool.shutdown() }
      return (applied, rows)
    } catch {
      for pool in pools { await pool.shutdown() }
      throw error
    }
  }
}

/// Every migration of this program, in order.
enum Migrations {
  static let all: [Migration] = (PlatformMigrations.all + ResidentialMigrations.all)
    .sorted { $0.version < $1.version }
}
