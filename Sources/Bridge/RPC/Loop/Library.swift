internal import CGRPC

/// Keeps the core initialized while any object that uses it lives.
final class Library: Sendable {
  init() { grpc_init() }
  deinit { grpc_shutdown() }
}
