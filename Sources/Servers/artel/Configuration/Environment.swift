import Egress
import Foundation
import Logging
import Pipeline
import Platform
import Postgres
import Storage
import Telemetry

/// What every command needs: checked settings, secrets, a logger, and the ways to the database.
struct Environment: Sendable {
  let settings: ServerSettings
  let secrets: Secrets
  let logger: Logger

  /// Reads the process's environment.
  ///
  /// - Throws: `SettingsError` with everything that is wrong.
  init() async throws {
    settings = try ServerSettings(environment: ProcessInfo.processInfo.environment)
    guard let level = Logger.Level(rawValue: settings.logLevel) else {
      throw SettingsError(problems: ["ARTEL_LOG_LEVEL is not a level of swift-log"])
    }
    secrets = try Secrets(directory: settings.secretsDirectory)
    logger = ProcessLog.start(
      levels: LogLevels(level, others: settings.telemetry.logLevels))
  }

  /// How a login role reaches the database.
  func database(as role: String) throws -> PostgresConfiguration {
    try configuration(of: settings.database, as: role)
  }

  /// How a login role reaches the key store.
  func keyStore(as role: String) throws -> PostgresConfiguration {
    try configuration(of: settings.keyStore, as: role)
  }

  private func configuration(
    of database: ServerSettings.Database, as role: String
  ) throws -> PostgresConfiguration {
    var configuration = PostgresConfiguration(
      host: database.host, port: database.port, database: database.name, user: "artel_\(role)",
      password: try secrets.databasePassword(of: role))
    configuration.applicationName = "artel"
    configuration.hasTransactionPooler = database.hasTransactionPooler
    if let file = database.trustRootsFile {
      configuration.transportSecurity = .verified(rootCertificateFile: file)
    }
    // As roles.sql has it: nothing that we do leaves a transaction waiting for long.
    configuration.idleInTransactionTimeout = .seconds(15)
    return configuration
  }

  /// A pool of a login role.
  func pool(as role: String) throws -> PostgresPool {
    PostgresPool(try database(as: role), logger: Logger(label: "artel.postgres"))
  }

  /// The tenant that operates the platform, whose audit tells of what is nobody else's; nil where there is
  /// none, or none yet because nobody has been served.
  func operatorTenant(in directory: PlatformDirectory) async throws -> Tenant? {
    guard let name = settings.operatorTenant else { return nil }
    return try await directory.tenant(named: name)
  }

  /// Runs what an operator does, over pools that live as long as the command.
  func administer<Result: Sendable>(
    _ body: (TenantAdministration, PlatformDirectory) async throws -> Result
  ) async throws -> Result {
    let baseDomain = try BaseDomain(settings.baseDomain)
    let application = try pool(as: "app")
    let directory = try pool(as: "directory")
    let keys = try keyPool()
    let vault = try vault(over: keys, rows: application)
    // Behind everything that throws: a client that is let go while it is open traps.
    let client = try EgressClient()
    let platform = PlatformServices(
      PlatformConfiguration(
        baseDomain: baseDomain, applicationPool: application,
        directoryPool: directory, vault: vault, egress: client),
      hub: EventHub(), logger: logger)
    let name = ProcessInfo.processInfo.userName
    do {
      let result = try await body(platform.administration(operator: name), platform.directory)
      await application.shutdown()
      await directory.shutdown()
      await keys.shutdown()
      try await client.shutdown()
      return result
    } catch {
      await application.shutdown()
      await directory.shutdown()
      await keys.shutdown()
      try await client.shutdown()
      throw error
    }
  }
}
