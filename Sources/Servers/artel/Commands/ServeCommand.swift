import ArgumentParser
import ServiceLifecycle
import UnixSignals

/// `artel serve`: opens both doors and serves until SIGTERM or SIGINT.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serves gRPC and REST until SIGTERM; running calls finish within the grace.")

  private struct Ready: Encodable {
    let ready: Bool
    let grpc, rest: String
  }

  func run() async throws {
    let environment = try await Environment()
    let server = try await Server(environment)
    let addresses = try await server.start()
    try Output.json(Ready(ready: true, grpc: addresses.grpc, rest: addresses.rest))
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: server.services.map { .init(service: $0) },
        gracefulShutdownSignals: [.sigterm, .sigint], logger: environment.logger))
    try await group.run()
    await server.close()
  }
}
