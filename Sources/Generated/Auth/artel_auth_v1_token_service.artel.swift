// Written by protoc-gen-artel from artel/auth/v1/token_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// The token endpoint of OAuth 2.0 (RFC 6749 section 3.2), what ends and explains its tokens, and the
/// keys that verify them.
///
/// Partners and services get access tokens here with their client credentials. People's apps get
/// theirs with a code of the authorization endpoint.
///
/// Every client authenticates by the one method that it is registered with: HTTP Basic
/// (`authorization` header, both parts form-encoded first), `client_id` and `client_secret` in the
/// body, a signed assertion (RFC 7523), or its TLS certificate (RFC 8705 section 2); a public client
/// names itself by `client_id`. Two methods at once are an error. The tenant is that of the client.
/// Errors are those of RFC 6749 section 5.2.
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

    /// `artel.auth.v1.TokenService/RevokeToken`.
    public enum RevokeToken {
      /// What a caller sends.
      public typealias Input = Artel_Auth_V1_RevokeTokenRequest

      /// What a caller gets.
      public typealias Output = Artel_Auth_V1_RevokeTokenResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Auth_V1_TokenService.descriptor, method: "RevokeToken",
        kind: .unary)
    }

    /// `artel.auth.v1.TokenService/IntrospectToken`.
    public enum IntrospectToken {
      /// What a caller sends.
      public typealias Input = Artel_Auth_V1_IntrospectTokenRequest

      /// What a caller gets.
      public typealias Output = Artel_Auth_V1_TokenIntrospection

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Auth_V1_TokenService.descriptor, method: "IntrospectToken",
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
      RevokeToken.descriptor,
      IntrospectToken.descriptor,
      GetKeySet.descriptor,
    ]
  }
}

