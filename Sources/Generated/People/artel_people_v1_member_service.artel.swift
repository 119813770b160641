// Written by protoc-gen-artel from artel/people/v1/member_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// The people of the caller's tenant, as its administrators see them.
public enum Artel_People_V1_MemberService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "artel.people.v1.MemberService")

  /// The service's methods.
  public enum Method {
    /// `artel.people.v1.MemberService/CreateMember`.
    public enum CreateMember {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_CreateMemberRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_Invitation

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_MemberService.descriptor, method: "CreateMember",
        kind: .unary)
    }

    /// `artel.people.v1.MemberService/GetMember`.
    public enum GetMember {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_GetMemberRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_Member

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_MemberService.descriptor, method: "GetMember",
        kind: .unary)
    }

    /// `artel.people.v1.MemberService/ListMembers`.
    public enum ListMembers {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_ListMembersRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_ListMembersResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_MemberService.descriptor, method: "ListMembers",
        kind: .unary)
    }

    /// `artel.people.v1.MemberService/UpdateMember`.
    public enum UpdateMember {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_UpdateMemberRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_Member

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_MemberService.descriptor, method: "UpdateMember",
        kind: .unary)
    }

    /// `artel.people.v1.MemberService/InviteMember`.
    public enum InviteMember {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_InviteMemberRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_Invitation

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_MemberService.descriptor, method: "InviteMember",
        kind: .unary)
    }

    /// `artel.people.v1.MemberService/DisableMember`.
    public enum DisableMember {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_DisableMemberRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_Member

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_MemberService.descriptor, method: "DisableMember",
        kind: .unary)
    }

    /// `artel.people.v1.MemberService/EnableMember`.
    public enum EnableMember {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_EnableMemberRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_Member

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_MemberService.descriptor, method: "EnableMember",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      CreateMember.descriptor,
      GetMember.descriptor,
      ListMembers.descriptor,
      UpdateMember.descriptor,
      InviteMember.descriptor,
      DisableMember.descriptor,
      EnableMember.descriptor,
    ]
  }
}

