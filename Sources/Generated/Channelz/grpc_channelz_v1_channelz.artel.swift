// Written by protoc-gen-artel from grpc/channelz/v1/channelz.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// The service `grpc.channelz.v1.Channelz`.
public enum Grpc_Channelz_V1_Channelz {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "grpc.channelz.v1.Channelz")

  /// The service's methods.
  public enum Method {
    /// `grpc.channelz.v1.Channelz/GetTopChannels`.
    public enum GetTopChannels {
      /// What a caller sends.
      public typealias Input = Grpc_Channelz_V1_GetTopChannelsRequest

      /// What a caller gets.
      public typealias Output = Grpc_Channelz_V1_GetTopChannelsResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Grpc_Channelz_V1_Channelz.descriptor, method: "GetTopChannels",
        kind: .unary)
    }

    /// `grpc.channelz.v1.Channelz/GetServers`.
    public enum GetServers {
      /// What a caller sends.
      public typealias Input = Grpc_Channelz_V1_GetServersRequest

      /// What a caller gets.
      public typealias Output = Grpc_Channelz_V1_GetServersResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Grpc_Channelz_V1_Channelz.descriptor, method: "GetServers",
        kind: .unary)
    }

    /// `grpc.channelz.v1.Channelz/GetServer`.
    public enum GetServer {
      /// What a caller sends.
      public typealias Input = Grpc_Channelz_V1_GetServerRequest

      /// What a caller gets.
      public typealias Output = Grpc_Channelz_V1_GetServerResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Grpc_Channelz_V1_Channelz.descriptor, method: "GetServer",
        kind: .unary)
    }

    /// `grpc.channelz.v1.Channelz/GetServerSockets`.
    public enum GetServerSockets {
      /// What a caller sends.
      public typealias Input = Grpc_Channelz_V1_GetServerSocketsRequest

      /// What a caller gets.
      public typealias Output = Grpc_Channelz_V1_GetServerSocketsResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Grpc_Channelz_V1_Channelz.descriptor, method: "GetServerSockets",
        kind: .unary)
    }

    /// `grpc.channelz.v1.Channelz/GetChannel`.
    public enum GetChannel {
      /// What a caller sends.
      public typealias Input = Grpc_Channelz_V1_GetChannelRequest

      /// What a caller gets.
      public typealias Output = Grpc_Channelz_V1_GetChannelResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Grpc_Channelz_V1_Channelz.descriptor, method: "GetChannel",
        kind: .unary)
    }

    /// `grpc.channelz.v1.Channelz/GetSubchannel`.
    public enum GetSubchannel {
      /// What a caller sends.
      public typealias Input = Grpc_Channelz_V1_GetSubchannelRequest

      /// What a caller gets.
      public typealias Output = Grpc_Channelz_V1_GetSubchannelResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Grpc_Channelz_V1_Channelz.descriptor, method: "GetSubchannel",
        kind: .unary)
    }

    /// `grpc.channelz.v1.Channelz/GetSocket`.
    public enum GetSocket {
      /// What a caller sends.
      public typealias Input = Grpc_Channelz_V1_GetSocketRequest

      /// What a caller gets.
      public typealias Output = Grpc_Channelz_V1_GetSocketResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Grpc_Channelz_V1_Channelz.descriptor, method: "GetSocket",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      GetTopChannels.descriptor,
      GetServers.descriptor,
      GetServer.descriptor,
      GetServerSockets.descriptor,
      GetChannel.descriptor,
      GetSubchannel.descriptor,
      GetSocket.descriptor,
    ]
  }
}

