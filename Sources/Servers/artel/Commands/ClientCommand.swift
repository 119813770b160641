import ArgumentParser
import Foundation
import GeneratedOptions
import Platform
import SystemPackage

/// `artel client …`: makes partners and services known, and certifies them.
struct ClientCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "client", abstract: "Makes a tenant's partners and services known.",
    subcommands: [Create.self, Certificate.self, Revoke.self])

  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case partner, service, app

    var contract: Artel_Options_V1_PrincipalKind {
      switch self {
      case .partner: .partner
      case .service: .service
      // What an app gets stands for the person who uses it.
      case .app: .user
      }
    }
  }

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Creates a client and shows its secret, where it has one, this once.")

    @Argument(help: "The tenant's name.") var tenant: String
    @Argument(help: "The client's identifier.") var clientID: String
    @Option(help: "What the client is.") var kind: Kind
    @Option(help: "A scope that it may ask for.") var scope: [String] = []
    @Option(help: "How it authenticates: a name of token_endpoint_auth_method, or client_secret.")
    var authMethod = "client_secret"
    @Option(help: "The file of its public keys, a JSON Web Key Set, for private_key_jwt.")
    var keySet: String?
    @Option(help: "The file of a certificate, for self_signed_tls_client_auth.")
    var certificate: [String] = []
    @Flag(help: "Its tokens are good only with its certificate.") var certificateBound = false
    @Option(help: "Where codes may be sent, for an app.") var redirectUri: [String] = []

    @Flag(help: "People are asked what it may do: for an app that is not the tenant's own.")
    var thirdParty = false

    private struct Created: Encodable {
      let clientId: String
      let clientSecret: String?
    }

    func run() async throws {
      guard let method = ClientAuthenticationMethod(rawValue: authMethod) else {
        throw ValidationError("there is no such method of authentication")
      }
      let profile = ClientProfile(
        method: method,
        keySet: try keySet.map { try String(contentsOfFile: $0, encoding: .utf8) },
        certificatesPEM: try certificate.map { try String(contentsOfFile: $0, encoding: .utf8) },
        certificateBound: certificateBound, redirectURIs: redirectUri,
        requiresConsent: thirdParty)
      let secret = try await Environment().administer { administration, directory in
        try await administration.createClient(
          clientID, kind: kind.contract, scopes: scope, profile: profile,
          in: try await directory.known(tenant))
      }
      try Output.json(
        Created(
          clientId: secret.clientID, clientSecret: secret.secret.isEmpty ? nil : secret.secret))
    }
  }

  struct Revoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ends a client for good: its secrets, tokens, certificates and open streams.")

    @Argument(help: "The tenant's name.") var tenant: String
    @Argument(help: "The client's identifier.") var clientID: String

    private struct Revoked: Encodable { let client: String }

    func run() async throws {
      try await Environment().administer { administration, directory in
        try await administration.revokeClient(clientID, in: try await directory.known(tenant))
      }
      try Output.json(Revoked(client: "clients/\(clientID)"))
    }
  }

  struct Certificate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Issues a client certificate by the tenant's own authority.")

    @Argument(help: "The tenant's name.") var tenant: String
    @Argument(help: "The client's identifier.") var clientID: String
    @Option(help: "The folder to write into.") var out: String
    @Option(help: "A certificate signing request, for a key that stays where it is.") var csr:
      String?
    @Option(help: "How long it is good, in seconds.") var lifetime = 86_400

    private struct Issued: Encodable {
      let certificate: String
      let key: String?
      let authority, uri: String
      let expires: Int64
    }

    func run() async throws {
      let request = try csr.map { try String(contentsOfFile: $0, encoding: .utf8) }
      let issued = try await Environment().administer { administration, directory in
        try await administration.issueClientCertificate(
          for: clientID, in: try await directory.known(tenant), signingRequestPEM: request,
          validity: .seconds(lifetime))
      }
      let folder = URL(fileURLWithPath: out, isDirectory: true)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let certificate = folder.appending(path: "\(clientID).pem").path
      let key = folder.appending(path: "\(clientID).key").path
      let authority = folder.appending(path: "authority.pem").path
      try write(issued.certificatePEM, to: certificate, permissions: 0o644)
      try write(issued.authorityPEM, to: authority, permissions: 0o644)
      if let pem = issued.privateKeyPEM { try write(pem, to: key, permissions: 0o600) }
      try Output.json(
        Issued(
          certificate: certificate, key: issued.privateKeyPEM == nil ? nil : key,
          authority: authority, uri: issued.uri, expires: issued.notAfter))
    }

    /// The file is never readable by more than it should be, not even while it is written.
    private func write(_ text: String, to path: String, permissions: Int) throws {
      try? FileManager.default.removeItem(atPath: path)  // It may not be there.
      let file = try FileDescriptor.open(
        FilePath(path), .writeOnly,
        options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
        permissions: FilePermissions(rawValue: CInterop.Mode(permissions)))
      try file.closeAfter { _ = try file.writeAll(text.utf8) }
    }
  }
}
