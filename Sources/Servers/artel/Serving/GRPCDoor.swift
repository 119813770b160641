import RPC
import RPCHealth
import ServiceLifecycle

/// The gRPC port as a service: tells balancers first, then drains.
struct GRPCDoor: Service {
  let server: RPCServer
  let health: HealthStore

  func run() async throws {
    // Cancellation is an end like any other: running calls still have their grace.
    try? await gracefulShutdown()
    health.shutdown()
    await server.shutdown()
  }
}