extension Grpc_Channelz_V1_Channelz {
  /// The service `grpc.channelz.v1.Channelz`.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Serves `grpc.channelz.v1.Channelz/GetTopChannels`.
    func getTopChannels(
      request: RPC.ServerRequest<Grpc_Channelz_V1_GetTopChannelsRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Grpc_Channelz_V1_GetTopChannelsResponse>

    /// Serves `grpc.channelz.v1.Channelz/GetServers`.
    func getServers(
      request: RPC.ServerRequest<Grpc_Channelz_V1_GetServersRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Grpc_Channelz_V1_GetServersResponse>

    /// Serves `grpc.channelz.v1.Channelz/GetServer`.
    func getServer(
      request: RPC.ServerRequest<Grpc_Channelz_V1_GetServerRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Grpc_Channelz_V1_GetServerResponse>

    /// Serves `grpc.channelz.v1.Channelz/GetServerSockets`.
    func getServerSockets(
      request: RPC.ServerRequest<Grpc_Channelz_V1_GetServerSocketsRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Grpc_Channelz_V1_GetServerSocketsResponse>

    /// Serves `grpc.channelz.v1.Channelz/GetChannel`.
    func getChannel(
      request: RPC.ServerRequest<Grpc_Channelz_V1_GetChannelRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Grpc_Channelz_V1_GetChannelResponse>

    /// Serves `grpc.channelz.v1.Channelz/GetSubchannel`.
    func getSubchannel(
      request: RPC.ServerRequest<Grpc_Channelz_V1_GetSubchannelRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Grpc_Channelz_V1_GetSubchannelResponse>

    /// Serves `grpc.channelz.v1.Channelz/GetSocket`.
    func getSocket(
      request: RPC.ServerRequest<Grpc_Channelz_V1_GetSocketRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Grpc_Channelz_V1_GetSocketResponse>
  }

  /// The service `grpc.channelz.v1.Channelz`.
  public protocol SimpleServiceProtocol: Grpc_Channelz_V1_Channelz.ServiceProtocol {
    /// Serves `grpc.channelz.v1.Channelz/GetTopChannels`.
    func getTopChannels(
      request: Grpc_Channelz_V1_GetTopChannelsRequest,
      context: RPC.ServerContext
    ) async throws -> Grpc_Channelz_V1_GetTopChannelsResponse

    /// Serves `grpc.channelz.v1.Channelz/GetServers`.
    func getServers(
      request: Grpc_Channelz_V1_GetServersRequest,
      context: RPC.ServerContext
    ) async throws -> Grpc_Channelz_V1_GetServersResponse

    /// Serves `grpc.channelz.v1.Channelz/GetServer`.
    func getServer(
      request: Grpc_Channelz_V1_GetServerRequest,
      context: RPC.ServerContext
    ) async throws -> Grpc_Channelz_V1_GetServerResponse

    /// Serves `grpc.channelz.v1.Channelz/GetServerSockets`.
    func getServerSockets(
      request: Grpc_Channelz_V1_GetServerSocketsRequest,
      context: RPC.ServerContext
    ) async throws -> Grpc_Channelz_V1_GetServerSocketsResponse

    /// Serves `grpc.channelz.v1.Channelz/GetChannel`.
    func getChannel(
      request: Grpc_Channelz_V1_GetChannelRequest,
      context: RPC.ServerContext
    ) async throws -> Grpc_Channelz_V1_GetChannelResponse

    /// Serves `grpc.channelz.v1.Channelz/GetSubchannel`.
    func getSubchannel(
      request: Grpc_Channelz_V1_GetSubchannelRequest,
      context: RPC.ServerContext
    ) async throws -> Grpc_Channelz_V1_GetSubchannelResponse

    /// Serves `grpc.channelz.v1.Channelz/GetSocket`.
    func getSocket(
      request: Grpc_Channelz_V1_GetSocketRequest,
      context: RPC.ServerContext
    ) async throws -> Grpc_Channelz_V1_GetSocketResponse
  }
}

extension Grpc_Channelz_V1_Channelz.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Grpc_Channelz_V1_Channelz.Method.GetTopChannels.descriptor,
      request: Grpc_Channelz_V1_Channelz.Method.GetTopChannels.Input.self, response: Grpc_Channelz_V1_Channelz.Method.GetTopChannels.Output.self,
      fullHandler: { request, context in
        try await self.getTopChannels(request: request, context: context)
      })
    router.registerUnary(
      Grpc_Channelz_V1_Channelz.Method.GetServers.descriptor,
      request: Grpc_Channelz_V1_Channelz.Method.GetServers.Input.self, response: Grpc_Channelz_V1_Channelz.Method.GetServers.Output.self,
      fullHandler: { request, context in
        try await self.getServers(request: request, context: context)
      })
    router.registerUnary(
      Grpc_Channelz_V1_Channelz.Method.GetServer.descriptor,
      request: Grpc_Channelz_V1_Channelz.Method.GetServer.Input.self, response: Grpc_Channelz_V1_Channelz.Method.GetServer.Output.self,
      fullHandler: { request, context in
        try await self.getServer(request: request, context: context)
      })
    router.registerUnary(
      Grpc_Channelz_V1_Channelz.Method.GetServerSockets.descriptor,
      request: Grpc_Channelz_V1_Channelz.Method.GetServerSockets.Input.self, response: Grpc_Channelz_V1_Channelz.Method.GetServerSockets.Output.self,
      fullHandler: { request, context in
        try await self.getServerSockets(request: request, context: context)
      })
    router.registerUnary(
      Grpc_Channelz_V1_Channelz.Method.GetChannel.descriptor,
      request: Grpc_Channelz_V1_Channelz.Method.GetChannel.Input.self, response: Grpc_Channelz_V1_Channelz.Method.GetChannel.Output.self,
      fullHandler: { request, context in
        try await self.getChannel(request: request, context: context)
      })
    router.registerUnary(
      Grpc_Channelz_V1_Channelz.Method.GetSubchannel.descriptor,
      request: Grpc_Channelz_V1_Channelz.Method.GetSubchannel.Input.self, response: Grpc_Channelz_V1_Channelz.Method.GetSubchannel.Output.self,
      fullHandler: { request, context in
        try await self.getSubchannel(request: request, context: context)
      })
    router.registerUnary(
      Grpc_Channelz_V1_Channelz.Method.GetSocket.descriptor,
      request: Grpc_Channelz_V1_Channelz.Method.GetSocket.Input.self, response: Grpc_Channelz_V1_Channelz.Method.GetSocket.Output.self,
      fullHandler: { request, context in
        try await self.getSocket(request: request, context: context)
      })
  }
}

extension Grpc_Channelz_V1_Channelz.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Grpc_Channelz_V1_Channelz.Method.GetTopChannels.descriptor,
      request: Grpc_Channelz_V1_Channelz.Method.GetTopChannels.Input.self, response: Grpc_Channelz_V1_Channelz.Method.GetTopChannels.Output.self,
      handler: { request, context in
        try await self.getTopChannels(request: request, context: context)
      })
    router.registerUnary(
      Grpc_Channelz_V1_Channelz.Method.GetServers.descriptor,
      request: Grpc_Channelz_V1_Channelz.Method.GetServers.Input.self, response: Grpc_Channelz_V1_Channelz.Method.GetServers.Output.self,
      handler: { request, context in
        try await self.getServers(request: request, context: context)
      })
    router.registerUnary(
      Grpc_Channelz_V1_Channelz.Method.GetServer.descriptor,
      request: Grpc_Channelz_V1_Channelz.Method.GetServer.Input.self, response: Grpc_Channelz_V1_Channelz.Method.GetServer.Output.self,
      handler: { request, context in
        try await self.getServer(request: request, context: context)
      })
    router.registerUnary(
      Grpc_Channelz_V1_Channelz.Method.GetServerSockets.descriptor,
      request: Grpc_Channelz_V1_Channelz.Method.GetServerSockets.Input.self, response: Grpc_Channelz_V1_Channelz.Method.GetServerSockets.Output.self,
      handler: { request, context in
        try await self.getServerSockets(request: request, context: context)
      })
    router.registerUnary(
      Grpc_Channelz_V1_Channelz.Method.GetChannel.descriptor,
      request: Grpc_Channelz_V1_Channelz.Method.GetChannel.Input.self, response: Grpc_Channelz_V1_Channelz.Method.GetChannel.Output.self,
      handler: { request, context in
        try await self.getChannel(request: request, context: context)
      })
    router.registerUnary(
      Grpc_Channelz_V1_Channelz.Method.GetSubchannel.descriptor,
      request: Grpc_Channelz_V1_Channelz.Method.GetSubchannel.Input.self, response: Grpc_Channelz_V1_Channelz.Method.GetSubchannel.Output.self,
      handler: { request, context in
        try await self.getSubchannel(request: request, context: context)
      })
    router.registerUnary(
      Grpc_Channelz_V1_Channelz.Method.GetSocket.descriptor,
      request: Grpc_Channelz_V1_Channelz.Method.GetSocket.Input.self, response: Grpc_Channelz_V1_Channelz.Method.GetSocket.Output.self,
      handler: { request, context in
        try await self.getSocket(request: request, context: context)
      })
  }
}

