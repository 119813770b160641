public import RPC
public import ServiceLifecycle

/// A server runs in a service group beside whatever else the process runs:
///
/// ```swift
/// try await ServiceGroup(
///   services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger
/// ).run()
/// ```
extension RPCServer: Service {
  /// Serves until the group shuts down gracefully or is cancelled, then drains: no new connections,
  /// GOAWAY, and the configured grace for running calls. Returns too when somebody else has stopped
  /// the server, which a group takes for the end of a service that should have run on. A server
  /// that was not started before is started.
  ///
  /// - Throws: `ServerStartError` where it cannot be started.
  public func run() async throws {
    if !isRunning { try start() }
    await withGracefulShutdownHandler {
      await waitUntilShutdown()
    } onGracefulShutdown: {
      self.beginShutdown()
    }
    // Cancellation is an end like any other: running calls still have their grace.
    await shutdown()
  }
}
