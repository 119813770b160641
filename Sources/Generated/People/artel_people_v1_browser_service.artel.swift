// Written by protoc-gen-artel from artel/people/v1/browser_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC
import SwiftProtobuf

/// The browser that remembers who has signed in at it, by a cookie that no script can read. What the
/// pages at `/sign-in` call; over gRPC there is no cookie, so nobody is remembered.
public enum Artel_People_V1_BrowserService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "artel.people.v1.BrowserService")

  /// The service's methods.
  public enum Method {
    /// `artel.people.v1.BrowserService/RememberSession`.
    public enum RememberSession {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_RememberSessionRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_BrowserSession

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_BrowserService.descriptor, method: "RememberSession",
        kind: .unary)
    }

    /// `artel.people.v1.BrowserService/LookUpSession`.
    public enum LookUpSession {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_LookUpSessionRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_BrowserSession

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_BrowserService.descriptor, method: "LookUpSession",
        kind: .unary)
    }

    /// `artel.people.v1.BrowserService/SignOut`.
    public enum SignOut {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_SignOutRequest

      /// What a caller gets.
      public typealias Output = SwiftProtobuf.Google_Protobuf_Empty

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_BrowserService.descriptor, method: "SignOut",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      RememberSession.descriptor,
      LookUpSession.descriptor,
      SignOut.descriptor,
    ]
  }
}

