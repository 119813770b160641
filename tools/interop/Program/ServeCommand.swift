import ArgumentParser
import Foundation
import Gateway
import InteropSuite
import Logging
import RPC
import RPCHealth
import RPCReflection
import Transcoding
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
  @Flag(
    help: """
      Opens the REST door on a free port, too, which speaks gRPC, gRPC-Web and Connect; prints \
      `door PORT` before the other line. Needs --descriptors.
      """)
  var door = false
  @Option(help: "A PEM file: the door's certificate; without one it speaks plain text.")
  var doorCertificate: String?
  @Option(help: "A PEM file: that certificate's key.") var doorKey: String?
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
    let gateway = try door ? makeDoor() : nil
    if let gateway {
      let address = try await gateway.start()
      try FileHandle.standardOutput.write(contentsOf: Data("door \(address.port)\n".utf8))
    }
    let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
    let bound = try server.start()
    try FileHandle.standardOutput.write(contentsOf: Data("listening on \(bound)\n".utf8))
    for await _ in signals { break }
    await gateway?.stop()
    await server.shutdown()
  }

  /// The same methods on the door of strangers.
  private func makeDoor() throws -> Gateway {
    guard let descriptors else { throw ValidationError("--door needs --descriptors") }
    var configuration = GatewayConfiguration()
    if let doorCertificate, let doorKey {
      configuration.tls = GatewayConfiguration.TLS(
        certificateChain: [UInt8](try PEMFile.text(doorCertificate).utf8),
        privateKey: [UInt8](try PEMFile.text(doorKey).utf8))
    }
    return try Gateway(
      configuration: configuration,
      schema: try Schema(
        descriptorSet: [UInt8](try Data(contentsOf: URL(filePath: descriptors)))),
      methods: try methods(), logger: Logger(label: "interop"))
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
