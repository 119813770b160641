// Written by protoc-gen-artel from artel/operations/v1/objective_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// Tells the platform's operator how well its promises are kept: availability and latency of calls,
/// and of every partner's operations, each with its error budget.
public enum Artel_Operations_V1_ObjectiveService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "artel.operations.v1.ObjectiveService")

  /// The service's methods.
  public enum Method {
    /// `artel.operations.v1.ObjectiveService/ListObjectives`.
    public enum ListObjectives {
      /// What a caller sends.
      public typealias Input = Artel_Operations_V1_ListObjectivesRequest

      /// What a caller gets.
      public typealias Output = Artel_Operations_V1_ListObjectivesResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Operations_V1_ObjectiveService.descriptor, method: "ListObjectives",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      ListObjectives.descriptor,
    ]
  }
}

extension Artel_Operations_V1_ObjectiveService {
  /// Tells the platform's operator how well its promises are kept: availability and latency of calls,
  /// and of every partner's operations, each with its error budget.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Lists the objectives of the process that answers, in the order of their names.
    ///
    /// The numbers are this process's own, kept in its memory since it started: `observed_since` says
    /// from when they are. What all processes did together, and over restarts, Prometheus knows, from the
    /// metrics that have the same names. There are as many as method classes and partners' operations,
    /// and their number is bounded: there are no pages.
    func listObjectives(
      request: RPC.ServerRequest<Artel_Operations_V1_ListObjectivesRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Operations_V1_ListObjectivesResponse>
  }

  /// Tells the platform's operator how well its promises are kept: availability and latency of calls,
  /// and of every partner's operations, each with its error budget.
  public protocol SimpleServiceProtocol: Artel_Operations_V1_ObjectiveService.ServiceProtocol {
    /// Lists the objectives of the process that answers, in the order of their names.
    ///
    /// The numbers are this process's own, kept in its memory since it started: `observed_since` says
    /// from when they are. What all processes did together, and over restarts, Prometheus knows, from the
    /// metrics that have the same names. There are as many as method classes and partners' operations,
    /// and their number is bounded: there are no pages.
    func listObjectives(
      request: Artel_Operations_V1_ListObjectivesRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Operations_V1_ListObjectivesResponse
  }
}

extension Artel_Operations_V1_ObjectiveService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Operations_V1_ObjectiveService.Method.ListObjectives.descriptor,
      request: Artel_Operations_V1_ObjectiveService.Method.ListObjectives.Input.self, response: Artel_Operations_V1_ObjectiveService.Method.ListObjectives.Output.self,
      fullHandler: { request, context in
        try await self.listObjectives(request: request, context: context)
      })
  }
}

extension Artel_Operations_V1_ObjectiveService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Operations_V1_ObjectiveService.Method.ListObjectives.descriptor,
      request: Artel_Operations_V1_ObjectiveService.Method.ListObjectives.Input.self, response: Artel_Operations_V1_ObjectiveService.Method.ListObjectives.Output.self,
      handler: { request, context in
        try await self.listObjectives(request: request, context: context)
      })
  }
}

extension Artel_Operations_V1_ObjectiveService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func listObjectives(
    request: RPC.ServerRequest<Artel_Operations_V1_ListObjectivesRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Operations_V1_ListObjectivesResponse> {
    RPC.ServerResponse(
      message: try await self.listObjectives(request: request.message, context: context))
  }
}

extension Artel_Operations_V1_ObjectiveService {
  /// Tells the platform's operator how well its promises are kept: availability and latency of calls,
  /// and of every partner's operations, each with its error budget.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Lists the objectives of the process that answers, in the order of their names.
    ///
    /// The numbers are this process's own, kept in its memory since it started: `observed_since` says
    /// from when they are. What all processes did together, and over restarts, Prometheus knows, from the
    /// metrics that have the same names. There are as many as method classes and partners' operations,
    /// and their number is bounded: there are no pages.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listObjectives(
      _ message: Artel_Operations_V1_ListObjectivesRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Operations_V1_ListObjectivesResponse {
      try await client.unary(
        Method.ListObjectives.descriptor, message, metadata: metadata, options: options, as: Artel_Operations_V1_ListObjectivesResponse.self)
    }

    /// Lists the objectives of the process that answers, in the order of their names.
    ///
    /// The numbers are this process's own, kept in its memory since it started: `observed_since` says
    /// from when they are. What all processes did together, and over restarts, Prometheus knows, from the
    /// metrics that have the same names. There are as many as method classes and partners' operations,
    /// and their number is bounded: there are no pages.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listObjectives(
      _ request: RPC.ClientRequest<Artel_Operations_V1_ListObjectivesRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Operations_V1_ListObjectivesResponse> {
      try await client.unary(
        Method.ListObjectives.descriptor, request, options: options, as: Artel_Operations_V1_ListObjectivesResponse.self)
    }
  }
}
