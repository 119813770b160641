import ArgumentParser
import Foundation
import InteropSuite
import RPC
import RPCHealth
import RPCReflection
import UnixSignals

/// Serves until it is told to stop.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serves grpc.testing.TestService, a probe for other tests, and health.",
    discussion: """
      Prints `listening on PORT` when it serves. Ends on SIGTERM and SIGINT, when the calls that run \
      are over. Without TLS it listens on loopback only.
      """)

  @Option(help: "The address to listen on.") var host = "127.0.0.1"
  @Option(help: "The port; 0 takes a free one.") var port = 0
  @Option(help: "The path of a Unix socket to listen on instead.") var unix: String?
  @Option(help: "A file with a FileDescriptorSet: reflection serves it.") var descriptors: String?
  @Option(help: "A PEM file: the server's certificate, then its intermediates.")
  var certificate: String?
  @Option(help: "A PEM file: the certificate's key.") var key: String?
  @Option(help: "A PEM file: the roots of clients' certificates, which every client proves.")
  var clientRoots: String?
  @Option(
    help: """
      For how many seconds to refuse a client whose connection was ended for abuse; 0 for none.
      """)
  var suspension = 0

  func validate() throws {
    let given = [certificate, key, clientRoots].compactMap { $0 }.count
    guard given == 0 || given == 3 else {
      throw ValidationError("--certificate, --key and --client-roots belong together")
    }
  }

  func run() async throws {
    var configuration = ServerConfiguration(address: unix.map { "unix:\($0)" } ?? "\(host):\(port)")
    if let certificate, let key, let clientRoots {
      configuration.security = .mutualTLS(
        ServerCredentials(
          certificateChainPEM: try PEMFile.text(certificate), privateKeyPEM: try PEMFile.text(key),
          clientRootsPEM: try PEMFile.text(clientRoots)))
    }
    configuration.abuseSuspension = suspension > 0 ? .seconds(suspension) : nil
    let server = RPCServer(configuration: configuration, methods: try methods())
    let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
    let bound = try server.start()
    try FileHandle.standardOutput.write(contentsOf: Data("listening on \(bound)\n".utf8))
    for await _ in signals { break }
    await server.shutdown()
  }

  private func methods() throws -> [RegisteredMethod] {
    let health = HealthStore(services: ["grpc.testing.TestService"])
    health.setAll(.serving)
    var router = RPCRouter()
    router.register(HealthService(store: health))
    if let descriptors {
      let set = try Data(contentsOf: URL(filePath: descriptors))
      router.register(
        try ReflectionService(
          descriptorSet: [UInt8](set),
          services: ["grpc.testing.TestService", "grpc.health.v1.Health"]))
    }
    return router.methods + InteropServer.methods + InteropServer.probe
  }
}
