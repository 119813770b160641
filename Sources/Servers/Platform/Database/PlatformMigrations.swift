public import Postgres

/// The tables that every domain stands on: tenants with their issuers, clients and keys, the audit
/// and the outbox.
public enum PlatformMigrations {
  /// Version 1; the domains' migrations follow it.
  public static let all: [Migration] = [
    Migration(version: 1, name: "platform", sql: directoryTables + keyTables + journalTables)
  ]
}
