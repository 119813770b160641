internal import Mutation
internal import Synchronization

/// Which connection the core's descriptor N is of: the core names a call's peer `fd:N`.
///
/// Why N is no other connection's while a call of this one is held, in libgrpc 1.51.1
/// (src/core/ext/transport/chttp2/transport and src/core/lib unless said otherwise):
///
/// 1. `grpc_server_add_channel_from_fd` (server/chttp2_server.cc) makes a `grpc_fd` of N, a TCP
///    endpoint named `fd:N` over it and a chttp2 transport over that, which copies the name to
///    `peer_string` once; `grpc_call_get_peer` gives a copy of the very string of the transport
///    that the call's stream belongs to.
/// 2. Every `grpc_chttp2_stream` takes a reference to its transport (`Reffer`) and gives it back in
///    its destructor, which `grpc_call_stack_destroy` calls (surface/call.cc, `DestroyCall`) when
///    the call's last reference goes. A `ServerCall` holds one until it marks itself released; the
///    look-up runs under the lock of that mark.
/// 3. N is closed in one place, `fd_orphan` (iomgr/ev_epoll1_linux.cc), called by `tcp_free`
///    (iomgr/tcp_posix.cc) when the endpoint's last reference goes. The transport gives its
///    reference back by `grpc_endpoint_destroy` in its own destructor and nowhere else: a broken or
///    closed connection only shuts the socket down, which keeps the number taken.
///
/// So while the call is held the transport lives, its endpoint lives, N is open, and the kernel
/// gives N to nobody. An entry is written before N is handed to the core and is overwritten only by
/// the next connection that got N from the kernel, hence behind the end of every call of this one.
/// Nothing takes entries out: the table is bounded by the process's descriptors. It is one for the
/// process because descriptors are.
final class ConnectionTable: Sendable {
  static let shared = ConnectionTable()

  private let connections = Mutex<[Connection?]>([])

  /// Names the connection whose descriptor goes to the core next.
  ///
  /// - Returns: The one that had the descriptor before: the core has closed it.
  func set(_ descriptor: Int32, _ connection: Connection) -> Connection? {
    let index = Int(descriptor)
    return connections.withLock { connections in
      while connections.count <= index { connections.append(nil) }
      defer { connections[index] = connection }
      return connections[index]
    }
  }

  /// The connection of a peer's name, `fd:N`; nil for other names.
  func connection(named peer: UnsafePointer<CChar>) -> Connection? {
    // By hand: it is asked once per call, and the text is three to eight bytes long.
    guard peer[0] == CChar(UInt8(ascii: "f")), peer[1] == CChar(UInt8(ascii: "d")),
      peer[2] == CChar(UInt8(ascii: ":"))
    else { return nil }
    var index = 0
    var at = 3
    while peer[at] != 0 {
      let digit = Int(peer[at]) - Int(UInt8(ascii: "0"))
      guard 0..<10 ~= digit, index < 1 << 30 else { return nil }
      index = index * 10 + digit
      at += 1
    }
    guard at > 3 else { return nil }
    if Mutation.isOn(.mixesConnections) {
      return connections.withLock { $0.lazy.compactMap { $0 }.first }
    }
    return connections.withLock { index < $0.count ? $0[index] : nil }
  }
}
