// Written by protoc-gen-artel from artel/people/v1/session_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC
import SwiftProtobuf

/// The sessions of people. A session is one sign-in at one device, with everything that came of it:
/// the browser that remembers it, and the tokens of apps. Whatever ends a session ends its refresh
/// tokens at once, and its access tokens and open streams within a second.
public enum Artel_People_V1_SessionService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "artel.people.v1.SessionService")

  /// The service's methods.
  public enum Method {
    /// `artel.people.v1.SessionService/ListSessions`.
    public enum ListSessions {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_ListSessionsRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_ListSessionsResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_SessionService.descriptor, method: "ListSessions",
        kind: .unary)
    }

    /// `artel.people.v1.SessionService/EndSession`.
    public enum EndSession {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_EndSessionRequest

      /// What a caller gets.
      public typealias Output = SwiftProtobuf.Google_Protobuf_Empty

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_SessionService.descriptor, method: "EndSession",
        kind: .unary)
    }

    /// `artel.people.v1.SessionService/EndSessions`.
    public enum EndSessions {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_EndSessionsRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_EndSessionsResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_SessionService.descriptor, method: "EndSessions",
        kind: .unary)
    }

    /// `artel.people.v1.SessionService/ListOwnSessions`.
    public enum ListOwnSessions {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_ListOwnSessionsRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_ListSessionsResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_SessionService.descriptor, method: "ListOwnSessions",
        kind: .unary)
    }

    /// `artel.people.v1.SessionService/EndOwnSession`.
    public enum EndOwnSession {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_EndOwnSessionRequest

      /// What a caller gets.
      public typealias Output = SwiftProtobuf.Google_Protobuf_Empty

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_SessionService.descriptor, method: "EndOwnSession",
        kind: .unary)
    }

    /// `artel.people.v1.SessionService/EndOtherSessions`.
    public enum EndOtherSessions {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_EndOtherSessionsRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_EndSessionsResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_SessionService.descriptor, method: "EndOtherSessions",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      ListSessions.descriptor,
      EndSession.descriptor,
      EndSessions.descriptor,
      ListOwnSessions.descriptor,
      EndOwnSession.descriptor,
      EndOtherSessions.descriptor,
    ]
  }
}

