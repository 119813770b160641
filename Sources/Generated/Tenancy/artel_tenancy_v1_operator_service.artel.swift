// Written by protoc-gen-artel from artel/tenancy/v1/operator_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// What the platform's operator does with tenants. Only administrators of the operating tenant may
/// call, and every change of a tenant is written to that tenant's own audit with its reason.
public enum Artel_Tenancy_V1_OperatorService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "artel.tenancy.v1.OperatorService")

  /// The service's methods.
  public enum Method {
    /// `artel.tenancy.v1.OperatorService/CreateTenant`.
    public enum CreateTenant {
      /// What a caller sends.
      public typealias Input = Artel_Tenancy_V1_CreateTenantRequest

      /// What a caller gets.
      public typealias Output = Artel_Tenancy_V1_Tenant

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Tenancy_V1_OperatorService.descriptor, method: "CreateTenant",
        kind: .unary)
    }

    /// `artel.tenancy.v1.OperatorService/LookUpTenant`.
    public enum LookUpTenant {
      /// What a caller sends.
      public typealias Input = Artel_Tenancy_V1_LookUpTenantRequest

      /// What a caller gets.
      public typealias Output = Artel_Tenancy_V1_Tenant

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Tenancy_V1_OperatorService.descriptor, method: "LookUpTenant",
        kind: .unary)
    }

    /// `artel.tenancy.v1.OperatorService/ListTenants`.
    public enum ListTenants {
      /// What a caller sends.
      public typealias Input = Artel_Tenancy_V1_ListTenantsRequest

      /// What a caller gets.
      public typealias Output = Artel_Tenancy_V1_ListTenantsResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Tenancy_V1_OperatorService.descriptor, method: "ListTenants",
        kind: .unary)
    }

    /// `artel.tenancy.v1.OperatorService/SuspendTenant`.
    public enum SuspendTenant {
      /// What a caller sends.
      public typealias Input = Artel_Tenancy_V1_SuspendTenantRequest

      /// What a caller gets.
      public typealias Output = Artel_Tenancy_V1_Tenant

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Tenancy_V1_OperatorService.descriptor, method: "SuspendTenant",
        kind: .unary)
    }

    /// `artel.tenancy.v1.OperatorService/ResumeTenant`.
    public enum ResumeTenant {
      /// What a caller sends.
      public typealias Input = Artel_Tenancy_V1_ResumeTenantRequest

      /// What a caller gets.
      public typealias Output = Artel_Tenancy_V1_Tenant

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Tenancy_V1_OperatorService.descriptor, method: "ResumeTenant",
        kind: .unary)
    }

    /// `artel.tenancy.v1.OperatorService/SetTenantLimits`.
    public enum SetTenantLimits {
      /// What a caller sends.
      public typealias Input = Artel_Tenancy_V1_SetTenantLimitsRequest

      /// What a caller gets.
      public typealias Output = Artel_Tenancy_V1_Tenant

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Tenancy_V1_OperatorService.descriptor, method: "SetTenantLimits",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      CreateTenant.descriptor,
      LookUpTenant.descriptor,
      ListTenants.descriptor,
      SuspendTenant.descriptor,
      ResumeTenant.descriptor,
      SetTenantLimits.descriptor,
    ]
  }
}

