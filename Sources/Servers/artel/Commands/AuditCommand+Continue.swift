import ArgumentParser
import Foundation
import Platform

extension AuditCommand {
  struct Continue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lets a tenant's log go on as it is, under another name.",
      discussion: """
        For a log that was restored, with all of the database or alone: it signs other roots of \
        sizes that it has had before, so the sealer holds it back. Verify first that the restore was \
        yours. Needs the key that signs checkpoints.
        """)

    @Option(help: "The tenant's name.") var tenant: String
    @Option(help: "Why, for the tenant's audit.") var reason: String

    func run() async throws {
      let environment = try await Environment()
      let name = tenant
      try Output.json(
        try await environment.administer { administration, directory in
          try await environment.continueAudit(
            of: try await directory.known(name).id, administration, reason: reason)
        })
    }
  }
}

/// How a log goes on.
struct ContinuedLog: Encodable {
  let origin: String
  let size: Int
}

extension Environment {
  /// Lets a log go on under another name, and says so in it.
  func continueAudit(
    of tenantID: String, _ administration: TenantAdministration, reason: String
  ) async throws -> ContinuedLog {
    let key = try secrets.auditSigningKey()
    let sealer = try pool(as: "sealer")
    do {
      let begin = try await AuditEpochs(
        pool: sealer, baseDomain: BaseDomain(settings.baseDomain), key: key,
        formerKeys: settings.audit.formerKeys
      ).begin(of: tenantID, at: Int(Date().timeIntervalSince1970))
      try await administration.noteAuditEpoch(begin, of: tenantID, reason: reason)
      await sealer.shutdown()
      return ContinuedLog(origin: begin.origin, size: begin.size)
    } catch {
      await sealer.shutdown()
      throw error
    }
  }
}
