import AsyncHTTPClient
import NIOCore
import NIOSSL

/// The HTTP client for partners.
enum PartnerHTTP {
  /// - Parameter trustRoots: Authorities in PEM that are trusted besides the system's.
  /// - Throws: `NIOSSLError` where they are not PEM.
  static func client(trustRoots: [String]) throws -> HTTPClient {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.minimumTLSVersion = .tlsv12
    tls.certificateVerification = .fullVerification
    if !trustRoots.isEmpty {
      tls.additionalTrustRoots = try trustRoots.map {
        .certificates(try NIOSSLCertificate.fromPEMBytes(Array($0.utf8)))
      }
    }
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: tls, redirectConfiguration: .disallow,
      timeout: .init(connect: .seconds(2)), decompression: .disabled)
    configuration.httpVersion = .http1Only
    // A failure to connect is told at once: how often to try is decided by the command's deadline.
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 32
    return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }
}
