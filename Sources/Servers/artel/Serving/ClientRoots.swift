import LibCrypto
import Logging
import Platform
import RPC
import ServiceLifecycle
import Synchronization

/// Keeps the gRPC port's client roots equal to the authorities of all active tenants, so that a
/// new tenant's clients come in without a restart.
///
/// The transport only proves that some tenant's authority signed; the pipeline proves that it is
/// the one of the tenant which the certificate names.
final class ClientRoots: Service {
  /// How often new tenants are looked for.
  private static let interval: Duration = .seconds(1)
  /// How often everything is asked anew: after so many looks.
  private static let fullEvery = 60

  let credentials: ServerCredentials
  private let directory: PlatformDirectory
  private let known = Mutex<[String: [String]]>([:])
  private let logger = Logger(label: "artel.grpc.roots")

  /// The core takes no empty list of roots. Nobody has the key of this one.
  private let nobody: String

  init(identity: ServerSettings.Identity, directory: PlatformDirectory) throws {
    self.directory = directory
    nobody = try CertificateAuthority.make(commonName: "nobody", validity: .seconds(86_400))
      .certificate.pem
    credentials = ServerCredentials(
      certificateChainPEM: identity.certificateChainPEM, privateKeyPEM: identity.privateKeyPEM,
      clientRootsPEM: nobody)
  }

  /// Looks for tenants that came or went.
  ///
  /// - Parameter full: Whether known tenants are asked for new authorities too.
  func refresh(full: Bool = true) async throws {
    let before = known.withLock { $0 }
    var now: [String: [String]] = [:]
    for id in try await directory.activeTenantIDs() {
      if !full, let roots = before[id] {
        now[id] = roots
      } else {
        now[id] = try await directory.certificateAuthorities(tenantID: id)
      }
    }
    guard now != before else { return }
    known.withLock { [now] in $0 = now }
    let pem = now.sorted { $0.key < $1.key }.flatMap(\.value).joined(separator: "\n")
    credentials.update(clientRootsPEM: pem.isEmpty ? nobody : pem)
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var looks = 0
      while !Task.isCancelled {
        do {
          try await Task.sleep(for: Self.interval)
          looks += 1
          try await self.refresh(full: looks % Self.fullEvery == 0)
        } catch is CancellationError {
          return
        } catch {
          self.logger.warning("tenants cannot be listed", metadata: ["error": "\(error)"])
        }
      }
    }
  }
}
