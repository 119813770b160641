import ArgumentParser
import Platform

/// `artel certificate …`: the certificates of a tenant's clients. `artel client certificate` issues
/// one.
struct CertificateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "certificate", abstract: "Shows and revokes clients' certificates.",
    subcommands: [List.self, Revoke.self, Code.self])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows those that have not expired, the newest first.")
    @Argument(help: "The tenant's name.") var tenant: String
    @Option(help: "Only those of this client.") var client: String?

    private struct All: Encodable { let certificates: [Certificate] }
    private struct Certificate: Encodable {
      let certificate, client: String
      let expires: Int64
      let revoked: Bool
    }

    func run() async throws {
      let found = try await Environment().administer { administration, directory in
        try await administration.certificates(
          of: try await directory.known(tenant), clientID: client)
      }
      try Output.json(
        All(
          certificates: found.map {
            Certificate(
              certificate: $0.thumbprint, client: $0.clientID, expires: $0.notAfter,
              revoked: $0.isRevoked)
          }))
    }
  }

  struct Revoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Revokes one; its connections end within five seconds.")
    @Argument(help: "The tenant's name.") var tenant: String
    @Argument(help: "The certificate: x5t#S256, as `list` shows it.") var certificate: String

    private struct Revoked: Encodable { let certificate: String }

    func run() async throws {
      try await Environment().administer { administration, directory in
        try await administration.revokeCertificate(
          certificate, in: try await directory.known(tenant))
      }
      try Output.json(Revoked(certificate: certificate))
    }
  }

  struct Code: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Makes a code by which a client enrolls once, and shows it, this once.")
    @Argument(help: "The tenant's name.") var tenant: String
    @Argument(help: "The client's identifier.") var clientID: String
    @Option(help: "How long it is good, in seconds.") var lifetime = 3_600

    private struct Made: Encodable { let clientId, code: String }

    func run() async throws {
      let code = try await Environment().administer { administration, directory in
        try await administration.createEnrollmentCode(
          for: clientID, lifetime: .seconds(lifetime), in: try await directory.known(tenant))
      }
      try Output.json(Made(clientId: clientID, code: code))
    }
  }
}
