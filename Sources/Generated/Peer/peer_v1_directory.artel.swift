// Written by protoc-gen-artel from peer/v1/directory.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// The benchmark's service: a directory of residents, their visitors and what happens at the gates.
///
/// Every peer of the benchmark serves this contract, and none of them does I/O for it: a handler
/// only builds its answer from the request. So what is measured is the runtime, not a database.
///
/// Names, numbers and paths are fixed: recorded results and the load generators of other languages
/// depend on them.
public enum Peer_V1_Directory {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "peer.v1.Directory")

  /// The service's methods.
  public enum Method {
    /// `peer.v1.Directory/GetResident`.
    public enum GetResident {
      /// What a caller sends.
      public typealias Input = Peer_V1_GetResidentRequest

      /// What a caller gets.
      public typealias Output = Peer_V1_Resident

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Peer_V1_Directory.descriptor, method: "GetResident",
        kind: .unary)
    }

    /// `peer.v1.Directory/ListResidents`.
    public enum ListResidents {
      /// What a caller sends.
      public typealias Input = Peer_V1_ListResidentsRequest

      /// What a caller gets.
      public typealias Output = Peer_V1_ListResidentsResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Peer_V1_Directory.descriptor, method: "ListResidents",
        kind: .unary)
    }

    /// `peer.v1.Directory/CreateVisit`.
    public enum CreateVisit {
      /// What a caller sends.
      public typealias Input = Peer_V1_CreateVisitRequest

      /// What a caller gets.
      public typealias Output = Peer_V1_Visit

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Peer_V1_Directory.descriptor, method: "CreateVisit",
        kind: .unary)
    }

    /// `peer.v1.Directory/WatchEvents`.
    public enum WatchEvents {
      /// What a caller sends.
      public typealias Input = Peer_V1_WatchEventsRequest

      /// What a caller gets.
      public typealias Output = Peer_V1_Event

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Peer_V1_Directory.descriptor, method: "WatchEvents",
        kind: .serverStreaming)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      GetResident.descriptor,
      ListResidents.descriptor,
      CreateVisit.descriptor,
      WatchEvents.descriptor,
    ]
  }
}

extension Peer_V1_Directory {
  /// The benchmark's service: a directory of residents, their visitors and what happens at the gates.
  ///
  /// Every peer of the benchmark serves this contract, and none of them does I/O for it: a handler
  /// only builds its answer from the request. So what is measured is the runtime, not a database.
  ///
  /// Names, numbers and paths are fixed: recorded results and the load generators of other languages
  /// depend on them.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Returns one resident: a small message with a nested one and a list.
    func getResident(
      request: RPC.ServerRequest<Peer_V1_GetResidentRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Peer_V1_Resident>

    /// Lists residents: a large answer, for what a message costs by size.
    func listResidents(
      request: RPC.ServerRequest<Peer_V1_ListResidentsRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Peer_V1_ListResidentsResponse>

    /// Announces a visitor: a request with a body, answered with what was announced.
    func createVisit(
      request: RPC.ServerRequest<Peer_V1_CreateVisitRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Peer_V1_Visit>

    /// Sends events as fast as the reader takes them, or at a rate, then ends.
    func watchEvents(
      request: RPC.ServerRequest<Peer_V1_WatchEventsRequest>,
      response: RPC.RPCWriter<Peer_V1_Event>,
      context: RPC.ServerContext
    ) async throws -> RPC.Metadata
  }

  /// The benchmark's service: a directory of residents, their visitors and what happens at the gates.
  ///
  /// Every peer of the benchmark serves this contract, and none of them does I/O for it: a handler
  /// only builds its answer from the request. So what is measured is the runtime, not a database.
  ///
  /// Names, numbers and paths are fixed: recorded results and the load generators of other languages
  /// depend on them.
  public protocol SimpleServiceProtocol: Peer_V1_Directory.ServiceProtocol {
    /// Returns one resident: a small message with a nested one and a list.
    func getResident(
      request: Peer_V1_GetResidentRequest,
      context: RPC.ServerContext
    ) async throws -> Peer_V1_Resident

    /// Lists residents: a large answer, for what a message costs by size.
    func listResidents(
      request: Peer_V1_ListResidentsRequest,
      context: RPC.ServerContext
    ) async throws -> Peer_V1_ListResidentsResponse

    /// Announces a visitor: a request with a body, answered with what was announced.
    func createVisit(
      request: Peer_V1_CreateVisitRequest,
      context: RPC.ServerContext
    ) async throws -> Peer_V1_Visit

    /// Sends events as fast as the reader takes them, or at a rate, then ends.
    func watchEvents(
      request: Peer_V1_WatchEventsRequest,
      response: RPC.RPCWriter<Peer_V1_Event>,
      context: RPC.ServerContext
    ) async throws
  }
}

extension Peer_V1_Directory.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Peer_V1_Directory.Method.GetResident.descriptor,
      request: Peer_V1_Directory.Method.GetResident.Input.self, response: Peer_V1_Directory.Method.GetResident.Output.self,
      fullHandler: { request, context in
        try await self.getResident(request: request, context: context)
      })
    router.registerUnary(
      Peer_V1_Directory.Method.ListResidents.descriptor,
      request: Peer_V1_Directory.Method.ListResidents.Input.self, response: Peer_V1_Directory.Method.ListResidents.Output.self,
      fullHandler: { request, context in
        try await self.listResidents(request: request, context: context)
      })
    router.registerUnary(
      Peer_V1_Directory.Method.CreateVisit.descriptor,
      request: Peer_V1_Directory.Method.CreateVisit.Input.self, response: Peer_V1_Directory.Method.CreateVisit.Output.self,
      fullHandler: { request, context in
        try await self.createVisit(request: request, context: context)
      })
    router.registerServerStreaming(
      Peer_V1_Directory.Method.WatchEvents.descriptor,
      request: Peer_V1_Directory.Method.WatchEvents.Input.self, response: Peer_V1_Directory.Method.WatchEvents.Output.self,
      fullHandler: { request, response, context in
        try await self.watchEvents(request: request, response: response, context: context)
      })
  }
}

