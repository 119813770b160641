import ArgumentParser
import Foundation
import RPC

/// How `artel bridge` reaches the server behind it.
struct UpstreamOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The gRPC server: host:port, unix:/path, dns:///name:port or ipv4:10.0.0.1:80,10.0.0.2:80.",
      valueName: "target"))
  var upstream: String

  @Flag(help: "Speaks TLS with it; its certificate chains to the roots that this system trusts.")
  var upstreamTLS = false

  @Option(
    help: ArgumentHelp(
      "The roots that its certificate chains to, in PEM. Means TLS.", valueName: "file"))
  var upstreamRoots: String?

  @Option(
    help: ArgumentHelp(
      "The certificate that the bridge proves to it, in PEM. Means TLS.", valueName: "file"))
  var upstreamCertificate: String?

  @Option(help: ArgumentHelp("That certificate's key, in PEM.", valueName: "file"))
  var upstreamKey: String?

  @Flag(
    help: "Says that the server authorises nobody by that certificate alone.")
  var upstreamIdentityIsTransportOnly = false

  @Option(
    help: ArgumentHelp(
      "The name expected in its certificate, where it is not the target's.", valueName: "name"))
  var upstreamServerName: String?

  @Option(
    help: ArgumentHelp("The largest message, either way, in bytes.", valueName: "bytes"))
  var maxMessageBytes = 4 << 20

  /// - Throws: `SettingsError` with everything that is wrong.
  func configuration() throws(SettingsError) -> ClientConfiguration {
    var problems: [String] = []
    func text(_ path: String) -> String? {
      do {
        return String(decoding: try BridgeSettings.contents(path), as: UTF8.self)
      } catch {
        problems += error.problems
        return nil
      }
    }
    if upstream.isEmpty { problems.append("--upstream is empty") }
    if !(1...(1 << 30)).contains(maxMessageBytes) {
      problems.append("--max-message-bytes is not a number from 1 to \(1 << 30)")
    }
    var configuration = ClientConfiguration(target: upstream)
    configuration.maxReceiveMessageBytes = maxMessageBytes
    configuration.service.loadBalancing = .roundRobin
    configuration.serverName = upstreamServerName

    let wantsTLS = upstreamTLS || upstreamRoots != nil || upstreamCertificate != nil
    if !wantsTLS, upstreamServerName != nil || upstreamKey != nil {
      problems.append("--upstream-server-name and --upstream-key need --upstream-tls")
    }
    if wantsTLS {
      var identity: ClientConfiguration.Identity?
      switch (upstreamCertificate, upstreamKey) {
      case (nil, nil): break
      case (let certificate?, let key?):
        if let chain = text(certificate), let key = text(key) {
          identity = .init(certificateChainPEM: chain, privateKeyPEM: key)
        }
      default: problems.append("--upstream-certificate and --upstream-key go together")
      }
      if let path = upstreamRoots ?? Self.systemRoots, let roots = text(path) {
        configuration.security = .tls(rootsPEM: roots, identity: identity)
      } else if upstreamRoots == nil {
        problems.append("this system has no file of trusted roots: --upstream-roots")
      }
    }
    guard problems.isEmpty else { throw SettingsError(problems: problems) }
    return configuration
  }

  /// Everybody who reaches the door calls in the name of the bridge's certificate, without a
  /// credential of their own: nothing that strangers may have by accident.
  ///
  /// - Parameter host: where the bridge listens.
  func problem(listeningOn host: String) -> String? {
    guard upstreamCertificate != nil, !upstreamIdentityIsTransportOnly,
      !BridgeSettings.isLoopback(host)
    else { return nil }
    return "--upstream-certificate lends the bridge's identity to everybody who reaches --listen:"
      + " --upstream-identity-is-transport-only says that the upstream authorises nobody by it"
  }

  private static var systemRoots: String? {
    BridgeSettings.systemRoots.first { FileManager.default.isReadableFile(atPath: $0) }
  }
}
