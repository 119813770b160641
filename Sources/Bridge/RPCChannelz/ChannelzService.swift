import GeneratedChannelz
public import RPC
import SwiftProtobuf

/// The channelz protocol of gRPC, `grpc.channelz.v1`: what the core knows of every channel, server
/// and connection of the process.
///
/// That is more than one caller's business: it shows who else is connected. So every call is asked
/// for first.
public struct ChannelzService: RegistrableRPCService {
  /// Lets a call pass, or throws what it is refused with.
  public typealias Admission = @Sendable (ServerContext) async throws -> Void

  private let connections: ServedConnections
  private let admit: Admission

  /// Creates the service.
  ///
  /// - Parameters:
  ///   - connections: The connections to the process's server, which are shown as its sockets; also
  ///     as those of any other server that the process has.
  ///   - admit: Decides on each call before anything is looked up. Throws `RPCError` with
  ///     `.permissionDenied` for callers who do not administer the process.
  public init(connections: ServedConnections, admit: @escaping Admission) {
    self.connections = connections
    self.admit = admit
  }

  /// Registers the service's methods.
  public func registerMethods(with router: inout RPCRouter) {
    router.register(ChannelzMethods(connections: connections, admit: admit))
  }
}

private struct ChannelzMethods: Grpc_Channelz_V1_Channelz.SimpleServiceProtocol {
  let connections: ServedConnections
  let admit: ChannelzService.Admission
  let core = ChannelzJSON()

  func getTopChannels(
    request: Grpc_Channelz_V1_GetTopChannelsRequest, context: ServerContext
  ) async throws -> Grpc_Channelz_V1_GetTopChannelsResponse {
    try await admit(context)
    let page = try ChannelzPage(from: request.startChannelID, limit: request.maxResults)
    var response: Grpc_Channelz_V1_GetTopChannelsResponse = try decode(
      core.topChannels(from: page.start), "there are no channels")
    response.end = page.cut(&response.channel) ? false : response.end
    return response
  }

  func getServers(request: Grpc_Channelz_V1_GetServersRequest, context: ServerContext) async throws
    -> Grpc_Channelz_V1_GetServersResponse
  {
    try await admit(context)
    let page = try ChannelzPage(from: request.startServerID, limit: request.maxResults)
    var response: Grpc_Channelz_V1_GetServersResponse = try decode(
      core.servers(from: page.start), "there are no servers")
    response.end = page.cut(&response.server) ? false : response.end
    return response
  }

  func getServer(request: Grpc_Channelz_V1_GetServerRequest, context: ServerContext) async throws
    -> Grpc_Channelz_V1_GetServerResponse
  {
    try await admit(context)
    return try decode(core.server(Int(request.serverID)), "there is no such server")
  }

  func getServerSockets(
    request: Grpc_Channelz_V1_GetServerSocketsRequest, context: ServerContext
  ) async throws -> Grpc_Channelz_V1_GetServerSocketsResponse {
    try await admit(context)
    let page = try ChannelzPage(from: request.startSocketID, limit: request.maxResults)
    var response: Grpc_Channelz_V1_GetServerSocketsResponse = try decode(
      core.sockets(ofServer: Int(request.serverID), from: page.start, limit: page.limit),
      "there is no such server")
    ConnectionSocket.append(connections.all, to: &response, page)
    return response
  }

  func getChannel(request: Grpc_Channelz_V1_GetChannelRequest, context: ServerContext) async throws
    -> Grpc_Channelz_V1_GetChannelResponse
  {
    try await admit(context)
    return try decode(core.channel(Int(request.channelID)), "there is no such channel")
  }

  func getSubchannel(
    request: Grpc_Channelz_V1_GetSubchannelRequest, context: ServerContext
  ) async throws -> Grpc_Channelz_V1_GetSubchannelResponse {
    try await admit(context)
    return try decode(core.subchannel(Int(request.subchannelID)), "there is no such subchannel")
  }

  func getSocket(request: Grpc_Channelz_V1_GetSocketRequest, context: ServerContext) async throws
    -> Grpc_Channelz_V1_GetSocketResponse
  {
    try await admit(context)
    if request.socketID >= ConnectionSocket.firstID {
      let id = UInt64(request.socketID - ConnectionSocket.firstID)
      guard let connection = connections.all.first(where: { $0.id == id }) else {
        throw RPCError(code: .notFound, message: "there is no such socket")
      }
      return .with { $0.socket = ConnectionSocket(connection: connection).socket }
    }
    return try decode(core.socket(Int(request.socketID)), "there is no such socket")
  }

  private func decode<Response: Message>(_ json: String?, _ missing: String) throws -> Response {
    guard let json else { throw RPCError(code: .notFound, message: missing) }
    // A later core may tell more than the contract has room for.
    var options = JSONDecodingOptions()
    options.ignoreUnknownFields = true
    do {
      return try Response(jsonString: json, options: options)
    } catch {
      throw RPCError(code: .internalError, message: "the core's answer cannot be read")
    }
  }
}
