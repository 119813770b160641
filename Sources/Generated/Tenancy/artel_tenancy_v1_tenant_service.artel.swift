// Written by protoc-gen-artel from artel/tenancy/v1/tenant_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// Tells callers about their own tenant, and lets its administrators change it.
public enum Artel_Tenancy_V1_TenantService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "artel.tenancy.v1.TenantService")

  /// The service's methods.
  public enum Method {
    /// `artel.tenancy.v1.TenantService/GetTenant`.
    public enum GetTenant {
      /// What a caller sends.
      public typealias Input = Artel_Tenancy_V1_GetTenantRequest

      /// What a caller gets.
      public typealias Output = Artel_Tenancy_V1_Tenant

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Tenancy_V1_TenantService.descriptor, method: "GetTenant",
        kind: .unary)
    }

    /// `artel.tenancy.v1.TenantService/UpdateTenant`.
    public enum UpdateTenant {
      /// What a caller sends.
      public typealias Input = Artel_Tenancy_V1_UpdateTenantRequest

      /// What a caller gets.
      public typealias Output = Artel_Tenancy_V1_Tenant

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Tenancy_V1_TenantService.descriptor, method: "UpdateTenant",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      GetTenant.descriptor,
      UpdateTenant.descriptor,
    ]
  }
}

extension Artel_Tenancy_V1_TenantService {
  /// Tells callers about their own tenant, and lets its administrators change it.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Returns the caller's tenant: the one that its credential names. There is no way to ask for
    /// another.
    func getTenant(
      request: RPC.ServerRequest<Artel_Tenancy_V1_GetTenantRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_Tenant>

    /// Changes what the caller's tenant calls itself, and its policy.
    ///
    /// Every part of the policy stays within the tenant's limits, which the platform's operator sets:
    /// a value beyond them is INVALID_ARGUMENT with the field. A changed policy holds for tokens and
    /// certificates issued from then on, at every process within a second.
    func updateTenant(
      request: RPC.ServerRequest<Artel_Tenancy_V1_UpdateTenantRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_Tenant>
  }

  /// Tells callers about their own tenant, and lets its administrators change it.
  public protocol SimpleServiceProtocol: Artel_Tenancy_V1_TenantService.ServiceProtocol {
    /// Returns the caller's tenant: the one that its credential names. There is no way to ask for
    /// another.
    func getTenant(
      request: Artel_Tenancy_V1_GetTenantRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Tenancy_V1_Tenant

    /// Changes what the caller's tenant calls itself, and its policy.
    ///
    /// Every part of the policy stays within the tenant's limits, which the platform's operator sets:
    /// a value beyond them is INVALID_ARGUMENT with the field. A changed policy holds for tokens and
    /// certificates issued from then on, at every process within a second.
    func updateTenant(
      request: Artel_Tenancy_V1_UpdateTenantRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Tenancy_V1_Tenant
  }
}

extension Artel_Tenancy_V1_TenantService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Tenancy_V1_TenantService.Method.GetTenant.descriptor,
      request: Artel_Tenancy_V1_TenantService.Method.GetTenant.Input.self, response: Artel_Tenancy_V1_TenantService.Method.GetTenant.Output.self,
      fullHandler: { request, context in
        try await self.getTenant(request: request, context: context)
      })
    router.registerUnary(
      Artel_Tenancy_V1_TenantService.Method.UpdateTenant.descriptor,
      request: Artel_Tenancy_V1_TenantService.Method.UpdateTenant.Input.self, response: Artel_Tenancy_V1_TenantService.Method.UpdateTenant.Output.self,
      fullHandler: { request, context in
        try await self.updateTenant(request: request, context: context)
      })
  }
}

extension Artel_Tenancy_V1_TenantService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Tenancy_V1_TenantService.Method.GetTenant.descriptor,
      request: Artel_Tenancy_V1_TenantService.Method.GetTenant.Input.self, response: Artel_Tenancy_V1_TenantService.Method.GetTenant.Output.self,
      handler: { request, context in
        try await self.getTenant(request: request, context: context)
      })
    router.registerUnary(
      Artel_Tenancy_V1_TenantService.Method.UpdateTenant.descriptor,
      request: Artel_Tenancy_V1_TenantService.Method.UpdateTenant.Input.self, response: Artel_Tenancy_V1_TenantService.Method.UpdateTenant.Output.self,
      handler: { request, context in
        try await self.updateTenant(request: request, context: context)
      })
  }
}

extension Artel_Tenancy_V1_TenantService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func getTenant(
    request: RPC.ServerRequest<Artel_Tenancy_V1_GetTenantRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_Tenant> {
    RPC.ServerResponse(
      message: try await self.getTenant(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func updateTenant(
    request: RPC.ServerRequest<Artel_Tenancy_V1_UpdateTenantRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_Tenant> {
    RPC.ServerResponse(
      message: try await self.updateTenant(request: request.message, context: context))
  }
}

extension Artel_Tenancy_V1_TenantService {
  /// Tells callers about their own tenant, and lets its administrators change it.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Returns the caller's tenant: the one that its credential names. There is no way to ask for
    /// another.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getTenant(
      _ message: Artel_Tenancy_V1_GetTenantRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Tenancy_V1_Tenant {
      try await client.unary(
        Method.GetTenant.descriptor, message, metadata: metadata, options: options, as: Artel_Tenancy_V1_Tenant.self)
    }

    /// Returns the caller's tenant: the one that its credential names. There is no way to ask for
    /// another.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getTenant(
      _ request: RPC.ClientRequest<Artel_Tenancy_V1_GetTenantRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Tenancy_V1_Tenant> {
      try await client.unary(
        Method.GetTenant.descriptor, request, options: options, as: Artel_Tenancy_V1_Tenant.self)
    }

    /// Changes what the caller's tenant calls itself, and its policy.
    ///
    /// Every part of the policy stays within the tenant's limits, which the platform's operator sets:
    /// a value beyond them is INVALID_ARGUMENT with the field. A changed policy holds for tokens and
    /// certificates issued from then on, at every process within a second.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func updateTenant(
      _ message: Artel_Tenancy_V1_UpdateTenantRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Tenancy_V1_Tenant {
      try await client.unary(
        Method.UpdateTenant.descriptor, message, metadata: metadata, options: options, as: Artel_Tenancy_V1_Tenant.self)
    }

    /// Changes what the caller's tenant calls itself, and its policy.
    ///
    /// Every part of the policy stays within the tenant's limits, which the platform's operator sets:
    /// a value beyond them is INVALID_ARGUMENT with the field. A changed policy holds for tokens and
    /// certificates issued from then on, at every process within a second.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func updateTenant(
      _ request: RPC.ClientRequest<Artel_Tenancy_V1_UpdateTenantRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Tenancy_V1_Tenant> {
      try await client.unary(
        Method.UpdateTenant.descriptor, request, options: options, as: Artel_Tenancy_V1_Tenant.self)
    }
  }
}
