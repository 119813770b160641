// Written by protoc-gen-artel from artel/people/v1/passkey_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC
import SwiftProtobuf

/// The passkeys of the caller, and those of members for administrators. A passkey counts as both
/// factors: it is something that one has, and asks its owner for a PIN, a finger or a face.
public enum Artel_People_V1_PasskeyService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "artel.people.v1.PasskeyService")

  /// The service's methods.
  public enum Method {
    /// `artel.people.v1.PasskeyService/BeginPasskeyCreation`.
    public enum BeginPasskeyCreation {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_BeginPasskeyCreationRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_PasskeyCreation

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_PasskeyService.descriptor, method: "BeginPasskeyCreation",
        kind: .unary)
    }

    /// `artel.people.v1.PasskeyService/CreatePasskey`.
    public enum CreatePasskey {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_CreatePasskeyRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_Passkey

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_PasskeyService.descriptor, method: "CreatePasskey",
        kind: .unary)
    }

    /// `artel.people.v1.PasskeyService/ListPasskeys`.
    public enum ListPasskeys {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_ListPasskeysRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_ListPasskeysResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_PasskeyService.descriptor, method: "ListPasskeys",
        kind: .unary)
    }

    /// `artel.people.v1.PasskeyService/UpdatePasskey`.
    public enum UpdatePasskey {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_UpdatePasskeyRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_Passkey

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_PasskeyService.descriptor, method: "UpdatePasskey",
        kind: .unary)
    }

    /// `artel.people.v1.PasskeyService/DeletePasskey`.
    public enum DeletePasskey {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_DeletePasskeyRequest

      /// What a caller gets.
      public typealias Output = SwiftProtobuf.Google_Protobuf_Empty

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_PasskeyService.descriptor, method: "DeletePasskey",
        kind: .unary)
    }

    /// `artel.people.v1.PasskeyService/ListMemberPasskeys`.
    public enum ListMemberPasskeys {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_ListMemberPasskeysRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_ListMemberPasskeysResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_PasskeyService.descriptor, method: "ListMemberPasskeys",
        kind: .unary)
    }

    /// `artel.people.v1.PasskeyService/DeleteMemberPasskey`.
    public enum DeleteMemberPasskey {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_DeleteMemberPasskeyRequest

      /// What a caller gets.
      public typealias Output = SwiftProtobuf.Google_Protobuf_Empty

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_PasskeyService.descriptor, method: "DeleteMemberPasskey",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      BeginPasskeyCreation.descriptor,
      CreatePasskey.descriptor,
      ListPasskeys.descriptor,
      UpdatePasskey.descriptor,
      DeletePasskey.descriptor,
      ListMemberPasskeys.descriptor,
      DeleteMemberPasskey.descriptor,
    ]
  }
}

