// Written by protoc-gen-artel from artel/residential/v1/partner_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// The outside systems that run the complex's devices.
public enum Artel_Residential_V1_PartnerService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "artel.residential.v1.PartnerService")

  /// The service's methods.
  public enum Method {
    /// `artel.residential.v1.PartnerService/GetPartner`.
    public enum GetPartner {
      /// What a caller sends.
      public typealias Input = Artel_Residential_V1_GetPartnerRequest

      /// What a caller gets.
      public typealias Output = Artel_Residential_V1_Partner

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Residential_V1_PartnerService.descriptor, method: "GetPartner",
        kind: .unary)
    }

    /// `artel.residential.v1.PartnerService/CreatePartner`.
    public enum CreatePartner {
      /// What a caller sends.
      public typealias Input = Artel_Residential_V1_CreatePartnerRequest

      /// What a caller gets.
      public typealias Output = Artel_Residential_V1_Partner

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Residential_V1_PartnerService.descriptor, method: "CreatePartner",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      GetPartner.descriptor,
      CreatePartner.descriptor,
    ]
  }
}

extension Artel_Residential_V1_PartnerService {
  /// The outside systems that run the complex's devices.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Returns a partner, without its secret.
    func getPartner(
      request: RPC.ServerRequest<Artel_Residential_V1_GetPartnerRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Partner>

    /// Creates a partner with the credential by which the platform calls it.
    func createPartner(
      request: RPC.ServerRequest<Artel_Residential_V1_CreatePartnerRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Partner>
  }

  /// The outside systems that run the complex's devices.
  public protocol SimpleServiceProtocol: Artel_Residential_V1_PartnerService.ServiceProtocol {
    /// Returns a partner, without its secret.
    func getPartner(
      request: Artel_Residential_V1_GetPartnerRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Residential_V1_Partner

    /// Creates a partner with the credential by which the platform calls it.
    func createPartner(
      request: Artel_Residential_V1_CreatePartnerRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Residential_V1_Partner
  }
}

extension Artel_Residential_V1_PartnerService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Residential_V1_PartnerService.Method.GetPartner.descriptor,
      request: Artel_Residential_V1_PartnerService.Method.GetPartner.Input.self, response: Artel_Residential_V1_PartnerService.Method.GetPartner.Output.self,
      fullHandler: { request, context in
        try await self.getPartner(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_PartnerService.Method.CreatePartner.descriptor,
      request: Artel_Residential_V1_PartnerService.Method.CreatePartner.Input.self, response: Artel_Residential_V1_PartnerService.Method.CreatePartner.Output.self,
      fullHandler: { request, context in
        try await self.createPartner(request: request, context: context)
      })
  }
}

extension Artel_Residential_V1_PartnerService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Residential_V1_PartnerService.Method.GetPartner.descriptor,
      request: Artel_Residential_V1_PartnerService.Method.GetPartner.Input.self, response: Artel_Residential_V1_PartnerService.Method.GetPartner.Output.self,
      handler: { request, context in
        try await self.getPartner(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_PartnerService.Method.CreatePartner.descriptor,
      request: Artel_Residential_V1_PartnerService.Method.CreatePartner.Input.self, response: Artel_Residential_V1_PartnerService.Method.CreatePartner.Output.self,
      handler: { request, context in
        try await self.createPartner(request: request, context: context)
      })
  }
}

extension Artel_Residential_V1_PartnerService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func getPartner(
    request: RPC.ServerRequest<Artel_Residential_V1_GetPartnerRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Partner> {
    RPC.ServerResponse(
      message: try await self.getPartner(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func createPartner(
    request: RPC.ServerRequest<Artel_Residential_V1_CreatePartnerRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Partner> {
    RPC.ServerResponse(
      message: try await self.createPartner(request: request.message, context: context))
  }
}

extension Artel_Residential_V1_PartnerService {
  /// The outside systems that run the complex's devices.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Returns a partner, without its secret.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getPartner(
      _ message: Artel_Residential_V1_GetPartnerRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Residential_V1_Partner {
      try await client.unary(
        Method.GetPartner.descriptor, message, metadata: metadata, options: options, as: Artel_Residential_V1_Partner.self)
    }

    /// Returns a partner, without its secret.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getPartner(
      _ request: RPC.ClientRequest<Artel_Residential_V1_GetPartnerRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Residential_V1_Partner> {
      try await client.unary(
        Method.GetPartner.descriptor, request, options: options, as: Artel_Residential_V1_Partner.self)
    }

    /// Creates a partner with the credential by which the platform calls it.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createPartner(
      _ message: Artel_Residential_V1_CreatePartnerRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Residential_V1_Partner {
      try await client.unary(
        Method.CreatePartner.descriptor, message, metadata: metadata, options: options, as: Artel_Residential_V1_Partner.self)
    }

    /// Creates a partner with the credential by which the platform calls it.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createPartner(
      _ request: RPC.ClientRequest<Artel_Residential_V1_CreatePartnerRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Residential_V1_Partner> {
      try await client.unary(
        Method.CreatePartner.descriptor, request, options: options, as: Artel_Residential_V1_Partner.self)
    }
  }
}
