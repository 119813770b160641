// Written by protoc-gen-artel from artel/residential/v1/partner_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC
import SwiftProtobuf

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

    /// `artel.residential.v1.PartnerService/ListPartners`.
    public enum ListPartners {
      /// What a caller sends.
      public typealias Input = Artel_Residential_V1_ListPartnersRequest

      /// What a caller gets.
      public typealias Output = Artel_Residential_V1_ListPartnersResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Residential_V1_PartnerService.descriptor, method: "ListPartners",
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

    /// `artel.residential.v1.PartnerService/UpdatePartner`.
    public enum UpdatePartner {
      /// What a caller sends.
      public typealias Input = Artel_Residential_V1_UpdatePartnerRequest

      /// What a caller gets.
      public typealias Output = Artel_Residential_V1_Partner

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Residential_V1_PartnerService.descriptor, method: "UpdatePartner",
        kind: .unary)
    }

    /// `artel.residential.v1.PartnerService/RotatePartnerSecret`.
    public enum RotatePartnerSecret {
      /// What a caller sends.
      public typealias Input = Artel_Residential_V1_RotatePartnerSecretRequest

      /// What a caller gets.
      public typealias Output = Artel_Residential_V1_Partner

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Residential_V1_PartnerService.descriptor, method: "RotatePartnerSecret",
        kind: .unary)
    }

    /// `artel.residential.v1.PartnerService/DisablePartner`.
    public enum DisablePartner {
      /// What a caller sends.
      public typealias Input = Artel_Residential_V1_DisablePartnerRequest

      /// What a caller gets.
      public typealias Output = Artel_Residential_V1_Partner

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Residential_V1_PartnerService.descriptor, method: "DisablePartner",
        kind: .unary)
    }

    /// `artel.residential.v1.PartnerService/EnablePartner`.
    public enum EnablePartner {
      /// What a caller sends.
      public typealias Input = Artel_Residential_V1_EnablePartnerRequest

      /// What a caller gets.
      public typealias Output = Artel_Residential_V1_Partner

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Residential_V1_PartnerService.descriptor, method: "EnablePartner",
        kind: .unary)
    }

    /// `artel.residential.v1.PartnerService/DeletePartner`.
    public enum DeletePartner {
      /// What a caller sends.
      public typealias Input = Artel_Residential_V1_DeletePartnerRequest

      /// What a caller gets.
      public typealias Output = SwiftProtobuf.Google_Protobuf_Empty

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Residential_V1_PartnerService.descriptor, method: "DeletePartner",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      GetPartner.descriptor,
      ListPartners.descriptor,
      CreatePartner.descriptor,
      UpdatePartner.descriptor,
      RotatePartnerSecret.descriptor,
      DisablePartner.descriptor,
      EnablePartner.descriptor,
      DeletePartner.descriptor,
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
    /// Returns a partner, without its credentials.
    func getPartner(
      request: RPC.ServerRequest<Artel_Residential_V1_GetPartnerRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Partner>

    /// Lists the partners in the order of their names, without their credentials.
    func listPartners(
      request: RPC.ServerRequest<Artel_Residential_V1_ListPartnersRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Residential_V1_ListPartnersResponse>

    /// Creates a partner with the credentials by which the platform calls it. A partner that is there
    /// and is asked for the same is returned.
    func createPartner(
      request: RPC.ServerRequest<Artel_Residential_V1_CreatePartnerRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Partner>

    /// Changes a partner, for commands from then on. What it says as a whole has to hold: each way to
    /// authenticate has the credentials that it needs. Where `base_uri` or `token_uri` moves to another
    /// host or port, the credentials have to come along: those of one host are never sent to another,
    /// and those that do not come along are deleted.
    func updatePartner(
      request: RPC.ServerRequest<Artel_Residential_V1_UpdatePartnerRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Partner>

    /// Gives the platform other credentials at a partner: those that the request has, in place of those
    /// before. They count from the next token on, and no token of the old ones is used any more.
    func rotatePartnerSecret(
      request: RPC.ServerRequest<Artel_Residential_V1_RotatePartnerSecretRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Partner>

    /// Leaves a partner alone: its devices are opened no more, and who tries is told PARTNER_DISABLED.
    /// Commands that are on their way end as they would. Disabling it again changes nothing.
    func disablePartner(
      request: RPC.ServerRequest<Artel_Residential_V1_DisablePartnerRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Partner>

    /// Has a partner's devices opened again, by the credentials that it still has.
    func enablePartner(
      request: RPC.ServerRequest<Artel_Residential_V1_EnablePartnerRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Partner>

    /// Deletes a partner with its credentials. Refused with PARTNER_IN_USE while devices or commands
    /// name it: such a partner is disabled instead.
    func deletePartner(
      request: RPC.ServerRequest<Artel_Residential_V1_DeletePartnerRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<SwiftProtobuf.Google_Protobuf_Empty>
  }

  /// The outside systems that run the complex's devices.
  public protocol SimpleServiceProtocol: Artel_Residential_V1_PartnerService.ServiceProtocol {
    /// Returns a partner, without its credentials.
    func getPartner(
      request: Artel_Residential_V1_GetPartnerRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Residential_V1_Partner

    /// Lists the partners in the order of their names, without their credentials.
    func listPartners(
      request: Artel_Residential_V1_ListPartnersRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Residential_V1_ListPartnersResponse

    /// Creates a partner with the credentials by which the platform calls it. A partner that is there
    /// and is asked for the same is returned.
    func createPartner(
      request: Artel_Residential_V1_CreatePartnerRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Residential_V1_Partner

    /// Changes a partner, for commands from then on. What it says as a whole has to hold: each way to
    /// authenticate has the credentials that it needs. Where `base_uri` or `token_uri` moves to another
    /// host or port, the credentials have to come along: those of one host are never sent to another,
    /// and those that do not come along are deleted.
    func updatePartner(
      request: Artel_Residential_V1_UpdatePartnerRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Residential_V1_Partner

    /// Gives the platform other credentials at a partner: those that the request has, in place of those
    /// before. They count from the next token on, and no token of the old ones is used any more.
    func rotatePartnerSecret(
      request: Artel_Residential_V1_RotatePartnerSecretRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Residential_V1_Partner

    /// Leaves a partner alone: its devices are opened no more, and who tries is told PARTNER_DISABLED.
    /// Commands that are on their way end as they would. Disabling it again changes nothing.
    func disablePartner(
      request: Artel_Residential_V1_DisablePartnerRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Residential_V1_Partner

    /// Has a partner's devices opened again, by the credentials that it still has.
    func enablePartner(
      request: Artel_Residential_V1_EnablePartnerRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Residential_V1_Partner

    /// Deletes a partner with its credentials. Refused with PARTNER_IN_USE while devices or commands
    /// name it: such a partner is disabled instead.
    func deletePartner(
      request: Artel_Residential_V1_DeletePartnerRequest,
      context: RPC.ServerContext
    ) async throws -> SwiftProtobuf.Google_Protobuf_Empty
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
      Artel_Residential_V1_PartnerService.Method.ListPartners.descriptor,
      request: Artel_Residential_V1_PartnerService.Method.ListPartners.Input.self, response: Artel_Residential_V1_PartnerService.Method.ListPartners.Output.self,
      fullHandler: { request, context in
        try await self.listPartners(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_PartnerService.Method.CreatePartner.descriptor,
      request: Artel_Residential_V1_PartnerService.Method.CreatePartner.Input.self, response: Artel_Residential_V1_PartnerService.Method.CreatePartner.Output.self,
      fullHandler: { request, context in
        try await self.createPartner(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_PartnerService.Method.UpdatePartner.descriptor,
      request: Artel_Residential_V1_PartnerService.Method.UpdatePartner.Input.self, response: Artel_Residential_V1_PartnerService.Method.UpdatePartner.Output.self,
      fullHandler: { request, context in
        try await self.updatePartner(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_PartnerService.Method.RotatePartnerSecret.descriptor,
      request: Artel_Residential_V1_PartnerService.Method.RotatePartnerSecret.Input.self, response: Artel_Residential_V1_PartnerService.Method.RotatePartnerSecret.Output.self,
      fullHandler: { request, context in
        try await self.rotatePartnerSecret(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_PartnerService.Method.DisablePartner.descriptor,
      request: Artel_Residential_V1_PartnerService.Method.DisablePartner.Input.self, response: Artel_Residential_V1_PartnerService.Method.DisablePartner.Output.self,
      fullHandler: { request, context in
        try await self.disablePartner(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_PartnerService.Method.EnablePartner.descriptor,
      request: Artel_Residential_V1_PartnerService.Method.EnablePartner.Input.self, response: Artel_Residential_V1_PartnerService.Method.EnablePartner.Output.self,
      fullHandler: { request, context in
        try await self.enablePartner(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_PartnerService.Method.DeletePartner.descriptor,
      request: Artel_Residential_V1_PartnerService.Method.DeletePartner.Input.self, response: Artel_Residential_V1_PartnerService.Method.DeletePartner.Output.self,
      fullHandler: { request, context in
        try await self.deletePartner(request: request, context: context)
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
      Artel_Residential_V1_PartnerService.Method.ListPartners.descriptor,
      request: Artel_Residential_V1_PartnerService.Method.ListPartners.Input.self, response: Artel_Residential_V1_PartnerService.Method.ListPartners.Output.self,
      handler: { request, context in
        try await self.listPartners(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_PartnerService.Method.CreatePartner.descriptor,
      request: Artel_Residential_V1_PartnerService.Method.CreatePartner.Input.self, response: Artel_Residential_V1_PartnerService.Method.CreatePartner.Output.self,
      handler: { request, context in
        try await self.createPartner(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_PartnerService.Method.UpdatePartner.descriptor,
      request: Artel_Residential_V1_PartnerService.Method.UpdatePartner.Input.self, response: Artel_Residential_V1_PartnerService.Method.UpdatePartner.Output.self,
      handler: { request, context in
        try await self.updatePartner(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_PartnerService.Method.RotatePartnerSecret.descriptor,
      request: Artel_Residential_V1_PartnerService.Method.RotatePartnerSecret.Input.self, response: Artel_Residential_V1_PartnerService.Method.RotatePartnerSecret.Output.self,
      handler: { request, context in
        try await self.rotatePartnerSecret(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_PartnerService.Method.DisablePartner.descriptor,
      request: Artel_Residential_V1_PartnerService.Method.DisablePartner.Input.self, response: Artel_Residential_V1_PartnerService.Method.DisablePartner.Output.self,
      handler: { request, context in
        try await self.disablePartner(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_PartnerService.Method.EnablePartner.descriptor,
      request: Artel_Residential_V1_PartnerService.Method.EnablePartner.Input.self, response: Artel_Residential_V1_PartnerService.Method.EnablePartner.Output.self,
      handler: { request, context in
        try await self.enablePartner(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_PartnerService.Method.DeletePartner.descriptor,
      request: Artel_Residential_V1_PartnerService.Method.DeletePartner.Input.self, response: Artel_Residential_V1_PartnerService.Method.DeletePartner.Output.self,
      handler: { request, context in
        try await self.deletePartner(request: request, context: context)
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
  public func listPartners(
    request: RPC.ServerRequest<Artel_Residential_V1_ListPartnersRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Residential_V1_ListPartnersResponse> {
    RPC.ServerResponse(
      message: try await self.listPartners(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func createPartner(
    request: RPC.ServerRequest<Artel_Residential_V1_CreatePartnerRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Partner> {
    RPC.ServerResponse(
      message: try await self.createPartner(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func updatePartner(
    request: RPC.ServerRequest<Artel_Residential_V1_UpdatePartnerRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Partner> {
    RPC.ServerResponse(
      message: try await self.updatePartner(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func rotatePartnerSecret(
    request: RPC.ServerRequest<Artel_Residential_V1_RotatePartnerSecretRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Partner> {
    RPC.ServerResponse(
      message: try await self.rotatePartnerSecret(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func disablePartner(
    request: RPC.ServerRequest<Artel_Residential_V1_DisablePartnerRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Partner> {
    RPC.ServerResponse(
      message: try await self.disablePartner(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func enablePartner(
    request: RPC.ServerRequest<Artel_Residential_V1_EnablePartnerRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Partner> {
    RPC.ServerResponse(
      message: try await self.enablePartner(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func deletePartner(
    request: RPC.ServerRequest<Artel_Residential_V1_DeletePartnerRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<SwiftProtobuf.Google_Protobuf_Empty> {
    RPC.ServerResponse(
      message: try await self.deletePartner(request: request.message, context: context))
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

    /// Returns a partner, without its credentials.
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

    /// Returns a partner, without its credentials.
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

    /// Lists the partners in the order of their names, without their credentials.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listPartners(
      _ message: Artel_Residential_V1_ListPartnersRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Residential_V1_ListPartnersResponse {
      try await client.unary(
        Method.ListPartners.descriptor, message, metadata: metadata, options: options, as: Artel_Residential_V1_ListPartnersResponse.self)
    }

    /// Lists the partners in the order of their names, without their credentials.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listPartners(
      _ request: RPC.ClientRequest<Artel_Residential_V1_ListPartnersRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Residential_V1_ListPartnersResponse> {
      try await client.unary(
        Method.ListPartners.descriptor, request, options: options, as: Artel_Residential_V1_ListPartnersResponse.self)
    }

    /// Creates a partner with the credentials by which the platform calls it. A partner that is there
    /// and is asked for the same is returned.
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

    /// Creates a partner with the credentials by which the platform calls it. A partner that is there
    /// and is asked for the same is returned.
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

    /// Changes a partner, for commands from then on. What it says as a whole has to hold: each way to
    /// authenticate has the credentials that it needs. Where `base_uri` or `token_uri` moves to another
    /// host or port, the credentials have to come along: those of one host are never sent to another,
    /// and those that do not come along are deleted.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func updatePartner(
      _ message: Artel_Residential_V1_UpdatePartnerRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Residential_V1_Partner {
      try await client.unary(
        Method.UpdatePartner.descriptor, message, metadata: metadata, options: options, as: Artel_Residential_V1_Partner.self)
    }

    /// Changes a partner, for commands from then on. What it says as a whole has to hold: each way to
    /// authenticate has the credentials that it needs. Where `base_uri` or `token_uri` moves to another
    /// host or port, the credentials have to come along: those of one host are never sent to another,
    /// and those that do not come along are deleted.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func updatePartner(
      _ request: RPC.ClientRequest<Artel_Residential_V1_UpdatePartnerRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Residential_V1_Partner> {
      try await client.unary(
        Method.UpdatePartner.descriptor, request, options: options, as: Artel_Residential_V1_Partner.self)
    }

    /// Gives the platform other credentials at a partner: those that the request has, in place of those
    /// before. They count from the next token on, and no token of the old ones is used any more.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func rotatePartnerSecret(
      _ message: Artel_Residential_V1_RotatePartnerSecretRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Residential_V1_Partner {
      try await client.unary(
        Method.RotatePartnerSecret.descriptor, message, metadata: metadata, options: options, as: Artel_Residential_V1_Partner.self)
    }

    /// Gives the platform other credentials at a partner: those that the request has, in place of those
    /// before. They count from the next token on, and no token of the old ones is used any more.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func rotatePartnerSecret(
      _ request: RPC.ClientRequest<Artel_Residential_V1_RotatePartnerSecretRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Residential_V1_Partner> {
      try await client.unary(
        Method.RotatePartnerSecret.descriptor, request, options: options, as: Artel_Residential_V1_Partner.self)
    }

    /// Leaves a partner alone: its devices are opened no more, and who tries is told PARTNER_DISABLED.
    /// Commands that are on their way end as they would. Disabling it again changes nothing.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func disablePartner(
      _ message: Artel_Residential_V1_DisablePartnerRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Residential_V1_Partner {
      try await client.unary(
        Method.DisablePartner.descriptor, message, metadata: metadata, options: options, as: Artel_Residential_V1_Partner.self)
    }

    /// Leaves a partner alone: its devices are opened no more, and who tries is told PARTNER_DISABLED.
    /// Commands that are on their way end as they would. Disabling it again changes nothing.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func disablePartner(
      _ request: RPC.ClientRequest<Artel_Residential_V1_DisablePartnerRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Residential_V1_Partner> {
      try await client.unary(
        Method.DisablePartner.descriptor, request, options: options, as: Artel_Residential_V1_Partner.self)
    }

    /// Has a partner's devices opened again, by the credentials that it still has.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func enablePartner(
      _ message: Artel_Residential_V1_EnablePartnerRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Residential_V1_Partner {
      try await client.unary(
        Method.EnablePartner.descriptor, message, metadata: metadata, options: options, as: Artel_Residential_V1_Partner.self)
    }

    /// Has a partner's devices opened again, by the credentials that it still has.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func enablePartner(
      _ request: RPC.ClientRequest<Artel_Residential_V1_EnablePartnerRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Residential_V1_Partner> {
      try await client.unary(
        Method.EnablePartner.descriptor, request, options: options, as: Artel_Residential_V1_Partner.self)
    }

    /// Deletes a partner with its credentials. Refused with PARTNER_IN_USE while devices or commands
    /// name it: such a partner is disabled instead.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func deletePartner(
      _ message: Artel_Residential_V1_DeletePartnerRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> SwiftProtobuf.Google_Protobuf_Empty {
      try await client.unary(
        Method.DeletePartner.descriptor, message, metadata: metadata, options: options, as: SwiftProtobuf.Google_Protobuf_Empty.self)
    }

    /// Deletes a partner with its credentials. Refused with PARTNER_IN_USE while devices or commands
    /// name it: such a partner is disabled instead.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func deletePartner(
      _ request: RPC.ClientRequest<Artel_Residential_V1_DeletePartnerRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<SwiftProtobuf.Google_Protobuf_Empty> {
      try await client.unary(
        Method.DeletePartner.descriptor, request, options: options, as: SwiftProtobuf.Google_Protobuf_Empty.self)
    }
  }
}
