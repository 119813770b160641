import FoundationEssentials
import GeneratedChannelz
import Glibc
import RPC

/// A connection of our listener as channelz says it.
struct ConnectionSocket {
  /// Where the identifiers of these sockets begin: the core counts its own from 1, and never comes
  /// here.
  static let firstID: Int64 = 1 << 48

  let connection: ConnectionInfo

  var ref: Grpc_Channelz_V1_SocketRef {
    .with {
      $0.socketID = Self.firstID + Int64(connection.id)
      $0.name = connection.address
    }
  }

  var socket: Grpc_Channelz_V1_Socket {
    .with { socket in
      socket.ref = ref
      socket.remote = Self.address(connection.address)
      if let leaf = connection.certificateChainDER.first {
        socket.security.tls.remoteCertificate = Data(leaf)
        socket.remoteName = connection.subject ?? ""
      }
    }
  }

  /// Adds what there is from an identifier on to a page that the core has begun.
  static func append(
    _ connections: [ConnectionInfo], to page: inout Grpc_Channelz_V1_GetServerSocketsResponse,
    _ wanted: ChannelzPage
  ) {
    guard page.end else { return }
    let room = wanted.limit - page.socketRef.count
    let refs = connections.map { ConnectionSocket(connection: $0).ref }
      .filter { $0.socketID >= wanted.start }
    page.socketRef += refs.prefix(max(0, room))
    page.end = refs.count <= room
  }

  /// Reads `ipv4:127.0.0.1:4000`, `ipv6:[::1]:4000` and `unix:`; anything else is kept as it is.
  static func address(_ text: String) -> Grpc_Channelz_V1_Address {
    if text.hasPrefix("unix:") {
      return .with { $0.udsAddress.filename = String(text.dropFirst(5)) }
    }
    if text.hasPrefix("ipv4:") || text.hasPrefix("ipv6:"), let colon = text.lastIndex(of: ":"),
      let port = UInt16(text[text.index(after: colon)...])
    {
      let host = text[..<colon].dropFirst(5)
      let isV6 = host.hasPrefix("[") && host.hasSuffix("]")
      if let bytes = ipAddress(String(isV6 ? host.dropFirst().dropLast() : host), isV6: isV6) {
        return .with {
          $0.tcpipAddress.ipAddress = bytes
          $0.tcpipAddress.port = Int32(port)
        }
      }
    }
    return .with { $0.otherAddress.name = text }
  }

  /// The 4 or 16 bytes of an address.
  private static func ipAddress(_ text: String, isV6: Bool) -> Data? {
    var bytes = [UInt8](repeating: 0, count: isV6 ? 16 : 4)
    // Writes as many bytes as the family's addresses have.
    return inet_pton(isV6 ? AF_INET6 : AF_INET, text, &bytes) == 1 ? Data(bytes) : nil
  }
}
