// Written by protoc-gen-artel from artel/residential/v1/directory_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// Keeps the complex's buildings: properties, their access points, units and who lives there.
///
/// A person sees only the units of which it is a member, and what those units may open. Services
/// and administrators of the complex see all of it.
public enum Artel_Residential_V1_DirectoryService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "artel.residential.v1.DirectoryService")

  /// The service's methods.
  public enum Method {
    /// `artel.residential.v1.DirectoryService/GetProperty`.
    public enum GetProperty {
      /// What a caller sends.
      public typealias Input = Artel_Residential_V1_GetPropertyRequest

      /// What a caller gets.
      public typealias Output = Artel_Residential_V1_Property

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Residential_V1_DirectoryService.descriptor, method: "GetProperty",
        kind: .unary)
    }

    /// `artel.residential.v1.DirectoryService/ListProperties`.
    public enum ListProperties {
      /// What a caller sends.
      public typealias Input = Artel_Residential_V1_ListPropertiesRequest

      /// What a caller gets.
      public typealias Output = Artel_Residential_V1_ListPropertiesResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Residential_V1_DirectoryService.descriptor, method: "ListProperties",
        kind: .unary)
    }

    /// `artel.residential.v1.DirectoryService/CreateProperty`.
    public enum CreateProperty {
      /// What a caller sends.
      public typealias Input = Artel_Residential_V1_CreatePropertyRequest

      /// What a caller gets.
      public typealias Output = Artel_Residential_V1_Property

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Residential_V1_DirectoryService.descriptor, method: "CreateProperty",
        kind: .unary)
    }

    /// `artel.residential.v1.DirectoryService/GetUnit`.
    public enum GetUnit {
      /// What a caller sends.
      public typealias Input = Artel_Residential_V1_GetUnitRequest

      /// What a caller gets.
      public typealias Output = Artel_Residential_V1_Unit

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Residential_V1_DirectoryService.descriptor, method: "GetUnit",
        kind: .unary)
    }

    /// `artel.residential.v1.DirectoryService/ListUnits`.
    public enum ListUnits {
      /// What a caller sends.
      public typealias Input = Artel_Residential_V1_ListUnitsRequest

      /// What a caller gets.
      public typealias Output = Artel_Residential_V1_ListUnitsResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Residential_V1_DirectoryService.descriptor, method: "ListUnits",
        kind: .unary)
    }

    /// `artel.residential.v1.DirectoryService/CreateUnit`.
    public enum CreateUnit {
      /// What a caller sends.
      public typealias Input = Artel_Residential_V1_CreateUnitRequest

      /// What a caller gets.
      public typealias Output = Artel_Residential_V1_Unit

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Residential_V1_DirectoryService.descriptor, method: "CreateUnit",
        kind: .unary)
    }

    /// `artel.residential.v1.DirectoryService/ListMembers`.
    public enum ListMembers {
      /// What a caller sends.
      public typealias Input = Artel_Residential_V1_ListMembersRequest

      /// What a caller gets.
      public typealias Output = Artel_Residential_V1_ListMembersResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Residential_V1_DirectoryService.descriptor, method: "ListMembers",
        kind: .unary)
    }

    /// `artel.residential.v1.DirectoryService/CreateMember`.
    public enum CreateMember {
      /// What a caller sends.
      public typealias Input = Artel_Residential_V1_CreateMemberRequest

      /// What a caller gets.
      public typealias Output = Artel_Residential_V1_Member

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Residential_V1_DirectoryService.descriptor, method: "CreateMember",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      GetProperty.descriptor,
      ListProperties.descriptor,
      CreateProperty.descriptor,
      GetUnit.descriptor,
      ListUnits.descriptor,
      CreateUnit.descriptor,
      ListMembers.descriptor,
      CreateMember.descriptor,
    ]
  }
}

