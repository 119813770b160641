// Written by protoc-gen-artel from artel/access/v1/access_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// Tells why somebody may call a method, or may not. Who is refused learns the reason alone; these
/// methods are for those who may change it. Nothing is called, and no credential is shown.
public enum Artel_Access_V1_AccessService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "artel.access.v1.AccessService")

  /// The service's methods.
  public enum Method {
    /// `artel.access.v1.AccessService/ExplainAccess`.
    public enum ExplainAccess {
      /// What a caller sends.
      public typealias Input = Artel_Access_V1_ExplainAccessRequest

      /// What a caller gets.
      public typealias Output = Artel_Access_V1_Explanation

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Access_V1_AccessService.descriptor, method: "ExplainAccess",
        kind: .unary)
    }

    /// `artel.access.v1.AccessService/ExplainTenantAccess`.
    public enum ExplainTenantAccess {
      /// What a caller sends.
      public typealias Input = Artel_Access_V1_ExplainTenantAccessRequest

      /// What a caller gets.
      public typealias Output = Artel_Access_V1_Explanation

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Access_V1_AccessService.descriptor, method: "ExplainTenantAccess",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      ExplainAccess.descriptor,
      ExplainTenantAccess.descriptor,
    ]
  }
}

extension Artel_Access_V1_AccessService {
  /// Tells why somebody may call a method, or may not. Who is refused learns the reason alone; these
  /// methods are for those who may change it. Nothing is called, and no credential is shown.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Explains what the platform says of a call by somebody of the caller's tenant. Principals of
    /// other tenants are NOT_FOUND.
    func explainAccess(
      request: RPC.ServerRequest<Artel_Access_V1_ExplainAccessRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Access_V1_Explanation>

    /// The same for the platform's operator and any tenant, whose own audit has who asked, and why.
    func explainTenantAccess(
      request: RPC.ServerRequest<Artel_Access_V1_ExplainTenantAccessRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Access_V1_Explanation>
  }

  /// Tells why somebody may call a method, or may not. Who is refused learns the reason alone; these
  /// methods are for those who may change it. Nothing is called, and no credential is shown.
  public protocol SimpleServiceProtocol: Artel_Access_V1_AccessService.ServiceProtocol {
    /// Explains what the platform says of a call by somebody of the caller's tenant. Principals of
    /// other tenants are NOT_FOUND.
    func explainAccess(
      request: Artel_Access_V1_ExplainAccessRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Access_V1_Explanation

    /// The same for the platform's operator and any tenant, whose own audit has who asked, and why.
    func explainTenantAccess(
      request: Artel_Access_V1_ExplainTenantAccessRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Access_V1_Explanation
  }
}

extension Artel_Access_V1_AccessService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Access_V1_AccessService.Method.ExplainAccess.descriptor,
      request: Artel_Access_V1_AccessService.Method.ExplainAccess.Input.self, response: Artel_Access_V1_AccessService.Method.ExplainAccess.Output.self,
      fullHandler: { request, context in
        try await self.explainAccess(request: request, context: context)
      })
    router.registerUnary(
      Artel_Access_V1_AccessService.Method.ExplainTenantAccess.descriptor,
      request: Artel_Access_V1_AccessService.Method.ExplainTenantAccess.Input.self, response: Artel_Access_V1_AccessService.Method.ExplainTenantAccess.Output.self,
      fullHandler: { request, context in
        try await self.explainTenantAccess(request: request, context: context)
      })
  }
}

extension Artel_Access_V1_AccessService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Access_V1_AccessService.Method.ExplainAccess.descriptor,
      request: Artel_Access_V1_AccessService.Method.ExplainAccess.Input.self, response: Artel_Access_V1_AccessService.Method.ExplainAccess.Output.self,
      handler: { request, context in
        try await self.explainAccess(request: request, context: context)
      })
    router.registerUnary(
      Artel_Access_V1_AccessService.Method.ExplainTenantAccess.descriptor,
      request: Artel_Access_V1_AccessService.Method.ExplainTenantAccess.Input.self, response: Artel_Access_V1_AccessService.Method.ExplainTenantAccess.Output.self,
      handler: { request, context in
        try await self.explainTenantAccess(request: request, context: context)
      })
  }
}

extension Artel_Access_V1_AccessService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func explainAccess(
    request: RPC.ServerRequest<Artel_Access_V1_ExplainAccessRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Access_V1_Explanation> {
    RPC.ServerResponse(
      message: try await self.explainAccess(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func explainTenantAccess(
    request: RPC.ServerRequest<Artel_Access_V1_ExplainTenantAccessRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Access_V1_Explanation> {
    RPC.ServerResponse(
      message: try await self.explainTenantAccess(request: request.message, context: context))
  }
}

extension Artel_Access_V1_AccessService {
  /// Tells why somebody may call a method, or may not. Who is refused learns the reason alone; these
  /// methods are for those who may change it. Nothing is called, and no credential is shown.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Explains what the platform says of a call by somebody of the caller's tenant. Principals of
    /// other tenants are NOT_FOUND.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func explainAccess(
      _ message: Artel_Access_V1_ExplainAccessRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Access_V1_Explanation {
      try await client.unary(
        Method.ExplainAccess.descriptor, message, metadata: metadata, options: options, as: Artel_Access_V1_Explanation.self)
    }

    /// Explains what the platform says of a call by somebody of the caller's tenant. Principals of
    /// other tenants are NOT_FOUND.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func explainAccess(
      _ request: RPC.ClientRequest<Artel_Access_V1_ExplainAccessRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Access_V1_Explanation> {
      try await client.unary(
        Method.ExplainAccess.descriptor, request, options: options, as: Artel_Access_V1_Explanation.self)
    }

    /// The same for the platform's operator and any tenant, whose own audit has who asked, and why.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func explainTenantAccess(
      _ message: Artel_Access_V1_ExplainTenantAccessRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Access_V1_Explanation {
      try await client.unary(
        Method.ExplainTenantAccess.descriptor, message, metadata: metadata, options: options, as: Artel_Access_V1_Explanation.self)
    }

    /// The same for the platform's operator and any tenant, whose own audit has who asked, and why.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func explainTenantAccess(
      _ request: RPC.ClientRequest<Artel_Access_V1_ExplainTenantAccessRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Access_V1_Explanation> {
      try await client.unary(
        Method.ExplainTenantAccess.descriptor, request, options: options, as: Artel_Access_V1_Explanation.self)
    }
  }
}
