import GeneratedChannelz
import GeneratedHealth
import RPC
import RPCChannelz
import RPCHealth
import RPCTestSupport
import TestSupport
import Testing

@Suite("The channelz service")
struct ChannelzServiceTests {
  typealias Channelz = Grpc_Channelz_V1_Channelz

  /// Serves channelz and health, makes one call, and asks.
  private func withChannelz(
    admit: @escaping ChannelzService.Admission = { _ in },
    _ body: (Channelz.Client, RPCClient, _ port: Int) async throws -> Void
  ) async throws {
    let health = HealthService(store: HealthStore())
    let connections = ServedConnections()
    let channelz = ChannelzService(connections: connections, admit: admit)
    try await withServices([channelz, health]) { client, server, port in
      connections.follow(server)
      try await body(Channelz.Client(wrapping: client), client, port)
    }
  }

  private func code(_ body: () async throws -> Void) async -> RPCError.Code? {
    do {
      try await body()
      return nil
    } catch {
      return (error as? RPCError)?.code
    }
  }

  /// The channel of a test's own client: others of the process are there too.
  private func channel(_ channelz: Channelz.Client, _ port: Int) async throws
    -> Grpc_Channelz_V1_Channel
  {
    var start: Int64 = 0
    while true {
      let page = try await channelz.getTopChannels(.with { $0.startChannelID = start })
      if let own = page.channel.first(where: { $0.data.target.hasSuffix("127.0.0.1:\(port)") }) {
        return own
      }
      let last = try #require(page.channel.last)
      try #require(!page.end)
      start = last.ref.channelID + 1
    }
  }

  // MARK: Channels

  @Test("shows a client's channel, with its calls")
  func channels() async throws {
    try await withChannelz { channelz, client, port in
      let health = Grpc_Health_V1_Health.Client(wrapping: client)
      for _ in 0..<3 { _ = try await health.check(Grpc_Health_V1_HealthCheckRequest()) }
      _ = await code { _ = try await health.check(.with { $0.service = "none" }) }
      let found = try await channel(channelz, port)
      #expect(found.data.callsStarted >= 5)
      #expect(found.data.callsSucceeded >= 3)
      #expect(found.data.callsFailed == 1)
      #expect(found.data.hasLastCallStartedTimestamp)
      let same = try await channelz.getChannel(.with { $0.channelID = found.ref.channelID })
      #expect(same.channel.ref == found.ref)
      #expect(same.channel.data.target == found.data.target)
    }
  }

  @Test("shows a channel's connection, down to its socket")
  func subchannels() async throws {
    try await withChannelz { channelz, _, port in
      let found = try await channel(channelz, port)
      let current = try await channelz.getChannel(.with { $0.channelID = found.ref.channelID })
      let subchannelID = try #require(current.channel.subchannelRef.first).subchannelID
      let subchannel = try await channelz.getSubchannel(.with { $0.subchannelID = subchannelID })
        .subchannel
      #expect(subchannel.data.state.state == .ready)
      let socketID = try #require(subchannel.socketRef.first).socketID
      let socket = try await channelz.getSocket(.with { $0.socketID = socketID }).socket
      #expect(socket.data.streamsStarted >= 1)
      #expect(socket.remote.tcpipAddress.port == Int32(port))
      #expect(Array(socket.remote.tcpipAddress.ipAddress) == [127, 0, 0, 1])
    }
  }

  // MARK: Servers

  /// The server that is asked: other tests have theirs in the same process, but theirs do not count
  /// the calls that ask for them.
  private func server(_ channelz: Channelz.Client) async throws -> Grpc_Channelz_V1_Server {
    var start: Int64 = 0
    while true {
      let page = try await channelz.getServers(.with { $0.startServerID = start })
      #expect(page.server.map(\.ref.serverID) == page.server.map(\.ref.serverID).sorted())
      for server in page.server {
        var calls: [Int64] = []
        do {
          for _ in 0..<20 {
            let again = try await channelz.getServer(.with { $0.serverID = server.ref.serverID })
            calls.append(again.server.data.callsStarted)
          }
        } catch let error as RPCError where error.code == .notFound {
          continue  // The other test is over.
        }
        if zip(calls, calls.dropFirst()).allSatisfy(<) { return server }
      }
      let last = try #require(page.server.last)
      try #require(!page.end)
      start = last.ref.serverID + 1
    }
  }

  @Test("shows a server, with its calls")
  func servers() async throws {
    try await withChannelz { channelz, _, _ in
      let own = try await server(channelz)
      let same = try await channelz.getServer(.with { $0.serverID = own.ref.serverID })
      #expect(same.server.ref == own.ref)
      #expect(same.server.data.callsSucceeded >= 1)
    }
  }

  @Test("shows the connections to a server, page by page")
  func sockets() async throws {
    try await withChannelz { channelz, _, port in
      let id = try await server(channelz).ref.serverID
      // The core shares connections between channels with the same settings.
      var configuration = ClientConfiguration(target: "127.0.0.1:\(port)")
      configuration.maxReceiveMessageBytes = 1 << 20
      let other = RPCClient(configuration: configuration)
      _ = try await Channelz.Client(wrapping: other).getServers(.init())
      let all = try await channelz.getServerSockets(.with { $0.serverID = id })
      #expect(all.end)
      #expect(all.socketRef.count >= 2)
      let first = try await channelz.getServerSockets(
        .with {
          $0.serverID = id
          $0.maxResults = 1
        })
      #expect(!first.end)
      #expect(first.socketRef == [all.socketRef[0]])
      let rest = try await channelz.getServerSockets(
        .with {
          $0.serverID = id
          $0.startSocketID = first.socketRef[0].socketID + 1
        })
      #expect(rest.end)
      #expect(rest.socketRef == Array(all.socketRef.dropFirst()))
      for ref in all.socketRef {
        let socket = try await channelz.getSocket(.with { $0.socketID = ref.socketID }).socket
        #expect(socket.ref == ref)
        #expect(Array(socket.remote.tcpipAddress.ipAddress) == [127, 0, 0, 1])
        #expect(ref.name == "ipv4:127.0.0.1:\(socket.remote.tcpipAddress.port)")
        #expect(!socket.hasSecurity)
      }
      _ = other
    }
  }

