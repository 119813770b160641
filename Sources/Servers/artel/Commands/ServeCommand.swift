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
    let metrics: String?
  }

  func run() async throws {
    try Cores.forbid()
    let environment = try await Environment()
    let server = try await Server(environment)
    do {
      let addresses = try await server.start()
      let ready = Ready(
        ready: true, grpc: addresses.grpc, rest: addresses.rest, metrics: addresses.metrics)
      let group = ServiceGroup(
        configuration: ServiceGroupConfiguration(
          services: (server.services + [Announcement(ready: ready)]).map { .init(service: $0) },
          gracefulShutdownSignals: [.sigterm, .sigint], logger: environment.logger))
      try await group.run()
    } catch {
      await server.close()
      throw error
    }
    await server.close()
  }

  /// Says that the process is ready: from within the group, which by then listens for signals, so
  /// that whoever waits for the line can end the process gracefully at once.
  private struct Announcement: Service {
    let ready: Ready

    func run() async throws {
      try Output.json(ready)
      try await gracefulShutdown()
    }
  }
}
