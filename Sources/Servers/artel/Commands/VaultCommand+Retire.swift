import ArgumentParser
import Platform
import Storage

extension VaultCommand {
  struct Retire: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Destroys a tenant's keys that were replaced, where nothing is sealed by them.",
      discussion: """
        Looks at every sealed value of the tenant: needs the backup role's password. Keys that were \
        replaced less than a quarter of an hour ago stay, since who began before may still seal by \
        them. What keeps the others is told: `artel vault reseal` seals it anew, or it goes by itself \
        within a day.
        """)

    @Argument(help: "The tenant's name.") var tenant: String
    @Option(help: "Why, for the tenant's audit.") var reason: String

    private struct Retired: Encodable {
      let tenant: String
      let retired: Int
      let values: [String: Int]
    }

    func run() async throws {
      let environment = try await Environment()
      let backup = try environment.pool(as: "backup")
      do {
        let (retired, uses) = try await environment.administer { administration, directory in
          try await administration.retireVaultKeys(
            of: try await directory.known(tenant), backup: backup, reason: reason)
        }
        await backup.shutdown()
        try Output.json(
          Retired(
            tenant: "tenants/\(tenant)", retired: retired,
            values: Dictionary(uses.map { ($0.place, $0.values) }, uniquingKeysWith: +)))
      } catch {
        await backup.shutdown()
        throw error
      }
    }
  }

  struct Restored: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Says that the key store came from a backup: every owner gets another key.",
      discussion: """
        A backup does not know how many values its keys have sealed since, and none may seal more \
        than 2^32. Who was erased behind the backup has to be erased again.
        """)

    private struct UsedUp: Encodable { let usedUp: Bool }

    func run() async throws {
      let environment = try await Environment()
      try await environment.withKeys { keys, rows in
        try await environment.vault(over: keys, rows: rows).useUp()
      }
      try Output.json(UsedUp(usedUp: true))
    }
  }
}
