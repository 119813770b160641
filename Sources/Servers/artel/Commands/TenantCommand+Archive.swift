import ArgumentParser
import Platform

extension TenantCommand {
  struct Archive: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Writes all that a suspended tenant has into a file, from which it can be restored.",
      discussion: """
        Sealed secrets and hashes are in it: keep it as you keep backups. Needs the backup role's \
        password. What is sealed opens by the key store alone, for which --keys-out writes the keys \
        where the tenant moves to another one: destroy that file as soon as it is restored there. As \
        long as it exists, nobody whom it holds is erased, nor is the tenant.
        """)

    @Argument(help: "The tenant's name.") var name: String
    @Option(help: "The file to write; it must not exist.") var out: String
    @Option(help: "The file to write the keys to; it must not exist.") var keysOut: String?
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
          var keys: ArchiveWriter?
          do {
            keys = try keysOut.map { try ArchiveWriter(path: $0, tenantID: tenant.id, .keys) }
            let rows = try await administration.archive(
              tenant, backup: backup, reason: reason, to: file, keys: keys)
            try file.close()
            try keys?.close()
            return rows
          } catch {
            // Half an archive is none.
            try file.discard()
            try keys?.discard()
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
        Needs the owner's password, as migrations do, and the sealer's with the key of the audit: its \
        log goes on under another name. What the tenant's people and clients were \
        issued before is revoked, unless nothing was revoked since the archive was written.
        """)

    @Argument(help: "The file that `artel tenant archive` wrote.") var file: String
    @Option(help: "The keys' file, where this key store does not have the tenant's keys.")
    var keys: String?
    @Option(help: "Why, for the tenant's audit.") var reason: String
    @Flag(help: "What was issued before stays good: for a tenant that moves here at once.")
    var keepCredentials = false

    private struct Restored: Encodable {
      let tenantId, state: String
      let rows: Int
      let audit: ContinuedLog
    }

    func run() async throws {
      let environment = try await Environment()
      let reader = try ArchiveReader(path: file)
      let keyReader = try keys.map { try ArchiveReader(path: $0, .keys) }
      if let keyReader, keyReader.tenantID != reader.tenantID {
        throw OperatorError(description: "the keys are another tenant's")
      }
      let owner = try environment.pool(as: "owner")
      do {
        // Asked for before anything is put back.
        _ = try environment.secrets.auditSigningKey()
        let (rows, audit) = try await environment.administer { administration, _ in
          let rows = try await administration.restore(
            reader.tenantID, from: reader, keys: keyReader, cell: environment.settings.cell,
            owner: owner,
            reason: reason, keepsCredentials: keepCredentials)
          // What was written behind the archive was signed: the log is another one from here on.
          let audit = try await environment.continueAudit(
            of: reader.tenantID, administration, reason: "restored: \(reason)")
          return (rows, audit)
        }
        await owner.shutdown()
        try Output.json(
          Restored(tenantId: reader.tenantID, state: "SUSPENDED", rows: rows, audit: audit))
      } catch {
        await owner.shutdown()
        throw error
      }
    }
  }
}
