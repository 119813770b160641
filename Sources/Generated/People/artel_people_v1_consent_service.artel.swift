// Written by protoc-gen-artel from artel/people/v1/consent_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC
import SwiftProtobuf

/// What people allow apps of others: an app that is not the tenant's own asks once for what it wants,
/// and each person may take it back.
public enum Artel_People_V1_ConsentService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "artel.people.v1.ConsentService")

  /// The service's methods.
  public enum Method {
    /// `artel.people.v1.ConsentService/LookUpConsent`.
    public enum LookUpConsent {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_LookUpConsentRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_ConsentQuestion

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_ConsentService.descriptor, method: "LookUpConsent",
        kind: .unary)
    }

    /// `artel.people.v1.ConsentService/DecideConsent`.
    public enum DecideConsent {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_DecideConsentRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_ConsentDecision

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_ConsentService.descriptor, method: "DecideConsent",
        kind: .unary)
    }

    /// `artel.people.v1.ConsentService/ListOwnConsents`.
    public enum ListOwnConsents {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_ListOwnConsentsRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_ListOwnConsentsResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_ConsentService.descriptor, method: "ListOwnConsents",
        kind: .unary)
    }

    /// `artel.people.v1.ConsentService/WithdrawConsent`.
    public enum WithdrawConsent {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_WithdrawConsentRequest

      /// What a caller gets.
      public typealias Output = SwiftProtobuf.Google_Protobuf_Empty

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_ConsentService.descriptor, method: "WithdrawConsent",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      LookUpConsent.descriptor,
      DecideConsent.descriptor,
      ListOwnConsents.descriptor,
      WithdrawConsent.descriptor,
    ]
  }
}