extension Peer_V1_Directory.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Peer_V1_Directory.Method.GetResident.descriptor,
      request: Peer_V1_Directory.Method.GetResident.Input.self, response: Peer_V1_Directory.Method.GetResident.Output.self,
      handler: { request, context in
        try await self.getResident(request: request, context: context)
      })
    router.registerUnary(
      Peer_V1_Directory.Method.ListResidents.descriptor,
      request: Peer_V1_Directory.Method.ListResidents.Input.self, response: Peer_V1_Directory.Method.ListResidents.Output.self,
      handler: { request, context in
        try await self.listResidents(request: request, context: context)
      })
    router.registerUnary(
      Peer_V1_Directory.Method.CreateVisit.descriptor,
      request: Peer_V1_Directory.Method.CreateVisit.Input.self, response: Peer_V1_Directory.Method.CreateVisit.Output.self,
      handler: { request, context in
        try await self.createVisit(request: request, context: context)
      })
    router.registerServerStreaming(
      Peer_V1_Directory.Method.WatchEvents.descriptor,
      request: Peer_V1_Directory.Method.WatchEvents.Input.self, response: Peer_V1_Directory.Method.WatchEvents.Output.self,
      handler: { request, response, context in
        try await self.watchEvents(request: request, response: response, context: context)
      })
  }
}

extension Peer_V1_Directory.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func getResident(
    request: RPC.ServerRequest<Peer_V1_GetResidentRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Peer_V1_Resident> {
    RPC.ServerResponse(
      message: try await self.getResident(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func listResidents(
    request: RPC.ServerRequest<Peer_V1_ListResidentsRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Peer_V1_ListResidentsResponse> {
    RPC.ServerResponse(
      message: try await self.listResidents(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func createVisit(
    request: RPC.ServerRequest<Peer_V1_CreateVisitRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Peer_V1_Visit> {
    RPC.ServerResponse(
      message: try await self.createVisit(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func watchEvents(
    request: RPC.ServerRequest<Peer_V1_WatchEventsRequest>,
    response: RPC.RPCWriter<Peer_V1_Event>,
    context: RPC.ServerContext
  ) async throws -> RPC.Metadata {
    try await self.watchEvents(
      request: request.message, response: response, context: context)
    return [:]
  }
}

extension Peer_V1_Directory {
  /// The benchmark's service: a directory of residents, their visitors and what happens at the gates.
  ///
  /// Every peer of the benchmark serves this contract, and none of them does I/O for it: a handler
  /// only builds its answer from the request. So what is measured is the runtime, not a database.
  ///
  /// Names, numbers and paths are fixed: recorded results and the load generators of other languages
  /// depend on them.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Returns one resident: a small message with a nested one and a list.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getResident(
      _ message: Peer_V1_GetResidentRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Peer_V1_Resident {
      try await client.unary(
        Method.GetResident.descriptor, message, metadata: metadata, options: options, as: Peer_V1_Resident.self)
    }

    /// Returns one resident: a small message with a nested one and a list.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getResident(
      _ request: RPC.ClientRequest<Peer_V1_GetResidentRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Peer_V1_Resident> {
      try await client.unary(
        Method.GetResident.descriptor, request, options: options, as: Peer_V1_Resident.self)
    }

    /// Lists residents: a large answer, for what a message costs by size.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listResidents(
      _ message: Peer_V1_ListResidentsRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Peer_V1_ListResidentsResponse {
      try await client.unary(
        Method.ListResidents.descriptor, message, metadata: metadata, options: options, as: Peer_V1_ListResidentsResponse.self)
    }

    /// Lists residents: a large answer, for what a message costs by size.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listResidents(
      _ request: RPC.ClientRequest<Peer_V1_ListResidentsRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Peer_V1_ListResidentsResponse> {
      try await client.unary(
        Method.ListResidents.descriptor, request, options: options, as: Peer_V1_ListResidentsResponse.self)
    }

    /// Announces a visitor: a request with a body, answered with what was announced.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createVisit(
      _ message: Peer_V1_CreateVisitRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Peer_V1_Visit {
      try await client.unary(
        Method.CreateVisit.descriptor, message, metadata: metadata, options: options, as: Peer_V1_Visit.self)
    }

    /// Announces a visitor: a request with a body, answered with what was announced.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createVisit(
      _ request: RPC.ClientRequest<Peer_V1_CreateVisitRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Peer_V1_Visit> {
      try await client.unary(
        Method.CreateVisit.descriptor, request, options: options, as: Peer_V1_Visit.self)
    }

    /// Sends events as fast as the reader takes them, or at a rate, then ends.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    ///   - onResponse: Reads the responses; the call ends when it returns.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func watchEvents<Result: Sendable>(
      _ message: Peer_V1_WatchEventsRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults,
      onResponse: (RPC.RPCResponseStream<Peer_V1_Event>) async throws -> Result
    ) async throws -> Result {
      try await client.serverStreaming(
        Method.WatchEvents.descriptor, message, metadata: metadata, options: options, as: Peer_V1_Event.self, onResponse: onResponse)
    }
  }
}
