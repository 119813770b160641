internal import CGRPC

/// Keeps the core initialized while any object that uses it lives.
final class Library: Sendable {
  /// Whether the core's locks could be told not to look for deadlocks. Once for the process: it is
  /// the process's switch.
  static let stoppedDeadlockDetection = artel_stop_deadlock_detection() != 0

  init() {
    _ = Self.stoppedDeadlockDetection
    grpc_init()
  }

  deinit { grpc_shutdown() }
}