extension Grpc_Channelz_V1_Channelz.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func getTopChannels(
    request: RPC.ServerRequest<Grpc_Channelz_V1_GetTopChannelsRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Grpc_Channelz_V1_GetTopChannelsResponse> {
    RPC.ServerResponse(
      message: try await self.getTopChannels(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func getServers(
    request: RPC.ServerRequest<Grpc_Channelz_V1_GetServersRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Grpc_Channelz_V1_GetServersResponse> {
    RPC.ServerResponse(
      message: try await self.getServers(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func getServer(
    request: RPC.ServerRequest<Grpc_Channelz_V1_GetServerRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Grpc_Channelz_V1_GetServerResponse> {
    RPC.ServerResponse(
      message: try await self.getServer(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func getServerSockets(
    request: RPC.ServerRequest<Grpc_Channelz_V1_GetServerSocketsRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Grpc_Channelz_V1_GetServerSocketsResponse> {
    RPC.ServerResponse(
      message: try await self.getServerSockets(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func getChannel(
    request: RPC.ServerRequest<Grpc_Channelz_V1_GetChannelRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Grpc_Channelz_V1_GetChannelResponse> {
    RPC.ServerResponse(
      message: try await self.getChannel(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func getSubchannel(
    request: RPC.ServerRequest<Grpc_Channelz_V1_GetSubchannelRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Grpc_Channelz_V1_GetSubchannelResponse> {
    RPC.ServerResponse(
      message: try await self.getSubchannel(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func getSocket(
    request: RPC.ServerRequest<Grpc_Channelz_V1_GetSocketRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Grpc_Channelz_V1_GetSocketResponse> {
    RPC.ServerResponse(
      message: try await self.getSocket(request: request.message, context: context))
  }
}

extension Grpc_Channelz_V1_Channelz {
  /// The service `grpc.channelz.v1.Channelz`.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Calls `grpc.channelz.v1.Channelz/GetTopChannels`.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getTopChannels(
      _ message: Grpc_Channelz_V1_GetTopChannelsRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Grpc_Channelz_V1_GetTopChannelsResponse {
      try await client.unary(
        Method.GetTopChannels.descriptor, message, metadata: metadata, options: options, as: Grpc_Channelz_V1_GetTopChannelsResponse.self)
    }

    /// Calls `grpc.channelz.v1.Channelz/GetTopChannels`.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getTopChannels(
      _ request: RPC.ClientRequest<Grpc_Channelz_V1_GetTopChannelsRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Grpc_Channelz_V1_GetTopChannelsResponse> {
      try await client.unary(
        Method.GetTopChannels.descriptor, request, options: options, as: Grpc_Channelz_V1_GetTopChannelsResponse.self)
    }

    /// Calls `grpc.channelz.v1.Channelz/GetServers`.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getServers(
      _ message: Grpc_Channelz_V1_GetServersRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Grpc_Channelz_V1_GetServersResponse {
      try await client.unary(
        Method.GetServers.descriptor, message, metadata: metadata, options: options, as: Grpc_Channelz_V1_GetServersResponse.self)
    }

    /// Calls `grpc.channelz.v1.Channelz/GetServers`.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getServers(
      _ request: RPC.ClientRequest<Grpc_Channelz_V1_GetServersRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Grpc_Channelz_V1_GetServersResponse> {
      try await client.unary(
        Method.GetServers.descriptor, request, options: options, as: Grpc_Channelz_V1_GetServersResponse.self)
    }

    /// Calls `grpc.channelz.v1.Channelz/GetServer`.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getServer(
      _ message: Grpc_Channelz_V1_GetServerRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Grpc_Channelz_V1_GetServerResponse {
      try await client.unary(
        Method.GetServer.descriptor, message, metadata: metadata, options: options, as: Grpc_Channelz_V1_GetServerResponse.self)
    }

    /// Calls `grpc.channelz.v1.Channelz/GetServer`.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getServer(
      _ request: RPC.ClientRequest<Grpc_Channelz_V1_GetServerRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Grpc_Channelz_V1_GetServerResponse> {
      try await client.unary(
        Method.GetServer.descriptor, request, options: options, as: Grpc_Channelz_V1_GetServerResponse.self)
    }

    /// Calls `grpc.channelz.v1.Channelz/GetServerSockets`.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getServerSockets(
      _ message: Grpc_Channelz_V1_GetServerSocketsRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Grpc_Channelz_V1_GetServerSocketsResponse {
      try await client.unary(
        Method.GetServerSockets.descriptor, message, metadata: metadata, options: options, as: Grpc_Channelz_V1_GetServerSocketsResponse.self)
    }

    /// Calls `grpc.channelz.v1.Channelz/GetServerSockets`.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getServerSockets(
      _ request: RPC.ClientRequest<Grpc_Channelz_V1_GetServerSocketsRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Grpc_Channelz_V1_GetServerSocketsResponse> {
      try await client.unary(
        Method.GetServerSockets.descriptor, request, options: options, as: Grpc_Channelz_V1_GetServerSocketsResponse.self)
    }

    /// Calls `grpc.channelz.v1.Channelz/GetChannel`.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getChannel(
      _ message: Grpc_Channelz_V1_GetChannelRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Grpc_Channelz_V1_GetChannelResponse {
      try await client.unary(
        Method.GetChannel.descriptor, message, metadata: metadata, options: options, as: Grpc_Channelz_V1_GetChannelResponse.self)
    }

    /// Calls `grpc.channelz.v1.Channelz/GetChannel`.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getChannel(
      _ request: RPC.ClientRequest<Grpc_Channelz_V1_GetChannelRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Grpc_Channelz_V1_GetChannelResponse> {
      try await client.unary(
        Method.GetChannel.descriptor, request, options: options, as: Grpc_Channelz_V1_GetChannelResponse.self)
    }

    /// Calls `grpc.channelz.v1.Channelz/GetSubchannel`.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getSubchannel(
      _ message: Grpc_Channelz_V1_GetSubchannelRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Grpc_Channelz_V1_GetSubchannelResponse {
      try await client.unary(
        Method.GetSubchannel.descriptor, message, metadata: metadata, options: options, as: Grpc_Channelz_V1_GetSubchannelResponse.self)
    }

    /// Calls `grpc.channelz.v1.Channelz/GetSubchannel`.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getSubchannel(
      _ request: RPC.ClientRequest<Grpc_Channelz_V1_GetSubchannelRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Grpc_Channelz_V1_GetSubchannelResponse> {
      try await client.unary(
        Method.GetSubchannel.descriptor, request, options: options, as: Grpc_Channelz_V1_GetSubchannelResponse.self)
    }

    /// Calls `grpc.channelz.v1.Channelz/GetSocket`.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getSocket(
      _ message: Grpc_Channelz_V1_GetSocketRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Grpc_Channelz_V1_GetSocketResponse {
      try await client.unary(
        Method.GetSocket.descriptor, message, metadata: metadata, options: options, as: Grpc_Channelz_V1_GetSocketResponse.self)
    }

    /// Calls `grpc.channelz.v1.Channelz/GetSocket`.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getSocket(
      _ request: RPC.ClientRequest<Grpc_Channelz_V1_GetSocketRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Grpc_Channelz_V1_GetSocketResponse> {
      try await client.unary(
        Method.GetSocket.descriptor, request, options: options, as: Grpc_Channelz_V1_GetSocketResponse.self)
    }
  }
}
