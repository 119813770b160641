// Written by protoc-gen-artel from grpc/health/v1/health.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// The service `grpc.health.v1.Health`.
public enum Grpc_Health_V1_Health {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "grpc.health.v1.Health")

  /// The service's methods.
  public enum Method {
    /// `grpc.health.v1.Health/Check`.
    public enum Check {
      /// What a caller sends.
      public typealias Input = Grpc_Health_V1_HealthCheckRequest

      /// What a caller gets.
      public typealias Output = Grpc_Health_V1_HealthCheckResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Grpc_Health_V1_Health.descriptor, method: "Check",
        kind: .unary)
    }

    /// `grpc.health.v1.Health/List`.
    public enum List {
      /// What a caller sends.
      public typealias Input = Grpc_Health_V1_HealthListRequest

      /// What a caller gets.
      public typealias Output = Grpc_Health_V1_HealthListResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Grpc_Health_V1_Health.descriptor, method: "List",
        kind: .unary)
    }

    /// `grpc.health.v1.Health/Watch`.
    public enum Watch {
      /// What a caller sends.
      public typealias Input = Grpc_Health_V1_HealthCheckRequest

      /// What a caller gets.
      public typealias Output = Grpc_Health_V1_HealthCheckResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Grpc_Health_V1_Health.descriptor, method: "Watch",
        kind: .serverStreaming)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      Check.descriptor,
      List.descriptor,
      Watch.descriptor,
    ]
  }
}

extension Grpc_Health_V1_Health {
  /// The service `grpc.health.v1.Health`.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Serves `grpc.health.v1.Health/Check`.
    func check(
      request: RPC.ServerRequest<Grpc_Health_V1_HealthCheckRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Grpc_Health_V1_HealthCheckResponse>

    /// Serves `grpc.health.v1.Health/List`.
    func list(
      request: RPC.ServerRequest<Grpc_Health_V1_HealthListRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Grpc_Health_V1_HealthListResponse>

    /// Serves `grpc.health.v1.Health/Watch`.
    func watch(
      request: RPC.ServerRequest<Grpc_Health_V1_HealthCheckRequest>,
      response: RPC.RPCWriter<Grpc_Health_V1_HealthCheckResponse>,
      context: RPC.ServerContext
    ) async throws -> RPC.Metadata
  }

  /// The service `grpc.health.v1.Health`.
  public protocol SimpleServiceProtocol: Grpc_Health_V1_Health.ServiceProtocol {
    /// Serves `grpc.health.v1.Health/Check`.
    func check(
      request: Grpc_Health_V1_HealthCheckRequest,
      context: RPC.ServerContext
    ) async throws -> Grpc_Health_V1_HealthCheckResponse

    /// Serves `grpc.health.v1.Health/List`.
    func list(
      request: Grpc_Health_V1_HealthListRequest,
      context: RPC.ServerContext
    ) async throws -> Grpc_Health_V1_HealthListResponse

    /// Serves `grpc.health.v1.Health/Watch`.
    func watch(
      request: Grpc_Health_V1_HealthCheckRequest,
      response: RPC.RPCWriter<Grpc_Health_V1_HealthCheckResponse>,
      context: RPC.ServerContext
    ) async throws
  }
}

extension Grpc_Health_V1_Health.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Grpc_Health_V1_Health.Method.Check.descriptor,
      request: Grpc_Health_V1_Health.Method.Check.Input.self, response: Grpc_Health_V1_Health.Method.Check.Output.self,
      fullHandler: { request, context in
        try await self.check(request: request, context: context)
      })
    router.registerUnary(
      Grpc_Health_V1_Health.Method.List.descriptor,
      request: Grpc_Health_V1_Health.Method.List.Input.self, response: Grpc_Health_V1_Health.Method.List.Output.self,
      fullHandler: { request, context in
        try await self.list(request: request, context: context)
      })
    router.registerServerStreaming(
      Grpc_Health_V1_Health.Method.Watch.descriptor,
      request: Grpc_Health_V1_Health.Method.Watch.Input.self, response: Grpc_Health_V1_Health.Method.Watch.Output.self,
      fullHandler: { request, response, context in
        try await self.watch(request: request, response: response, context: context)
      })
  }
}

