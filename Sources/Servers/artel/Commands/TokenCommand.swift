import ArgumentParser
import GeneratedOptions
import Platform

/// `artel token …`: mints a person's token with the tenant's own key. Only who holds the key
/// encryption key can: no endpoint does this.
struct TokenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Mints tokens of people, for operators.",
    subcommands: [Mint.self])

  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case user, administrator

    var contract: Artel_Options_V1_PrincipalKind { self == .user ? .user : .administrator }
  }

  struct Mint: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Mints an access token of 600 seconds.")

    @Argument(help: "The tenant's name.") var tenant: String
    @Argument(help: "The person.") var subject: String
    @Option(help: "What the person is.") var kind: Kind = .user
    @Option(help: "A scope of the token.") var scope: [String] = []
    @Option(help: "A role of the person.") var role: [String] = []

    private struct Minted: Encodable {
      let accessToken: String
      let expiresIn: Int
    }

    func run() async throws {
      let token = try await Environment().administer { administration, directory in
        try await administration.mintUserToken(
          PersonGrant(subject: subject, scopes: scope, roles: role, kind: kind.contract),
          in: try await directory.known(tenant))
      }
      try Output.json(Minted(accessToken: token, expiresIn: 600))
    }
  }
}
