import ArgumentParser
import Logging
import Platform
import Postgres
import Residential

/// `artel migrate`: brings the schema to this program's version.
struct MigrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate",
    abstract: "Brings the database's schema up to this version; the version before goes on working."
  )

  @Flag(help: "Only say what is applied and what is not.")
  var status = false

  private struct Applied: Encodable { let applied: [Int] }
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
    try Output.json(Applied(applied: try await migrator.migrate()))
  }
}

/// Every migration of this program, in order.
enum Migrations {
  static let all: [Migration] = (PlatformMigrations.all + ResidentialMigrations.all)
    .sorted { $0.version < $1.version }
}
