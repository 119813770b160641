public import Logging

/// Applies migrations as the owner of the schema, one transaction each, one program at a time.
///
/// A migration waits for its locks only a short time, so that it never blocks the program that is
/// still serving; when they are not free it is tried again.
public struct Migrator: Sendable {
  /// The migrations of this program, in order.
  public let migrations: [Migration]
  /// The owner's connection.
  public let configuration: PostgresConfiguration
  /// How long a migration waits for a lock.
  public var lockTimeout: Duration = .seconds(3)
  /// How often a migration that found a lock taken is tried, in all.
  public var lockAttempts = 5
  /// The pause between two such tries.
  public var lockPause: Duration = .seconds(1)
  /// How long one command of a migration may run.
  public var statementTimeout: Duration = .seconds(600)
  /// How long to wait for another migrator to finish.
  public var queueTimeout: Duration = .seconds(60)
  private let logger: Logger

  public init(
    _ configuration: PostgresConfiguration, migrations: [Migration],
    logger: Logger = Logger(label: "artel.postgres.migrate")
  ) {
    self.configuration = configuration
    self.migrations = migrations
    self.logger = logger
  }

  /// Where the database stands; changes nothing.
  /// - Throws: `MigrationError` when history and program disagree, `PostgresError` otherwise.
  public func status() async throws -> MigrationStatus {
    try await Threads.run { try MigrationRun(self, logger: logger).status() }
  }

  /// Applies what is missing. After an error the migrations before the failed one stay applied.
  /// - Parameter dryRun: tells what would be applied, and applies nothing.
  /// - Returns: the versions applied, or to be applied.
  /// - Throws: `MigrationError`, or `PostgresError` when the database cannot be reached.
  @discardableResult
  public func migrate(dryRun: Bool = false) async throws -> [Int] {
    if dryRun { return try await status().pending }
    return try await Threads.run { try MigrationRun(self, logger: logger).apply() }
  }
}
