// Written by protoc-gen-artel from artel/auth/v1/metadata_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// Tells clients what a tenant's authorization server can do.
public enum Artel_Auth_V1_MetadataService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "artel.auth.v1.MetadataService")

  /// The service's methods.
  public enum Method {
    /// `artel.auth.v1.MetadataService/GetServerMetadata`.
    public enum GetServerMetadata {
      /// What a caller sends.
      public typealias Input = Artel_Auth_V1_GetServerMetadataRequest

      /// What a caller gets.
      public typealias Output = Artel_Auth_V1_ServerMetadata

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Auth_V1_MetadataService.descriptor, method: "GetServerMetadata",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      GetServerMetadata.descriptor,
    ]
  }
}

extension Artel_Auth_V1_MetadataService {
  /// Tells clients what a tenant's authorization server can do.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Returns the metadata of a tenant's authorization server (RFC 8414, OpenID Connect Discovery 1.0).
    ///
    /// The tenant is the one in the path or, without one, the one whose issuer's host was asked.
    func getServerMetadata(
      request: RPC.ServerRequest<Artel_Auth_V1_GetServerMetadataRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Auth_V1_ServerMetadata>
  }

  /// Tells clients what a tenant's authorization server can do.
  public protocol SimpleServiceProtocol: Artel_Auth_V1_MetadataService.ServiceProtocol {
    /// Returns the metadata of a tenant's authorization server (RFC 8414, OpenID Connect Discovery 1.0).
    ///
    /// The tenant is the one in the path or, without one, the one whose issuer's host was asked.
    func getServerMetadata(
      request: Artel_Auth_V1_GetServerMetadataRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Auth_V1_ServerMetadata
  }
}

extension Artel_Auth_V1_MetadataService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Auth_V1_MetadataService.Method.GetServerMetadata.descriptor,
      request: Artel_Auth_V1_MetadataService.Method.GetServerMetadata.Input.self, response: Artel_Auth_V1_MetadataService.Method.GetServerMetadata.Output.self,
      fullHandler: { request, context in
        try await self.getServerMetadata(request: request, context: context)
      })
  }
}

extension Artel_Auth_V1_MetadataService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Auth_V1_MetadataService.Method.GetServerMetadata.descriptor,
      request: Artel_Auth_V1_MetadataService.Method.GetServerMetadata.Input.self, response: Artel_Auth_V1_MetadataService.Method.GetServerMetadata.Output.self,
      handler: { request, context in
        try await self.getServerMetadata(request: request, context: context)
      })
  }
}

extension Artel_Auth_V1_MetadataService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func getServerMetadata(
    request: RPC.ServerRequest<Artel_Auth_V1_GetServerMetadataRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Auth_V1_ServerMetadata> {
    RPC.ServerResponse(
      message: try await self.getServerMetadata(request: request.message, context: context))
  }
}

extension Artel_Auth_V1_MetadataService {
  /// Tells clients what a tenant's authorization server can do.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Returns the metadata of a tenant's authorization server (RFC 8414, OpenID Connect Discovery 1.0).
    ///
    /// The tenant is the one in the path or, without one, the one whose issuer's host was asked.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getServerMetadata(
      _ message: Artel_Auth_V1_GetServerMetadataRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Auth_V1_ServerMetadata {
      try await client.unary(
        Method.GetServerMetadata.descriptor, message, metadata: metadata, options: options, as: Artel_Auth_V1_ServerMetadata.self)
    }

    /// Returns the metadata of a tenant's authorization server (RFC 8414, OpenID Connect Discovery 1.0).
    ///
    /// The tenant is the one in the path or, without one, the one whose issuer's host was asked.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getServerMetadata(
      _ request: RPC.ClientRequest<Artel_Auth_V1_GetServerMetadataRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Auth_V1_ServerMetadata> {
      try await client.unary(
        Method.GetServerMetadata.descriptor, request, options: options, as: Artel_Auth_V1_ServerMetadata.self)
    }
  }
}
