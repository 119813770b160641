internal import CGRPC

/// Gives connected sockets to the core.
///
/// Safe: both pointers are constants, and the core lets any thread use them; the listener calls
/// nothing here behind `stopAccepting`, which comes before the server is destroyed.
final class CoreDoor: @unchecked Sendable {
  private let server: OpaquePointer
  private let credentials: OpaquePointer = grpc_insecure_server_credentials_create()

  init(_ server: OpaquePointer) { self.server = server }

  deinit { grpc_server_credentials_release(credentials) }

  /// The core owns the socket from here on. To it every connection is a plain one: TLS has been
  /// taken off before.
  func take(_ socket: Int32) { grpc_server_add_channel_from_fd(server, socket, credentials) }
}
