import ArgumentParser
import Platform

extension TenantCommand {
  struct Console: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lets a tenant's administrators use the console, and shows its address.",
      discussion: """
        A tenant that was created with an administrator has the console already. Run it for one \
        that is older, where the REST door has a port of its own, and where the console may do \
        more since: it then has all its scopes again.
        """)

    @Argument(help: "The tenant's name.") var name: String

    private struct Admitted: Encodable { let tenant, clientId, address: String }

    func run() async throws {
      let environment = try await Environment()
      let admitted = try await environment.administer { administration, directory in
        let tenant = try await directory.known(name)
        let address = environment.settings.addressAtDoor(
          administration.consoleAddress(of: tenant))
        return Admitted(
          tenant: "tenants/\(name)",
          clientId: try await administration.admitConsole(to: tenant, at: [address]),
          address: address)
      }
      try Output.json(admitted)
    }
  }
}
