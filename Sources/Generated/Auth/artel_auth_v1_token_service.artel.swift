// Written by protoc-gen-artel from artel/auth/v1/token_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// The token endpoint of OAuth 2.0 (RFC 6749 section 3.2) and the keys that verify its tokens.
///
/// Partners and services get access tokens here with their client credentials. People do not:
/// their tokens come from the tenant's own OpenID provider.
public enum Artel_Auth_V1_TokenService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "artel.auth.v1.TokenService")

  /// The service's methods.
  public enum Method {
    /// `artel.auth.v1.TokenService/CreateToken`.
    public enum CreateToken {
      /// What a caller sends.
      public typealias Input = Artel_Auth_V1_CreateTokenRequest

      /// What a caller gets.
      public typealias Output = Artel_Auth_V1_Token

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Auth_V1_TokenService.descriptor, method: "CreateToken",
        kind: .unary)
    }

    /// `artel.auth.v1.TokenService/GetKeySet`.
    public enum GetKeySet {
      /// What a caller sends.
      public typealias Input = Artel_Auth_V1_GetKeySetRequest

      /// What a caller gets.
      public typealias Output = Artel_Auth_V1_KeySet

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Auth_V1_TokenService.descriptor, method: "GetKeySet",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      CreateToken.descriptor,
      GetKeySet.descriptor,
    ]
  }
}

extension Artel_Auth_V1_TokenService {
  /// The token endpoint of OAuth 2.0 (RFC 6749 section 3.2) and the keys that verify its tokens.
  ///
  /// Partners and services get access tokens here with their client credentials. People do not:
  /// their tokens come from the tenant's own OpenID provider.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Issues an access token for client credentials (RFC 6749 section 4.4).
    ///
    /// The client authenticates with HTTP Basic (`authorization` header, both parts form-encoded
    /// first) or with `client_id` and `client_secret` in the body, never with both. The tenant is
    /// that of the client. Errors are those of RFC 6749 section 5.2.
    func createToken(
      request: RPC.ServerRequest<Artel_Auth_V1_CreateTokenRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Auth_V1_Token>

    /// Returns the public keys that verify this platform's tokens, as a JSON Web Key Set
    /// (RFC 7517 section 5).
    func getKeySet(
      request: RPC.ServerRequest<Artel_Auth_V1_GetKeySetRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Auth_V1_KeySet>
  }

  /// The token endpoint of OAuth 2.0 (RFC 6749 section 3.2) and the keys that verify its tokens.
  ///
  /// Partners and services get access tokens here with their client credentials. People do not:
  /// their tokens come from the tenant's own OpenID provider.
  public protocol SimpleServiceProtocol: Artel_Auth_V1_TokenService.ServiceProtocol {
    /// Issues an access token for client credentials (RFC 6749 section 4.4).
    ///
    /// The client authenticates with HTTP Basic (`authorization` header, both parts form-encoded
    /// first) or with `client_id` and `client_secret` in the body, never with both. The tenant is
    /// that of the client. Errors are those of RFC 6749 section 5.2.
    func createToken(
      request: Artel_Auth_V1_CreateTokenRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Auth_V1_Token

    /// Returns the public keys that verify this platform's tokens, as a JSON Web Key Set
    /// (RFC 7517 section 5).
    func getKeySet(
      request: Artel_Auth_V1_GetKeySetRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Auth_V1_KeySet
  }
}

extension Artel_Auth_V1_TokenService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Auth_V1_TokenService.Method.CreateToken.descriptor,
      request: Artel_Auth_V1_TokenService.Method.CreateToken.Input.self, response: Artel_Auth_V1_TokenService.Method.CreateToken.Output.self,
      fullHandler: { request, context in
        try await self.createToken(request: request, context: context)
      })
    router.registerUnary(
      Artel_Auth_V1_TokenService.Method.GetKeySet.descriptor,
      request: Artel_Auth_V1_TokenService.Method.GetKeySet.Input.self, response: Artel_Auth_V1_TokenService.Method.GetKeySet.Output.self,
      fullHandler: { request, context in
        try await self.getKeySet(request: request, context: context)
      })
  }
}

extension Artel_Auth_V1_TokenService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Auth_V1_TokenService.Method.CreateToken.descriptor,
      request: Artel_Auth_V1_TokenService.Method.CreateToken.Input.self, response: Artel_Auth_V1_TokenService.Method.CreateToken.Output.self,
      handler: { request, context in
        try await self.createToken(request: request, context: context)
      })
    router.registerUnary(
      Artel_Auth_V1_TokenService.Method.GetKeySet.descriptor,
      request: Artel_Auth_V1_TokenService.Method.GetKeySet.Input.self, response: Artel_Auth_V1_TokenService.Method.GetKeySet.Output.self,
      handler: { request, context in
        try await self.getKeySet(request: request, context: context)
      })
  }
}

extension Artel_Auth_V1_TokenService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func createToken(
    request: RPC.ServerRequest<Artel_Auth_V1_CreateTokenRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Auth_V1_Token> {
    RPC.ServerResponse(
      message: try await self.createToken(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func getKeySet(
    request: RPC.ServerRequest<Artel_Auth_V1_GetKeySetRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Auth_V1_KeySet> {
    RPC.ServerResponse(
      message: try await self.getKeySet(request: request.message, context: context))
  }
}

extension Artel_Auth_V1_TokenService {
  /// The token endpoint of OAuth 2.0 (RFC 6749 section 3.2) and the keys that verify its tokens.
  ///
  /// Partners and services get access tokens here with their client credentials. People do not:
  /// their tokens come from the tenant's own OpenID provider.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Issues an access token for client credentials (RFC 6749 section 4.4).
    ///
    /// The client authenticates with HTTP Basic (`authorization` header, both parts form-encoded
    /// first) or with `client_id` and `client_secret` in the body, never with both. The tenant is
    /// that of the client. Errors are those of RFC 6749 section 5.2.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createToken(
      _ message: Artel_Auth_V1_CreateTokenRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Auth_V1_Token {
      try await client.unary(
        Method.CreateToken.descriptor, message, metadata: metadata, options: options, as: Artel_Auth_V1_Token.self)
    }

    /// Issues an access token for client credentials (RFC 6749 section 4.4).
    ///
    /// The client authenticates with HTTP Basic (`authorization` header, both parts form-encoded
    /// first) or with `client_id` and `client_secret` in the body, never with both. The tenant is
    /// that of the client. Errors are those of RFC 6749 section 5.2.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createToken(
      _ request: RPC.ClientRequest<Artel_Auth_V1_CreateTokenRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Auth_V1_Token> {
      try await client.unary(
        Method.CreateToken.descriptor, request, options: options, as: Artel_Auth_V1_Token.self)
    }

    /// Returns the public keys that verify this platform's tokens, as a JSON Web Key Set
    /// (RFC 7517 section 5).
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getKeySet(
      _ message: Artel_Auth_V1_GetKeySetRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Auth_V1_KeySet {
      try await client.unary(
        Method.GetKeySet.descriptor, message, metadata: metadata, options: options, as: Artel_Auth_V1_KeySet.self)
    }

    /// Returns the public keys that verify this platform's tokens, as a JSON Web Key Set
    /// (RFC 7517 section 5).
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getKeySet(
      _ request: RPC.ClientRequest<Artel_Auth_V1_GetKeySetRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Auth_V1_KeySet> {
      try await client.unary(
        Method.GetKeySet.descriptor, request, options: options, as: Artel_Auth_V1_KeySet.self)
    }
  }
}
