import Foundation
import TestSupport
import Testing

/// A lint: it reads the sources of this repository.
@Suite("SQL in the sources")
struct StatementTextTests {
  private static let sources = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources")

  private static func files() throws -> [(name: String, text: String)] {
    let all = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    return try (all?.allObjects ?? []).compactMap { $0 as? URL }
      .filter { $0.pathExtension == "swift" && !$0.path.contains("/Sources/Generated/") }
      .map { url in
        let name = url.path.dropFirst(sources.path.count + 1)
        return (String(name), try String(contentsOf: url, encoding: .utf8))
      }
  }

  @Test("sets nothing that outlives its transaction", .covers("S-D10"))
  func session() throws {
    let files = try Self.files()
    #expect(files.count > 300)
    // Migrations have a connection of their own, whose session ends with them.
    for file in files where file.name != "Bridge/Postgres/Schema/MigrationRun.swift" {
      let faults = StatementText.faults(in: file.text)
      #expect(faults.isEmpty, "\(file.name): \(faults.joined(separator: "; "))")
    }
  }

  @Test(
    "is found where it would outlive its transaction", .covers("S-D10"),
    arguments: [
      #"Statement("SET artel.tenant_id = 'x'")"#, #"Statement("set search_path to x")"#,
      #"Statement("SELECT 1; SET SESSION ROLE x")"#, #"Statement("RESET ALL")"#,
      #"Statement("DISCARD ALL")"#, #"Statement("SELECT set_config('a', $1, false)")"#,
      #"Statement("SELECT set_config('a', coalesce($1, ''), $2), 1")"#,
      "Statement(\n  \"\"\"\n  SELECT set_config('a', $1, true),\n    set_config('b', $2, false)\n"
        + "  \"\"\")",
    ])
  func found(source: String) {
    #expect(StatementText.faults(in: source).count == 1)
  }

  @Test(
    "is passed where it does not",
    arguments: [
      #"Statement("SET LOCAL lock_timeout = 1")"#, #"Statement("UPDATE a SET b = 1")"#,
      #"Statement("SELECT set_config('a', coalesce($1, ''), true)")"#, #"log("reset")"#,
      "Statement(\n  \"\"\"\n  UPDATE a\n  SET b = 1\n  \"\"\")", #"// "SET x = 1""#,
    ])
  func passed(source: String) {
    #expect(StatementText.faults(in: source) == [])
  }

  /// Who may run SQL otherwise than by `TenantDatabase`, which has a tenant for every transaction.
  private static let exceptions: Set<String> = [
    // What is known before a tenant is, by a role of its own that may only read it.
    "Servers/Platform/Directory/DirectoryStore.swift",
    "Servers/Platform/Directory/PlatformDirectory.swift",
    // Hands events of all tenants to their watchers, by a role of its own.
    "Servers/Platform/Events/OutboxReader.swift",
    // What was revoked in any tenant, by the directory's role; and what of it is over.
    "Servers/Platform/Revocation/RevocationReader.swift",
    "Servers/Platform/Revocation/EndedRows.swift",
    // Counts what all tenants use, by the dispatcher's role.
    "Servers/Platform/Limits/StoredQuotas.swift",
    // Adds up errors of all tenants' apps, by the dispatcher's role.
    "Servers/Platform/ClientErrors/StoredClientErrors.swift",
    // Erasures of all tenants that were begun, by the dispatcher's role.
    "Servers/Platform/Privacy/BegunErasures.swift",
    // Messages of all tenants that wait to be sent, by the dispatcher's role.
    "Servers/Platform/Messages/MessageQueue.swift",
    // Seal, verify and export the logs of all tenants, by the sealer's role; and what is nobody's.
    "Servers/Platform/Audit/AuditSealer.swift", "Servers/Platform/Audit/AuditVerifier.swift",
    "Servers/Platform/Audit/AuditExport.swift", "Servers/Platform/Audit/AuditService.swift",
    "Servers/Platform/Audit/AuditVerifier+Logs.swift", "Servers/Platform/Audit/AuditEpochs.swift",
    // Writes what waited in the spool, in the scope of each entry's tenant.
    "Servers/Platform/Audit/AuditWriter.swift", "Servers/Platform/Audit/AuditWriter+Shipping.swift",
    // Erase, archive and restore a whole tenant, as the schema's owner.
    "Servers/Platform/Tenants/TenantAdministration+Erasure.swift",
    "Servers/Platform/Tenants/TenantAdministration+Archive.swift",
    "Servers/Platform/Tenants/TenantAdministration+Restore.swift",
    // Which tenants have something to recover, by the dispatcher's role, which sees no more of it.
    "Servers/Residential/Commands/TenantsWithDueCommands.swift",
    // The key store, a database of its own; and, once, the list of tenants whose rows are in clear.
    "Bridge/Storage/Vault/PostgresKeyStore.swift", "Servers/Platform/Database/PlainRows.swift",
    "Bridge/Storage/Vault/PostgresKeyStore+Tenants.swift",
    // How the database calls itself; and which tenants are in it, for the key store.
    "Bridge/Storage/Vault/RowsDatabase.swift", "Servers/artel/Commands/MigrateCommand.swift",
    // Counts sealed values by their keys, as the role that sees all of them.
    "Servers/Platform/Tenants/TenantAdministration+Vault.swift",
    "Servers/artel/Commands/VaultCommand.swift",
    "Servers/artel/Configuration/Environment+Vault.swift",
    // Put things together, and run nothing.
    "Servers/Platform/PlatformConfiguration.swift", "Servers/artel/Serving/Server.swift",
    "Servers/artel/Configuration/Environment.swift", "Servers/Platform/Audit/AuditServices.swift",
    // Asks whether the database answers at all, and reads how full its pools are.
    "Servers/artel/Serving/Readiness.swift", "Servers/artel/Serving/ServerMetrics.swift",
    // TenantDatabase itself.
    "Bridge/Storage/TenantDatabase.swift",
    // The check of the catalog at start.
    "Bridge/Postgres/Schema/RoleCheck.swift",
  ]

  @Test("runs in a tenant's transaction, but for a reviewed list", .covers("S-D10"))
  func tenants() throws {
    for file in try Self.files() where !Self.exceptions.contains(file.name) {
      let isLibrary = file.name.hasPrefix("Bridge/Postgres/")
      guard isLibrary || file.text.contains("import Postgres\n") else { continue }
      let finds =
        isLibrary
        ? file.text.contains(/, in: nil[,)]/)
        : file.text.contains(/\bPostgresPool\b|\bin: nil\b|\bPlainConnection\b/)
      #expect(!finds, "\(file.name): use TenantDatabase, or have the exception reviewed")
    }
  }
}
