import RPC
import Synchronization

/// An address with a server behind it, most of the time.
final class Door: Sendable {
  private let address: String
  private let security: ServerConfiguration.Security
  private let clientSecurity: ClientConfiguration.Security
  /// The port that the first server got; those after it take the same.
  private let port = Atomic<Int>(0)

  init(
    address: String, security: ServerConfiguration.Security = .plaintext,
    clientSecurity: ClientConfiguration.Security = .plaintext
  ) {
    self.address = address
    self.security = security
    self.clientSecurity = clientSecurity
  }

  private var target: String {
    let port = port.load(ordering: .acquiring)
    return port == 0 ? address : "127.0.0.1:\(port)"
  }

  /// Starts a server; one that was just there may still have the address for a moment.
  func open(_ methods: [RegisteredMethod]) async throws -> RPCServer {
    var configuration = ServerConfiguration(address: target, security: security)
    configuration.loops = 2
    configuration.gracePeriod = .milliseconds(Int.random(in: 0...200))
    configuration.compression = .always
    var attempts = 0
    while true {
      let server = RPCServer(configuration: configuration, methods: methods)
      do {
        port.store(try server.start(), ordering: .releasing)
        return server
      } catch {
        attempts += 1
        guard attempts < 100 else { throw error }
        try await Task.sleep(for: .milliseconds(20))
      }
    }
  }

  func makeClient() -> RPCClient {
    var configuration = ClientConfiguration(target: target, security: clientSecurity)
    configuration.reconnect = (.milliseconds(10), .milliseconds(100))
    configuration.compression = Bool.random() ? .always : .never
    // Channels with equal settings would share their connection.
    configuration.keepalive = ClientKeepalive(interval: .seconds(Int.random(in: 60...100_000)))
    return RPCClient(configuration: configuration)
  }
}
