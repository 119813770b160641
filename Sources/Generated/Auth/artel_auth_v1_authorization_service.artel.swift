// Written by protoc-gen-artel from artel/auth/v1/authorization_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// The authorization endpoint of OAuth 2.0 (RFC 6749 section 3.1): where an app sends a person's
/// browser, and the browser comes back with a code.
public enum Artel_Auth_V1_AuthorizationService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "artel.auth.v1.AuthorizationService")

  /// The service's methods.
  public enum Method {
    /// `artel.auth.v1.AuthorizationService/Authorize`.
    public enum Authorize {
      /// What a caller sends.
      public typealias Input = Artel_Auth_V1_AuthorizeRequest

      /// What a caller gets.
      public typealias Output = Artel_Auth_V1_AuthorizeResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Auth_V1_AuthorizationService.descriptor, method: "Authorize",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      Authorize.descriptor,
    ]
  }
}

extension Artel_Auth_V1_AuthorizationService {
  /// The authorization endpoint of OAuth 2.0 (RFC 6749 section 3.1): where an app sends a person's
  /// browser, and the browser comes back with a code.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Begins or completes an authorization request (RFC 6749 section 4.1.1) with PKCE (RFC 7636).
    ///
    /// Over REST the answer is a redirect (303): to the app, with a code or an error and the issuer
    /// (RFC 9207), or to where the person signs in. A client that is not known, or a redirect URI that
    /// is not registered, is an error here and goes nowhere.
    ///
    /// Who has signed in at this browser, as its cookie says, gives the code without a new proof, unless
    /// the request or the person's second factor asks for one.
    func authorize(
      request: RPC.ServerRequest<Artel_Auth_V1_AuthorizeRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Auth_V1_AuthorizeResponse>
  }

  /// The authorization endpoint of OAuth 2.0 (RFC 6749 section 3.1): where an app sends a person's
  /// browser, and the browser comes back with a code.
  public protocol SimpleServiceProtocol: Artel_Auth_V1_AuthorizationService.ServiceProtocol {
    /// Begins or completes an authorization request (RFC 6749 section 4.1.1) with PKCE (RFC 7636).
    ///
    /// Over REST the answer is a redirect (303): to the app, with a code or an error and the issuer
    /// (RFC 9207), or to where the person signs in. A client that is not known, or a redirect URI that
    /// is not registered, is an error here and goes nowhere.
    ///
    /// Who has signed in at this browser, as its cookie says, gives the code without a new proof, unless
    /// the request or the person's second factor asks for one.
    func authorize(
      request: Artel_Auth_V1_AuthorizeRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Auth_V1_AuthorizeResponse
  }
}

extension Artel_Auth_V1_AuthorizationService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Auth_V1_AuthorizationService.Method.Authorize.descriptor,
      request: Artel_Auth_V1_AuthorizationService.Method.Authorize.Input.self, response: Artel_Auth_V1_AuthorizationService.Method.Authorize.Output.self,
      fullHandler: { request, context in
        try await self.authorize(request: request, context: context)
      })
  }
}

extension Artel_Auth_V1_AuthorizationService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Auth_V1_AuthorizationService.Method.Authorize.descriptor,
      request: Artel_Auth_V1_AuthorizationService.Method.Authorize.Input.self, response: Artel_Auth_V1_AuthorizationService.Method.Authorize.Output.self,
      handler: { request, context in
        try await self.authorize(request: request, context: context)
      })
  }
}

extension Artel_Auth_V1_AuthorizationService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func authorize(
    request: RPC.ServerRequest<Artel_Auth_V1_AuthorizeRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Auth_V1_AuthorizeResponse> {
    RPC.ServerResponse(
      message: try await self.authorize(request: request.message, context: context))
  }
}

extension Artel_Auth_V1_AuthorizationService {
  /// The authorization endpoint of OAuth 2.0 (RFC 6749 section 3.1): where an app sends a person's
  /// browser, and the browser comes back with a code.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Begins or completes an authorization request (RFC 6749 section 4.1.1) with PKCE (RFC 7636).
    ///
    /// Over REST the answer is a redirect (303): to the app, with a code or an error and the issuer
    /// (RFC 9207), or to where the person signs in. A client that is not known, or a redirect URI that
    /// is not registered, is an error here and goes nowhere.
    ///
    /// Who has signed in at this browser, as its cookie says, gives the code without a new proof, unless
    /// the request or the person's second factor asks for one.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func authorize(
      _ message: Artel_Auth_V1_AuthorizeRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Auth_V1_AuthorizeResponse {
      try await client.unary(
        Method.Authorize.descriptor, message, metadata: metadata, options: options, as: Artel_Auth_V1_AuthorizeResponse.self)
    }

    /// Begins or completes an authorization request (RFC 6749 section 4.1.1) with PKCE (RFC 7636).
    ///
    /// Over REST the answer is a redirect (303): to the app, with a code or an error and the issuer
    /// (RFC 9207), or to where the person signs in. A client that is not known, or a redirect URI that
    /// is not registered, is an error here and goes nowhere.
    ///
    /// Who has signed in at this browser, as its cookie says, gives the code without a new proof, unless
    /// the request or the person's second factor asks for one.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func authorize(
      _ request: RPC.ClientRequest<Artel_Auth_V1_AuthorizeRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Auth_V1_AuthorizeResponse> {
      try await client.unary(
        Method.Authorize.descriptor, request, options: options, as: Artel_Auth_V1_AuthorizeResponse.self)
    }
  }
}
