public import RPC
import Synchronization

/// The connections that a server's own listener has accepted: the core, to which they are handed
/// over one by one, does not list them under the server.
///
/// A service is made before the server that serves it, so this is made first and follows the server
/// once it is there:
///
/// ```swift
/// let connections = ServedConnections()
/// router.register(ChannelzService(connections: connections, admit: …))
/// let server = RPCServer(configuration: configuration, methods: router.methods)
/// connections.follow(server)
/// ```
public final class ServedConnections: Sendable {
  private struct Followed {
    weak var server: RPCServer?
  }

  private let followed = Mutex(Followed())

  /// Creates connections of no server yet.
  public init() {}

  /// Shows the connections of a server from now on, until it is gone; not those of another any more.
  public func follow(_ server: RPCServer) {
    followed.withLock { $0.server = server }
  }

  /// The connections by ascending identifier.
  var all: [ConnectionInfo] {
    let server = followed.withLock { $0.server }
    return (server?.connections ?? []).sorted { $0.id < $1.id }
  }
}