extension Artel_People_V1_PasskeyService {
  /// The passkeys of the caller, and those of members for administrators. A passkey counts as both
  /// factors: it is something that one has, and asks its owner for a PIN, a finger or a face.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Begins to make a passkey for the caller, who has just signed in.
    func beginPasskeyCreation(
      request: RPC.ServerRequest<Artel_People_V1_BeginPasskeyCreationRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_PasskeyCreation>

    /// Keeps the passkey that was made.
    func createPasskey(
      request: RPC.ServerRequest<Artel_People_V1_CreatePasskeyRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_Passkey>

    /// Lists the caller's passkeys, the oldest first. There are twenty at most.
    func listPasskeys(
      request: RPC.ServerRequest<Artel_People_V1_ListPasskeysRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_ListPasskeysResponse>

    /// Changes what the caller calls a passkey.
    func updatePasskey(
      request: RPC.ServerRequest<Artel_People_V1_UpdatePasskeyRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_Passkey>

    /// Forgets a passkey of the caller: nobody signs in with it any more.
    func deletePasskey(
      request: RPC.ServerRequest<Artel_People_V1_DeletePasskeyRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<SwiftProtobuf.Google_Protobuf_Empty>

    /// Lists a member's passkeys, the oldest first.
    func listMemberPasskeys(
      request: RPC.ServerRequest<Artel_People_V1_ListMemberPasskeysRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_ListMemberPasskeysResponse>

    /// Forgets a passkey of a member, who may have lost the device.
    func deleteMemberPasskey(
      request: RPC.ServerRequest<Artel_People_V1_DeleteMemberPasskeyRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<SwiftProtobuf.Google_Protobuf_Empty>
  }

  /// The passkeys of the caller, and those of members for administrators. A passkey counts as both
  /// factors: it is something that one has, and asks its owner for a PIN, a finger or a face.
  public protocol SimpleServiceProtocol: Artel_People_V1_PasskeyService.ServiceProtocol {
    /// Begins to make a passkey for the caller, who has just signed in.
    func beginPasskeyCreation(
      request: Artel_People_V1_BeginPasskeyCreationRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_PasskeyCreation

    /// Keeps the passkey that was made.
    func createPasskey(
      request: Artel_People_V1_CreatePasskeyRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_Passkey

    /// Lists the caller's passkeys, the oldest first. There are twenty at most.
    func listPasskeys(
      request: Artel_People_V1_ListPasskeysRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_ListPasskeysResponse

    /// Changes what the caller calls a passkey.
    func updatePasskey(
      request: Artel_People_V1_UpdatePasskeyRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_Passkey

    /// Forgets a passkey of the caller: nobody signs in with it any more.
    func deletePasskey(
      request: Artel_People_V1_DeletePasskeyRequest,
      context: RPC.ServerContext
    ) async throws -> SwiftProtobuf.Google_Protobuf_Empty

    /// Lists a member's passkeys, the oldest first.
    func listMemberPasskeys(
      request: Artel_People_V1_ListMemberPasskeysRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_ListMemberPasskeysResponse

    /// Forgets a passkey of a member, who may have lost the device.
    func deleteMemberPasskey(
      request: Artel_People_V1_DeleteMemberPasskeyRequest,
      context: RPC.ServerContext
    ) async throws -> SwiftProtobuf.Google_Protobuf_Empty
  }
}

extension Artel_People_V1_PasskeyService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_People_V1_PasskeyService.Method.BeginPasskeyCreation.descriptor,
      request: Artel_People_V1_PasskeyService.Method.BeginPasskeyCreation.Input.self, response: Artel_People_V1_PasskeyService.Method.BeginPasskeyCreation.Output.self,
      fullHandler: { request, context in
        try await self.beginPasskeyCreation(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_PasskeyService.Method.CreatePasskey.descriptor,
      request: Artel_People_V1_PasskeyService.Method.CreatePasskey.Input.self, response: Artel_People_V1_PasskeyService.Method.CreatePasskey.Output.self,
      fullHandler: { request, context in
        try await self.createPasskey(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_PasskeyService.Method.ListPasskeys.descriptor,
      request: Artel_People_V1_PasskeyService.Method.ListPasskeys.Input.self, response: Artel_People_V1_PasskeyService.Method.ListPasskeys.Output.self,
      fullHandler: { request, context in
        try await self.listPasskeys(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_PasskeyService.Method.UpdatePasskey.descriptor,
      request: Artel_People_V1_PasskeyService.Method.UpdatePasskey.Input.self, response: Artel_People_V1_PasskeyService.Method.UpdatePasskey.Output.self,
      fullHandler: { request, context in
        try await self.updatePasskey(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_PasskeyService.Method.DeletePasskey.descriptor,
      request: Artel_People_V1_PasskeyService.Method.DeletePasskey.Input.self, response: Artel_People_V1_PasskeyService.Method.DeletePasskey.Output.self,
      fullHandler: { request, context in
        try await self.deletePasskey(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_PasskeyService.Method.ListMemberPasskeys.descriptor,
      request: Artel_People_V1_PasskeyService.Method.ListMemberPasskeys.Input.self, response: Artel_People_V1_PasskeyService.Method.ListMemberPasskeys.Output.self,
      fullHandler: { request, context in
        try await self.listMemberPasskeys(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_PasskeyService.Method.DeleteMemberPasskey.descriptor,
      request: Artel_People_V1_PasskeyService.Method.DeleteMemberPasskey.Input.self, response: Artel_People_V1_PasskeyService.Method.DeleteMemberPasskey.Output.self,
      fullHandler: { request, context in
        try await self.deleteMemberPasskey(request: request, context: context)
      })
  }
}

extension Artel_People_V1_PasskeyService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_People_V1_PasskeyService.Method.BeginPasskeyCreation.descriptor,
      request: Artel_People_V1_PasskeyService.Method.BeginPasskeyCreation.Input.self, response: Artel_People_V1_PasskeyService.Method.BeginPasskeyCreation.Output.self,
      handler: { request, context in
        try await self.beginPasskeyCreation(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_PasskeyService.Method.CreatePasskey.descriptor,
      request: Artel_People_V1_PasskeyService.Method.CreatePasskey.Input.self, response: Artel_People_V1_PasskeyService.Method.CreatePasskey.Output.self,
      handler: { request, context in
        try await self.createPasskey(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_PasskeyService.Method.ListPasskeys.descriptor,
      request: Artel_People_V1_PasskeyService.Method.ListPasskeys.Input.self, response: Artel_People_V1_PasskeyService.Method.ListPasskeys.Output.self,
      handler: { request, context in
        try await self.listPasskeys(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_PasskeyService.Method.UpdatePasskey.descriptor,
      request: Artel_People_V1_PasskeyService.Method.UpdatePasskey.Input.self, response: Artel_People_V1_PasskeyService.Method.UpdatePasskey.Output.self,
      handler: { request, context in
        try await self.updatePasskey(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_PasskeyService.Method.DeletePasskey.descriptor,
      request: Artel_People_V1_PasskeyService.Method.DeletePasskey.Input.self, response: Artel_People_V1_PasskeyService.Method.DeletePasskey.Output.self,
      handler: { request, context in
        try await self.deletePasskey(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_PasskeyService.Method.ListMemberPasskeys.descriptor,
      request: Artel_People_V1_PasskeyService.Method.ListMemberPasskeys.Input.self, response: Artel_People_V1_PasskeyService.Method.ListMemberPasskeys.Output.self,
      handler: { request, context in
        try await self.listMemberPasskeys(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_PasskeyService.Method.DeleteMemberPasskey.descriptor,
      request: Artel_People_V1_PasskeyService.Method.DeleteMemberPasskey.Input.self, response: Artel_People_V1_PasskeyService.Method.DeleteMemberPasskey.Output.self,
      handler: { request, context in
        try await self.deleteMemberPasskey(request: request, context: context)
      })
  }
}

extension Artel_People_V1_PasskeyService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func beginPasskeyCreation(
    request: RPC.ServerRequest<Artel_People_V1_BeginPasskeyCreationRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_PasskeyCreation> {
    RPC.ServerResponse(
      message: try await self.beginPasskeyCreation(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func createPasskey(
    request: RPC.ServerRequest<Artel_People_V1_CreatePasskeyRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_Passkey> {
    RPC.ServerResponse(
      message: try await self.createPasskey(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func listPasskeys(
    request: RPC.ServerRequest<Artel_People_V1_ListPasskeysRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_ListPasskeysResponse> {
    RPC.ServerResponse(
      message: try await self.listPasskeys(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func updatePasskey(
    request: RPC.ServerRequest<Artel_People_V1_UpdatePasskeyRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_Passkey> {
    RPC.ServerResponse(
      message: try await self.updatePasskey(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func deletePasskey(
    request: RPC.ServerRequest<Artel_People_V1_DeletePasskeyRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<SwiftProtobuf.Google_Protobuf_Empty> {
    RPC.ServerResponse(
      message: try await self.deletePasskey(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func listMemberPasskeys(
    request: RPC.ServerRequest<Artel_People_V1_ListMemberPasskeysRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_ListMemberPasskeysResponse> {
    RPC.ServerResponse(
      message: try await self.listMemberPasskeys(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func deleteMemberPasskey(
    request: RPC.ServerRequest<Artel_People_V1_DeleteMemberPasskeyRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<SwiftProtobuf.Google_Protobuf_Empty> {
    RPC.ServerResponse(
      message: try await self.deleteMemberPasskey(request: request.message, context: context))
  }
}

extension Artel_People_V1_PasskeyService {
  /// The passkeys of the caller, and those of members for administrators. A passkey counts as both
  /// factors: it is something that one has, and asks its owner for a PIN, a finger or a face.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Begins to make a passkey for the caller, who has just signed in.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func beginPasskeyCreation(
      _ message: Artel_People_V1_BeginPasskeyCreationRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_PasskeyCreation {
      try await client.unary(
        Method.BeginPasskeyCreation.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_PasskeyCreation.self)
    }

    /// Begins to make a passkey for the caller, who has just signed in.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func beginPasskeyCreation(
      _ request: RPC.ClientRequest<Artel_People_V1_BeginPasskeyCreationRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_PasskeyCreation> {
      try await client.unary(
        Method.BeginPasskeyCreation.descriptor, request, options: options, as: Artel_People_V1_PasskeyCreation.self)
    }

    /// Keeps the passkey that was made.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createPasskey(
      _ message: Artel_People_V1_CreatePasskeyRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_Passkey {
      try await client.unary(
        Method.CreatePasskey.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_Passkey.self)
    }

    /// Keeps the passkey that was made.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createPasskey(
      _ request: RPC.ClientRequest<Artel_People_V1_CreatePasskeyRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_Passkey> {
      try await client.unary(
        Method.CreatePasskey.descriptor, request, options: options, as: Artel_People_V1_Passkey.self)
    }

    /// Lists the caller's passkeys, the oldest first. There are twenty at most.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listPasskeys(
      _ message: Artel_People_V1_ListPasskeysRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_ListPasskeysResponse {
      try await client.unary(
        Method.ListPasskeys.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_ListPasskeysResponse.self)
    }

    /// Lists the caller's passkeys, the oldest first. There are twenty at most.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listPasskeys(
      _ request: RPC.ClientRequest<Artel_People_V1_ListPasskeysRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_ListPasskeysResponse> {
      try await client.unary(
        Method.ListPasskeys.descriptor, request, options: options, as: Artel_People_V1_ListPasskeysResponse.self)
    }

    /// Changes what the caller calls a passkey.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func updatePasskey(
      _ message: Artel_People_V1_UpdatePasskeyRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_Passkey {
      try await client.unary(
        Method.UpdatePasskey.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_Passkey.self)
    }

    /// Changes what the caller calls a passkey.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func updatePasskey(
      _ request: RPC.ClientRequest<Artel_People_V1_UpdatePasskeyRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_Passkey> {
      try await client.unary(
        Method.UpdatePasskey.descriptor, request, options: options, as: Artel_People_V1_Passkey.self)
    }

    /// Forgets a passkey of the caller: nobody signs in with it any more.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func deletePasskey(
      _ message: Artel_People_V1_DeletePasskeyRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> SwiftProtobuf.Google_Protobuf_Empty {
      try await client.unary(
        Method.DeletePasskey.descriptor, message, metadata: metadata, options: options, as: SwiftProtobuf.Google_Protobuf_Empty.self)
    }

    /// Forgets a passkey of the caller: nobody signs in with it any more.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func deletePasskey(
      _ request: RPC.ClientRequest<Artel_People_V1_DeletePasskeyRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<SwiftProtobuf.Google_Protobuf_Empty> {
      try await client.unary(
        Method.DeletePasskey.descriptor, request, options: options, as: SwiftProtobuf.Google_Protobuf_Empty.self)
    }

    /// Lists a member's passkeys, the oldest first.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listMemberPasskeys(
      _ message: Artel_People_V1_ListMemberPasskeysRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_ListMemberPasskeysResponse {
      try await client.unary(
        Method.ListMemberPasskeys.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_ListMemberPasskeysResponse.self)
    }

    /// Lists a member's passkeys, the oldest first.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listMemberPasskeys(
      _ request: RPC.ClientRequest<Artel_People_V1_ListMemberPasskeysRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_ListMemberPasskeysResponse> {
      try await client.unary(
        Method.ListMemberPasskeys.descriptor, request, options: options, as: Artel_People_V1_ListMemberPasskeysResponse.self)
    }

    /// Forgets a passkey of a member, who may have lost the device.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func deleteMemberPasskey(
      _ message: Artel_People_V1_DeleteMemberPasskeyRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> SwiftProtobuf.Google_Protobuf_Empty {
      try await client.unary(
        Method.DeleteMemberPasskey.descriptor, message, metadata: metadata, options: options, as: SwiftProtobuf.Google_Protobuf_Empty.self)
    }

    /// Forgets a passkey of a member, who may have lost the device.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func deleteMemberPasskey(
      _ request: RPC.ClientRequest<Artel_People_V1_DeleteMemberPasskeyRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<SwiftProtobuf.Google_Protobuf_Empty> {
      try await client.unary(
        Method.DeleteMemberPasskey.descriptor, request, options: options, as: SwiftProtobuf.Google_Protobuf_Empty.self)
    }
  }
}
