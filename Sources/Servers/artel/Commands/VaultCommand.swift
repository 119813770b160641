import ArgumentParser
import Platform
import Postgres
import Residential
import Storage

/// `artel vault …`: replaces the keys that seal tenants' rows.
struct VaultCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vault", abstract: "Replaces the keys that seal what tenants' rows say.",
    subcommands: [Roll.self, Rotate.self, Reseal.self, Retire.self, Restored.self])

  struct Roll: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Wraps the tenants' keys by the key encryption key that is there now.",
      discussion: """
        The one before has to be known to every process that runs: in key-encryption-keys-other, or \
        as ARTEL_PKCS11_OTHER_KEY. What the tenants' keys sealed stays as it is.

        The one before can go where older_values is 0 behind this. They are values that it sealed \
        itself, in versions of before November 2026: `artel vault reseal` seals those of a tenant \
        anew. Without the backup role's password they are not counted, and older_values is missing.
        """)

    @Option(help: "Why, for the audit of the tenant that operates the platform.")
    var reason = ""

    private struct Rolled: Encodable {
      let wrapped: Int
      let olderValues: Int?
    }

    func run() async throws {
      let environment = try await Environment()
      let wrapped = try await environment.administer { administration, directory in
        try await administration.rollKeyEncryptionKey(
          keeper: try await environment.operatorTenant(in: directory), reason: reason)
      }
      var older: Int?
      if environment.secrets.hasDatabasePassword(of: "backup") {
        older = try await environment.withBackup { backup, administration in
          try await administration.valuesOfKeyEncryptionKeys(backup: backup)
        }
      }
      try Output.json(Rolled(wrapped: wrapped, olderValues: older))
    }
  }

  struct Rotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Gives a tenant a new key, and seals its rows anew while they are used.",
      discussion: """
        Where it is cut off, `artel vault reseal` goes on. The key of before still opens what it \
        sealed, until `artel vault retire` destroys it.
        """)

    @Argument(help: "The tenant's name.") var tenant: String
    @Option(help: "Why, for the tenant's audit.") var reason = ""

    func run() async throws {
      let count = try await Environment().administer { administration, directory in
        try await administration.rotateVaultKey(
          of: try await directory.known(tenant), columns: ResidentialDomain.resealedColumns,
          reason: reason)
      }
      try Output.json(Resealed(tenant: "tenants/\(tenant)", resealed: count))
    }
  }

  struct Reseal: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Seals a tenant's rows by its newest keys, while they are used.")

    @Argument(help: "The tenant's name.") var tenant: String
    @Option(help: "Why, for the tenant's audit.") var reason = ""

    func run() async throws {
      let count = try await Environment().administer { administration, directory in
        try await administration.reseal(
          try await directory.known(tenant), columns: ResidentialDomain.resealedColumns,
          reason: reason)
      }
      try Output.json(Resealed(tenant: "tenants/\(tenant)", resealed: count))
    }
  }

  private struct Resealed: Encodable {
    let tenant: String
    let resealed: Int
  }
}

extension Environment {
  /// Runs what an operator does with the role that sees every row.
  func withBackup<Result: Sendable>(
    _ body: (PostgresPool, TenantAdministration) async throws -> Result
  ) async throws -> Result {
    let backup = try pool(as: "backup")
    do {
      let result = try await administer { administration, _ in
        try await body(backup, administration)
      }
      await backup.shutdown()
      return result
    } catch {
      await backup.shutdown()
      throw error
    }
  }
}
