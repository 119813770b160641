import ArgumentParser
import Platform

extension TenantCommand {
  struct Erase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Deletes every row of a suspended tenant, its keys and its audit among them.",
      discussion: """
        Needs the owner's password, as migrations do. The name stays taken. What was erased can \
        only come from a backup.
        """)

    @Argument(help: "The tenant's name.") var name: String
    @Option(help: "The tenant's name once more.") var confirm: String
    @Option(help: "Why, for the audit of the tenant that operates the platform.") var reason: String

    private struct Erased: Encodable {
      let tenant, state: String
      let rows: Int
    }

    func run() async throws {
      guard confirm == name else {
        throw OperatorError(description: "--confirm does not repeat the tenant's name")
      }
      let environment = try await Environment()
      let owner = try environment.pool(as: "owner")
      do {
        let rows = try await environment.administer { administration, directory in
          let tenant = try await directory.known(name)
          let keeper = environment.settings.operatorTenant
          guard keeper != name else {
            throw OperatorError(description: "the operating tenant cannot be erased")
          }
          let rows = try await administration.erase(tenant, owner: owner)
          if let keeper {
            try await administration.recordErasure(
              of: name, reason: reason, in: try await directory.known(keeper))
          }
          return rows
        }
        await owner.shutdown()
        try Output.json(Erased(tenant: "tenants/\(name)", state: "ERASED", rows: rows))
      } catch {
        await owner.shutdown()
        throw error
      }
    }
  }
}
