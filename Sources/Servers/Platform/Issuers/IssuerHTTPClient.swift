public import AsyncHTTPClient
import NIOCore
import NIOSSL

/// Makes the client that issuers' keys are fetched with.
public enum IssuerHTTPClient {
  /// A client that follows no redirect, verifies certificates and gives up soon. Shut it down when
  /// the platform stops.
  ///
  /// - Parameter additionalRootsPEM: certificates trusted besides the system's, such as those of a
  ///   company's own authority.
  /// - Throws: `PlatformConfigurationError` where they are not PEM certificates.
  public static func make(additionalRootsPEM: [String] = []) throws -> HTTPClient {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.minimumTLSVersion = .tlsv12
    var roots: [NIOSSLCertificate] = []
    for pem in additionalRootsPEM {
      do {
        roots += try NIOSSLCertificate.fromPEMBytes(Array(pem.utf8))
      } catch {
        throw PlatformConfigurationError("the additional roots are not certificates in PEM")
      }
    }
    tls.additionalTrustRoots = roots.isEmpty ? [] : [.certificates(roots)]
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: tls, redirectConfiguration: .disallow,
      timeout: .init(connect: .seconds(3), read: .seconds(5)))
    configuration.connectionPool.idleTimeout = .seconds(30)
    // No decompression: it could turn a small answer into a large one.
    configuration.decompression = .disabled
    return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }
}
