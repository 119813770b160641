// Written by protoc-gen-artel from artel/people/v1/role_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC
import SwiftProtobuf

/// The roles of the caller's tenant.
public enum Artel_People_V1_RoleService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "artel.people.v1.RoleService")

  /// The service's methods.
  public enum Method {
    /// `artel.people.v1.RoleService/CreateRole`.
    public enum CreateRole {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_CreateRoleRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_Role

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_RoleService.descriptor, method: "CreateRole",
        kind: .unary)
    }

    /// `artel.people.v1.RoleService/ListRoles`.
    public enum ListRoles {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_ListRolesRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_ListRolesResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_RoleService.descriptor, method: "ListRoles",
        kind: .unary)
    }

    /// `artel.people.v1.RoleService/UpdateRole`.
    public enum UpdateRole {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_UpdateRoleRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_Role

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_RoleService.descriptor, method: "UpdateRole",
        kind: .unary)
    }

    /// `artel.people.v1.RoleService/DeleteRole`.
    public enum DeleteRole {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_DeleteRoleRequest

      /// What a caller gets.
      public typealias Output = SwiftProtobuf.Google_Protobuf_Empty

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_RoleService.descriptor, method: "DeleteRole",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      CreateRole.descriptor,
      ListRoles.descriptor,
      UpdateRole.descriptor,
      DeleteRole.descriptor,
    ]
  }
}

