internal import CGRPC

/// What the core keeps about every channel, server and socket of the process, as it gives it: the
/// messages of `grpc.channelz.v1` in proto3's JSON.
///
/// Identifiers are given out from 1 upwards, one row for entities of every kind. What does not exist,
/// or is of another kind, is nil.
package struct ChannelzJSON: Sendable {
  // The core's register stands only while the core is initialized.
  private let library = Library()

  /// Creates a reader.
  package init() {}

  /// A `GetTopChannelsResponse`: channels by ascending identifier, 100 at most.
  ///
  /// - Parameter start: The least identifier wanted.
  package func topChannels(from start: Int) -> String? {
    text(grpc_channelz_get_top_channels(start))
  }

  /// A `GetServersResponse`: servers by ascending identifier, 100 at most.
  ///
  /// - Parameter start: The least identifier wanted.
  package func servers(from start: Int) -> String? { text(grpc_channelz_get_servers(start)) }

  /// A `GetServerResponse`.
  package func server(_ id: Int) -> String? { text(grpc_channelz_get_server(id)) }

  /// A `GetServerSocketsResponse`: sockets by ascending identifier, 500 at most.
  ///
  /// - Parameters:
  ///   - start: The least identifier wanted; not negative, or the core ends the process.
  ///   - limit: How many are wanted, 0 for as many as a page holds; not negative either.
  package func sockets(ofServer id: Int, from start: Int, limit: Int) -> String? {
    guard start >= 0, limit >= 0 else { return nil }
    return text(grpc_channelz_get_server_sockets(id, start, limit))
  }

  /// A `GetChannelResponse`.
  package func channel(_ id: Int) -> String? { text(grpc_channelz_get_channel(id)) }

  /// A `GetSubchannelResponse`.
  package func subchannel(_ id: Int) -> String? { text(grpc_channelz_get_subchannel(id)) }

  /// A `GetSocketResponse`.
  package func socket(_ id: Int) -> String? { text(grpc_channelz_get_socket(id)) }

  /// Copies a string of the core's and gives it back.
  private func text(_ owned: UnsafeMutablePointer<CChar>?) -> String? {
    guard let owned else { return nil }
    defer { gpr_free(owned) }
    return String(cString: owned)
  }
}
