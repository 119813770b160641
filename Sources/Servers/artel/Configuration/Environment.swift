import Foundation
import LibCrypto
import Logging
import Platform
import Postgres
import Storage

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
    secrets = try await Secrets(directory: settings.secretsDirectory)
    logger = ProcessLog.start(level: level)
  }

  /// How a login role reaches the database.
  func database(as role: String) throws -> PostgresConfiguration {
    var configuration = PostgresConfiguration(
      host: settings.database.host, port: settings.database.port,
      database: settings.database.name, user: "artel_\(role)",
      password: try secrets.databasePassword(of: role))
    configuration.applicationName = "artel"
    configuration.hasTransactionPooler = settings.database.hasTransactionPooler
    if let file = settings.database.trustRootsFile {
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

  /// Runs what an operator does, over pools that live as long as the command.
  func administer<Result: Sendable>(
    _ body: (TenantAdministration, PlatformDirectory) async throws -> Result
  ) async throws -> Result {
    let key = try secrets.keyEncryptionKey()
    let baseDomain = try BaseDomain(settings.baseDomain)
    let application = try pool(as: "app")
    let directory = try pool(as: "directory")
    // Behind everything that throws: a client that is let go while it is open traps.
    let client = try IssuerHTTPClient.make()
    let platform = PlatformServices(
      PlatformConfiguration(
        baseDomain: baseDomain, applicationPool: application,
        directoryPool: directory, envelope: Envelope(key: key),
        httpClient: client),
      hub: EventHub(), logger: logger)
    let name = ProcessInfo.processInfo.userName
    do {
      let result = try await body(platform.administration(operator: name), platform.directory)
      await application.shutdown()
      await directory.shutdown()
      try await client.shutdown()
      return result
    } catch {
      await application.shutdown()
      await directory.shutdown()
      try await client.shutdown()
      throw error
    }
  }
}
