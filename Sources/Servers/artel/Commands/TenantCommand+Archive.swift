import ArgumentParser
import Platform

extension TenantCommand {
  struct Archive: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Writes all that a suspended tenant has into a file, from which it can be restored.",
      discussion: """
        Sealed keys and hashes are in it: keep it as you keep backups. Needs the backup role's \
        password. What the key encryption key sealed opens only where that key is.
        """)

    @Argument(help: "The tenant's name.") var name: String
    @Option(help: "The file to write; it must not exist.") var out: String
    @Option(help: "Why, for the tenant's audit.") var reason: String

    private struct Archived: Encodable {
      let tenant: String
      let rows: [String: Int]
    }

    func run() async throws {
      let environment = try await Environment()
      let backup = try environment.pool(as: "backup")
      do {
        let rows = try await environment.administer { administration, directory in
          let tenant = try await directory.known(name)
          let file = try ArchiveWriter(path: out, tenantID: tenant.id)
          do {
            let rows = try await administration.archive(
              tenant, backup: backup, reason: reason, to: file)
            try file.close()
            return rows
          } catch {
            // Half an archive is none.
            try file.discard()
            throw error
          }
        }
        await backup.shutdown()
        try Output.json(Archived(tenant: "tenants/\(name)", rows: rows))
      } catch {
        await backup.shutdown()
        throw error
      }
    }
  }

  struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Puts an archived tenant back, suspended; into this cell, wherever it was.",
      discussion: """
        Needs the owner's password, as migrations do. What the tenant's people and clients were \
        issued before is revoked, unless nothing was revoked since the archive was written.
        """)

    @Argument(help: "The file that `artel tenant archive` wrote.") var file: String
    @Option(help: "Why, for the tenant's audit.") var reason: String
    @Flag(help: "What was issued before stays good: for a tenant that moves here at once.")
    var keepCredentials = false

    private struct Restored: Encodable {
      let tenantId, state: String
      let rows: Int
    }

    func run() async throws {
      let environment = try await Environment()
      let reader = try ArchiveReader(path: file)
      let owner = try environment.pool(as: "owner")
      do {
        let rows = try await environment.administer { administration, _ in
          try await administration.restore(
            reader.tenantID, from: reader, cell: environment.settings.cell, owner: owner,
            reason: reason, keepsCredentials: keepCredentials)
        }
        await owner.shutdown()
        try Output.json(Restored(tenantId: reader.tenantID, state: "SUSPENDED", rows: rows))
      } catch {
        await owner.shutdown()
        throw error
      }
    }
  }
}
