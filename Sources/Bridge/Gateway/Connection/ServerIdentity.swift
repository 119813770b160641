import Glibc
import Mutation
import NIOSSL
import RPC
import Synchronization

/// The certificate by which the door proves itself. It can be replaced while the door is open.
final class ServerIdentity: Sendable {
  /// A certificate with its key, read once.
  private struct Material: Sendable {
    let configuration: TLSConfiguration
    /// For connections that are not asked for a certificate.
    let plain: NIOSSLContext
  }

  private let material: Mutex<Material>

  init(_ tls: GatewayConfiguration.TLS) throws(GatewayError) {
    material = Mutex(try Self.read(tls))
  }

  /// Replaces certificate and key for connections to come.
  ///
  /// - Throws: `GatewayError` where they cannot be used, or not now.
  func update(_ tls: GatewayConfiguration.TLS) throws(GatewayError) {
    let new = try Self.read(tls)
    guard Self.isValidNow(new) else {
      throw GatewayError(
        code: .badCertificate,
        message: "the REST door's certificate has expired or is not valid yet")
    }
    material.withLock { $0 = new }
  }

  /// TLS that asks for no certificate.
  var context: NIOSSLContext { material.withLock { $0.plain } }

  /// TLS that asks for a certificate, which the client may leave out.
  ///
  /// A context of its own for each connection: its tickets resume no other, so that each client is
  /// verified in a handshake (S-B20).
  ///
  /// - Parameter roots: Authorities to name in the question.
  func asking(for roots: [NIOSSLCertificate]) throws(NIOSSLError) -> NIOSSLContext {
    var configuration = material.withLock { $0.configuration }
    configuration.certificateVerification = .optionalVerification
    configuration.trustRoots = .certificates(roots)
    configuration.sendCANameList = !roots.isEmpty
    do {
      return try NIOSSLContext(configuration: configuration)
    } catch let error as NIOSSLError {
      throw error
    } catch {
      throw .unableToValidateCertificate
    }
  }

  private static func read(_ tls: GatewayConfiguration.TLS) throws(GatewayError) -> Material {
    guard
      PEMText.isWhole(tls.certificateChain) && PEMText.isWhole(tls.privateKey)
        || Mutation.isOn(.takesCutFiles)
    else {
      throw GatewayError(
        code: .badCertificate, message: "the REST door's certificate or key is cut off")
    }
    do {
      let chain = try NIOSSLCertificate.fromPEMBytes(tls.certificateChain)
      let key = try NIOSSLPrivateKey(bytes: tls.privateKey, format: .pem)
      var settings = TLSConfiguration.makeServerConfiguration(
        certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
      settings.minimumTLSVersion = .tlsv12
      // RFC 9325 section 4.2: forward secrecy and authenticated encryption only.
      settings.cipherSuites =
        "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
        + "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305"
      settings.applicationProtocols = ["h2", "http/1.1"]
      return Material(
        configuration: settings, plain: try NIOSSLContext(configuration: settings))
    } catch {
      throw GatewayError(
        code: .badCertificate, message: "the REST door's certificate or key is not valid: \(error)")
    }
  }

  private static func isValidNow(_ material: Material) -> Bool {
    guard case .certificate(let leaf)? = material.configuration.certificateChain.first else {
      return false
    }
    let now = time(nil)
    return leaf.notValidBefore <= now && now <= leaf.notValidAfter
  }
}
