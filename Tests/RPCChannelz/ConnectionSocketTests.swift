import GeneratedChannelz
import TestSupport
import Testing

@testable import RPC
@testable import RPCChannelz

@Suite("A connection of our listener, in channelz")
struct ConnectionSocketTests {
  private func connection(
    _ id: UInt64, address: String = "ipv4:10.0.0.1:4000", chain: [[UInt8]] = []
  ) -> ConnectionInfo {
    ConnectionInfo(
      id: id, address: address, serverName: nil, subject: chain.isEmpty ? nil : "CN=partner",
      certificateChainDER: chain, certificatePEM: nil, since: .now)
  }

  @Test("has the bytes and the port of its address")
  func addresses() {
    let v4 = ConnectionSocket.address("ipv4:10.0.0.1:4000").tcpipAddress
    #expect(Array(v4.ipAddress) == [10, 0, 0, 1])
    #expect(v4.port == 4000)
    let v6 = ConnectionSocket.address("ipv6:[::1]:65535").tcpipAddress
    #expect(Array(v6.ipAddress) == [UInt8](repeating: 0, count: 15) + [1])
    #expect(v6.port == 65535)
    #expect(ConnectionSocket.address("unix:/run/a").udsAddress.filename == "/run/a")
    #expect(ConnectionSocket.address("unix:").address == .udsAddress(.init()))
  }

  @Test(
    "keeps an address that it cannot read as it is",
    arguments: [
      "", "ipv4:", "ipv4:10.0.0:1", "ipv4:10.0.0.1:65536", "ipv4:10.0.0.1", "ipv6:[::1]",
      "ipv6:[x]:1", "ipv4:[::1:1", "fd:7",
    ])
  func unreadable(text: String) {
    #expect(ConnectionSocket.address(text).otherAddress.name == text)
  }

  @Test("shows who is at the other end, where a certificate proves it")
  func security() {
    let socket = ConnectionSocket(connection: connection(3, chain: [[1, 2], [3]])).socket
    #expect(socket.ref.socketID == 1 << 48 + 3)
    #expect(Array(socket.security.tls.remoteCertificate) == [1, 2])
    #expect(socket.remoteName == "CN=partner")
    #expect(!ConnectionSocket(connection: connection(3)).socket.hasSecurity)
  }

  @Test("stands behind the core's own sockets on a page, as far as there is room")
  func pages() throws {
    func page(_ core: Int, end: Bool = true, from start: Int64 = 0, limit: Int64 = 0) throws
      -> (ids: [Int64], end: Bool)
    {
      var page = Grpc_Channelz_V1_GetServerSocketsResponse.with {
        $0.socketRef = (0..<core).map { index in .with { $0.socketID = Int64(index) } }
        $0.end = end
      }
      ConnectionSocket.append(
        [connection(1), connection(2)], to: &page, try ChannelzPage(from: start, limit: limit))
      return (
        page.socketRef.dropFirst(core).map { $0.socketID - ConnectionSocket.firstID }, page.end
      )
    }
    #expect(try page(2) == ([1, 2], true))
    #expect(try page(2, limit: 4) == ([1, 2], true))
    #expect(try page(2, limit: 3) == ([1], false))
    #expect(try page(2, limit: 2) == ([], false))
    #expect(try page(2, end: false) == ([], false))
    #expect(try page(499) == ([1], false))
    #expect(try page(499, limit: 1000) == ([1], false))
    #expect(try page(0, from: ConnectionSocket.firstID + 2) == ([2], true))
    #expect(try page(0, from: .max) == ([], true))
  }

  @Test("is none while no server is followed, and none of a server that is gone")
  func nobody() {
    let connections = ServedConnections()
    #expect(connections.all.isEmpty)
    connections.follow(
      RPCServer(configuration: ServerConfiguration(address: "127.0.0.1:0"), methods: []))
    #expect(connections.all.isEmpty)
  }
}