extension Artel_People_V1_BrowserService {
  /// The browser that remembers who has signed in at it, by a cookie that no script can read. What the
  /// pages at `/sign-in` call; over gRPC there is no cookie, so nobody is remembered.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Lets the browser remember a sign-in that is complete, so that the next authorization request
    /// needs no new proof: once for each sign-in.
    func rememberSession(
      request: RPC.ServerRequest<Artel_People_V1_RememberSessionRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_BrowserSession>

    /// Tells whom the browser remembers.
    func lookUpSession(
      request: RPC.ServerRequest<Artel_People_V1_LookUpSessionRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_BrowserSession>

    /// Signs out at the browser: ends the session that it remembers, with the tokens that apps have of
    /// it, and the cookie.
    func signOut(
      request: RPC.ServerRequest<Artel_People_V1_SignOutRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<SwiftProtobuf.Google_Protobuf_Empty>
  }

  /// The browser that remembers who has signed in at it, by a cookie that no script can read. What the
  /// pages at `/sign-in` call; over gRPC there is no cookie, so nobody is remembered.
  public protocol SimpleServiceProtocol: Artel_People_V1_BrowserService.ServiceProtocol {
    /// Lets the browser remember a sign-in that is complete, so that the next authorization request
    /// needs no new proof: once for each sign-in.
    func rememberSession(
      request: Artel_People_V1_RememberSessionRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_BrowserSession

    /// Tells whom the browser remembers.
    func lookUpSession(
      request: Artel_People_V1_LookUpSessionRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_BrowserSession

    /// Signs out at the browser: ends the session that it remembers, with the tokens that apps have of
    /// it, and the cookie.
    func signOut(
      request: Artel_People_V1_SignOutRequest,
      context: RPC.ServerContext
    ) async throws -> SwiftProtobuf.Google_Protobuf_Empty
  }
}

extension Artel_People_V1_BrowserService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_People_V1_BrowserService.Method.RememberSession.descriptor,
      request: Artel_People_V1_BrowserService.Method.RememberSession.Input.self, response: Artel_People_V1_BrowserService.Method.RememberSession.Output.self,
      fullHandler: { request, context in
        try await self.rememberSession(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_BrowserService.Method.LookUpSession.descriptor,
      request: Artel_People_V1_BrowserService.Method.LookUpSession.Input.self, response: Artel_People_V1_BrowserService.Method.LookUpSession.Output.self,
      fullHandler: { request, context in
        try await self.lookUpSession(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_BrowserService.Method.SignOut.descriptor,
      request: Artel_People_V1_BrowserService.Method.SignOut.Input.self, response: Artel_People_V1_BrowserService.Method.SignOut.Output.self,
      fullHandler: { request, context in
        try await self.signOut(request: request, context: context)
      })
  }
}

extension Artel_People_V1_BrowserService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_People_V1_BrowserService.Method.RememberSession.descriptor,
      request: Artel_People_V1_BrowserService.Method.RememberSession.Input.self, response: Artel_People_V1_BrowserService.Method.RememberSession.Output.self,
      handler: { request, context in
        try await self.rememberSession(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_BrowserService.Method.LookUpSession.descriptor,
      request: Artel_People_V1_BrowserService.Method.LookUpSession.Input.self, response: Artel_People_V1_BrowserService.Method.LookUpSession.Output.self,
      handler: { request, context in
        try await self.lookUpSession(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_BrowserService.Method.SignOut.descriptor,
      request: Artel_People_V1_BrowserService.Method.SignOut.Input.self, response: Artel_People_V1_BrowserService.Method.SignOut.Output.self,
      handler: { request, context in
        try await self.signOut(request: request, context: context)
      })
  }
}

extension Artel_People_V1_BrowserService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func rememberSession(
    request: RPC.ServerRequest<Artel_People_V1_RememberSessionRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_BrowserSession> {
    RPC.ServerResponse(
      message: try await self.rememberSession(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func lookUpSession(
    request: RPC.ServerRequest<Artel_People_V1_LookUpSessionRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_BrowserSession> {
    RPC.ServerResponse(
      message: try await self.lookUpSession(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func signOut(
    request: RPC.ServerRequest<Artel_People_V1_SignOutRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<SwiftProtobuf.Google_Protobuf_Empty> {
    RPC.ServerResponse(
      message: try await self.signOut(request: request.message, context: context))
  }
}

extension Artel_People_V1_BrowserService {
  /// The browser that remembers who has signed in at it, by a cookie that no script can read. What the
  /// pages at `/sign-in` call; over gRPC there is no cookie, so nobody is remembered.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Lets the browser remember a sign-in that is complete, so that the next authorization request
    /// needs no new proof: once for each sign-in.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func rememberSession(
      _ message: Artel_People_V1_RememberSessionRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_BrowserSession {
      try await client.unary(
        Method.RememberSession.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_BrowserSession.self)
    }

    /// Lets the browser remember a sign-in that is complete, so that the next authorization request
    /// needs no new proof: once for each sign-in.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func rememberSession(
      _ request: RPC.ClientRequest<Artel_People_V1_RememberSessionRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_BrowserSession> {
      try await client.unary(
        Method.RememberSession.descriptor, request, options: options, as: Artel_People_V1_BrowserSession.self)
    }

    /// Tells whom the browser remembers.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func lookUpSession(
      _ message: Artel_People_V1_LookUpSessionRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_BrowserSession {
      try await client.unary(
        Method.LookUpSession.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_BrowserSession.self)
    }

    /// Tells whom the browser remembers.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func lookUpSession(
      _ request: RPC.ClientRequest<Artel_People_V1_LookUpSessionRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_BrowserSession> {
      try await client.unary(
        Method.LookUpSession.descriptor, request, options: options, as: Artel_People_V1_BrowserSession.self)
    }

    /// Signs out at the browser: ends the session that it remembers, with the tokens that apps have of
    /// it, and the cookie.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func signOut(
      _ message: Artel_People_V1_SignOutRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> SwiftProtobuf.Google_Protobuf_Empty {
      try await client.unary(
        Method.SignOut.descriptor, message, metadata: metadata, options: options, as: SwiftProtobuf.Google_Protobuf_Empty.self)
    }

    /// Signs out at the browser: ends the session that it remembers, with the tokens that apps have of
    /// it, and the cookie.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func signOut(
      _ request: RPC.ClientRequest<Artel_People_V1_SignOutRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<SwiftProtobuf.Google_Protobuf_Empty> {
      try await client.unary(
        Method.SignOut.descriptor, request, options: options, as: SwiftProtobuf.Google_Protobuf_Empty.self)
    }
  }
}
