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
      Watch.descriptor,
    ]
  }
}

extension Grpc_Health_V1_Health {
  /// The service `grpc.health.v1.Health`.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata; `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Serves `grpc.health.v1.Health/Check`.
    func check(
      request: RPC.ServerRequest<Grpc_Health_V1_HealthCheckRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Grpc_Health_V1_HealthCheckResponse>

    /// Serves `grpc.health.v1.Health/Watch`.
    func watch(
      request: RPC.ServerRequest<Grpc_Health_V1_HealthCheckRequest>,
      response: RPC.RPCWriter<Grpc_Health_V1_HealthCheckResponse>,
      context: RPC.ServerContext
    ) async throws
  }

  /// The service `grpc.health.v1.Health`.
  public protocol SimpleServiceProtocol: Grpc_Health_V1_Health.ServiceProtocol {
    /// Serves `grpc.health.v1.Health/Check`.
    func check(
      request: Grpc_Health_V1_HealthCheckRequest,
      context: RPC.ServerContext
    ) async throws -> Grpc_Health_V1_HealthCheckResponse

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
    router.registerServerStreaming(
      Grpc_Health_V1_Health.Method.Watch.descriptor,
      request: Grpc_Health_V1_Health.Method.Watch.Input.self, response: Grpc_Health_V1_Health.Method.Watch.Output.self,
      handler: { request, response, context in
        try await self.watch(
          request: RPC.ServerRequest(metadata: context.metadata, message: request),
          response: response, context: context)
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
    router.registerServerStreaming(
      Grpc_Health_V1_Health.Method.Watch.descriptor,
      request: Grpc_Health_V1_Health.Method.Watch.Input.self, response: Grpc_Health_V1_Health.Method.Watch.Output.self,
      handler: { request, response, context in
        try await self.watch(request: request, response: response, context: context)
      })
  }
}

extension Grpc_Health_V1_Health.SimpleServiceProtocol {
  /// Hands the message over, and answers without metadata.
  public func check(
    request: RPC.ServerRequest<Grpc_Health_V1_HealthCheckRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Grpc_Health_V1_HealthCheckResponse> {
    RPC.ServerResponse(
      message: try await self.check(request: request.message, context: context))
  }

  /// Hands the message over, and answers without metadata.
  public func watch(
    request: RPC.ServerRequest<Grpc_Health_V1_HealthCheckRequest>,
    response: RPC.RPCWriter<Grpc_Health_V1_HealthCheckResponse>,
    context: RPC.ServerContext
  ) async throws {
    try await self.watch(
      request: request.message, response: response, context: context)
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
    ///   - metadata: What to send with it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func check(
      _ message: Grpc_Health_V1_HealthCheckRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Grpc_Health_V1_HealthCheckResponse {
      try await client.unary(
        Method.Check.descriptor, message, metadata: metadata,
        options: options, as: Grpc_Health_V1_HealthCheckResponse.self)
    }

    /// Calls `grpc.health.v1.Health/Watch`.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send with it.
    ///   - options: How to call.
    ///   - onResponse: Reads the stream; the call ends when it returns.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func watch<Result: Sendable>(
      _ message: Grpc_Health_V1_HealthCheckRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults,
      onResponse: (RPC.RPCResponseStream<Grpc_Health_V1_HealthCheckResponse>) async throws -> Result
    ) async throws -> Result {
      try await client.serverStreaming(
        Method.Watch.descriptor, message, metadata: metadata,
        options: options, as: Grpc_Health_V1_HealthCheckResponse.self, onResponse: onResponse)
    }
  }
}
