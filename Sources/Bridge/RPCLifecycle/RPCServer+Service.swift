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
  /// GOAWAY, and the configured grace for running calls. A server that was not started before is
  /// started.
  ///
  /// - Throws: `ServerStartError` where it cannot be started.
  public func run() async throws {
    if !isRunning { try start() }
    // Cancellation is an end like any other: running calls still have their grace.
    try? await gracefulShutdown()
    await shutdown()
  }
}
