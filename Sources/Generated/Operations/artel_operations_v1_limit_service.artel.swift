// Written by protoc-gen-artel from artel/operations/v1/limit_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// What the caller's tenant has used of what it may use. The platform's operator sets the quotas:
/// they are the tenant's `limits`.
public enum Artel_Operations_V1_LimitService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "artel.operations.v1.LimitService")

  /// The service's methods.
  public enum Method {
    /// `artel.operations.v1.LimitService/GetUsage`.
    public enum GetUsage {
      /// What a caller sends.
      public typealias Input = Artel_Operations_V1_GetUsageRequest

      /// What a caller gets.
      public typealias Output = Artel_Operations_V1_Usage

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Operations_V1_LimitService.descriptor, method: "GetUsage",
        kind: .unary)
    }

    /// `artel.operations.v1.LimitService/ListUsages`.
    public enum ListUsages {
      /// What a caller sends.
      public typealias Input = Artel_Operations_V1_ListUsagesRequest

      /// What a caller gets.
      public typealias Output = Artel_Operations_V1_ListUsagesResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Operations_V1_LimitService.descriptor, method: "ListUsages",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      GetUsage.descriptor,
      ListUsages.descriptor,
    ]
  }
}

extension Artel_Operations_V1_LimitService {
  /// What the caller's tenant has used of what it may use. The platform's operator sets the quotas:
  /// they are the tenant's `limits`.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Returns what the tenant has used of one quota. What is kept is counted when it is asked for.
    func getUsage(
      request: RPC.ServerRequest<Artel_Operations_V1_GetUsageRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Operations_V1_Usage>

    /// Lists what the tenant has used of each quota, in the order of their names.
    func listUsages(
      request: RPC.ServerRequest<Artel_Operations_V1_ListUsagesRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Operations_V1_ListUsagesResponse>
  }

  /// What the caller's tenant has used of what it may use. The platform's operator sets the quotas:
  /// they are the tenant's `limits`.
  public protocol SimpleServiceProtocol: Artel_Operations_V1_LimitService.ServiceProtocol {
    /// Returns what the tenant has used of one quota. What is kept is counted when it is asked for.
    func getUsage(
      request: Artel_Operations_V1_GetUsageRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Operations_V1_Usage

    /// Lists what the tenant has used of each quota, in the order of their names.
    func listUsages(
      request: Artel_Operations_V1_ListUsagesRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Operations_V1_ListUsagesResponse
  }
}

extension Artel_Operations_V1_LimitService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Operations_V1_LimitService.Method.GetUsage.descriptor,
      request: Artel_Operations_V1_LimitService.Method.GetUsage.Input.self, response: Artel_Operations_V1_LimitService.Method.GetUsage.Output.self,
      fullHandler: { request, context in
        try await self.getUsage(request: request, context: context)
      })
    router.registerUnary(
      Artel_Operations_V1_LimitService.Method.ListUsages.descriptor,
      request: Artel_Operations_V1_LimitService.Method.ListUsages.Input.self, response: Artel_Operations_V1_LimitService.Method.ListUsages.Output.self,
      fullHandler: { request, context in
        try await self.listUsages(request: request, context: context)
      })
  }
}

extension Artel_Operations_V1_LimitService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Operations_V1_LimitService.Method.GetUsage.descriptor,
      request: Artel_Operations_V1_LimitService.Method.GetUsage.Input.self, response: Artel_Operations_V1_LimitService.Method.GetUsage.Output.self,
      handler: { request, context in
        try await self.getUsage(request: request, context: context)
      })
    router.registerUnary(
      Artel_Operations_V1_LimitService.Method.ListUsages.descriptor,
      request: Artel_Operations_V1_LimitService.Method.ListUsages.Input.self, response: Artel_Operations_V1_LimitService.Method.ListUsages.Output.self,
      handler: { request, context in
        try await self.listUsages(request: request, context: context)
      })
  }
}

extension Artel_Operations_V1_LimitService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func getUsage(
    request: RPC.ServerRequest<Artel_Operations_V1_GetUsageRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Operations_V1_Usage> {
    RPC.ServerResponse(
      message: try await self.getUsage(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func listUsages(
    request: RPC.ServerRequest<Artel_Operations_V1_ListUsagesRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Operations_V1_ListUsagesResponse> {
    RPC.ServerResponse(
      message: try await self.listUsages(request: request.message, context: context))
  }
}

extension Artel_Operations_V1_LimitService {
  /// What the caller's tenant has used of what it may use. The platform's operator sets the quotas:
  /// they are the tenant's `limits`.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Returns what the tenant has used of one quota. What is kept is counted when it is asked for.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getUsage(
      _ message: Artel_Operations_V1_GetUsageRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Operations_V1_Usage {
      try await client.unary(
        Method.GetUsage.descriptor, message, metadata: metadata, options: options, as: Artel_Operations_V1_Usage.self)
    }

    /// Returns what the tenant has used of one quota. What is kept is counted when it is asked for.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getUsage(
      _ request: RPC.ClientRequest<Artel_Operations_V1_GetUsageRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Operations_V1_Usage> {
      try await client.unary(
        Method.GetUsage.descriptor, request, options: options, as: Artel_Operations_V1_Usage.self)
    }

    /// Lists what the tenant has used of each quota, in the order of their names.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listUsages(
      _ message: Artel_Operations_V1_ListUsagesRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Operations_V1_ListUsagesResponse {
      try await client.unary(
        Method.ListUsages.descriptor, message, metadata: metadata, options: options, as: Artel_Operations_V1_ListUsagesResponse.self)
    }

    /// Lists what the tenant has used of each quota, in the order of their names.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listUsages(
      _ request: RPC.ClientRequest<Artel_Operations_V1_ListUsagesRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Operations_V1_ListUsagesResponse> {
      try await client.unary(
        Method.ListUsages.descriptor, request, options: options, as: Artel_Operations_V1_ListUsagesResponse.self)
    }
  }
}
