// Written by protoc-gen-artel from artel/operations/v1/client_error_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// The errors of apps that the server does not see: crashes, answers that cannot be read, screens that
/// do not load. Apps report them; administrators see them in groups, each of one error however often it
/// happened and to how many.
///
/// What a report holds is untrusted and may name people or hold credentials: it is redacted before
/// anything is written, into the process's log. Stored are groups alone, without what differs from one
/// event to the next.
public enum Artel_Operations_V1_ClientErrorService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "artel.operations.v1.ClientErrorService")

  /// The service's methods.
  public enum Method {
    /// `artel.operations.v1.ClientErrorService/ReportClientErrors`.
    public enum ReportClientErrors {
      /// What a caller sends.
      public typealias Input = Artel_Operations_V1_ReportClientErrorsRequest

      /// What a caller gets.
      public typealias Output = Artel_Operations_V1_ReportClientErrorsResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Operations_V1_ClientErrorService.descriptor, method: "ReportClientErrors",
        kind: .unary)
    }

    /// `artel.operations.v1.ClientErrorService/ReportAnonymousClientErrors`.
    public enum ReportAnonymousClientErrors {
      /// What a caller sends.
      public typealias Input = Artel_Operations_V1_ReportAnonymousClientErrorsRequest

      /// What a caller gets.
      public typealias Output = Artel_Operations_V1_ReportClientErrorsResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Operations_V1_ClientErrorService.descriptor, method: "ReportAnonymousClientErrors",
        kind: .unary)
    }

    /// `artel.operations.v1.ClientErrorService/ListClientErrorGroups`.
    public enum ListClientErrorGroups {
      /// What a caller sends.
      public typealias Input = Artel_Operations_V1_ListClientErrorGroupsRequest

      /// What a caller gets.
      public typealias Output = Artel_Operations_V1_ListClientErrorGroupsResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Operations_V1_ClientErrorService.descriptor, method: "ListClientErrorGroups",
        kind: .unary)
    }

    /// `artel.operations.v1.ClientErrorService/GetClientErrorGroup`.
    public enum GetClientErrorGroup {
      /// What a caller sends.
      public typealias Input = Artel_Operations_V1_GetClientErrorGroupRequest

      /// What a caller gets.
      public typealias Output = Artel_Operations_V1_ClientErrorGroup

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Operations_V1_ClientErrorService.descriptor, method: "GetClientErrorGroup",
        kind: .unary)
    }

    /// `artel.operations.v1.ClientErrorService/ResolveClientErrorGroup`.
    public enum ResolveClientErrorGroup {
      /// What a caller sends.
      public typealias Input = Artel_Operations_V1_ResolveClientErrorGroupRequest

      /// What a caller gets.
      public typealias Output = Artel_Operations_V1_ClientErrorGroup

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Operations_V1_ClientErrorService.descriptor, method: "ResolveClientErrorGroup",
        kind: .unary)
    }

    /// `artel.operations.v1.ClientErrorService/MuteClientErrorGroup`.
    public enum MuteClientErrorGroup {
      /// What a caller sends.
      public typealias Input = Artel_Operations_V1_MuteClientErrorGroupRequest

      /// What a caller gets.
      public typealias Output = Artel_Operations_V1_ClientErrorGroup

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Operations_V1_ClientErrorService.descriptor, method: "MuteClientErrorGroup",
        kind: .unary)
    }

    /// `artel.operations.v1.ClientErrorService/ReopenClientErrorGroup`.
    public enum ReopenClientErrorGroup {
      /// What a caller sends.
      public typealias Input = Artel_Operations_V1_ReopenClientErrorGroupRequest

      /// What a caller gets.
      public typealias Output = Artel_Operations_V1_ClientErrorGroup

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Operations_V1_ClientErrorService.descriptor, method: "ReopenClientErrorGroup",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      ReportClientErrors.descriptor,
      ReportAnonymousClientErrors.descriptor,
      ListClientErrorGroups.descriptor,
      GetClientErrorGroup.descriptor,
      ResolveClientErrorGroup.descriptor,
      MuteClientErrorGroup.descriptor,
      ReopenClientErrorGroup.descriptor,
    ]
  }
}