  @Test("finds no connection that never was")
  func noSocket() async throws {
    try await withChannelz { channelz, _, _ in
      #expect(
        await code { _ = try await channelz.getSocket(.with { $0.socketID = .max }) } == .notFound)
    }
  }

  // MARK: Pages

  @Test("cuts a page where the caller wants no more, and says that it is not the end")
  func pages() async throws {
    try await withChannelz { channelz, _, port in
      let other = RPCClient(configuration: ClientConfiguration(target: "127.0.0.1:\(port)"))
      _ = try await Channelz.Client(wrapping: other).getServers(
        Grpc_Channelz_V1_GetServersRequest())
      let first = try await channelz.getTopChannels(.with { $0.maxResults = 1 })
      #expect(first.channel.count == 1)
      #expect(!first.end)
      let id = try #require(first.channel.first).ref.channelID
      let second = try await channelz.getTopChannels(
        .with {
          $0.startChannelID = id + 1
          $0.maxResults = 1
        })
      #expect(try #require(second.channel.first).ref.channelID > id)
      let all = try await channelz.getTopChannels(.with { $0.maxResults = 1000 })
      #expect(all.channel.count >= 2)
      _ = other
    }
  }

  @Test("has an empty last page")
  func lastPage() async throws {
    try await withChannelz { channelz, _, _ in
      let channels = try await channelz.getTopChannels(.with { $0.startChannelID = .max })
      #expect(channels.channel.isEmpty && channels.end)
      let servers = try await channelz.getServers(.with { $0.startServerID = .max })
      #expect(servers.server.isEmpty && servers.end)
    }
  }

  @Test("refuses pages with negative numbers, which would end the process")
  func negative() async throws {
    try await withChannelz { channelz, _, _ in
      #expect(
        await code { _ = try await channelz.getTopChannels(.with { $0.startChannelID = -1 }) }
          == .invalidArgument)
      #expect(
        await code { _ = try await channelz.getServers(.with { $0.maxResults = -1 }) }
          == .invalidArgument)
      #expect(
        await code { _ = try await channelz.getServerSockets(.with { $0.startSocketID = -1 }) }
          == .invalidArgument)
      #expect(
        await code { _ = try await channelz.getServerSockets(.with { $0.maxResults = .min }) }
          == .invalidArgument)
    }
  }

  // MARK: What is not there

  @Test(
    "finds nothing by a number that nothing has, or something of another kind",
    arguments: [0, -1, Int64.max, Int64.min])
  func missing(id: Int64) async throws {
    try await withChannelz { channelz, _, _ in
      for code in [
        await code { _ = try await channelz.getServer(.with { $0.serverID = id }) },
        await code { _ = try await channelz.getServerSockets(.with { $0.serverID = id }) },
        await code { _ = try await channelz.getChannel(.with { $0.channelID = id }) },
        await code { _ = try await channelz.getSubchannel(.with { $0.subchannelID = id }) },
        await code { _ = try await channelz.getSocket(.with { $0.socketID = id }) },
      ] { #expect(code == .notFound) }
    }
  }

  @Test("finds no server by a channel's number, and no channel by a server's")
  func kinds() async throws {
    try await withChannelz { channelz, _, port in
      let id = try await channel(channelz, port).ref.channelID
      #expect(
        await code { _ = try await channelz.getServer(.with { $0.serverID = id }) } == .notFound)
      #expect(
        await code { _ = try await channelz.getSocket(.with { $0.socketID = id }) } == .notFound)
      let server = try await channelz.getServers(Grpc_Channelz_V1_GetServersRequest()).server[0]
      let serverID = server.ref.serverID
      #expect(
        await code { _ = try await channelz.getChannel(.with { $0.channelID = serverID }) }
          == .notFound)
    }
  }

  // MARK: Who may ask

  @Test("asks for every method whether the caller may")
  func admission() async throws {
    let refuse: ChannelzService.Admission = { context in
      guard context.metadata.first("who") == "administrator" else {
        throw RPCError(code: .permissionDenied, message: "not for you")
      }
    }
    try await withChannelz(admit: refuse) { channelz, _, _ in
      for code in [
        await code { _ = try await channelz.getTopChannels(.init()) },
        await code { _ = try await channelz.getServers(.init()) },
        await code { _ = try await channelz.getServer(.init()) },
        await code { _ = try await channelz.getServerSockets(.init()) },
        await code { _ = try await channelz.getChannel(.init()) },
        await code { _ = try await channelz.getSubchannel(.init()) },
        await code { _ = try await channelz.getSocket(.init()) },
      ] { #expect(code == .permissionDenied) }
      let servers = try await channelz.getServers(.init(), metadata: ["who": "administrator"])
      #expect(!servers.server.isEmpty)
    }
  }
}
