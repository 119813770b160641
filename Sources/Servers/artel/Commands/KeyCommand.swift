import ArgumentParser
import Platform

/// `artel key …`: replaces the keys that sign a tenant's tokens.
struct KeyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key", abstract: "Replaces the keys that sign a tenant's tokens.",
    subcommands: [Rotate.self, Drop.self])

  struct Rotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Publishes a new key, which signs after a while; the old one verifies on.")

    @Argument(help: "The tenant's name.") var tenant: String
    @Option(help: "For how many seconds it is only published, 360 or more.") var lead = 360

    private struct Rotated: Encodable { let tenant, kid: String }

    func run() async throws {
      let kid = try await Environment().administer { administration, directory in
        try await administration.rotateSigningKey(
          of: try await directory.known(tenant), lead: .seconds(lead))
      }
      try Output.json(Rotated(tenant: "tenants/\(tenant)", kid: kid))
    }
  }

  struct Drop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Refuses at once what a key signed, and never uses it again.")

    @Argument(help: "The tenant's name.") var tenant: String
    @Argument(help: "The key's identifier.") var kid: String

    private struct Dropped: Encodable { let tenant, kid: String }

    func run() async throws {
      try await Environment().administer { administration, directory in
        try await administration.dropSigningKey(kid, of: try await directory.known(tenant))
      }
      try Output.json(Dropped(tenant: "tenants/\(tenant)", kid: kid))
    }
  }
}