extension Artel_People_V1_SessionService {
  /// The sessions of people. A session is one sign-in at one device, with everything that came of it:
  /// the browser that remembers it, and the tokens of apps. Whatever ends a session ends its refresh
  /// tokens at once, and its access tokens and open streams within a second.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Lists a member's sessions, the newest first.
    func listSessions(
      request: RPC.ServerRequest<Artel_People_V1_ListSessionsRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_ListSessionsResponse>

    /// Ends a session of a member. One that has ended stays so.
    func endSession(
      request: RPC.ServerRequest<Artel_People_V1_EndSessionRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<SwiftProtobuf.Google_Protobuf_Empty>

    /// Ends every session of a member.
    func endSessions(
      request: RPC.ServerRequest<Artel_People_V1_EndSessionsRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_EndSessionsResponse>

    /// Lists the caller's own sessions, the newest first.
    func listOwnSessions(
      request: RPC.ServerRequest<Artel_People_V1_ListOwnSessionsRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_ListSessionsResponse>

    /// Ends one of the caller's own sessions, which may be the one that it calls from.
    func endOwnSession(
      request: RPC.ServerRequest<Artel_People_V1_EndOwnSessionRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<SwiftProtobuf.Google_Protobuf_Empty>

    /// Ends all of the caller's own sessions but the one that it calls from.
    func endOtherSessions(
      request: RPC.ServerRequest<Artel_People_V1_EndOtherSessionsRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_EndSessionsResponse>
  }

  /// The sessions of people. A session is one sign-in at one device, with everything that came of it:
  /// the browser that remembers it, and the tokens of apps. Whatever ends a session ends its refresh
  /// tokens at once, and its access tokens and open streams within a second.
  public protocol SimpleServiceProtocol: Artel_People_V1_SessionService.ServiceProtocol {
    /// Lists a member's sessions, the newest first.
    func listSessions(
      request: Artel_People_V1_ListSessionsRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_ListSessionsResponse

    /// Ends a session of a member. One that has ended stays so.
    func endSession(
      request: Artel_People_V1_EndSessionRequest,
      context: RPC.ServerContext
    ) async throws -> SwiftProtobuf.Google_Protobuf_Empty

    /// Ends every session of a member.
    func endSessions(
      request: Artel_People_V1_EndSessionsRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_EndSessionsResponse

    /// Lists the caller's own sessions, the newest first.
    func listOwnSessions(
      request: Artel_People_V1_ListOwnSessionsRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_ListSessionsResponse

    /// Ends one of the caller's own sessions, which may be the one that it calls from.
    func endOwnSession(
      request: Artel_People_V1_EndOwnSessionRequest,
      context: RPC.ServerContext
    ) async throws -> SwiftProtobuf.Google_Protobuf_Empty

    /// Ends all of the caller's own sessions but the one that it calls from.
    func endOtherSessions(
      request: Artel_People_V1_EndOtherSessionsRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_EndSessionsResponse
  }
}

extension Artel_People_V1_SessionService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_People_V1_SessionService.Method.ListSessions.descriptor,
      request: Artel_People_V1_SessionService.Method.ListSessions.Input.self, response: Artel_People_V1_SessionService.Method.ListSessions.Output.self,
      fullHandler: { request, context in
        try await self.listSessions(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SessionService.Method.EndSession.descriptor,
      request: Artel_People_V1_SessionService.Method.EndSession.Input.self, response: Artel_People_V1_SessionService.Method.EndSession.Output.self,
      fullHandler: { request, context in
        try await self.endSession(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SessionService.Method.EndSessions.descriptor,
      request: Artel_People_V1_SessionService.Method.EndSessions.Input.self, response: Artel_People_V1_SessionService.Method.EndSessions.Output.self,
      fullHandler: { request, context in
        try await self.endSessions(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SessionService.Method.ListOwnSessions.descriptor,
      request: Artel_People_V1_SessionService.Method.ListOwnSessions.Input.self, response: Artel_People_V1_SessionService.Method.ListOwnSessions.Output.self,
      fullHandler: { request, context in
        try await self.listOwnSessions(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SessionService.Method.EndOwnSession.descriptor,
      request: Artel_People_V1_SessionService.Method.EndOwnSession.Input.self, response: Artel_People_V1_SessionService.Method.EndOwnSession.Output.self,
      fullHandler: { request, context in
        try await self.endOwnSession(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SessionService.Method.EndOtherSessions.descriptor,
      request: Artel_People_V1_SessionService.Method.EndOtherSessions.Input.self, response: Artel_People_V1_SessionService.Method.EndOtherSessions.Output.self,
      fullHandler: { request, context in
        try await self.endOtherSessions(request: request, context: context)
      })
  }
}

extension Artel_People_V1_SessionService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_People_V1_SessionService.Method.ListSessions.descriptor,
      request: Artel_People_V1_SessionService.Method.ListSessions.Input.self, response: Artel_People_V1_SessionService.Method.ListSessions.Output.self,
      handler: { request, context in
        try await self.listSessions(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SessionService.Method.EndSession.descriptor,
      request: Artel_People_V1_SessionService.Method.EndSession.Input.self, response: Artel_People_V1_SessionService.Method.EndSession.Output.self,
      handler: { request, context in
        try await self.endSession(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SessionService.Method.EndSessions.descriptor,
      request: Artel_People_V1_SessionService.Method.EndSessions.Input.self, response: Artel_People_V1_SessionService.Method.EndSessions.Output.self,
      handler: { request, context in
        try await self.endSessions(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SessionService.Method.ListOwnSessions.descriptor,
      request: Artel_People_V1_SessionService.Method.ListOwnSessions.Input.self, response: Artel_People_V1_SessionService.Method.ListOwnSessions.Output.self,
      handler: { request, context in
        try await self.listOwnSessions(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SessionService.Method.EndOwnSession.descriptor,
      request: Artel_People_V1_SessionService.Method.EndOwnSession.Input.self, response: Artel_People_V1_SessionService.Method.EndOwnSession.Output.self,
      handler: { request, context in
        try await self.endOwnSession(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SessionService.Method.EndOtherSessions.descriptor,
      request: Artel_People_V1_SessionService.Method.EndOtherSessions.Input.self, response: Artel_People_V1_SessionService.Method.EndOtherSessions.Output.self,
      handler: { request, context in
        try await self.endOtherSessions(request: request, context: context)
      })
  }
}

extension Artel_People_V1_SessionService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func listSessions(
    request: RPC.ServerRequest<Artel_People_V1_ListSessionsRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_ListSessionsResponse> {
    RPC.ServerResponse(
      message: try await self.listSessions(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func endSession(
    request: RPC.ServerRequest<Artel_People_V1_EndSessionRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<SwiftProtobuf.Google_Protobuf_Empty> {
    RPC.ServerResponse(
      message: try await self.endSession(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func endSessions(
    request: RPC.ServerRequest<Artel_People_V1_EndSessionsRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_EndSessionsResponse> {
    RPC.ServerResponse(
      message: try await self.endSessions(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func listOwnSessions(
    request: RPC.ServerRequest<Artel_People_V1_ListOwnSessionsRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_ListSessionsResponse> {
    RPC.ServerResponse(
      message: try await self.listOwnSessions(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func endOwnSession(
    request: RPC.ServerRequest<Artel_People_V1_EndOwnSessionRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<SwiftProtobuf.Google_Protobuf_Empty> {
    RPC.ServerResponse(
      message: try await self.endOwnSession(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func endOtherSessions(
    request: RPC.ServerRequest<Artel_People_V1_EndOtherSessionsRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_EndSessionsResponse> {
    RPC.ServerResponse(
      message: try await self.endOtherSessions(request: request.message, context: context))
  }
}

extension Artel_People_V1_SessionService {
  /// The sessions of people. A session is one sign-in at one device, with everything that came of it:
  /// the browser that remembers it, and the tokens of apps. Whatever ends a session ends its refresh
  /// tokens at once, and its access tokens and open streams within a second.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Lists a member's sessions, the newest first.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listSessions(
      _ message: Artel_People_V1_ListSessionsRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_ListSessionsResponse {
      try await client.unary(
        Method.ListSessions.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_ListSessionsResponse.self)
    }

    /// Lists a member's sessions, the newest first.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listSessions(
      _ request: RPC.ClientRequest<Artel_People_V1_ListSessionsRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_ListSessionsResponse> {
      try await client.unary(
        Method.ListSessions.descriptor, request, options: options, as: Artel_People_V1_ListSessionsResponse.self)
    }

    /// Ends a session of a member. One that has ended stays so.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func endSession(
      _ message: Artel_People_V1_EndSessionRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> SwiftProtobuf.Google_Protobuf_Empty {
      try await client.unary(
        Method.EndSession.descriptor, message, metadata: metadata, options: options, as: SwiftProtobuf.Google_Protobuf_Empty.self)
    }

    /// Ends a session of a member. One that has ended stays so.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func endSession(
      _ request: RPC.ClientRequest<Artel_People_V1_EndSessionRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<SwiftProtobuf.Google_Protobuf_Empty> {
      try await client.unary(
        Method.EndSession.descriptor, request, options: options, as: SwiftProtobuf.Google_Protobuf_Empty.self)
    }

    /// Ends every session of a member.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func endSessions(
      _ message: Artel_People_V1_EndSessionsRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_EndSessionsResponse {
      try await client.unary(
        Method.EndSessions.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_EndSessionsResponse.self)
    }

    /// Ends every session of a member.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func endSessions(
      _ request: RPC.ClientRequest<Artel_People_V1_EndSessionsRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_EndSessionsResponse> {
      try await client.unary(
        Method.EndSessions.descriptor, request, options: options, as: Artel_People_V1_EndSessionsResponse.self)
    }

    /// Lists the caller's own sessions, the newest first.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listOwnSessions(
      _ message: Artel_People_V1_ListOwnSessionsRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_ListSessionsResponse {
      try await client.unary(
        Method.ListOwnSessions.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_ListSessionsResponse.self)
    }

    /// Lists the caller's own sessions, the newest first.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listOwnSessions(
      _ request: RPC.ClientRequest<Artel_People_V1_ListOwnSessionsRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_ListSessionsResponse> {
      try await client.unary(
        Method.ListOwnSessions.descriptor, request, options: options, as: Artel_People_V1_ListSessionsResponse.self)
    }

    /// Ends one of the caller's own sessions, which may be the one that it calls from.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func endOwnSession(
      _ message: Artel_People_V1_EndOwnSessionRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> SwiftProtobuf.Google_Protobuf_Empty {
      try await client.unary(
        Method.EndOwnSession.descriptor, message, metadata: metadata, options: options, as: SwiftProtobuf.Google_Protobuf_Empty.self)
    }

    /// Ends one of the caller's own sessions, which may be the one that it calls from.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func endOwnSession(
      _ request: RPC.ClientRequest<Artel_People_V1_EndOwnSessionRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<SwiftProtobuf.Google_Protobuf_Empty> {
      try await client.unary(
        Method.EndOwnSession.descriptor, request, options: options, as: SwiftProtobuf.Google_Protobuf_Empty.self)
    }

    /// Ends all of the caller's own sessions but the one that it calls from.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func endOtherSessions(
      _ message: Artel_People_V1_EndOtherSessionsRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_EndSessionsResponse {
      try await client.unary(
        Method.EndOtherSessions.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_EndSessionsResponse.self)
    }

    /// Ends all of the caller's own sessions but the one that it calls from.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func endOtherSessions(
      _ request: RPC.ClientRequest<Artel_People_V1_EndOtherSessionsRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_EndSessionsResponse> {
      try await client.unary(
        Method.EndOtherSessions.descriptor, request, options: options, as: Artel_People_V1_EndSessionsResponse.self)
    }
  }
}
