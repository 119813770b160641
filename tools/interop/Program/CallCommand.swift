import ArgumentParser
import Foundation
import InteropSuite
import RPC

/// Runs cases against a server, one after the other.
struct CallCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "call",
    abstract: "Runs cases against a server of grpc.testing.TestService.",
    discussion: """
      Prints `PASS CASE` or `FAIL CASE: WHY` for each. The exit status is 0 only if all passed.

      Cases: \(InteropCase.all.map(\.name).joined(separator: " "))
      """)

  @Option(help: "The server's address.") var host = "127.0.0.1"
  @Option(help: "The server's port.") var port: Int
  @Option(help: "A PEM file: the roots of the server's certificate. Without it there is no TLS.")
  var roots: String?
  @Option(help: "A PEM file: the client's certificate, then its intermediates.")
  var certificate: String?
  @Option(help: "A PEM file: the certificate's key.") var key: String?
  @Option(help: "The name to expect in the server's certificate, where it is not the address.")
  var serverName: String?
  @Argument(help: "The cases to run; all of them where none is named.") var cases: [String] = []

  func validate() throws {
    guard (certificate == nil) == (key == nil), roots != nil || certificate == nil else {
      throw ValidationError("--certificate and --key belong together, and need --roots")
    }
    for name in cases where InteropCase.named(name) == nil {
      throw ValidationError("there is no case \(name)")
    }
  }

  func run() async throws {
    let client = RPCClient(configuration: try configuration())
    let chosen = cases.isEmpty ? InteropCase.all : cases.compactMap(InteropCase.named)
    var failed = false
    for interopCase in chosen {
      let failure = await failure(of: interopCase, with: client)
      failed = failed || failure != nil
      try report(failure.map { "FAIL \(interopCase.name): \($0)" } ?? "PASS \(interopCase.name)")
    }
    if failed { throw ExitCode.failure }
  }

  private func failure(of interopCase: InteropCase, with client: RPCClient) async
    -> (any Error)?
  {
    do {
      try await interopCase.run(with: client)
      return nil
    } catch {
      return error
    }
  }

  /// Writes a line at once: whoever waits behind a pipe sees it when it is said.
  private func report(_ line: String) throws {
    try FileHandle.standardOutput.write(contentsOf: Data("\(line)\n".utf8))
  }

  private func configuration() throws -> ClientConfiguration {
    var configuration = ClientConfiguration(target: "\(host):\(port)")
    configuration.serverName = serverName
    if let roots {
      configuration.security = .tls(
        rootsPEM: try PEMFile.text(roots), identity: try identity())
    }
    return configuration
  }

  private func identity() throws -> ClientConfiguration.Identity? {
    guard let certificate, let key else { return nil }
    return ClientConfiguration.Identity(
      certificateChainPEM: try PEMFile.text(certificate), privateKeyPEM: try PEMFile.text(key))
  }
}
