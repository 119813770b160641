// Written by protoc-gen-artel from artel/operations/v1/breaker_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// The circuit breakers of the caller's tenant: what its partners' operations are called through, and
/// what the keys of its outside issuers are fetched through. A breaker is a process's own: each process learns for itself that a partner is broken, and an
/// answer shows those of the process that gave it.
public enum Artel_Operations_V1_BreakerService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "artel.operations.v1.BreakerService")

  /// The service's methods.
  public enum Method {
    /// `artel.operations.v1.BreakerService/ListBreakers`.
    public enum ListBreakers {
      /// What a caller sends.
      public typealias Input = Artel_Operations_V1_ListBreakersRequest

      /// What a caller gets.
      public typealias Output = Artel_Operations_V1_ListBreakersResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Operations_V1_BreakerService.descriptor, method: "ListBreakers",
        kind: .unary)
    }

    /// `artel.operations.v1.BreakerService/ResetBreaker`.
    public enum ResetBreaker {
      /// What a caller sends.
      public typealias Input = Artel_Operations_V1_ResetBreakerRequest

      /// What a caller gets.
      public typealias Output = Artel_Operations_V1_Breaker

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Operations_V1_BreakerService.descriptor, method: "ResetBreaker",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      ListBreakers.descriptor,
      ResetBreaker.descriptor,
    ]
  }
}

extension Artel_Operations_V1_BreakerService {
  /// The circuit breakers of the caller's tenant: what its partners' operations are called through, and
  /// what the keys of its outside issuers are fetched through. A breaker is a process's own: each process learns for itself that a partner is broken, and an
  /// answer shows those of the process that gave it.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Lists the breakers that were used since the process started, in the order of their names.
    func listBreakers(
      request: RPC.ServerRequest<Artel_Operations_V1_ListBreakersRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Operations_V1_ListBreakersResponse>

    /// Closes a breaker at every process, whatever it has seen: the next call goes to the partner. The
    /// others follow within a second; the answer shows the breaker of the process that gave it. An
    /// issuer's is known to the processes alone that have used it: another one answers `NOT_FOUND`.
    func resetBreaker(
      request: RPC.ServerRequest<Artel_Operations_V1_ResetBreakerRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Operations_V1_Breaker>
  }

  /// The circuit breakers of the caller's tenant: what its partners' operations are called through, and
  /// what the keys of its outside issuers are fetched through. A breaker is a process's own: each process learns for itself that a partner is broken, and an
  /// answer shows those of the process that gave it.
  public protocol SimpleServiceProtocol: Artel_Operations_V1_BreakerService.ServiceProtocol {
    /// Lists the breakers that were used since the process started, in the order of their names.
    func listBreakers(
      request: Artel_Operations_V1_ListBreakersRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Operations_V1_ListBreakersResponse

    /// Closes a breaker at every process, whatever it has seen: the next call goes to the partner. The
    /// others follow within a second; the answer shows the breaker of the process that gave it. An
    /// issuer's is known to the processes alone that have used it: another one answers `NOT_FOUND`.
    func resetBreaker(
      request: Artel_Operations_V1_ResetBreakerRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Operations_V1_Breaker
  }
}

extension Artel_Operations_V1_BreakerService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Operations_V1_BreakerService.Method.ListBreakers.descriptor,
      request: Artel_Operations_V1_BreakerService.Method.ListBreakers.Input.self, response: Artel_Operations_V1_BreakerService.Method.ListBreakers.Output.self,
      fullHandler: { request, context in
        try await self.listBreakers(request: request, context: context)
      })
    router.registerUnary(
      Artel_Operations_V1_BreakerService.Method.ResetBreaker.descriptor,
      request: Artel_Operations_V1_BreakerService.Method.ResetBreaker.Input.self, response: Artel_Operations_V1_BreakerService.Method.ResetBreaker.Output.self,
      fullHandler: { request, context in
        try await self.resetBreaker(request: request, context: context)
      })
  }
}

extension Artel_Operations_V1_BreakerService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Operations_V1_BreakerService.Method.ListBreakers.descriptor,
      request: Artel_Operations_V1_BreakerService.Method.ListBreakers.Input.self, response: Artel_Operations_V1_BreakerService.Method.ListBreakers.Output.self,
      handler: { request, context in
        try await self.listBreakers(request: request, context: context)
      })
    router.registerUnary(
      Artel_Operations_V1_BreakerService.Method.ResetBreaker.descriptor,
      request: Artel_Operations_V1_BreakerService.Method.ResetBreaker.Input.self, response: Artel_Operations_V1_BreakerService.Method.ResetBreaker.Output.self,
      handler: { request, context in
        try await self.resetBreaker(request: request, context: context)
      })
  }
}

extension Artel_Operations_V1_BreakerService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func listBreakers(
    request: RPC.ServerRequest<Artel_Operations_V1_ListBreakersRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Operations_V1_ListBreakersResponse> {
    RPC.ServerResponse(
      message: try await self.listBreakers(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func resetBreaker(
    request: RPC.ServerRequest<Artel_Operations_V1_ResetBreakerRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Operations_V1_Breaker> {
    RPC.ServerResponse(
      message: try await self.resetBreaker(request: request.message, context: context))
  }
}

extension Artel_Operations_V1_BreakerService {
  /// The circuit breakers of the caller's tenant: what its partners' operations are called through, and
  /// what the keys of its outside issuers are fetched through. A breaker is a process's own: each process learns for itself that a partner is broken, and an
  /// answer shows those of the process that gave it.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Lists the breakers that were used since the process started, in the order of their names.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listBreakers(
      _ message: Artel_Operations_V1_ListBreakersRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Operations_V1_ListBreakersResponse {
      try await client.unary(
        Method.ListBreakers.descriptor, message, metadata: metadata, options: options, as: Artel_Operations_V1_ListBreakersResponse.self)
    }

    /// Lists the breakers that were used since the process started, in the order of their names.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listBreakers(
      _ request: RPC.ClientRequest<Artel_Operations_V1_ListBreakersRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Operations_V1_ListBreakersResponse> {
      try await client.unary(
        Method.ListBreakers.descriptor, request, options: options, as: Artel_Operations_V1_ListBreakersResponse.self)
    }

    /// Closes a breaker at every process, whatever it has seen: the next call goes to the partner. The
    /// others follow within a second; the answer shows the breaker of the process that gave it. An
    /// issuer's is known to the processes alone that have used it: another one answers `NOT_FOUND`.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func resetBreaker(
      _ message: Artel_Operations_V1_ResetBreakerRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Operations_V1_Breaker {
      try await client.unary(
        Method.ResetBreaker.descriptor, message, metadata: metadata, options: options, as: Artel_Operations_V1_Breaker.self)
    }

    /// Closes a breaker at every process, whatever it has seen: the next call goes to the partner. The
    /// others follow within a second; the answer shows the breaker of the process that gave it. An
    /// issuer's is known to the processes alone that have used it: another one answers `NOT_FOUND`.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func resetBreaker(
      _ request: RPC.ClientRequest<Artel_Operations_V1_ResetBreakerRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Operations_V1_Breaker> {
      try await client.unary(
        Method.ResetBreaker.descriptor, request, options: options, as: Artel_Operations_V1_Breaker.self)
    }
  }
}
