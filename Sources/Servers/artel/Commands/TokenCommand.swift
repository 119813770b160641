import ArgumentParser
import GeneratedOptions
import LibCrypto
import Platform

/// `artel token …`: mints a person's token with the tenant's own key, which only who holds the key
/// encryption key can and no endpoint does; and ends credentials.
struct TokenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Mints tokens of people, for operators, and ends tokens.",
    subcommands: [Mint.self, Revoke.self])

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
    @Flag(help: "That the person has just signed in with a second factor.") var signedIn = false

    private struct Minted: Encodable {
      let accessToken: String
      let expiresIn: Int
    }

    func run() async throws {
      let (token, seconds) = try await Environment().administer { administration, directory in
        try await administration.mintUserToken(
          PersonGrant(
            subject: subject, scopes: scope, roles: role, kind: kind.contract,
            authTime: signedIn ? UnixTime.now() : nil),
          in: try await directory.known(tenant))
      }
      try Output.json(Minted(accessToken: token, expiresIn: seconds))
    }
  }

  struct Revoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ends credentials before their time, at every process within a second.")

    @Argument(help: "The tenant's name.") var tenant: String
    @Option(help: "One access token, by its jti.") var jti: String?
    @Option(help: "All that a person was issued until now: artel:ID, or ALIAS:SUB of an issuer.")
    var subject: String?
    @Option(help: "The access tokens of a session, by their sid.") var session: String?
    @Option(help: "A client certificate, by its x5t#S256.") var certificate: String?
    @Flag(help: "All that anyone of the tenant was issued until now.") var all = false

    private struct Revoked: Encodable { let tenant: String }

    func run() async throws {
      let wishes: [TenantAdministration.Ended] =
        [
          jti.map { .token(id: $0) }, subject.map { .subject($0) },
          session.map { .session(id: $0) }, certificate.map { .certificate(thumbprint: $0) },
          all ? .all : nil,
        ].compactMap { $0 }
      guard let ended = wishes.first, wishes.count == 1 else {
        throw ValidationError("one of --jti, --subject, --session, --certificate and --all")
      }
      try await Environment().administer { administration, directory in
        try await administration.revoke(ended, in: try await directory.known(tenant))
      }
      try Output.json(Revoked(tenant: "tenants/\(tenant)"))
    }
  }
}