extension Artel_Residential_V1_DirectoryService {
  /// Keeps the complex's buildings: properties, their access points, units and who lives there.
  ///
  /// A person sees only the units of which it is a member, and what those units may open. Services
  /// and administrators of the complex see all of it.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Returns a property.
    func getProperty(
      request: RPC.ServerRequest<Artel_Residential_V1_GetPropertyRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Property>

    /// Lists properties in the order of their names.
    func listProperties(
      request: RPC.ServerRequest<Artel_Residential_V1_ListPropertiesRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Residential_V1_ListPropertiesResponse>

    /// Creates a property.
    func createProperty(
      request: RPC.ServerRequest<Artel_Residential_V1_CreatePropertyRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Property>

    /// Returns a unit.
    func getUnit(
      request: RPC.ServerRequest<Artel_Residential_V1_GetUnitRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Unit>

    /// Lists units in the order of their names: to a person, its own.
    func listUnits(
      request: RPC.ServerRequest<Artel_Residential_V1_ListUnitsRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Residential_V1_ListUnitsResponse>

    /// Creates a unit with the access points that it may open.
    func createUnit(
      request: RPC.ServerRequest<Artel_Residential_V1_CreateUnitRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Unit>

    /// Lists the members of a unit in the order of their names.
    func listMembers(
      request: RPC.ServerRequest<Artel_Residential_V1_ListMembersRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Residential_V1_ListMembersResponse>

    /// Makes a person a member of a unit.
    func createMember(
      request: RPC.ServerRequest<Artel_Residential_V1_CreateMemberRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Member>
  }

  /// Keeps the complex's buildings: properties, their access points, units and who lives there.
  ///
  /// A person sees only the units of which it is a member, and what those units may open. Services
  /// and administrators of the complex see all of it.
  public protocol SimpleServiceProtocol: Artel_Residential_V1_DirectoryService.ServiceProtocol {
    /// Returns a property.
    func getProperty(
      request: Artel_Residential_V1_GetPropertyRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Residential_V1_Property

    /// Lists properties in the order of their names.
    func listProperties(
      request: Artel_Residential_V1_ListPropertiesRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Residential_V1_ListPropertiesResponse

    /// Creates a property.
    func createProperty(
      request: Artel_Residential_V1_CreatePropertyRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Residential_V1_Property

    /// Returns a unit.
    func getUnit(
      request: Artel_Residential_V1_GetUnitRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Residential_V1_Unit

    /// Lists units in the order of their names: to a person, its own.
    func listUnits(
      request: Artel_Residential_V1_ListUnitsRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Residential_V1_ListUnitsResponse

    /// Creates a unit with the access points that it may open.
    func createUnit(
      request: Artel_Residential_V1_CreateUnitRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Residential_V1_Unit

    /// Lists the members of a unit in the order of their names.
    func listMembers(
      request: Artel_Residential_V1_ListMembersRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Residential_V1_ListMembersResponse

    /// Makes a person a member of a unit.
    func createMember(
      request: Artel_Residential_V1_CreateMemberRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Residential_V1_Member
  }
}

extension Artel_Residential_V1_DirectoryService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Residential_V1_DirectoryService.Method.GetProperty.descriptor,
      request: Artel_Residential_V1_DirectoryService.Method.GetProperty.Input.self, response: Artel_Residential_V1_DirectoryService.Method.GetProperty.Output.self,
      fullHandler: { request, context in
        try await self.getProperty(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_DirectoryService.Method.ListProperties.descriptor,
      request: Artel_Residential_V1_DirectoryService.Method.ListProperties.Input.self, response: Artel_Residential_V1_DirectoryService.Method.ListProperties.Output.self,
      fullHandler: { request, context in
        try await self.listProperties(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_DirectoryService.Method.CreateProperty.descriptor,
      request: Artel_Residential_V1_DirectoryService.Method.CreateProperty.Input.self, response: Artel_Residential_V1_DirectoryService.Method.CreateProperty.Output.self,
      fullHandler: { request, context in
        try await self.createProperty(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_DirectoryService.Method.GetUnit.descriptor,
      request: Artel_Residential_V1_DirectoryService.Method.GetUnit.Input.self, response: Artel_Residential_V1_DirectoryService.Method.GetUnit.Output.self,
      fullHandler: { request, context in
        try await self.getUnit(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_DirectoryService.Method.ListUnits.descriptor,
      request: Artel_Residential_V1_DirectoryService.Method.ListUnits.Input.self, response: Artel_Residential_V1_DirectoryService.Method.ListUnits.Output.self,
      fullHandler: { request, context in
        try await self.listUnits(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_DirectoryService.Method.CreateUnit.descriptor,
      request: Artel_Residential_V1_DirectoryService.Method.CreateUnit.Input.self, response: Artel_Residential_V1_DirectoryService.Method.CreateUnit.Output.self,
      fullHandler: { request, context in
        try await self.createUnit(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_DirectoryService.Method.ListMembers.descriptor,
      request: Artel_Residential_V1_DirectoryService.Method.ListMembers.Input.self, response: Artel_Residential_V1_DirectoryService.Method.ListMembers.Output.self,
      fullHandler: { request, context in
        try await self.listMembers(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_DirectoryService.Method.CreateMember.descriptor,
      request: Artel_Residential_V1_DirectoryService.Method.CreateMember.Input.self, response: Artel_Residential_V1_DirectoryService.Method.CreateMember.Output.self,
      fullHandler: { request, context in
        try await self.createMember(request: request, context: context)
      })
  }
}

extension Artel_Residential_V1_DirectoryService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Residential_V1_DirectoryService.Method.GetProperty.descriptor,
      request: Artel_Residential_V1_DirectoryService.Method.GetProperty.Input.self, response: Artel_Residential_V1_DirectoryService.Method.GetProperty.Output.self,
      handler: { request, context in
        try await self.getProperty(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_DirectoryService.Method.ListProperties.descriptor,
      request: Artel_Residential_V1_DirectoryService.Method.ListProperties.Input.self, response: Artel_Residential_V1_DirectoryService.Method.ListProperties.Output.self,
      handler: { request, context in
        try await self.listProperties(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_DirectoryService.Method.CreateProperty.descriptor,
      request: Artel_Residential_V1_DirectoryService.Method.CreateProperty.Input.self, response: Artel_Residential_V1_DirectoryService.Method.CreateProperty.Output.self,
      handler: { request, context in
        try await self.createProperty(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_DirectoryService.Method.GetUnit.descriptor,
      request: Artel_Residential_V1_DirectoryService.Method.GetUnit.Input.self, response: Artel_Residential_V1_DirectoryService.Method.GetUnit.Output.self,
      handler: { request, context in
        try await self.getUnit(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_DirectoryService.Method.ListUnits.descriptor,
      request: Artel_Residential_V1_DirectoryService.Method.ListUnits.Input.self, response: Artel_Residential_V1_DirectoryService.Method.ListUnits.Output.self,
      handler: { request, context in
        try await self.listUnits(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_DirectoryService.Method.CreateUnit.descriptor,
      request: Artel_Residential_V1_DirectoryService.Method.CreateUnit.Input.self, response: Artel_Residential_V1_DirectoryService.Method.CreateUnit.Output.self,
      handler: { request, context in
        try await self.createUnit(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_DirectoryService.Method.ListMembers.descriptor,
      request: Artel_Residential_V1_DirectoryService.Method.ListMembers.Input.self, response: Artel_Residential_V1_DirectoryService.Method.ListMembers.Output.self,
      handler: { request, context in
        try await self.listMembers(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_DirectoryService.Method.CreateMember.descriptor,
      request: Artel_Residential_V1_DirectoryService.Method.CreateMember.Input.self, response: Artel_Residential_V1_DirectoryService.Method.CreateMember.Output.self,
      handler: { request, context in
        try await self.createMember(request: request, context: context)
      })
  }
}

extension Artel_Residential_V1_DirectoryService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func getProperty(
    request: RPC.ServerRequest<Artel_Residential_V1_GetPropertyRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Property> {
    RPC.ServerResponse(
      message: try await self.getProperty(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func listProperties(
    request: RPC.ServerRequest<Artel_Residential_V1_ListPropertiesRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Residential_V1_ListPropertiesResponse> {
    RPC.ServerResponse(
      message: try await self.listProperties(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func createProperty(
    request: RPC.ServerRequest<Artel_Residential_V1_CreatePropertyRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Property> {
    RPC.ServerResponse(
      message: try await self.createProperty(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func getUnit(
    request: RPC.ServerRequest<Artel_Residential_V1_GetUnitRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Unit> {
    RPC.ServerResponse(
      message: try await self.getUnit(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func listUnits(
    request: RPC.ServerRequest<Artel_Residential_V1_ListUnitsRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Residential_V1_ListUnitsResponse> {
    RPC.ServerResponse(
      message: try await self.listUnits(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func createUnit(
    request: RPC.ServerRequest<Artel_Residential_V1_CreateUnitRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Unit> {
    RPC.ServerResponse(
      message: try await self.createUnit(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func listMembers(
    request: RPC.ServerRequest<Artel_Residential_V1_ListMembersRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Residential_V1_ListMembersResponse> {
    RPC.ServerResponse(
      message: try await self.listMembers(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func createMember(
    request: RPC.ServerRequest<Artel_Residential_V1_CreateMemberRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Member> {
    RPC.ServerResponse(
      message: try await self.createMember(request: request.message, context: context))
  }
}

extension Artel_Residential_V1_DirectoryService {
  /// Keeps the complex's buildings: properties, their access points, units and who lives there.
  ///
  /// A person sees only the units of which it is a member, and what those units may open. Services
  /// and administrators of the complex see all of it.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Returns a property.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getProperty(
      _ message: Artel_Residential_V1_GetPropertyRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Residential_V1_Property {
      try await client.unary(
        Method.GetProperty.descriptor, message, metadata: metadata, options: options, as: Artel_Residential_V1_Property.self)
    }

    /// Returns a property.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getProperty(
      _ request: RPC.ClientRequest<Artel_Residential_V1_GetPropertyRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Residential_V1_Property> {
      try await client.unary(
        Method.GetProperty.descriptor, request, options: options, as: Artel_Residential_V1_Property.self)
    }

    /// Lists properties in the order of their names.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listProperties(
      _ message: Artel_Residential_V1_ListPropertiesRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Residential_V1_ListPropertiesResponse {
      try await client.unary(
        Method.ListProperties.descriptor, message, metadata: metadata, options: options, as: Artel_Residential_V1_ListPropertiesResponse.self)
    }

    /// Lists properties in the order of their names.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listProperties(
      _ request: RPC.ClientRequest<Artel_Residential_V1_ListPropertiesRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Residential_V1_ListPropertiesResponse> {
      try await client.unary(
        Method.ListProperties.descriptor, request, options: options, as: Artel_Residential_V1_ListPropertiesResponse.self)
    }

    /// Creates a property.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createProperty(
      _ message: Artel_Residential_V1_CreatePropertyRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Residential_V1_Property {
      try await client.unary(
        Method.CreateProperty.descriptor, message, metadata: metadata, options: options, as: Artel_Residential_V1_Property.self)
    }

    /// Creates a property.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createProperty(
      _ request: RPC.ClientRequest<Artel_Residential_V1_CreatePropertyRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Residential_V1_Property> {
      try await client.unary(
        Method.CreateProperty.descriptor, request, options: options, as: Artel_Residential_V1_Property.self)
    }

    /// Returns a unit.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getUnit(
      _ message: Artel_Residential_V1_GetUnitRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Residential_V1_Unit {
      try await client.unary(
        Method.GetUnit.descriptor, message, metadata: metadata, options: options, as: Artel_Residential_V1_Unit.self)
    }

    /// Returns a unit.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getUnit(
      _ request: RPC.ClientRequest<Artel_Residential_V1_GetUnitRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Residential_V1_Unit> {
      try await client.unary(
        Method.GetUnit.descriptor, request, options: options, as: Artel_Residential_V1_Unit.self)
    }

    /// Lists units in the order of their names: to a person, its own.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listUnits(
      _ message: Artel_Residential_V1_ListUnitsRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Residential_V1_ListUnitsResponse {
      try await client.unary(
        Method.ListUnits.descriptor, message, metadata: metadata, options: options, as: Artel_Residential_V1_ListUnitsResponse.self)
    }

    /// Lists units in the order of their names: to a person, its own.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listUnits(
      _ request: RPC.ClientRequest<Artel_Residential_V1_ListUnitsRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Residential_V1_ListUnitsResponse> {
      try await client.unary(
        Method.ListUnits.descriptor, request, options: options, as: Artel_Residential_V1_ListUnitsResponse.self)
    }

    /// Creates a unit with the access points that it may open.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createUnit(
      _ message: Artel_Residential_V1_CreateUnitRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Residential_V1_Unit {
      try await client.unary(
        Method.CreateUnit.descriptor, message, metadata: metadata, options: options, as: Artel_Residential_V1_Unit.self)
    }

    /// Creates a unit with the access points that it may open.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createUnit(
      _ request: RPC.ClientRequest<Artel_Residential_V1_CreateUnitRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Residential_V1_Unit> {
      try await client.unary(
        Method.CreateUnit.descriptor, request, options: options, as: Artel_Residential_V1_Unit.self)
    }

    /// Lists the members of a unit in the order of their names.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listMembers(
      _ message: Artel_Residential_V1_ListMembersRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Residential_V1_ListMembersResponse {
      try await client.unary(
        Method.ListMembers.descriptor, message, metadata: metadata, options: options, as: Artel_Residential_V1_ListMembersResponse.self)
    }

    /// Lists the members of a unit in the order of their names.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listMembers(
      _ request: RPC.ClientRequest<Artel_Residential_V1_ListMembersRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Residential_V1_ListMembersResponse> {
      try await client.unary(
        Method.ListMembers.descriptor, request, options: options, as: Artel_Residential_V1_ListMembersResponse.self)
    }

    /// Makes a person a member of a unit.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createMember(
      _ message: Artel_Residential_V1_CreateMemberRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Residential_V1_Member {
      try await client.unary(
        Method.CreateMember.descriptor, message, metadata: metadata, options: options, as: Artel_Residential_V1_Member.self)
    }

    /// Makes a person a member of a unit.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createMember(
      _ request: RPC.ClientRequest<Artel_Residential_V1_CreateMemberRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Residential_V1_Member> {
      try await client.unary(
        Method.CreateMember.descriptor, request, options: options, as: Artel_Residential_V1_Member.self)
    }
  }
}
