// Written by protoc-gen-artel from artel/residential/v1/access_event_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// The journal of who opened what, and who was refused.
public enum Artel_Residential_V1_AccessEventService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "artel.residential.v1.AccessEventService")

  /// The service's methods.
  public enum Method {
    /// `artel.residential.v1.AccessEventService/ListAccessEvents`.
    public enum ListAccessEvents {
      /// What a caller sends.
      public typealias Input = Artel_Residential_V1_ListAccessEventsRequest

      /// What a caller gets.
      public typealias Output = Artel_Residential_V1_ListAccessEventsResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Residential_V1_AccessEventService.descriptor, method: "ListAccessEvents",
        kind: .unary)
    }

    /// `artel.residential.v1.AccessEventService/WatchAccessEvents`.
    public enum WatchAccessEvents {
      /// What a caller sends.
      public typealias Input = Artel_Residential_V1_WatchAccessEventsRequest

      /// What a caller gets.
      public typealias Output = Artel_Residential_V1_AccessEvent

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Residential_V1_AccessEventService.descriptor, method: "WatchAccessEvents",
        kind: .serverStreaming)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      ListAccessEvents.descriptor,
      WatchAccessEvents.descriptor,
    ]
  }
}

extension Artel_Residential_V1_AccessEventService {
  /// The journal of who opened what, and who was refused.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Lists access events, the newest first: of a unit, to its members; of a property, to services
    /// and administrators.
    func listAccessEvents(
      request: RPC.ServerRequest<Artel_Residential_V1_ListAccessEventsRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Residential_V1_ListAccessEventsResponse>

    /// Sends access events as they are committed, within a second, until the caller hangs up. Over
    /// REST the stream is NDJSON (`Accept: application/x-ndjson`) or Server-Sent Events
    /// (`Accept: text/event-stream`).
    func watchAccessEvents(
      request: RPC.ServerRequest<Artel_Residential_V1_WatchAccessEventsRequest>,
      response: RPC.RPCWriter<Artel_Residential_V1_AccessEvent>,
      context: RPC.ServerContext
    ) async throws -> RPC.Metadata
  }

  /// The journal of who opened what, and who was refused.
  public protocol SimpleServiceProtocol: Artel_Residential_V1_AccessEventService.ServiceProtocol {
    /// Lists access events, the newest first: of a unit, to its members; of a property, to services
    /// and administrators.
    func listAccessEvents(
      request: Artel_Residential_V1_ListAccessEventsRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Residential_V1_ListAccessEventsResponse

    /// Sends access events as they are committed, within a second, until the caller hangs up. Over
    /// REST the stream is NDJSON (`Accept: application/x-ndjson`) or Server-Sent Events
    /// (`Accept: text/event-stream`).
    func watchAccessEvents(
      request: Artel_Residential_V1_WatchAccessEventsRequest,
      response: RPC.RPCWriter<Artel_Residential_V1_AccessEvent>,
      context: RPC.ServerContext
    ) async throws
  }
}

extension Artel_Residential_V1_AccessEventService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Residential_V1_AccessEventService.Method.ListAccessEvents.descriptor,
      request: Artel_Residential_V1_AccessEventService.Method.ListAccessEvents.Input.self, response: Artel_Residential_V1_AccessEventService.Method.ListAccessEvents.Output.self,
      fullHandler: { request, context in
        try await self.listAccessEvents(request: request, context: context)
      })
    router.registerServerStreaming(
      Artel_Residential_V1_AccessEventService.Method.WatchAccessEvents.descriptor,
      request: Artel_Residential_V1_AccessEventService.Method.WatchAccessEvents.Input.self, response: Artel_Residential_V1_AccessEventService.Method.WatchAccessEvents.Output.self,
      fullHandler: { request, response, context in
        try await self.watchAccessEvents(request: request, response: response, context: context)
      })
  }
}

extension Artel_Residential_V1_AccessEventService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Residential_V1_AccessEventService.Method.ListAccessEvents.descriptor,
      request: Artel_Residential_V1_AccessEventService.Method.ListAccessEvents.Input.self, response: Artel_Residential_V1_AccessEventService.Method.ListAccessEvents.Output.self,
      handler: { request, context in
        try await self.listAccessEvents(request: request, context: context)
      })
    router.registerServerStreaming(
      Artel_Residential_V1_AccessEventService.Method.WatchAccessEvents.descriptor,
      request: Artel_Residential_V1_AccessEventService.Method.WatchAccessEvents.Input.self, response: Artel_Residential_V1_AccessEventService.Method.WatchAccessEvents.Output.self,
      handler: { request, response, context in
        try await self.watchAccessEvents(request: request, response: response, context: context)
      })
  }
}

extension Artel_Residential_V1_AccessEventService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func listAccessEvents(
    request: RPC.ServerRequest<Artel_Residential_V1_ListAccessEventsRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Residential_V1_ListAccessEventsResponse> {
    RPC.ServerResponse(
      message: try await self.listAccessEvents(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func watchAccessEvents(
    request: RPC.ServerRequest<Artel_Residential_V1_WatchAccessEventsRequest>,
    response: RPC.RPCWriter<Artel_Residential_V1_AccessEvent>,
    context: RPC.ServerContext
  ) async throws -> RPC.Metadata {
    try await self.watchAccessEvents(
      request: request.message, response: response, context: context)
    return [:]
  }
}

extension Artel_Residential_V1_AccessEventService {
  /// The journal of who opened what, and who was refused.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Lists access events, the newest first: of a unit, to its members; of a property, to services
    /// and administrators.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listAccessEvents(
      _ message: Artel_Residential_V1_ListAccessEventsRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Residential_V1_ListAccessEventsResponse {
      try await client.unary(
        Method.ListAccessEvents.descriptor, message, metadata: metadata, options: options, as: Artel_Residential_V1_ListAccessEventsResponse.self)
    }

    /// Lists access events, the newest first: of a unit, to its members; of a property, to services
    /// and administrators.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listAccessEvents(
      _ request: RPC.ClientRequest<Artel_Residential_V1_ListAccessEventsRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Residential_V1_ListAccessEventsResponse> {
      try await client.unary(
        Method.ListAccessEvents.descriptor, request, options: options, as: Artel_Residential_V1_ListAccessEventsResponse.self)
    }

    /// Sends access events as they are committed, within a second, until the caller hangs up. Over
    /// REST the stream is NDJSON (`Accept: application/x-ndjson`) or Server-Sent Events
    /// (`Accept: text/event-stream`).
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    ///   - onResponse: Reads the responses; the call ends when it returns.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func watchAccessEvents<Result: Sendable>(
      _ message: Artel_Residential_V1_WatchAccessEventsRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults,
      onResponse: (RPC.RPCResponseStream<Artel_Residential_V1_AccessEvent>) async throws -> Result
    ) async throws -> Result {
      try await client.serverStreaming(
        Method.WatchAccessEvents.descriptor, message, metadata: metadata, options: options, as: Artel_Residential_V1_AccessEvent.self, onResponse: onResponse)
    }
  }
}
