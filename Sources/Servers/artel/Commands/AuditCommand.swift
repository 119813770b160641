import ArgumentParser
import LibCrypto
import Platform
import Postgres

/// `artel audit …`: proves that nobody changed the record of what was done.
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Verifies and exports the audit, and shows the key that signs it.",
    subcommands: [Verify.self, Export.self, Key.self, Continue.self])

  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes a tenant's sealed entries to standard output, a line of JSON each.")

    @Option(help: "The tenant's name.") var tenant: String

    func run() async throws {
      try await AuditCommand.read { verifier, export in
        for log in try await AuditCommand.logs(verifier, tenant) {
          try await export.lines(of: log) { Output.text($0) }
        }
      }
    }
  }

  struct Key: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints the key that verifies a tenant's checkpoints, as C2SP signed-note has it.")

    @Option(help: "The tenant's name.") var tenant: String
    @Option(help: "The number at the end of the log's name, where it went on from a copy.")
    var epoch: Int?

    private struct Shown: Encodable { let tenant, verifierKey: String }

    func run() async throws {
      let environment = try await Environment()
      let key = try environment.secrets.auditSigningKey()
      let baseDomain = try BaseDomain(environment.settings.baseDomain)
      try Output.json(
        Shown(
          tenant: "tenants/\(tenant)",
          verifierKey: SignedCheckpoint.verifierKey(
            origin: baseDomain.auditOrigin(of: tenant, epoch: epoch), publicKey: key.publicKey)))
    }
  }

  /// Runs what only reads, over a pool that lives as long as the command.
  static func read<Result: Sendable>(
    _ body: (AuditVerifier, AuditExport) async throws -> Result
  ) async throws -> Result {
    let environment = try await Environment()
    let key = try environment.secrets.auditSigningKey()
    let baseDomain = try BaseDomain(environment.settings.baseDomain)
    let pool = try environment.pool(as: "sealer")
    do {
      let result = try await body(
        AuditVerifier(
          pool: pool, baseDomain: baseDomain, publicKey: key.publicKey,
          formerKeys: environment.settings.audit.formerKeys),
        AuditExport(pool: pool))
      await pool.shutdown()
      return result
    } catch {
      await pool.shutdown()
      throw error
    }
  }

  /// The log of a tenant's name, or all of them.
  static func logs(
    _ verifier: AuditVerifier, _ wanted: String?, outside: [SignedCheckpoint] = []
  ) async throws -> [AuditVerifier.Log] {
    let all = try await verifier.logs(outside: outside)
    guard let wanted else { return all }
    let found = all.filter { $0.name == wanted }
    guard !found.isEmpty else {
      throw OperatorError(description: "the tenant \(wanted) has no log")
    }
    return found
  }
}
