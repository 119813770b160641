import RPC
import RPCHealth
import ServiceLifecycle

/// The gRPC port as a service: tells balancers first, then drains. It ends too where the server has
/// stopped by itself, so that the process does not live on without its door.
struct GRPCDoor: Service {
  let server: RPCServer
  let health: HealthStore

  func run() async throws {
    await withGracefulShutdownHandler {
      await server.waitUntilShutdown()
    } onGracefulShutdown: {
      health.shutdown()
      server.beginShutdown()
    }
    // Cancellation is an end like any other: running calls still have their grace.
    health.shutdown()
    await server.shutdown()
  }
}
