// Written by protoc-gen-artel from artel/residential/v1/audit_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// What was changed in the complex, and by whom.
public enum Artel_Residential_V1_AuditService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "artel.residential.v1.AuditService")

  /// The service's methods.
  public enum Method {
    /// `artel.residential.v1.AuditService/ListAuditEntries`.
    public enum ListAuditEntries {
      /// What a caller sends.
      public typealias Input = Artel_Residential_V1_ListAuditEntriesRequest

      /// What a caller gets.
      public typealias Output = Artel_Residential_V1_ListAuditEntriesResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Residential_V1_AuditService.descriptor, method: "ListAuditEntries",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      ListAuditEntries.descriptor,
    ]
  }
}

extension Artel_Residential_V1_AuditService {
  /// What was changed in the complex, and by whom.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Lists audit entries, the newest first.
    func listAuditEntries(
      request: RPC.ServerRequest<Artel_Residential_V1_ListAuditEntriesRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Residential_V1_ListAuditEntriesResponse>
  }

  /// What was changed in the complex, and by whom.
  public protocol SimpleServiceProtocol: Artel_Residential_V1_AuditService.ServiceProtocol {
    /// Lists audit entries, the newest first.
    func listAuditEntries(
      request: Artel_Residential_V1_ListAuditEntriesRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Residential_V1_ListAuditEntriesResponse
  }
}

extension Artel_Residential_V1_AuditService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Residential_V1_AuditService.Method.ListAuditEntries.descriptor,
      request: Artel_Residential_V1_AuditService.Method.ListAuditEntries.Input.self, response: Artel_Residential_V1_AuditService.Method.ListAuditEntries.Output.self,
      fullHandler: { request, context in
        try await self.listAuditEntries(request: request, context: context)
      })
  }
}

extension Artel_Residential_V1_AuditService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Residential_V1_AuditService.Method.ListAuditEntries.descriptor,
      request: Artel_Residential_V1_AuditService.Method.ListAuditEntries.Input.self, response: Artel_Residential_V1_AuditService.Method.ListAuditEntries.Output.self,
      handler: { request, context in
        try await self.listAuditEntries(request: request, context: context)
      })
  }
}

extension Artel_Residential_V1_AuditService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func listAuditEntries(
    request: RPC.ServerRequest<Artel_Residential_V1_ListAuditEntriesRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Residential_V1_ListAuditEntriesResponse> {
    RPC.ServerResponse(
      message: try await self.listAuditEntries(request: request.message, context: context))
  }
}

extension Artel_Residential_V1_AuditService {
  /// What was changed in the complex, and by whom.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Lists audit entries, the newest first.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listAuditEntries(
      _ message: Artel_Residential_V1_ListAuditEntriesRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Residential_V1_ListAuditEntriesResponse {
      try await client.unary(
        Method.ListAuditEntries.descriptor, message, metadata: metadata, options: options, as: Artel_Residential_V1_ListAuditEntriesResponse.self)
    }

    /// Lists audit entries, the newest first.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listAuditEntries(
      _ request: RPC.ClientRequest<Artel_Residential_V1_ListAuditEntriesRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Residential_V1_ListAuditEntriesResponse> {
      try await client.unary(
        Method.ListAuditEntries.descriptor, request, options: options, as: Artel_Residential_V1_ListAuditEntriesResponse.self)
    }
  }
}