extension Artel_Auth_V1_TokenService {
  /// The token endpoint of OAuth 2.0 (RFC 6749 section 3.2), what ends and explains its tokens, and the
  /// keys that verify them.
  ///
  /// Partners and services get access tokens here with their client credentials. People's apps get
  /// theirs with a code of the authorization endpoint.
  ///
  /// Every client authenticates by the one method that it is registered with: HTTP Basic
  /// (`authorization` header, both parts form-encoded first), `client_id` and `client_secret` in the
  /// body, a signed assertion (RFC 7523), or its TLS certificate (RFC 8705 section 2); a public client
  /// names itself by `client_id`. Two methods at once are an error. The tenant is that of the client.
  /// Errors are those of RFC 6749 section 5.2.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Issues an access token: for client credentials (RFC 6749 section 4.4), for a code with its PKCE
    /// verifier (section 4.1.3, RFC 7636), or for a refresh token (section 6).
    func createToken(
      request: RPC.ServerRequest<Artel_Auth_V1_CreateTokenRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Auth_V1_Token>

    /// Ends a token (RFC 7009): an access token alone, a refresh token with every access token that
    /// came of it. A token that is unknown, expired or ended already is a success too; one of another
    /// client is an error and goes on.
    func revokeToken(
      request: RPC.ServerRequest<Artel_Auth_V1_RevokeTokenRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Auth_V1_RevokeTokenResponse>

    /// Tells an authenticated client whether a token is good and what it says (RFC 7662). A client sees
    /// its own tokens, a service of the tenant those of the tenant; of any other token, good or not, the
    /// answer is `{"active":false}`.
    func introspectToken(
      request: RPC.ServerRequest<Artel_Auth_V1_IntrospectTokenRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Auth_V1_TokenIntrospection>

    /// Returns the public keys that verify this platform's tokens, as a JSON Web Key Set
    /// (RFC 7517 section 5).
    func getKeySet(
      request: RPC.ServerRequest<Artel_Auth_V1_GetKeySetRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Auth_V1_KeySet>
  }

  /// The token endpoint of OAuth 2.0 (RFC 6749 section 3.2), what ends and explains its tokens, and the
  /// keys that verify them.
  ///
  /// Partners and services get access tokens here with their client credentials. People's apps get
  /// theirs with a code of the authorization endpoint.
  ///
  /// Every client authenticates by the one method that it is registered with: HTTP Basic
  /// (`authorization` header, both parts form-encoded first), `client_id` and `client_secret` in the
  /// body, a signed assertion (RFC 7523), or its TLS certificate (RFC 8705 section 2); a public client
  /// names itself by `client_id`. Two methods at once are an error. The tenant is that of the client.
  /// Errors are those of RFC 6749 section 5.2.
  public protocol SimpleServiceProtocol: Artel_Auth_V1_TokenService.ServiceProtocol {
    /// Issues an access token: for client credentials (RFC 6749 section 4.4), for a code with its PKCE
    /// verifier (section 4.1.3, RFC 7636), or for a refresh token (section 6).
    func createToken(
      request: Artel_Auth_V1_CreateTokenRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Auth_V1_Token

    /// Ends a token (RFC 7009): an access token alone, a refresh token with every access token that
    /// came of it. A token that is unknown, expired or ended already is a success too; one of another
    /// client is an error and goes on.
    func revokeToken(
      request: Artel_Auth_V1_RevokeTokenRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Auth_V1_RevokeTokenResponse

    /// Tells an authenticated client whether a token is good and what it says (RFC 7662). A client sees
    /// its own tokens, a service of the tenant those of the tenant; of any other token, good or not, the
    /// answer is `{"active":false}`.
    func introspectToken(
      request: Artel_Auth_V1_IntrospectTokenRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Auth_V1_TokenIntrospection

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
      Artel_Auth_V1_TokenService.Method.RevokeToken.descriptor,
      request: Artel_Auth_V1_TokenService.Method.RevokeToken.Input.self, response: Artel_Auth_V1_TokenService.Method.RevokeToken.Output.self,
      fullHandler: { request, context in
        try await self.revokeToken(request: request, context: context)
      })
    router.registerUnary(
      Artel_Auth_V1_TokenService.Method.IntrospectToken.descriptor,
      request: Artel_Auth_V1_TokenService.Method.IntrospectToken.Input.self, response: Artel_Auth_V1_TokenService.Method.IntrospectToken.Output.self,
      fullHandler: { request, context in
        try await self.introspectToken(request: request, context: context)
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
      Artel_Auth_V1_TokenService.Method.RevokeToken.descriptor,
      request: Artel_Auth_V1_TokenService.Method.RevokeToken.Input.self, response: Artel_Auth_V1_TokenService.Method.RevokeToken.Output.self,
      handler: { request, context in
        try await self.revokeToken(request: request, context: context)
      })
    router.registerUnary(
      Artel_Auth_V1_TokenService.Method.IntrospectToken.descriptor,
      request: Artel_Auth_V1_TokenService.Method.IntrospectToken.Input.self, response: Artel_Auth_V1_TokenService.Method.IntrospectToken.Output.self,
      handler: { request, context in
        try await self.introspectToken(request: request, context: context)
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
  public func revokeToken(
    request: RPC.ServerRequest<Artel_Auth_V1_RevokeTokenRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Auth_V1_RevokeTokenResponse> {
    RPC.ServerResponse(
      message: try await self.revokeToken(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func introspectToken(
    request: RPC.ServerRequest<Artel_Auth_V1_IntrospectTokenRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Auth_V1_TokenIntrospection> {
    RPC.ServerResponse(
      message: try await self.introspectToken(request: request.message, context: context))
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
  /// The token endpoint of OAuth 2.0 (RFC 6749 section 3.2), what ends and explains its tokens, and the
  /// keys that verify them.
  ///
  /// Partners and services get access tokens here with their client credentials. People's apps get
  /// theirs with a code of the authorization endpoint.
  ///
  /// Every client authenticates by the one method that it is registered with: HTTP Basic
  /// (`authorization` header, both parts form-encoded first), `client_id` and `client_secret` in the
  /// body, a signed assertion (RFC 7523), or its TLS certificate (RFC 8705 section 2); a public client
  /// names itself by `client_id`. Two methods at once are an error. The tenant is that of the client.
  /// Errors are those of RFC 6749 section 5.2.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Issues an access token: for client credentials (RFC 6749 section 4.4), for a code with its PKCE
    /// verifier (section 4.1.3, RFC 7636), or for a refresh token (section 6).
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

    /// Issues an access token: for client credentials (RFC 6749 section 4.4), for a code with its PKCE
    /// verifier (section 4.1.3, RFC 7636), or for a refresh token (section 6).
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

    /// Ends a token (RFC 7009): an access token alone, a refresh token with every access token that
    /// came of it. A token that is unknown, expired or ended already is a success too; one of another
    /// client is an error and goes on.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func revokeToken(
      _ message: Artel_Auth_V1_RevokeTokenRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Auth_V1_RevokeTokenResponse {
      try await client.unary(
        Method.RevokeToken.descriptor, message, metadata: metadata, options: options, as: Artel_Auth_V1_RevokeTokenResponse.self)
    }

    /// Ends a token (RFC 7009): an access token alone, a refresh token with every access token that
    /// came of it. A token that is unknown, expired or ended already is a success too; one of another
    /// client is an error and goes on.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func revokeToken(
      _ request: RPC.ClientRequest<Artel_Auth_V1_RevokeTokenRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Auth_V1_RevokeTokenResponse> {
      try await client.unary(
        Method.RevokeToken.descriptor, request, options: options, as: Artel_Auth_V1_RevokeTokenResponse.self)
    }

    /// Tells an authenticated client whether a token is good and what it says (RFC 7662). A client sees
    /// its own tokens, a service of the tenant those of the tenant; of any other token, good or not, the
    /// answer is `{"active":false}`.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func introspectToken(
      _ message: Artel_Auth_V1_IntrospectTokenRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Auth_V1_TokenIntrospection {
      try await client.unary(
        Method.IntrospectToken.descriptor, message, metadata: metadata, options: options, as: Artel_Auth_V1_TokenIntrospection.self)
    }

    /// Tells an authenticated client whether a token is good and what it says (RFC 7662). A client sees
    /// its own tokens, a service of the tenant those of the tenant; of any other token, good or not, the
    /// answer is `{"active":false}`.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func introspectToken(
      _ request: RPC.ClientRequest<Artel_Auth_V1_IntrospectTokenRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Auth_V1_TokenIntrospection> {
      try await client.unary(
        Method.IntrospectToken.descriptor, request, options: options, as: Artel_Auth_V1_TokenIntrospection.self)
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