extension Artel_People_V1_MemberService {
  /// The people of the caller's tenant, as its administrators see them.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Makes a person known, and returns the invitation by which the person chooses a password.
    func createMember(
      request: RPC.ServerRequest<Artel_People_V1_CreateMemberRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_Invitation>

    /// Returns a member.
    func getMember(
      request: RPC.ServerRequest<Artel_People_V1_GetMemberRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_Member>

    /// Lists the members, in the order in which they were made known.
    func listMembers(
      request: RPC.ServerRequest<Artel_People_V1_ListMembersRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_ListMembersResponse>

    /// Changes a member. Roles that are taken away count no more in tokens issued from then on, and the
    /// tokens that are out end within a second. Nobody changes whether they themselves administer.
    func updateMember(
      request: RPC.ServerRequest<Artel_People_V1_UpdateMemberRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_Member>

    /// Gives a member a new invitation; the ones before end. The member's password and second factor go
    /// on until the invitation is used, which ends all of the member's sessions.
    func inviteMember(
      request: RPC.ServerRequest<Artel_People_V1_InviteMemberRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_Invitation>

    /// Shuts a member out: sessions and tokens end within a second. Nobody shuts out themselves.
    func disableMember(
      request: RPC.ServerRequest<Artel_People_V1_DisableMemberRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_Member>

    /// Lets a member in again. One that was erased stays out: `MEMBER_ERASED`.
    func enableMember(
      request: RPC.ServerRequest<Artel_People_V1_EnableMemberRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_Member>
  }

  /// The people of the caller's tenant, as its administrators see them.
  public protocol SimpleServiceProtocol: Artel_People_V1_MemberService.ServiceProtocol {
    /// Makes a person known, and returns the invitation by which the person chooses a password.
    func createMember(
      request: Artel_People_V1_CreateMemberRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_Invitation

    /// Returns a member.
    func getMember(
      request: Artel_People_V1_GetMemberRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_Member

    /// Lists the members, in the order in which they were made known.
    func listMembers(
      request: Artel_People_V1_ListMembersRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_ListMembersResponse

    /// Changes a member. Roles that are taken away count no more in tokens issued from then on, and the
    /// tokens that are out end within a second. Nobody changes whether they themselves administer.
    func updateMember(
      request: Artel_People_V1_UpdateMemberRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_Member

    /// Gives a member a new invitation; the ones before end. The member's password and second factor go
    /// on until the invitation is used, which ends all of the member's sessions.
    func inviteMember(
      request: Artel_People_V1_InviteMemberRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_Invitation

    /// Shuts a member out: sessions and tokens end within a second. Nobody shuts out themselves.
    func disableMember(
      request: Artel_People_V1_DisableMemberRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_Member

    /// Lets a member in again. One that was erased stays out: `MEMBER_ERASED`.
    func enableMember(
      request: Artel_People_V1_EnableMemberRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_Member
  }
}

extension Artel_People_V1_MemberService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_People_V1_MemberService.Method.CreateMember.descriptor,
      request: Artel_People_V1_MemberService.Method.CreateMember.Input.self, response: Artel_People_V1_MemberService.Method.CreateMember.Output.self,
      fullHandler: { request, context in
        try await self.createMember(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_MemberService.Method.GetMember.descriptor,
      request: Artel_People_V1_MemberService.Method.GetMember.Input.self, response: Artel_People_V1_MemberService.Method.GetMember.Output.self,
      fullHandler: { request, context in
        try await self.getMember(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_MemberService.Method.ListMembers.descriptor,
      request: Artel_People_V1_MemberService.Method.ListMembers.Input.self, response: Artel_People_V1_MemberService.Method.ListMembers.Output.self,
      fullHandler: { request, context in
        try await self.listMembers(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_MemberService.Method.UpdateMember.descriptor,
      request: Artel_People_V1_MemberService.Method.UpdateMember.Input.self, response: Artel_People_V1_MemberService.Method.UpdateMember.Output.self,
      fullHandler: { request, context in
        try await self.updateMember(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_MemberService.Method.InviteMember.descriptor,
      request: Artel_People_V1_MemberService.Method.InviteMember.Input.self, response: Artel_People_V1_MemberService.Method.InviteMember.Output.self,
      fullHandler: { request, context in
        try await self.inviteMember(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_MemberService.Method.DisableMember.descriptor,
      request: Artel_People_V1_MemberService.Method.DisableMember.Input.self, response: Artel_People_V1_MemberService.Method.DisableMember.Output.self,
      fullHandler: { request, context in
        try await self.disableMember(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_MemberService.Method.EnableMember.descriptor,
      request: Artel_People_V1_MemberService.Method.EnableMember.Input.self, response: Artel_People_V1_MemberService.Method.EnableMember.Output.self,
      fullHandler: { request, context in
        try await self.enableMember(request: request, context: context)
      })
  }
}

extension Artel_People_V1_MemberService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_People_V1_MemberService.Method.CreateMember.descriptor,
      request: Artel_People_V1_MemberService.Method.CreateMember.Input.self, response: Artel_People_V1_MemberService.Method.CreateMember.Output.self,
      handler: { request, context in
        try await self.createMember(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_MemberService.Method.GetMember.descriptor,
      request: Artel_People_V1_MemberService.Method.GetMember.Input.self, response: Artel_People_V1_MemberService.Method.GetMember.Output.self,
      handler: { request, context in
        try await self.getMember(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_MemberService.Method.ListMembers.descriptor,
      request: Artel_People_V1_MemberService.Method.ListMembers.Input.self, response: Artel_People_V1_MemberService.Method.ListMembers.Output.self,
      handler: { request, context in
        try await self.listMembers(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_MemberService.Method.UpdateMember.descriptor,
      request: Artel_People_V1_MemberService.Method.UpdateMember.Input.self, response: Artel_People_V1_MemberService.Method.UpdateMember.Output.self,
      handler: { request, context in
        try await self.updateMember(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_MemberService.Method.InviteMember.descriptor,
      request: Artel_People_V1_MemberService.Method.InviteMember.Input.self, response: Artel_People_V1_MemberService.Method.InviteMember.Output.self,
      handler: { request, context in
        try await self.inviteMember(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_MemberService.Method.DisableMember.descriptor,
      request: Artel_People_V1_MemberService.Method.DisableMember.Input.self, response: Artel_People_V1_MemberService.Method.DisableMember.Output.self,
      handler: { request, context in
        try await self.disableMember(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_MemberService.Method.EnableMember.descriptor,
      request: Artel_People_V1_MemberService.Method.EnableMember.Input.self, response: Artel_People_V1_MemberService.Method.EnableMember.Output.self,
      handler: { request, context in
        try await self.enableMember(request: request, context: context)
      })
  }
}

extension Artel_People_V1_MemberService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func createMember(
    request: RPC.ServerRequest<Artel_People_V1_CreateMemberRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_Invitation> {
    RPC.ServerResponse(
      message: try await self.createMember(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func getMember(
    request: RPC.ServerRequest<Artel_People_V1_GetMemberRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_Member> {
    RPC.ServerResponse(
      message: try await self.getMember(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func listMembers(
    request: RPC.ServerRequest<Artel_People_V1_ListMembersRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_ListMembersResponse> {
    RPC.ServerResponse(
      message: try await self.listMembers(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func updateMember(
    request: RPC.ServerRequest<Artel_People_V1_UpdateMemberRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_Member> {
    RPC.ServerResponse(
      message: try await self.updateMember(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func inviteMember(
    request: RPC.ServerRequest<Artel_People_V1_InviteMemberRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_Invitation> {
    RPC.ServerResponse(
      message: try await self.inviteMember(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func disableMember(
    request: RPC.ServerRequest<Artel_People_V1_DisableMemberRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_Member> {
    RPC.ServerResponse(
      message: try await self.disableMember(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func enableMember(
    request: RPC.ServerRequest<Artel_People_V1_EnableMemberRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_Member> {
    RPC.ServerResponse(
      message: try await self.enableMember(request: request.message, context: context))
  }
}

extension Artel_People_V1_MemberService {
  /// The people of the caller's tenant, as its administrators see them.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Makes a person known, and returns the invitation by which the person chooses a password.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createMember(
      _ message: Artel_People_V1_CreateMemberRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_Invitation {
      try await client.unary(
        Method.CreateMember.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_Invitation.self)
    }

    /// Makes a person known, and returns the invitation by which the person chooses a password.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createMember(
      _ request: RPC.ClientRequest<Artel_People_V1_CreateMemberRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_Invitation> {
      try await client.unary(
        Method.CreateMember.descriptor, request, options: options, as: Artel_People_V1_Invitation.self)
    }

    /// Returns a member.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getMember(
      _ message: Artel_People_V1_GetMemberRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_Member {
      try await client.unary(
        Method.GetMember.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_Member.self)
    }

    /// Returns a member.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getMember(
      _ request: RPC.ClientRequest<Artel_People_V1_GetMemberRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_Member> {
      try await client.unary(
        Method.GetMember.descriptor, request, options: options, as: Artel_People_V1_Member.self)
    }

    /// Lists the members, in the order in which they were made known.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listMembers(
      _ message: Artel_People_V1_ListMembersRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_ListMembersResponse {
      try await client.unary(
        Method.ListMembers.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_ListMembersResponse.self)
    }

    /// Lists the members, in the order in which they were made known.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listMembers(
      _ request: RPC.ClientRequest<Artel_People_V1_ListMembersRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_ListMembersResponse> {
      try await client.unary(
        Method.ListMembers.descriptor, request, options: options, as: Artel_People_V1_ListMembersResponse.self)
    }

    /// Changes a member. Roles that are taken away count no more in tokens issued from then on, and the
    /// tokens that are out end within a second. Nobody changes whether they themselves administer.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func updateMember(
      _ message: Artel_People_V1_UpdateMemberRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_Member {
      try await client.unary(
        Method.UpdateMember.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_Member.self)
    }

    /// Changes a member. Roles that are taken away count no more in tokens issued from then on, and the
    /// tokens that are out end within a second. Nobody changes whether they themselves administer.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func updateMember(
      _ request: RPC.ClientRequest<Artel_People_V1_UpdateMemberRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_Member> {
      try await client.unary(
        Method.UpdateMember.descriptor, request, options: options, as: Artel_People_V1_Member.self)
    }

    /// Gives a member a new invitation; the ones before end. The member's password and second factor go
    /// on until the invitation is used, which ends all of the member's sessions.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func inviteMember(
      _ message: Artel_People_V1_InviteMemberRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_Invitation {
      try await client.unary(
        Method.InviteMember.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_Invitation.self)
    }

    /// Gives a member a new invitation; the ones before end. The member's password and second factor go
    /// on until the invitation is used, which ends all of the member's sessions.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func inviteMember(
      _ request: RPC.ClientRequest<Artel_People_V1_InviteMemberRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_Invitation> {
      try await client.unary(
        Method.InviteMember.descriptor, request, options: options, as: Artel_People_V1_Invitation.self)
    }

    /// Shuts a member out: sessions and tokens end within a second. Nobody shuts out themselves.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func disableMember(
      _ message: Artel_People_V1_DisableMemberRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_Member {
      try await client.unary(
        Method.DisableMember.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_Member.self)
    }

    /// Shuts a member out: sessions and tokens end within a second. Nobody shuts out themselves.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func disableMember(
      _ request: RPC.ClientRequest<Artel_People_V1_DisableMemberRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_Member> {
      try await client.unary(
        Method.DisableMember.descriptor, request, options: options, as: Artel_People_V1_Member.self)
    }

    /// Lets a member in again. One that was erased stays out: `MEMBER_ERASED`.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func enableMember(
      _ message: Artel_People_V1_EnableMemberRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_Member {
      try await client.unary(
        Method.EnableMember.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_Member.self)
    }

    /// Lets a member in again. One that was erased stays out: `MEMBER_ERASED`.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func enableMember(
      _ request: RPC.ClientRequest<Artel_People_V1_EnableMemberRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_Member> {
      try await client.unary(
        Method.EnableMember.descriptor, request, options: options, as: Artel_People_V1_Member.self)
    }
  }
}
