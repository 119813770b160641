internal import CGRPC
internal import Synchronization

/// The certificate by which a server proves itself, and the roots by which it verifies clients.
///
/// The core asks for them at every handshake, so `update` takes effect for the next connection
/// without a restart; connections that stand are not touched.
public final class ServerCredentials: Sendable {
  private struct Material {
    var certificateChainPEM: String
    var privateKeyPEM: String
    var clientRootsPEM: String
    var changed = true
  }

  private let material: Mutex<Material>

  /// Creates credentials.
  ///
  /// - Parameters:
  ///   - certificateChainPEM: The server's certificate, then its intermediates.
  ///   - privateKeyPEM: The certificate's key.
  ///   - clientRootsPEM: The roots that client certificates chain to.
  public init(certificateChainPEM: String, privateKeyPEM: String, clientRootsPEM: String) {
    material = Mutex(
      Material(
        certificateChainPEM: certificateChainPEM, privateKeyPEM: privateKeyPEM,
        clientRootsPEM: clientRootsPEM))
  }

  /// Replaces what is given, for connections from now on.
  public func update(
    certificateChainPEM: String? = nil, privateKeyPEM: String? = nil, clientRootsPEM: String? = nil
  ) {
    material.withLock { material in
      if let certificateChainPEM { material.certificateChainPEM = certificateChainPEM }
      if let privateKeyPEM { material.privateKeyPEM = privateKeyPEM }
      if let clientRootsPEM { material.clientRootsPEM = clientRootsPEM }
      material.changed = true
    }
  }

  /// Makes the core's credentials; the caller releases them. They keep `self` for ever: the core
  /// has no way to say that it will not ask again.
  func makeCore() -> OpaquePointer? {
    let retained = Unmanaged.passRetained(self)  // Never released, see above.
    guard
      let options = grpc_ssl_server_credentials_create_options_using_config_fetcher(
        GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY,
        { context, out in
          // Unretained: `makeCore` retained it for ever.
          let credentials = Unmanaged<ServerCredentials>.fromOpaque(context!).takeUnretainedValue()
          guard let config = credentials.nextConfig() else {
            return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_UNCHANGED
          }
          out?.pointee = config  // The core owns the config from here on.
          return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_NEW
        }, retained.toOpaque())
    else { return nil }
    return grpc_ssl_server_credentials_create_with_options(options)  // Takes the options over.
  }

  /// The material as a core config that the caller owns, where it changed since the last time.
  private func nextConfig() -> OpaquePointer? {
    material.withLock { material in
      guard material.changed else { return nil }
      material.changed = false
      return material.certificateChainPEM.withCString { chain in
        material.privateKeyPEM.withCString { key in
          material.clientRootsPEM.withCString { roots in
            // The config copies all three.
            var pair = grpc_ssl_pem_key_cert_pair(private_key: key, cert_chain: chain)
            return grpc_ssl_server_certificate_config_create(roots, &pair, 1)
          }
        }
      }
    }
  }
}
