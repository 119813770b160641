import ArgumentParser
import Pipeline
import Platform

/// `artel issuer …`: says whose tokens a tenant accepts.
struct IssuerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "issuer", abstract: "Says whose tokens a tenant accepts.",
    subcommands: [Add.self, Remove.self])

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Accepts the tokens of an OpenID provider.")

    @Argument(help: "The tenant's name.") var tenant: String
    @Argument(help: "What the tenant calls the provider, such as keycloak.") var alias: String
    @Option(help: "The issuer, as its tokens name it.") var issuer: String
    @Option(help: "Where its keys are, if its own host's discovery document does not say so.")
    var keys: String?
    @Option(help: "An audience of which a token names at least one.") var audience: [String]
    @Option(help: "How its tokens look: keycloak or artel.") var profile = "keycloak"
    @Option(help: "An algorithm that it signs with.") var algorithm: [String] = ["RS256"]

    private struct Added: Encodable { let tenant, alias, issuer: String }

    func run() async throws {
      guard let profile = TokenProfile(rawValue: profile) else {
        throw ValidationError("the profile is keycloak or artel")
      }
      try await Environment().administer { administration, directory in
        try await administration.addIssuer(
          NewIssuer(
            alias: alias, issuer: issuer, keySetURI: keys, audiences: audience, profile: profile,
            algorithms: Set(algorithm)),
          to: try await directory.known(tenant))
      }
      try Output.json(Added(tenant: "tenants/\(tenant)", alias: alias, issuer: issuer))
    }
  }

  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Accepts the tokens of an OpenID provider no more, at every process.",
      discussion: """
        Calls with its tokens are refused, and open streams end, within a second. Added again, the \
        provider's tokens are good again.
        """)

    @Argument(help: "The tenant's name.") var tenant: String
    @Argument(help: "What the tenant calls the provider, or the issuer as its tokens name it.")
    var issuer: String

    private struct Removed: Encodable { let tenant, issuer: String }

    func run() async throws {
      try await Environment().administer { administration, directory in
        try await administration.removeIssuer(issuer, of: try await directory.known(tenant))
      }
      try Output.json(Removed(tenant: "tenants/\(tenant)", issuer: issuer))
    }
  }
}
