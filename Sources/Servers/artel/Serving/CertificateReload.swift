import Gateway
import Logging
import RPC
import ServiceLifecycle

/// Gives a door a certificate that was renewed on disk, without a restart.
///
/// A renewal writes two files, one after the other: a pair that does not belong together is refused
/// by the door, the old one stays, and the next look finds the whole.
struct CertificateReload: Service {
  private static let interval: Duration = .seconds(5)

  private let identity: ServerSettings.Identity
  private let use: @Sendable (ServerSettings.Identity) throws -> Void
  private let logger: Logger

  /// - Parameters:
  ///   - door: The door's name, for the log.
  ///   - identity: What the door has now, and where it came from.
  ///   - use: Gives the door another one.
  init(
    door: String, identity: ServerSettings.Identity,
    use: @escaping @Sendable (ServerSettings.Identity) throws -> Void
  ) {
    self.identity = identity
    self.use = use
    logger = Logger(label: "artel.\(door).certificate")
  }

  /// What the doors that have a certificate need.
  static func both(
    _ settings: ServerSettings, grpc: ServerCredentials?, rest: Gateway
  ) -> [any Service] {
    var services: [any Service] = []
    if let identity = settings.grpcIdentity, let grpc {
      services.append(
        CertificateReload(door: "grpc", identity: identity) { new in
          try grpc.update(
            certificateChainPEM: new.certificateChainPEM, privateKeyPEM: new.privateKeyPEM)
        })
    }
    if let identity = settings.restIdentity {
      services.append(
        CertificateReload(door: "rest", identity: identity) { try rest.update(tls: $0.forREST) })
    }
    return services
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var known = identity
      // Said once for each pair that is not good, and not every five seconds.
      var refused = ""
      while (try? await Task.sleep(for: Self.interval)) != nil {
        do {
          let found = try ServerSettings.Identity(
            certificateFile: known.certificateFile, keyFile: known.keyFile)
          guard
            found.certificateChainPEM != known.certificateChainPEM
              || found.privateKeyPEM != known.privateKeyPEM
          else { continue }
          try use(found)
          known = found
          refused = ""
          logger.notice("the certificate was renewed")
        } catch {
          guard "\(error)" != refused else { continue }
          refused = "\(error)"
          logger.warning("the new certificate is not used", metadata: ["error": "\(error)"])
        }
      }
    }
  }
}

extension ServerSettings.Identity {
  /// As the REST door takes it.
  var forREST: GatewayConfiguration.TLS {
    .init(
      certificateChain: Array(certificateChainPEM.utf8), privateKey: Array(privateKeyPEM.utf8))
  }
}