extension Artel_People_V1_ConsentService {
  /// What people allow apps of others: an app that is not the tenant's own asks once for what it wants,
  /// and each person may take it back.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Returns what an app asks for: what the page at `/sign-in` shows.
    func lookUpConsent(
      request: RPC.ServerRequest<Artel_People_V1_LookUpConsentRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_ConsentQuestion>

    /// Allows or denies what an app asks for, once. What is allowed is remembered until it is withdrawn.
    func decideConsent(
      request: RPC.ServerRequest<Artel_People_V1_DecideConsentRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_ConsentDecision>

    /// Lists what the caller has allowed, in the order of the apps' identifiers.
    func listOwnConsents(
      request: RPC.ServerRequest<Artel_People_V1_ListOwnConsentsRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_ListOwnConsentsResponse>

    /// Takes back what the caller has allowed an app: its refresh tokens end at once, its access tokens
    /// within a second.
    func withdrawConsent(
      request: RPC.ServerRequest<Artel_People_V1_WithdrawConsentRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<SwiftProtobuf.Google_Protobuf_Empty>
  }

  /// What people allow apps of others: an app that is not the tenant's own asks once for what it wants,
  /// and each person may take it back.
  public protocol SimpleServiceProtocol: Artel_People_V1_ConsentService.ServiceProtocol {
    /// Returns what an app asks for: what the page at `/sign-in` shows.
    func lookUpConsent(
      request: Artel_People_V1_LookUpConsentRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_ConsentQuestion

    /// Allows or denies what an app asks for, once. What is allowed is remembered until it is withdrawn.
    func decideConsent(
      request: Artel_People_V1_DecideConsentRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_ConsentDecision

    /// Lists what the caller has allowed, in the order of the apps' identifiers.
    func listOwnConsents(
      request: Artel_People_V1_ListOwnConsentsRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_ListOwnConsentsResponse

    /// Takes back what the caller has allowed an app: its refresh tokens end at once, its access tokens
    /// within a second.
    func withdrawConsent(
      request: Artel_People_V1_WithdrawConsentRequest,
      context: RPC.ServerContext
    ) async throws -> SwiftProtobuf.Google_Protobuf_Empty
  }
}

extension Artel_People_V1_ConsentService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_People_V1_ConsentService.Method.LookUpConsent.descriptor,
      request: Artel_People_V1_ConsentService.Method.LookUpConsent.Input.self, response: Artel_People_V1_ConsentService.Method.LookUpConsent.Output.self,
      fullHandler: { request, context in
        try await self.lookUpConsent(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_ConsentService.Method.DecideConsent.descriptor,
      request: Artel_People_V1_ConsentService.Method.DecideConsent.Input.self, response: Artel_People_V1_ConsentService.Method.DecideConsent.Output.self,
      fullHandler: { request, context in
        try await self.decideConsent(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_ConsentService.Method.ListOwnConsents.descriptor,
      request: Artel_People_V1_ConsentService.Method.ListOwnConsents.Input.self, response: Artel_People_V1_ConsentService.Method.ListOwnConsents.Output.self,
      fullHandler: { request, context in
        try await self.listOwnConsents(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_ConsentService.Method.WithdrawConsent.descriptor,
      request: Artel_People_V1_ConsentService.Method.WithdrawConsent.Input.self, response: Artel_People_V1_ConsentService.Method.WithdrawConsent.Output.self,
      fullHandler: { request, context in
        try await self.withdrawConsent(request: request, context: context)
      })
  }
}

extension Artel_People_V1_ConsentService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_People_V1_ConsentService.Method.LookUpConsent.descriptor,
      request: Artel_People_V1_ConsentService.Method.LookUpConsent.Input.self, response: Artel_People_V1_ConsentService.Method.LookUpConsent.Output.self,
      handler: { request, context in
        try await self.lookUpConsent(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_ConsentService.Method.DecideConsent.descriptor,
      request: Artel_People_V1_ConsentService.Method.DecideConsent.Input.self, response: Artel_People_V1_ConsentService.Method.DecideConsent.Output.self,
      handler: { request, context in
        try await self.decideConsent(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_ConsentService.Method.ListOwnConsents.descriptor,
      request: Artel_People_V1_ConsentService.Method.ListOwnConsents.Input.self, response: Artel_People_V1_ConsentService.Method.ListOwnConsents.Output.self,
      handler: { request, context in
        try await self.listOwnConsents(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_ConsentService.Method.WithdrawConsent.descriptor,
      request: Artel_People_V1_ConsentService.Method.WithdrawConsent.Input.self, response: Artel_People_V1_ConsentService.Method.WithdrawConsent.Output.self,
      handler: { request, context in
        try await self.withdrawConsent(request: request, context: context)
      })
  }
}

extension Artel_People_V1_ConsentService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func lookUpConsent(
    request: RPC.ServerRequest<Artel_People_V1_LookUpConsentRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_ConsentQuestion> {
    RPC.ServerResponse(
      message: try await self.lookUpConsent(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func decideConsent(
    request: RPC.ServerRequest<Artel_People_V1_DecideConsentRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_ConsentDecision> {
    RPC.ServerResponse(
      message: try await self.decideConsent(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func listOwnConsents(
    request: RPC.ServerRequest<Artel_People_V1_ListOwnConsentsRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_ListOwnConsentsResponse> {
    RPC.ServerResponse(
      message: try await self.listOwnConsents(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func withdrawConsent(
    request: RPC.ServerRequest<Artel_People_V1_WithdrawConsentRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<SwiftProtobuf.Google_Protobuf_Empty> {
    RPC.ServerResponse(
      message: try await self.withdrawConsent(request: request.message, context: context))
  }
}

extension Artel_People_V1_ConsentService {
  /// What people allow apps of others: an app that is not the tenant's own asks once for what it wants,
  /// and each person may take it back.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Returns what an app asks for: what the page at `/sign-in` shows.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func lookUpConsent(
      _ message: Artel_People_V1_LookUpConsentRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_ConsentQuestion {
      try await client.unary(
        Method.LookUpConsent.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_ConsentQuestion.self)
    }

    /// Returns what an app asks for: what the page at `/sign-in` shows.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func lookUpConsent(
      _ request: RPC.ClientRequest<Artel_People_V1_LookUpConsentRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_ConsentQuestion> {
      try await client.unary(
        Method.LookUpConsent.descriptor, request, options: options, as: Artel_People_V1_ConsentQuestion.self)
    }

    /// Allows or denies what an app asks for, once. What is allowed is remembered until it is withdrawn.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func decideConsent(
      _ message: Artel_People_V1_DecideConsentRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_ConsentDecision {
      try await client.unary(
        Method.DecideConsent.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_ConsentDecision.self)
    }

    /// Allows or denies what an app asks for, once. What is allowed is remembered until it is withdrawn.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func decideConsent(
      _ request: RPC.ClientRequest<Artel_People_V1_DecideConsentRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_ConsentDecision> {
      try await client.unary(
        Method.DecideConsent.descriptor, request, options: options, as: Artel_People_V1_ConsentDecision.self)
    }

    /// Lists what the caller has allowed, in the order of the apps' identifiers.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listOwnConsents(
      _ message: Artel_People_V1_ListOwnConsentsRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_ListOwnConsentsResponse {
      try await client.unary(
        Method.ListOwnConsents.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_ListOwnConsentsResponse.self)
    }

    /// Lists what the caller has allowed, in the order of the apps' identifiers.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listOwnConsents(
      _ request: RPC.ClientRequest<Artel_People_V1_ListOwnConsentsRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_ListOwnConsentsResponse> {
      try await client.unary(
        Method.ListOwnConsents.descriptor, request, options: options, as: Artel_People_V1_ListOwnConsentsResponse.self)
    }

    /// Takes back what the caller has allowed an app: its refresh tokens end at once, its access tokens
    /// within a second.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func withdrawConsent(
      _ message: Artel_People_V1_WithdrawConsentRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> SwiftProtobuf.Google_Protobuf_Empty {
      try await client.unary(
        Method.WithdrawConsent.descriptor, message, metadata: metadata, options: options, as: SwiftProtobuf.Google_Protobuf_Empty.self)
    }

    /// Takes back what the caller has allowed an app: its refresh tokens end at once, its access tokens
    /// within a second.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func withdrawConsent(
      _ request: RPC.ClientRequest<Artel_People_V1_WithdrawConsentRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<SwiftProtobuf.Google_Protobuf_Empty> {
      try await client.unary(
        Method.WithdrawConsent.descriptor, request, options: options, as: SwiftProtobuf.Google_Protobuf_Empty.self)
    }
  }
}