extension Grpc_Health_V1_Health.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Grpc_Health_V1_Health.Method.Check.descriptor,
      request: Grpc_Health_V1_Health.Method.Check.Input.self, response: Grpc_Health_V1_Health.Method.Check.Output.self,
      handler: { request, context in
        try await self.check(request: request, context: context)
      })
    router.registerUnary(
      Grpc_Health_V1_Health.Method.List.descriptor,
      request: Grpc_Health_V1_Health.Method.List.Input.self, response: Grpc_Health_V1_Health.Method.List.Output.self,
      handler: { request, context in
        try await self.list(request: request, context: context)
      })
    router.registerServerStreaming(
      Grpc_Health_V1_Health.Method.Watch.descriptor,
      request: Grpc_Health_V1_Health.Method.Watch.Input.self, response: Grpc_Health_V1_Health.Method.Watch.Output.self,
      handler: { request, response, context in
        try await self.watch(request: request, response: response, context: context)
      })
  }
}

extension Grpc_Health_V1_Health.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func check(
    request: RPC.ServerRequest<Grpc_Health_V1_HealthCheckRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Grpc_Health_V1_HealthCheckResponse> {
    RPC.ServerResponse(
      message: try await self.check(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func list(
    request: RPC.ServerRequest<Grpc_Health_V1_HealthListRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Grpc_Health_V1_HealthListResponse> {
    RPC.ServerResponse(
      message: try await self.list(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func watch(
    request: RPC.ServerRequest<Grpc_Health_V1_HealthCheckRequest>,
    response: RPC.RPCWriter<Grpc_Health_V1_HealthCheckResponse>,
    context: RPC.ServerContext
  ) async throws -> RPC.Metadata {
    try await self.watch(
      request: request.message, response: response, context: context)
    return [:]
  }
}

extension Grpc_Health_V1_Health {
  /// The service `grpc.health.v1.Health`.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Calls `grpc.health.v1.Health/Check`.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func check(
      _ message: Grpc_Health_V1_HealthCheckRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Grpc_Health_V1_HealthCheckResponse {
      try await client.unary(
        Method.Check.descriptor, message, metadata: metadata, options: options, as: Grpc_Health_V1_HealthCheckResponse.self)
    }

    /// Calls `grpc.health.v1.Health/Check`.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func check(
      _ request: RPC.ClientRequest<Grpc_Health_V1_HealthCheckRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Grpc_Health_V1_HealthCheckResponse> {
      try await client.unary(
        Method.Check.descriptor, request, options: options, as: Grpc_Health_V1_HealthCheckResponse.self)
    }

    /// Calls `grpc.health.v1.Health/List`.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func list(
      _ message: Grpc_Health_V1_HealthListRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Grpc_Health_V1_HealthListResponse {
      try await client.unary(
        Method.List.descriptor, message, metadata: metadata, options: options, as: Grpc_Health_V1_HealthListResponse.self)
    }

    /// Calls `grpc.health.v1.Health/List`.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func list(
      _ request: RPC.ClientRequest<Grpc_Health_V1_HealthListRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Grpc_Health_V1_HealthListResponse> {
      try await client.unary(
        Method.List.descriptor, request, options: options, as: Grpc_Health_V1_HealthListResponse.self)
    }

    /// Calls `grpc.health.v1.Health/Watch`.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    ///   - onResponse: Reads the responses; the call ends when it returns.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func watch<Result: Sendable>(
      _ message: Grpc_Health_V1_HealthCheckRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults,
      onResponse: (RPC.RPCResponseStream<Grpc_Health_V1_HealthCheckResponse>) async throws -> Result
    ) async throws -> Result {
      try await client.serverStreaming(
        Method.Watch.descriptor, message, metadata: metadata, options: options, as: Grpc_Health_V1_HealthCheckResponse.self, onResponse: onResponse)
    }
  }
}
