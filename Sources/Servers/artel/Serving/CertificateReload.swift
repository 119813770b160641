import Logging
import RPC
import ServiceLifecycle

/// Gives the gRPC port a certificate that was renewed on disk, without a restart.
///
/// A renewal writes two files, one after the other: a pair that does not belong together is refused
/// by the credentials, the old one stays, and the next look finds the whole.
struct CertificateReload: Service {
  private static let interval: Duration = .seconds(5)

  let identity: ServerSettings.Identity
  let credentials: ServerCredentials
  private let logger = Logger(label: "artel.grpc.certificate")

  init(identity: ServerSettings.Identity, credentials: ServerCredentials) {
    self.identity = identity
    self.credentials = credentials
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
          try credentials.update(
            certificateChainPEM: found.certificateChainPEM, privateKeyPEM: found.privateKeyPEM)
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