extension Artel_Tenancy_V1_OperatorService {
  /// What the platform's operator does with tenants. Only administrators of the operating tenant may
  /// call, and every change of a tenant is written to that tenant's own audit with its reason.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Creates a tenant with a key that signs its tokens and an authority for its clients'
    /// certificates, and invites its first administrator where the tenant names one. Whoever gives the
    /// call an `Idempotency-Key` can ask again for an invitation that it did not get.
    func createTenant(
      request: RPC.ServerRequest<Artel_Tenancy_V1_CreateTenantRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_Tenant>

    /// Returns a tenant with its policy and its limits, and writes into the tenant's own audit who
    /// looked, and why.
    func lookUpTenant(
      request: RPC.ServerRequest<Artel_Tenancy_V1_LookUpTenantRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_Tenant>

    /// Lists tenants in the order of their names: what the platform's directory has of them. Their
    /// policies and limits come with LookUpTenant.
    func listTenants(
      request: RPC.ServerRequest<Artel_Tenancy_V1_ListTenantsRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_ListTenantsResponse>

    /// Stops serving a tenant: its tokens, certificates, streams and background work end at every
    /// process within a second or two. Suspending a suspended tenant changes nothing.
    func suspendTenant(
      request: RPC.ServerRequest<Artel_Tenancy_V1_SuspendTenantRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_Tenant>

    /// Serves a suspended tenant again.
    func resumeTenant(
      request: RPC.ServerRequest<Artel_Tenancy_V1_ResumeTenantRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_Tenant>

    /// Sets what a tenant may have at most. A policy that lies beyond the new limits is cut down to
    /// them.
    func setTenantLimits(
      request: RPC.ServerRequest<Artel_Tenancy_V1_SetTenantLimitsRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_Tenant>
  }

  /// What the platform's operator does with tenants. Only administrators of the operating tenant may
  /// call, and every change of a tenant is written to that tenant's own audit with its reason.
  public protocol SimpleServiceProtocol: Artel_Tenancy_V1_OperatorService.ServiceProtocol {
    /// Creates a tenant with a key that signs its tokens and an authority for its clients'
    /// certificates, and invites its first administrator where the tenant names one. Whoever gives the
    /// call an `Idempotency-Key` can ask again for an invitation that it did not get.
    func createTenant(
      request: Artel_Tenancy_V1_CreateTenantRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Tenancy_V1_Tenant

    /// Returns a tenant with its policy and its limits, and writes into the tenant's own audit who
    /// looked, and why.
    func lookUpTenant(
      request: Artel_Tenancy_V1_LookUpTenantRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Tenancy_V1_Tenant

    /// Lists tenants in the order of their names: what the platform's directory has of them. Their
    /// policies and limits come with LookUpTenant.
    func listTenants(
      request: Artel_Tenancy_V1_ListTenantsRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Tenancy_V1_ListTenantsResponse

    /// Stops serving a tenant: its tokens, certificates, streams and background work end at every
    /// process within a second or two. Suspending a suspended tenant changes nothing.
    func suspendTenant(
      request: Artel_Tenancy_V1_SuspendTenantRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Tenancy_V1_Tenant

    /// Serves a suspended tenant again.
    func resumeTenant(
      request: Artel_Tenancy_V1_ResumeTenantRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Tenancy_V1_Tenant

    /// Sets what a tenant may have at most. A policy that lies beyond the new limits is cut down to
    /// them.
    func setTenantLimits(
      request: Artel_Tenancy_V1_SetTenantLimitsRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Tenancy_V1_Tenant
  }
}

extension Artel_Tenancy_V1_OperatorService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Tenancy_V1_OperatorService.Method.CreateTenant.descriptor,
      request: Artel_Tenancy_V1_OperatorService.Method.CreateTenant.Input.self, response: Artel_Tenancy_V1_OperatorService.Method.CreateTenant.Output.self,
      fullHandler: { request, context in
        try await self.createTenant(request: request, context: context)
      })
    router.registerUnary(
      Artel_Tenancy_V1_OperatorService.Method.LookUpTenant.descriptor,
      request: Artel_Tenancy_V1_OperatorService.Method.LookUpTenant.Input.self, response: Artel_Tenancy_V1_OperatorService.Method.LookUpTenant.Output.self,
      fullHandler: { request, context in
        try await self.lookUpTenant(request: request, context: context)
      })
    router.registerUnary(
      Artel_Tenancy_V1_OperatorService.Method.ListTenants.descriptor,
      request: Artel_Tenancy_V1_OperatorService.Method.ListTenants.Input.self, response: Artel_Tenancy_V1_OperatorService.Method.ListTenants.Output.self,
      fullHandler: { request, context in
        try await self.listTenants(request: request, context: context)
      })
    router.registerUnary(
      Artel_Tenancy_V1_OperatorService.Method.SuspendTenant.descriptor,
      request: Artel_Tenancy_V1_OperatorService.Method.SuspendTenant.Input.self, response: Artel_Tenancy_V1_OperatorService.Method.SuspendTenant.Output.self,
      fullHandler: { request, context in
        try await self.suspendTenant(request: request, context: context)
      })
    router.registerUnary(
      Artel_Tenancy_V1_OperatorService.Method.ResumeTenant.descriptor,
      request: Artel_Tenancy_V1_OperatorService.Method.ResumeTenant.Input.self, response: Artel_Tenancy_V1_OperatorService.Method.ResumeTenant.Output.self,
      fullHandler: { request, context in
        try await self.resumeTenant(request: request, context: context)
      })
    router.registerUnary(
      Artel_Tenancy_V1_OperatorService.Method.SetTenantLimits.descriptor,
      request: Artel_Tenancy_V1_OperatorService.Method.SetTenantLimits.Input.self, response: Artel_Tenancy_V1_OperatorService.Method.SetTenantLimits.Output.self,
      fullHandler: { request, context in
        try await self.setTenantLimits(request: request, context: context)
      })
  }
}

extension Artel_Tenancy_V1_OperatorService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Tenancy_V1_OperatorService.Method.CreateTenant.descriptor,
      request: Artel_Tenancy_V1_OperatorService.Method.CreateTenant.Input.self, response: Artel_Tenancy_V1_OperatorService.Method.CreateTenant.Output.self,
      handler: { request, context in
        try await self.createTenant(request: request, context: context)
      })
    router.registerUnary(
      Artel_Tenancy_V1_OperatorService.Method.LookUpTenant.descriptor,
      request: Artel_Tenancy_V1_OperatorService.Method.LookUpTenant.Input.self, response: Artel_Tenancy_V1_OperatorService.Method.LookUpTenant.Output.self,
      handler: { request, context in
        try await self.lookUpTenant(request: request, context: context)
      })
    router.registerUnary(
      Artel_Tenancy_V1_OperatorService.Method.ListTenants.descriptor,
      request: Artel_Tenancy_V1_OperatorService.Method.ListTenants.Input.self, response: Artel_Tenancy_V1_OperatorService.Method.ListTenants.Output.self,
      handler: { request, context in
        try await self.listTenants(request: request, context: context)
      })
    router.registerUnary(
      Artel_Tenancy_V1_OperatorService.Method.SuspendTenant.descriptor,
      request: Artel_Tenancy_V1_OperatorService.Method.SuspendTenant.Input.self, response: Artel_Tenancy_V1_OperatorService.Method.SuspendTenant.Output.self,
      handler: { request, context in
        try await self.suspendTenant(request: request, context: context)
      })
    router.registerUnary(
      Artel_Tenancy_V1_OperatorService.Method.ResumeTenant.descriptor,
      request: Artel_Tenancy_V1_OperatorService.Method.ResumeTenant.Input.self, response: Artel_Tenancy_V1_OperatorService.Method.ResumeTenant.Output.self,
      handler: { request, context in
        try await self.resumeTenant(request: request, context: context)
      })
    router.registerUnary(
      Artel_Tenancy_V1_OperatorService.Method.SetTenantLimits.descriptor,
      request: Artel_Tenancy_V1_OperatorService.Method.SetTenantLimits.Input.self, response: Artel_Tenancy_V1_OperatorService.Method.SetTenantLimits.Output.self,
      handler: { request, context in
        try await self.setTenantLimits(request: request, context: context)
      })
  }
}

extension Artel_Tenancy_V1_OperatorService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func createTenant(
    request: RPC.ServerRequest<Artel_Tenancy_V1_CreateTenantRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_Tenant> {
    RPC.ServerResponse(
      message: try await self.createTenant(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func lookUpTenant(
    request: RPC.ServerRequest<Artel_Tenancy_V1_LookUpTenantRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_Tenant> {
    RPC.ServerResponse(
      message: try await self.lookUpTenant(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func listTenants(
    request: RPC.ServerRequest<Artel_Tenancy_V1_ListTenantsRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_ListTenantsResponse> {
    RPC.ServerResponse(
      message: try await self.listTenants(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func suspendTenant(
    request: RPC.ServerRequest<Artel_Tenancy_V1_SuspendTenantRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_Tenant> {
    RPC.ServerResponse(
      message: try await self.suspendTenant(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func resumeTenant(
    request: RPC.ServerRequest<Artel_Tenancy_V1_ResumeTenantRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_Tenant> {
    RPC.ServerResponse(
      message: try await self.resumeTenant(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func setTenantLimits(
    request: RPC.ServerRequest<Artel_Tenancy_V1_SetTenantLimitsRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_Tenant> {
    RPC.ServerResponse(
      message: try await self.setTenantLimits(request: request.message, context: context))
  }
}

extension Artel_Tenancy_V1_OperatorService {
  /// What the platform's operator does with tenants. Only administrators of the operating tenant may
  /// call, and every change of a tenant is written to that tenant's own audit with its reason.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Creates a tenant with a key that signs its tokens and an authority for its clients'
    /// certificates, and invites its first administrator where the tenant names one. Whoever gives the
    /// call an `Idempotency-Key` can ask again for an invitation that it did not get.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createTenant(
      _ message: Artel_Tenancy_V1_CreateTenantRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Tenancy_V1_Tenant {
      try await client.unary(
        Method.CreateTenant.descriptor, message, metadata: metadata, options: options, as: Artel_Tenancy_V1_Tenant.self)
    }

    /// Creates a tenant with a key that signs its tokens and an authority for its clients'
    /// certificates, and invites its first administrator where the tenant names one. Whoever gives the
    /// call an `Idempotency-Key` can ask again for an invitation that it did not get.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createTenant(
      _ request: RPC.ClientRequest<Artel_Tenancy_V1_CreateTenantRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Tenancy_V1_Tenant> {
      try await client.unary(
        Method.CreateTenant.descriptor, request, options: options, as: Artel_Tenancy_V1_Tenant.self)
    }

    /// Returns a tenant with its policy and its limits, and writes into the tenant's own audit who
    /// looked, and why.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func lookUpTenant(
      _ message: Artel_Tenancy_V1_LookUpTenantRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Tenancy_V1_Tenant {
      try await client.unary(
        Method.LookUpTenant.descriptor, message, metadata: metadata, options: options, as: Artel_Tenancy_V1_Tenant.self)
    }

    /// Returns a tenant with its policy and its limits, and writes into the tenant's own audit who
    /// looked, and why.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func lookUpTenant(
      _ request: RPC.ClientRequest<Artel_Tenancy_V1_LookUpTenantRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Tenancy_V1_Tenant> {
      try await client.unary(
        Method.LookUpTenant.descriptor, request, options: options, as: Artel_Tenancy_V1_Tenant.self)
    }

    /// Lists tenants in the order of their names: what the platform's directory has of them. Their
    /// policies and limits come with LookUpTenant.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listTenants(
      _ message: Artel_Tenancy_V1_ListTenantsRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Tenancy_V1_ListTenantsResponse {
      try await client.unary(
        Method.ListTenants.descriptor, message, metadata: metadata, options: options, as: Artel_Tenancy_V1_ListTenantsResponse.self)
    }

    /// Lists tenants in the order of their names: what the platform's directory has of them. Their
    /// policies and limits come with LookUpTenant.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listTenants(
      _ request: RPC.ClientRequest<Artel_Tenancy_V1_ListTenantsRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Tenancy_V1_ListTenantsResponse> {
      try await client.unary(
        Method.ListTenants.descriptor, request, options: options, as: Artel_Tenancy_V1_ListTenantsResponse.self)
    }

    /// Stops serving a tenant: its tokens, certificates, streams and background work end at every
    /// process within a second or two. Suspending a suspended tenant changes nothing.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func suspendTenant(
      _ message: Artel_Tenancy_V1_SuspendTenantRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Tenancy_V1_Tenant {
      try await client.unary(
        Method.SuspendTenant.descriptor, message, metadata: metadata, options: options, as: Artel_Tenancy_V1_Tenant.self)
    }

    /// Stops serving a tenant: its tokens, certificates, streams and background work end at every
    /// process within a second or two. Suspending a suspended tenant changes nothing.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func suspendTenant(
      _ request: RPC.ClientRequest<Artel_Tenancy_V1_SuspendTenantRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Tenancy_V1_Tenant> {
      try await client.unary(
        Method.SuspendTenant.descriptor, request, options: options, as: Artel_Tenancy_V1_Tenant.self)
    }

    /// Serves a suspended tenant again.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func resumeTenant(
      _ message: Artel_Tenancy_V1_ResumeTenantRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Tenancy_V1_Tenant {
      try await client.unary(
        Method.ResumeTenant.descriptor, message, metadata: metadata, options: options, as: Artel_Tenancy_V1_Tenant.self)
    }

    /// Serves a suspended tenant again.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func resumeTenant(
      _ request: RPC.ClientRequest<Artel_Tenancy_V1_ResumeTenantRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Tenancy_V1_Tenant> {
      try await client.unary(
        Method.ResumeTenant.descriptor, request, options: options, as: Artel_Tenancy_V1_Tenant.self)
    }

    /// Sets what a tenant may have at most. A policy that lies beyond the new limits is cut down to
    /// them.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func setTenantLimits(
      _ message: Artel_Tenancy_V1_SetTenantLimitsRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Tenancy_V1_Tenant {
      try await client.unary(
        Method.SetTenantLimits.descriptor, message, metadata: metadata, options: options, as: Artel_Tenancy_V1_Tenant.self)
    }

    /// Sets what a tenant may have at most. A policy that lies beyond the new limits is cut down to
    /// them.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func setTenantLimits(
      _ request: RPC.ClientRequest<Artel_Tenancy_V1_SetTenantLimitsRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Tenancy_V1_Tenant> {
      try await client.unary(
        Method.SetTenantLimits.descriptor, request, options: options, as: Artel_Tenancy_V1_Tenant.self)
    }
  }
}
