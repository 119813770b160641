import ArgumentParser
import Platform
import Storage

extension VaultCommand {
  struct Retire: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Destroys a tenant's keys that were replaced, where nothing is sealed by them.",
      discussion: """
        Looks at every sealed value of the tenant: needs the backup role's password. What keeps a key \
        is told: `artel vault reseal` seals it anew, or it goes by itself within a day.

        A backup of the rows that was made before its rows were sealed anew opens by the keys of then: \
        without them its signing keys, authorities and partners' secrets are lost. So keys stay that \
        were replaced within the time for which backups are kept, and with --backup-days 0 those of \
        the last quarter of an hour, since who began before may still seal by them.
        """)

    @Argument(help: "The tenant's name.") var tenant: String
    @Option(help: "Why, for the tenant's audit.") var reason: String
    @Option(help: "For how many days backups of the rows are kept: keys of that time stay.")
    var backupDays = 35

    private struct Retired: Encodable {
      let tenant: String
      let retired: Int
      let young: Int
      let values: [String: Int]
    }

    func validate() throws {
      guard (0...36_500).contains(backupDays) else {
        throw ValidationError("--backup-days is 0 to 36500")
      }
    }

    func run() async throws {
      let environment = try await Environment()
      let backup = try environment.pool(as: "backup")
      do {
        let done = try await environment.administer { administration, directory in
          try await administration.retireVaultKeys(
            of: try await directory.known(tenant), olderThan: .seconds(backupDays * 86_400),
            backup: backup, reason: reason)
        }
        await backup.shutdown()
        try Output.json(
          Retired(
            tenant: "tenants/\(tenant)", retired: done.retired, young: done.young,
            values: Dictionary(done.uses.map { ($0.place, $0.values) }, uniquingKeysWith: +)))
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

    @Option(help: "Why, for the audit of the tenant that operates the platform.")
    var reason = ""

    private struct UsedUp: Encodable { let usedUp: Bool }

    func run() async throws {
      let environment = try await Environment()
      try await environment.administer { administration, directory in
        try await administration.useUpVaultKeys(
          keeper: try await environment.operatorTenant(in: directory), reason: reason)
      }
      try Output.json(UsedUp(usedUp: true))
    }
  }
}