extension Artel_Operations_V1_ClientErrorService {
  /// The errors of apps that the server does not see: crashes, answers that cannot be read, screens that
  /// do not load. Apps report them; administrators see them in groups, each of one error however often it
  /// happened and to how many.
  ///
  /// What a report holds is untrusted and may name people or hold credentials: it is redacted before
  /// anything is written, into the process's log. Stored are groups alone, without what differs from one
  /// event to the next.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Takes errors of a signed-in app; its tenant and its name are those of the token.
    ///
    /// An event is known by its `event_id` for as long as the process that took it remembers it, so that
    /// a report whose answer was lost can be made again.
    func reportClientErrors(
      request: RPC.ServerRequest<Artel_Operations_V1_ReportClientErrorsRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Operations_V1_ReportClientErrorsResponse>

    /// Takes errors of an app in which nobody has signed in yet. Who reports is not known, so they are
    /// fewer, they never push out what is known of signed-in apps, and no metric has their app's name.
    func reportAnonymousClientErrors(
      request: RPC.ServerRequest<Artel_Operations_V1_ReportAnonymousClientErrorsRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Operations_V1_ReportClientErrorsResponse>

    /// Lists the tenant's groups, the one that was seen last first. What was reported within the last
    /// seconds may not be counted yet.
    func listClientErrorGroups(
      request: RPC.ServerRequest<Artel_Operations_V1_ListClientErrorGroupsRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Operations_V1_ListClientErrorGroupsResponse>

    /// Returns a group.
    func getClientErrorGroup(
      request: RPC.ServerRequest<Artel_Operations_V1_GetClientErrorGroupRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Operations_V1_ClientErrorGroup>

    /// Says that a version has the error no more. A later version that reports it opens the group again,
    /// as a regression; what older ones report is counted and changes nothing.
    func resolveClientErrorGroup(
      request: RPC.ServerRequest<Artel_Operations_V1_ResolveClientErrorGroupRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Operations_V1_ClientErrorGroup>

    /// Says that nobody needs to look at the error: it is counted, and never opens again by itself.
    func muteClientErrorGroup(
      request: RPC.ServerRequest<Artel_Operations_V1_MuteClientErrorGroupRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Operations_V1_ClientErrorGroup>

    /// Opens a group that was resolved or muted.
    func reopenClientErrorGroup(
      request: RPC.ServerRequest<Artel_Operations_V1_ReopenClientErrorGroupRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Operations_V1_ClientErrorGroup>
  }

  /// The errors of apps that the server does not see: crashes, answers that cannot be read, screens that
  /// do not load. Apps report them; administrators see them in groups, each of one error however often it
  /// happened and to how many.
  ///
  /// What a report holds is untrusted and may name people or hold credentials: it is redacted before
  /// anything is written, into the process's log. Stored are groups alone, without what differs from one
  /// event to the next.
  public protocol SimpleServiceProtocol: Artel_Operations_V1_ClientErrorService.ServiceProtocol {
    /// Takes errors of a signed-in app; its tenant and its name are those of the token.
    ///
    /// An event is known by its `event_id` for as long as the process that took it remembers it, so that
    /// a report whose answer was lost can be made again.
    func reportClientErrors(
      request: Artel_Operations_V1_ReportClientErrorsRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Operations_V1_ReportClientErrorsResponse

    /// Takes errors of an app in which nobody has signed in yet. Who reports is not known, so they are
    /// fewer, they never push out what is known of signed-in apps, and no metric has their app's name.
    func reportAnonymousClientErrors(
      request: Artel_Operations_V1_ReportAnonymousClientErrorsRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Operations_V1_ReportClientErrorsResponse

    /// Lists the tenant's groups, the one that was seen last first. What was reported within the last
    /// seconds may not be counted yet.
    func listClientErrorGroups(
      request: Artel_Operations_V1_ListClientErrorGroupsRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Operations_V1_ListClientErrorGroupsResponse

    /// Returns a group.
    func getClientErrorGroup(
      request: Artel_Operations_V1_GetClientErrorGroupRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Operations_V1_ClientErrorGroup

    /// Says that a version has the error no more. A later version that reports it opens the group again,
    /// as a regression; what older ones report is counted and changes nothing.
    func resolveClientErrorGroup(
      request: Artel_Operations_V1_ResolveClientErrorGroupRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Operations_V1_ClientErrorGroup

    /// Says that nobody needs to look at the error: it is counted, and never opens again by itself.
    func muteClientErrorGroup(
      request: Artel_Operations_V1_MuteClientErrorGroupRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Operations_V1_ClientErrorGroup

    /// Opens a group that was resolved or muted.
    func reopenClientErrorGroup(
      request: Artel_Operations_V1_ReopenClientErrorGroupRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Operations_V1_ClientErrorGroup
  }
}

extension Artel_Operations_V1_ClientErrorService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Operations_V1_ClientErrorService.Method.ReportClientErrors.descriptor,
      request: Artel_Operations_V1_ClientErrorService.Method.ReportClientErrors.Input.self, response: Artel_Operations_V1_ClientErrorService.Method.ReportClientErrors.Output.self,
      fullHandler: { request, context in
        try await self.reportClientErrors(request: request, context: context)
      })
    router.registerUnary(
      Artel_Operations_V1_ClientErrorService.Method.ReportAnonymousClientErrors.descriptor,
      request: Artel_Operations_V1_ClientErrorService.Method.ReportAnonymousClientErrors.Input.self, response: Artel_Operations_V1_ClientErrorService.Method.ReportAnonymousClientErrors.Output.self,
      fullHandler: { request, context in
        try await self.reportAnonymousClientErrors(request: request, context: context)
      })
    router.registerUnary(
      Artel_Operations_V1_ClientErrorService.Method.ListClientErrorGroups.descriptor,
      request: Artel_Operations_V1_ClientErrorService.Method.ListClientErrorGroups.Input.self, response: Artel_Operations_V1_ClientErrorService.Method.ListClientErrorGroups.Output.self,
      fullHandler: { request, context in
        try await self.listClientErrorGroups(request: request, context: context)
      })
    router.registerUnary(
      Artel_Operations_V1_ClientErrorService.Method.GetClientErrorGroup.descriptor,
      request: Artel_Operations_V1_ClientErrorService.Method.GetClientErrorGroup.Input.self, response: Artel_Operations_V1_ClientErrorService.Method.GetClientErrorGroup.Output.self,
      fullHandler: { request, context in
        try await self.getClientErrorGroup(request: request, context: context)
      })
    router.registerUnary(
      Artel_Operations_V1_ClientErrorService.Method.ResolveClientErrorGroup.descriptor,
      request: Artel_Operations_V1_ClientErrorService.Method.ResolveClientErrorGroup.Input.self, response: Artel_Operations_V1_ClientErrorService.Method.ResolveClientErrorGroup.Output.self,
      fullHandler: { request, context in
        try await self.resolveClientErrorGroup(request: request, context: context)
      })
    router.registerUnary(
      Artel_Operations_V1_ClientErrorService.Method.MuteClientErrorGroup.descriptor,
      request: Artel_Operations_V1_ClientErrorService.Method.MuteClientErrorGroup.Input.self, response: Artel_Operations_V1_ClientErrorService.Method.MuteClientErrorGroup.Output.self,
      fullHandler: { request, context in
        try await self.muteClientErrorGroup(request: request, context: context)
      })
    router.registerUnary(
      Artel_Operations_V1_ClientErrorService.Method.ReopenClientErrorGroup.descriptor,
      request: Artel_Operations_V1_ClientErrorService.Method.ReopenClientErrorGroup.Input.self, response: Artel_Operations_V1_ClientErrorService.Method.ReopenClientErrorGroup.Output.self,
      fullHandler: { request, context in
        try await self.reopenClientErrorGroup(request: request, context: context)
      })
  }
}

extension Artel_Operations_V1_ClientErrorService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Operations_V1_ClientErrorService.Method.ReportClientErrors.descriptor,
      request: Artel_Operations_V1_ClientErrorService.Method.ReportClientErrors.Input.self, response: Artel_Operations_V1_ClientErrorService.Method.ReportClientErrors.Output.self,
      handler: { request, context in
        try await self.reportClientErrors(request: request, context: context)
      })
    router.registerUnary(
      Artel_Operations_V1_ClientErrorService.Method.ReportAnonymousClientErrors.descriptor,
      request: Artel_Operations_V1_ClientErrorService.Method.ReportAnonymousClientErrors.Input.self, response: Artel_Operations_V1_ClientErrorService.Method.ReportAnonymousClientErrors.Output.self,
      handler: { request, context in
        try await self.reportAnonymousClientErrors(request: request, context: context)
      })
    router.registerUnary(
      Artel_Operations_V1_ClientErrorService.Method.ListClientErrorGroups.descriptor,
      request: Artel_Operations_V1_ClientErrorService.Method.ListClientErrorGroups.Input.self, response: Artel_Operations_V1_ClientErrorService.Method.ListClientErrorGroups.Output.self,
      handler: { request, context in
        try await self.listClientErrorGroups(request: request, context: context)
      })
    router.registerUnary(
      Artel_Operations_V1_ClientErrorService.Method.GetClientErrorGroup.descriptor,
      request: Artel_Operations_V1_ClientErrorService.Method.GetClientErrorGroup.Input.self, response: Artel_Operations_V1_ClientErrorService.Method.GetClientErrorGroup.Output.self,
      handler: { request, context in
        try await self.getClientErrorGroup(request: request, context: context)
      })
    router.registerUnary(
      Artel_Operations_V1_ClientErrorService.Method.ResolveClientErrorGroup.descriptor,
      request: Artel_Operations_V1_ClientErrorService.Method.ResolveClientErrorGroup.Input.self, response: Artel_Operations_V1_ClientErrorService.Method.ResolveClientErrorGroup.Output.self,
      handler: { request, context in
        try await self.resolveClientErrorGroup(request: request, context: context)
      })
    router.registerUnary(
      Artel_Operations_V1_ClientErrorService.Method.MuteClientErrorGroup.descriptor,
      request: Artel_Operations_V1_ClientErrorService.Method.MuteClientErrorGroup.Input.self, response: Artel_Operations_V1_ClientErrorService.Method.MuteClientErrorGroup.Output.self,
      handler: { request, context in
        try await self.muteClientErrorGroup(request: request, context: context)
      })
    router.registerUnary(
      Artel_Operations_V1_ClientErrorService.Method.ReopenClientErrorGroup.descriptor,
      request: Artel_Operations_V1_ClientErrorService.Method.ReopenClientErrorGroup.Input.self, response: Artel_Operations_V1_ClientErrorService.Method.ReopenClientErrorGroup.Output.self,
      handler: { request, context in
        try await self.reopenClientErrorGroup(request: request, context: context)
      })
  }
}

extension Artel_Operations_V1_ClientErrorService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func reportClientErrors(
    request: RPC.ServerRequest<Artel_Operations_V1_ReportClientErrorsRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Operations_V1_ReportClientErrorsResponse> {
    RPC.ServerResponse(
      message: try await self.reportClientErrors(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func reportAnonymousClientErrors(
    request: RPC.ServerRequest<Artel_Operations_V1_ReportAnonymousClientErrorsRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Operations_V1_ReportClientErrorsResponse> {
    RPC.ServerResponse(
      message: try await self.reportAnonymousClientErrors(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func listClientErrorGroups(
    request: RPC.ServerRequest<Artel_Operations_V1_ListClientErrorGroupsRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Operations_V1_ListClientErrorGroupsResponse> {
    RPC.ServerResponse(
      message: try await self.listClientErrorGroups(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func getClientErrorGroup(
    request: RPC.ServerRequest<Artel_Operations_V1_GetClientErrorGroupRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Operations_V1_ClientErrorGroup> {
    RPC.ServerResponse(
      message: try await self.getClientErrorGroup(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func resolveClientErrorGroup(
    request: RPC.ServerRequest<Artel_Operations_V1_ResolveClientErrorGroupRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Operations_V1_ClientErrorGroup> {
    RPC.ServerResponse(
      message: try await self.resolveClientErrorGroup(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func muteClientErrorGroup(
    request: RPC.ServerRequest<Artel_Operations_V1_MuteClientErrorGroupRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Operations_V1_ClientErrorGroup> {
    RPC.ServerResponse(
      message: try await self.muteClientErrorGroup(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func reopenClientErrorGroup(
    request: RPC.ServerRequest<Artel_Operations_V1_ReopenClientErrorGroupRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Operations_V1_ClientErrorGroup> {
    RPC.ServerResponse(
      message: try await self.reopenClientErrorGroup(request: request.message, context: context))
  }
}

extension Artel_Operations_V1_ClientErrorService {
  /// The errors of apps that the server does not see: crashes, answers that cannot be read, screens that
  /// do not load. Apps report them; administrators see them in groups, each of one error however often it
  /// happened and to how many.
  ///
  /// What a report holds is untrusted and may name people or hold credentials: it is redacted before
  /// anything is written, into the process's log. Stored are groups alone, without what differs from one
  /// event to the next.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Takes errors of a signed-in app; its tenant and its name are those of the token.
    ///
    /// An event is known by its `event_id` for as long as the process that took it remembers it, so that
    /// a report whose answer was lost can be made again.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func reportClientErrors(
      _ message: Artel_Operations_V1_ReportClientErrorsRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Operations_V1_ReportClientErrorsResponse {
      try await client.unary(
        Method.ReportClientErrors.descriptor, message, metadata: metadata, options: options, as: Artel_Operations_V1_ReportClientErrorsResponse.self)
    }

    /// Takes errors of a signed-in app; its tenant and its name are those of the token.
    ///
    /// An event is known by its `event_id` for as long as the process that took it remembers it, so that
    /// a report whose answer was lost can be made again.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func reportClientErrors(
      _ request: RPC.ClientRequest<Artel_Operations_V1_ReportClientErrorsRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Operations_V1_ReportClientErrorsResponse> {
      try await client.unary(
        Method.ReportClientErrors.descriptor, request, options: options, as: Artel_Operations_V1_ReportClientErrorsResponse.self)
    }

    /// Takes errors of an app in which nobody has signed in yet. Who reports is not known, so they are
    /// fewer, they never push out what is known of signed-in apps, and no metric has their app's name.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func reportAnonymousClientErrors(
      _ message: Artel_Operations_V1_ReportAnonymousClientErrorsRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Operations_V1_ReportClientErrorsResponse {
      try await client.unary(
        Method.ReportAnonymousClientErrors.descriptor, message, metadata: metadata, options: options, as: Artel_Operations_V1_ReportClientErrorsResponse.self)
    }

    /// Takes errors of an app in which nobody has signed in yet. Who reports is not known, so they are
    /// fewer, they never push out what is known of signed-in apps, and no metric has their app's name.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func reportAnonymousClientErrors(
      _ request: RPC.ClientRequest<Artel_Operations_V1_ReportAnonymousClientErrorsRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Operations_V1_ReportClientErrorsResponse> {
      try await client.unary(
        Method.ReportAnonymousClientErrors.descriptor, request, options: options, as: Artel_Operations_V1_ReportClientErrorsResponse.self)
    }

    /// Lists the tenant's groups, the one that was seen last first. What was reported within the last
    /// seconds may not be counted yet.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listClientErrorGroups(
      _ message: Artel_Operations_V1_ListClientErrorGroupsRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Operations_V1_ListClientErrorGroupsResponse {
      try await client.unary(
        Method.ListClientErrorGroups.descriptor, message, metadata: metadata, options: options, as: Artel_Operations_V1_ListClientErrorGroupsResponse.self)
    }

    /// Lists the tenant's groups, the one that was seen last first. What was reported within the last
    /// seconds may not be counted yet.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listClientErrorGroups(
      _ request: RPC.ClientRequest<Artel_Operations_V1_ListClientErrorGroupsRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Operations_V1_ListClientErrorGroupsResponse> {
      try await client.unary(
        Method.ListClientErrorGroups.descriptor, request, options: options, as: Artel_Operations_V1_ListClientErrorGroupsResponse.self)
    }

    /// Returns a group.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getClientErrorGroup(
      _ message: Artel_Operations_V1_GetClientErrorGroupRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Operations_V1_ClientErrorGroup {
      try await client.unary(
        Method.GetClientErrorGroup.descriptor, message, metadata: metadata, options: options, as: Artel_Operations_V1_ClientErrorGroup.self)
    }

    /// Returns a group.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getClientErrorGroup(
      _ request: RPC.ClientRequest<Artel_Operations_V1_GetClientErrorGroupRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Operations_V1_ClientErrorGroup> {
      try await client.unary(
        Method.GetClientErrorGroup.descriptor, request, options: options, as: Artel_Operations_V1_ClientErrorGroup.self)
    }

    /// Says that a version has the error no more. A later version that reports it opens the group again,
    /// as a regression; what older ones report is counted and changes nothing.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func resolveClientErrorGroup(
      _ message: Artel_Operations_V1_ResolveClientErrorGroupRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Operations_V1_ClientErrorGroup {
      try await client.unary(
        Method.ResolveClientErrorGroup.descriptor, message, metadata: metadata, options: options, as: Artel_Operations_V1_ClientErrorGroup.self)
    }

    /// Says that a version has the error no more. A later version that reports it opens the group again,
    /// as a regression; what older ones report is counted and changes nothing.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func resolveClientErrorGroup(
      _ request: RPC.ClientRequest<Artel_Operations_V1_ResolveClientErrorGroupRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Operations_V1_ClientErrorGroup> {
      try await client.unary(
        Method.ResolveClientErrorGroup.descriptor, request, options: options, as: Artel_Operations_V1_ClientErrorGroup.self)
    }

    /// Says that nobody needs to look at the error: it is counted, and never opens again by itself.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func muteClientErrorGroup(
      _ message: Artel_Operations_V1_MuteClientErrorGroupRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Operations_V1_ClientErrorGroup {
      try await client.unary(
        Method.MuteClientErrorGroup.descriptor, message, metadata: metadata, options: options, as: Artel_Operations_V1_ClientErrorGroup.self)
    }

    /// Says that nobody needs to look at the error: it is counted, and never opens again by itself.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func muteClientErrorGroup(
      _ request: RPC.ClientRequest<Artel_Operations_V1_MuteClientErrorGroupRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Operations_V1_ClientErrorGroup> {
      try await client.unary(
        Method.MuteClientErrorGroup.descriptor, request, options: options, as: Artel_Operations_V1_ClientErrorGroup.self)
    }

    /// Opens a group that was resolved or muted.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func reopenClientErrorGroup(
      _ message: Artel_Operations_V1_ReopenClientErrorGroupRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Operations_V1_ClientErrorGroup {
      try await client.unary(
        Method.ReopenClientErrorGroup.descriptor, message, metadata: metadata, options: options, as: Artel_Operations_V1_ClientErrorGroup.self)
    }

    /// Opens a group that was resolved or muted.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func reopenClientErrorGroup(
      _ request: RPC.ClientRequest<Artel_Operations_V1_ReopenClientErrorGroupRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Operations_V1_ClientErrorGroup> {
      try await client.unary(
        Method.ReopenClientErrorGroup.descriptor, request, options: options, as: Artel_Operations_V1_ClientErrorGroup.self)
    }
  }
}