extension Artel_People_V1_RoleService {
  /// The roles of the caller's tenant.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Creates a role. A role that is there and asks for the same is returned.
    func createRole(
      request: RPC.ServerRequest<Artel_People_V1_CreateRoleRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_Role>

    /// Lists the roles in the order of their names.
    func listRoles(
      request: RPC.ServerRequest<Artel_People_V1_ListRolesRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_ListRolesResponse>

    /// Changes a role, for tokens issued from then on.
    func updateRole(
      request: RPC.ServerRequest<Artel_People_V1_UpdateRoleRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_Role>

    /// Deletes a role that no member holds.
    func deleteRole(
      request: RPC.ServerRequest<Artel_People_V1_DeleteRoleRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<SwiftProtobuf.Google_Protobuf_Empty>
  }

  /// The roles of the caller's tenant.
  public protocol SimpleServiceProtocol: Artel_People_V1_RoleService.ServiceProtocol {
    /// Creates a role. A role that is there and asks for the same is returned.
    func createRole(
      request: Artel_People_V1_CreateRoleRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_Role

    /// Lists the roles in the order of their names.
    func listRoles(
      request: Artel_People_V1_ListRolesRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_ListRolesResponse

    /// Changes a role, for tokens issued from then on.
    func updateRole(
      request: Artel_People_V1_UpdateRoleRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_Role

    /// Deletes a role that no member holds.
    func deleteRole(
      request: Artel_People_V1_DeleteRoleRequest,
      context: RPC.ServerContext
    ) async throws -> SwiftProtobuf.Google_Protobuf_Empty
  }
}

extension Artel_People_V1_RoleService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_People_V1_RoleService.Method.CreateRole.descriptor,
      request: Artel_People_V1_RoleService.Method.CreateRole.Input.self, response: Artel_People_V1_RoleService.Method.CreateRole.Output.self,
      fullHandler: { request, context in
        try await self.createRole(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_RoleService.Method.ListRoles.descriptor,
      request: Artel_People_V1_RoleService.Method.ListRoles.Input.self, response: Artel_People_V1_RoleService.Method.ListRoles.Output.self,
      fullHandler: { request, context in
        try await self.listRoles(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_RoleService.Method.UpdateRole.descriptor,
      request: Artel_People_V1_RoleService.Method.UpdateRole.Input.self, response: Artel_People_V1_RoleService.Method.UpdateRole.Output.self,
      fullHandler: { request, context in
        try await self.updateRole(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_RoleService.Method.DeleteRole.descriptor,
      request: Artel_People_V1_RoleService.Method.DeleteRole.Input.self, response: Artel_People_V1_RoleService.Method.DeleteRole.Output.self,
      fullHandler: { request, context in
        try await self.deleteRole(request: request, context: context)
      })
  }
}

extension Artel_People_V1_RoleService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_People_V1_RoleService.Method.CreateRole.descriptor,
      request: Artel_People_V1_RoleService.Method.CreateRole.Input.self, response: Artel_People_V1_RoleService.Method.CreateRole.Output.self,
      handler: { request, context in
        try await self.createRole(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_RoleService.Method.ListRoles.descriptor,
      request: Artel_People_V1_RoleService.Method.ListRoles.Input.self, response: Artel_People_V1_RoleService.Method.ListRoles.Output.self,
      handler: { request, context in
        try await self.listRoles(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_RoleService.Method.UpdateRole.descriptor,
      request: Artel_People_V1_RoleService.Method.UpdateRole.Input.self, response: Artel_People_V1_RoleService.Method.UpdateRole.Output.self,
      handler: { request, context in
        try await self.updateRole(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_RoleService.Method.DeleteRole.descriptor,
      request: Artel_People_V1_RoleService.Method.DeleteRole.Input.self, response: Artel_People_V1_RoleService.Method.DeleteRole.Output.self,
      handler: { request, context in
        try await self.deleteRole(request: request, context: context)
      })
  }
}

extension Artel_People_V1_RoleService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func createRole(
    request: RPC.ServerRequest<Artel_People_V1_CreateRoleRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_Role> {
    RPC.ServerResponse(
      message: try await self.createRole(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func listRoles(
    request: RPC.ServerRequest<Artel_People_V1_ListRolesRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_ListRolesResponse> {
    RPC.ServerResponse(
      message: try await self.listRoles(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func updateRole(
    request: RPC.ServerRequest<Artel_People_V1_UpdateRoleRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_Role> {
    RPC.ServerResponse(
      message: try await self.updateRole(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func deleteRole(
    request: RPC.ServerRequest<Artel_People_V1_DeleteRoleRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<SwiftProtobuf.Google_Protobuf_Empty> {
    RPC.ServerResponse(
      message: try await self.deleteRole(request: request.message, context: context))
  }
}

extension Artel_People_V1_RoleService {
  /// The roles of the caller's tenant.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Creates a role. A role that is there and asks for the same is returned.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createRole(
      _ message: Artel_People_V1_CreateRoleRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_Role {
      try await client.unary(
        Method.CreateRole.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_Role.self)
    }

    /// Creates a role. A role that is there and asks for the same is returned.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createRole(
      _ request: RPC.ClientRequest<Artel_People_V1_CreateRoleRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_Role> {
      try await client.unary(
        Method.CreateRole.descriptor, request, options: options, as: Artel_People_V1_Role.self)
    }

    /// Lists the roles in the order of their names.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listRoles(
      _ message: Artel_People_V1_ListRolesRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_ListRolesResponse {
      try await client.unary(
        Method.ListRoles.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_ListRolesResponse.self)
    }

    /// Lists the roles in the order of their names.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listRoles(
      _ request: RPC.ClientRequest<Artel_People_V1_ListRolesRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_ListRolesResponse> {
      try await client.unary(
        Method.ListRoles.descriptor, request, options: options, as: Artel_People_V1_ListRolesResponse.self)
    }

    /// Changes a role, for tokens issued from then on.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func updateRole(
      _ message: Artel_People_V1_UpdateRoleRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_Role {
      try await client.unary(
        Method.UpdateRole.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_Role.self)
    }

    /// Changes a role, for tokens issued from then on.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func updateRole(
      _ request: RPC.ClientRequest<Artel_People_V1_UpdateRoleRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_Role> {
      try await client.unary(
        Method.UpdateRole.descriptor, request, options: options, as: Artel_People_V1_Role.self)
    }

    /// Deletes a role that no member holds.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func deleteRole(
      _ message: Artel_People_V1_DeleteRoleRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> SwiftProtobuf.Google_Protobuf_Empty {
      try await client.unary(
        Method.DeleteRole.descriptor, message, metadata: metadata, options: options, as: SwiftProtobuf.Google_Protobuf_Empty.self)
    }

    /// Deletes a role that no member holds.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func deleteRole(
      _ request: RPC.ClientRequest<Artel_People_V1_DeleteRoleRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<SwiftProtobuf.Google_Protobuf_Empty> {
      try await client.unary(
        Method.DeleteRole.descriptor, request, options: options, as: SwiftProtobuf.Google_Protobuf_Empty.self)
    }
  }
}
