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
          guard let keeperName = environment.settings.operatorTenant else {
            throw OperatorError(
              description: "no tenant operates the platform, whose audit could keep the erasure")
          }
          guard keeperName != name else {
            throw OperatorError(description: "the operating tenant cannot be erased")
          }
          let keeper = try await directory.known(keeperName)
          return try await administration.erase(
            tenant, owner: owner, reason: reason, keeper: keeper)
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
