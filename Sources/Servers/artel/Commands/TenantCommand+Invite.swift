import ArgumentParser
import Platform

extension TenantCommand {
  struct Invite: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Invites an administrator, once more where the first invitation was lost.",
      discussion: """
        Makes the administrator known where nobody has the login yet. Prints the address of the \
        invitation, which counts once and for seven days; earlier ones of the same administrator \
        end.
        """)

    @Argument(help: "The tenant's name.") var name: String
    @Argument(help: "The administrator's e-mail address or telephone number.") var login: String

    private struct Invited: Encodable { let tenant, invitation: String }

    func run() async throws {
      let environment = try await Environment()
      let invitation = try await environment.administer { administration, directory in
        try await administration.inviteAdministrator(login, to: try await directory.known(name))
      }
      try Output.json(
        Invited(
          tenant: "tenants/\(name)", invitation: environment.settings.addressAtDoor(invitation)))
    }
  }
}
