import ArgumentParser
import Platform

/// `artel authority …`: says whose client certificates a tenant accepts.
struct AuthorityCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "authority", abstract: "Says whose client certificates a tenant accepts.",
    subcommands: [List.self, Create.self, Bring.self, Lists.self, Delete.self])

  private struct Authority: Encodable {
    let authority: String
    let brought: Bool
    let certificate: String

    init(_ record: AuthorityRecord) {
      authority = record.id
      brought = record.isBrought
      certificate = record.certificatePEM
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Shows them, the newest first.")
    @Argument(help: "The tenant's name.") var tenant: String

    private struct All: Encodable { let authorities: [Authority] }

    func run() async throws {
      let found = try await Environment().administer { administration, directory in
        try await administration.authorities(of: try await directory.known(tenant))
      }
      try Output.json(All(authorities: found.map(Authority.init)))
    }
  }

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Makes another one, which issues certificates from five seconds on.")
    @Argument(help: "The tenant's name.") var tenant: String

    func run() async throws {
      let made = try await Environment().administer { administration, directory in
        try await administration.createAuthority(for: try await directory.known(tenant))
      }
      try Output.json(Authority(made))
    }
  }

  struct Bring: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Accepts the certificates of the tenant's own authority.")
    @Argument(help: "The tenant's name.") var tenant: String
    @Option(help: "Its certificate, in PEM.") var certificate: String
    @Option(help: "Authorities below it, in PEM.") var intermediates: String?
    @Option(help: "Their revocation lists, in PEM.") var lists: String?

    func run() async throws {
      let texts = try [certificate, intermediates, lists].map { file in
        try file.map { try String(contentsOfFile: $0, encoding: .utf8) } ?? ""
      }
      let brought = try await Environment().administer { administration, directory in
        try await administration.bringAuthority(
          certificatePEM: texts[0], intermediatesPEM: texts[1], revocationListsPEM: texts[2],
          for: try await directory.known(tenant))
      }
      try Output.json(Authority(brought))
    }
  }

  struct Lists: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Replaces the revocation lists of one that was brought.")
    @Argument(help: "The tenant's name.") var tenant: String
    @Argument(help: "The authority's identifier.") var authority: String
    @Argument(help: "The lists, in PEM.") var lists: String

    private struct Replaced: Encodable { let authority: String }

    func run() async throws {
      let text = try String(contentsOfFile: lists, encoding: .utf8)
      try await Environment().administer { administration, directory in
        try await administration.replaceRevocationLists(
          of: authority, by: text, in: try await directory.known(tenant))
      }
      try Output.json(Replaced(authority: authority))
    }
  }

  struct Delete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Accepts nothing more that it has signed.")
    @Argument(help: "The tenant's name.") var tenant: String
    @Argument(help: "The authority's identifier.") var authority: String
    @Flag(help: "Also while certificates that it has issued here are valid.") var force = false

    private struct Deleted: Encodable { let authority: String }

    func run() async throws {
      try await Environment().administer { administration, directory in
        try await administration.deleteAuthority(
          authority, force: force, in: try await directory.known(tenant))
      }
      try Output.json(Deleted(authority: authority))
    }
  }
}
