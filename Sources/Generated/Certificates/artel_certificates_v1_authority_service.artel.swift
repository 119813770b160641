// Written by protoc-gen-artel from artel/certificates/v1/authority_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import GeneratedGoogle
import RPC
import SwiftProtobuf

/// The authorities whose certificates a tenant's clients may show. A tenant has one from its first
/// day, whose key the platform keeps; it can have others made, and bring its own.
///
/// To replace an authority, create the new one, let every client renew, and delete the old one: both
/// count meanwhile.
public enum Artel_Certificates_V1_AuthorityService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "artel.certificates.v1.AuthorityService")

  /// The service's methods.
  public enum Method {
    /// `artel.certificates.v1.AuthorityService/ListAuthorities`.
    public enum ListAuthorities {
      /// What a caller sends.
      public typealias Input = Artel_Certificates_V1_ListAuthoritiesRequest

      /// What a caller gets.
      public typealias Output = Artel_Certificates_V1_ListAuthoritiesResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Certificates_V1_AuthorityService.descriptor, method: "ListAuthorities",
        kind: .unary)
    }

    /// `artel.certificates.v1.AuthorityService/CreateAuthority`.
    public enum CreateAuthority {
      /// What a caller sends.
      public typealias Input = Artel_Certificates_V1_CreateAuthorityRequest

      /// What a caller gets.
      public typealias Output = Artel_Certificates_V1_Authority

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Certificates_V1_AuthorityService.descriptor, method: "CreateAuthority",
        kind: .unary)
    }

    /// `artel.certificates.v1.AuthorityService/ReplaceRevocationLists`.
    public enum ReplaceRevocationLists {
      /// What a caller sends.
      public typealias Input = Artel_Certificates_V1_ReplaceRevocationListsRequest

      /// What a caller gets.
      public typealias Output = Artel_Certificates_V1_Authority

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Certificates_V1_AuthorityService.descriptor, method: "ReplaceRevocationLists",
        kind: .unary)
    }

    /// `artel.certificates.v1.AuthorityService/DeleteAuthority`.
    public enum DeleteAuthority {
      /// What a caller sends.
      public typealias Input = Artel_Certificates_V1_DeleteAuthorityRequest

      /// What a caller gets.
      public typealias Output = SwiftProtobuf.Google_Protobuf_Empty

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Certificates_V1_AuthorityService.descriptor, method: "DeleteAuthority",
        kind: .unary)
    }

    /// `artel.certificates.v1.AuthorityService/GetRevocationList`.
    public enum GetRevocationList {
      /// What a caller sends.
      public typealias Input = Artel_Certificates_V1_GetRevocationListRequest

      /// What a caller gets.
      public typealias Output = GeneratedGoogle.Google_Api_HttpBody

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Certificates_V1_AuthorityService.descriptor, method: "GetRevocationList",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      ListAuthorities.descriptor,
      CreateAuthority.descriptor,
      ReplaceRevocationLists.descriptor,
      DeleteAuthority.descriptor,
      GetRevocationList.descriptor,
    ]
  }
}

extension Artel_Certificates_V1_AuthorityService {
  /// The authorities whose certificates a tenant's clients may show. A tenant has one from its first
  /// day, whose key the platform keeps; it can have others made, and bring its own.
  ///
  /// To replace an authority, create the new one, let every client renew, and delete the old one: both
  /// count meanwhile.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Lists the tenant's authorities, the newest first.
    func listAuthorities(
      request: RPC.ServerRequest<Artel_Certificates_V1_ListAuthoritiesRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Certificates_V1_ListAuthoritiesResponse>

    /// Creates an authority: one that the platform makes and keeps the key of, or one that the tenant
    /// brings. New certificates come of the newest one with a key, from five seconds after its
    /// creation: by then every process trusts it.
    func createAuthority(
      request: RPC.ServerRequest<Artel_Certificates_V1_CreateAuthorityRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Certificates_V1_Authority>

    /// Replaces the revocation lists of an authority that the tenant has brought. From the first list
    /// on its certificates count only while there is a list whose next update is to come.
    func replaceRevocationLists(
      request: RPC.ServerRequest<Artel_Certificates_V1_ReplaceRevocationListsRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Certificates_V1_Authority>

    /// Deletes an authority: nothing that it has signed counts any more, open connections included,
    /// within five seconds. Without `force` it fails while certificates issued here by it are valid.
    func deleteAuthority(
      request: RPC.ServerRequest<Artel_Certificates_V1_DeleteAuthorityRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<SwiftProtobuf.Google_Protobuf_Empty>

    /// Returns the revocation list (RFC 5280 section 5) of an authority whose key the platform keeps, in
    /// DER, for whoever verifies its certificates elsewhere.
    func getRevocationList(
      request: RPC.ServerRequest<Artel_Certificates_V1_GetRevocationListRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<GeneratedGoogle.Google_Api_HttpBody>
  }

  /// The authorities whose certificates a tenant's clients may show. A tenant has one from its first
  /// day, whose key the platform keeps; it can have others made, and bring its own.
  ///
  /// To replace an authority, create the new one, let every client renew, and delete the old one: both
  /// count meanwhile.
  public protocol SimpleServiceProtocol: Artel_Certificates_V1_AuthorityService.ServiceProtocol {
    /// Lists the tenant's authorities, the newest first.
    func listAuthorities(
      request: Artel_Certificates_V1_ListAuthoritiesRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Certificates_V1_ListAuthoritiesResponse

    /// Creates an authority: one that the platform makes and keeps the key of, or one that the tenant
    /// brings. New certificates come of the newest one with a key, from five seconds after its
    /// creation: by then every process trusts it.
    func createAuthority(
      request: Artel_Certificates_V1_CreateAuthorityRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Certificates_V1_Authority

    /// Replaces the revocation lists of an authority that the tenant has brought. From the first list
    /// on its certificates count only while there is a list whose next update is to come.
    func replaceRevocationLists(
      request: Artel_Certificates_V1_ReplaceRevocationListsRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Certificates_V1_Authority

    /// Deletes an authority: nothing that it has signed counts any more, open connections included,
    /// within five seconds. Without `force` it fails while certificates issued here by it are valid.
    func deleteAuthority(
      request: Artel_Certificates_V1_DeleteAuthorityRequest,
      context: RPC.ServerContext
    ) async throws -> SwiftProtobuf.Google_Protobuf_Empty

    /// Returns the revocation list (RFC 5280 section 5) of an authority whose key the platform keeps, in
    /// DER, for whoever verifies its certificates elsewhere.
    func getRevocationList(
      request: Artel_Certificates_V1_GetRevocationListRequest,
      context: RPC.ServerContext
    ) async throws -> GeneratedGoogle.Google_Api_HttpBody
  }
}

extension Artel_Certificates_V1_AuthorityService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Certificates_V1_AuthorityService.Method.ListAuthorities.descriptor,
      request: Artel_Certificates_V1_AuthorityService.Method.ListAuthorities.Input.self, response: Artel_Certificates_V1_AuthorityService.Method.ListAuthorities.Output.self,
      fullHandler: { request, context in
        try await self.listAuthorities(request: request, context: context)
      })
    router.registerUnary(
      Artel_Certificates_V1_AuthorityService.Method.CreateAuthority.descriptor,
      request: Artel_Certificates_V1_AuthorityService.Method.CreateAuthority.Input.self, response: Artel_Certificates_V1_AuthorityService.Method.CreateAuthority.Output.self,
      fullHandler: { request, context in
        try await self.createAuthority(request: request, context: context)
      })
    router.registerUnary(
      Artel_Certificates_V1_AuthorityService.Method.ReplaceRevocationLists.descriptor,
      request: Artel_Certificates_V1_AuthorityService.Method.ReplaceRevocationLists.Input.self, response: Artel_Certificates_V1_AuthorityService.Method.ReplaceRevocationLists.Output.self,
      fullHandler: { request, context in
        try await self.replaceRevocationLists(request: request, context: context)
      })
    router.registerUnary(
      Artel_Certificates_V1_AuthorityService.Method.DeleteAuthority.descriptor,
      request: Artel_Certificates_V1_AuthorityService.Method.DeleteAuthority.Input.self, response: Artel_Certificates_V1_AuthorityService.Method.DeleteAuthority.Output.self,
      fullHandler: { request, context in
        try await self.deleteAuthority(request: request, context: context)
      })
    router.registerUnary(
      Artel_Certificates_V1_AuthorityService.Method.GetRevocationList.descriptor,
      request: Artel_Certificates_V1_AuthorityService.Method.GetRevocationList.Input.self, response: Artel_Certificates_V1_AuthorityService.Method.GetRevocationList.Output.self,
      fullHandler: { request, context in
        try await self.getRevocationList(request: request, context: context)
      })
  }
}

extension Artel_Certificates_V1_AuthorityService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Certificates_V1_AuthorityService.Method.ListAuthorities.descriptor,
      request: Artel_Certificates_V1_AuthorityService.Method.ListAuthorities.Input.self, response: Artel_Certificates_V1_AuthorityService.Method.ListAuthorities.Output.self,
      handler: { request, context in
        try await self.listAuthorities(request: request, context: context)
      })
    router.registerUnary(
      Artel_Certificates_V1_AuthorityService.Method.CreateAuthority.descriptor,
      request: Artel_Certificates_V1_AuthorityService.Method.CreateAuthority.Input.self, response: Artel_Certificates_V1_AuthorityService.Method.CreateAuthority.Output.self,
      handler: { request, context in
        try await self.createAuthority(request: request, context: context)
      })
    router.registerUnary(
      Artel_Certificates_V1_AuthorityService.Method.ReplaceRevocationLists.descriptor,
      request: Artel_Certificates_V1_AuthorityService.Method.ReplaceRevocationLists.Input.self, response: Artel_Certificates_V1_AuthorityService.Method.ReplaceRevocationLists.Output.self,
      handler: { request, context in
        try await self.replaceRevocationLists(request: request, context: context)
      })
    router.registerUnary(
      Artel_Certificates_V1_AuthorityService.Method.DeleteAuthority.descriptor,
      request: Artel_Certificates_V1_AuthorityService.Method.DeleteAuthority.Input.self, response: Artel_Certificates_V1_AuthorityService.Method.DeleteAuthority.Output.self,
      handler: { request, context in
        try await self.deleteAuthority(request: request, context: context)
      })
    router.registerUnary(
      Artel_Certificates_V1_AuthorityService.Method.GetRevocationList.descriptor,
      request: Artel_Certificates_V1_AuthorityService.Method.GetRevocationList.Input.self, response: Artel_Certificates_V1_AuthorityService.Method.GetRevocationList.Output.self,
      handler: { request, context in
        try await self.getRevocationList(request: request, context: context)
      })
  }
}

extension Artel_Certificates_V1_AuthorityService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func listAuthorities(
    request: RPC.ServerRequest<Artel_Certificates_V1_ListAuthoritiesRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Certificates_V1_ListAuthoritiesResponse> {
    RPC.ServerResponse(
      message: try await self.listAuthorities(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func createAuthority(
    request: RPC.ServerRequest<Artel_Certificates_V1_CreateAuthorityRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Certificates_V1_Authority> {
    RPC.ServerResponse(
      message: try await self.createAuthority(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func replaceRevocationLists(
    request: RPC.ServerRequest<Artel_Certificates_V1_ReplaceRevocationListsRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Certificates_V1_Authority> {
    RPC.ServerResponse(
      message: try await self.replaceRevocationLists(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func deleteAuthority(
    request: RPC.ServerRequest<Artel_Certificates_V1_DeleteAuthorityRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<SwiftProtobuf.Google_Protobuf_Empty> {
    RPC.ServerResponse(
      message: try await self.deleteAuthority(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func getRevocationList(
    request: RPC.ServerRequest<Artel_Certificates_V1_GetRevocationListRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<GeneratedGoogle.Google_Api_HttpBody> {
    RPC.ServerResponse(
      message: try await self.getRevocationList(request: request.message, context: context))
  }
}

extension Artel_Certificates_V1_AuthorityService {
  /// The authorities whose certificates a tenant's clients may show. A tenant has one from its first
  /// day, whose key the platform keeps; it can have others made, and bring its own.
  ///
  /// To replace an authority, create the new one, let every client renew, and delete the old one: both
  /// count meanwhile.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Lists the tenant's authorities, the newest first.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listAuthorities(
      _ message: Artel_Certificates_V1_ListAuthoritiesRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Certificates_V1_ListAuthoritiesResponse {
      try await client.unary(
        Method.ListAuthorities.descriptor, message, metadata: metadata, options: options, as: Artel_Certificates_V1_ListAuthoritiesResponse.self)
    }

    /// Lists the tenant's authorities, the newest first.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listAuthorities(
      _ request: RPC.ClientRequest<Artel_Certificates_V1_ListAuthoritiesRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Certificates_V1_ListAuthoritiesResponse> {
      try await client.unary(
        Method.ListAuthorities.descriptor, request, options: options, as: Artel_Certificates_V1_ListAuthoritiesResponse.self)
    }

    /// Creates an authority: one that the platform makes and keeps the key of, or one that the tenant
    /// brings. New certificates come of the newest one with a key, from five seconds after its
    /// creation: by then every process trusts it.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createAuthority(
      _ message: Artel_Certificates_V1_CreateAuthorityRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Certificates_V1_Authority {
      try await client.unary(
        Method.CreateAuthority.descriptor, message, metadata: metadata, options: options, as: Artel_Certificates_V1_Authority.self)
    }

    /// Creates an authority: one that the platform makes and keeps the key of, or one that the tenant
    /// brings. New certificates come of the newest one with a key, from five seconds after its
    /// creation: by then every process trusts it.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createAuthority(
      _ request: RPC.ClientRequest<Artel_Certificates_V1_CreateAuthorityRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Certificates_V1_Authority> {
      try await client.unary(
        Method.CreateAuthority.descriptor, request, options: options, as: Artel_Certificates_V1_Authority.self)
    }

    /// Replaces the revocation lists of an authority that the tenant has brought. From the first list
    /// on its certificates count only while there is a list whose next update is to come.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func replaceRevocationLists(
      _ message: Artel_Certificates_V1_ReplaceRevocationListsRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Certificates_V1_Authority {
      try await client.unary(
        Method.ReplaceRevocationLists.descriptor, message, metadata: metadata, options: options, as: Artel_Certificates_V1_Authority.self)
    }

    /// Replaces the revocation lists of an authority that the tenant has brought. From the first list
    /// on its certificates count only while there is a list whose next update is to come.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func replaceRevocationLists(
      _ request: RPC.ClientRequest<Artel_Certificates_V1_ReplaceRevocationListsRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Certificates_V1_Authority> {
      try await client.unary(
        Method.ReplaceRevocationLists.descriptor, request, options: options, as: Artel_Certificates_V1_Authority.self)
    }

    /// Deletes an authority: nothing that it has signed counts any more, open connections included,
    /// within five seconds. Without `force` it fails while certificates issued here by it are valid.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func deleteAuthority(
      _ message: Artel_Certificates_V1_DeleteAuthorityRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> SwiftProtobuf.Google_Protobuf_Empty {
      try await client.unary(
        Method.DeleteAuthority.descriptor, message, metadata: metadata, options: options, as: SwiftProtobuf.Google_Protobuf_Empty.self)
    }

    /// Deletes an authority: nothing that it has signed counts any more, open connections included,
    /// within five seconds. Without `force` it fails while certificates issued here by it are valid.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func deleteAuthority(
      _ request: RPC.ClientRequest<Artel_Certificates_V1_DeleteAuthorityRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<SwiftProtobuf.Google_Protobuf_Empty> {
      try await client.unary(
        Method.DeleteAuthority.descriptor, request, options: options, as: SwiftProtobuf.Google_Protobuf_Empty.self)
    }

    /// Returns the revocation list (RFC 5280 section 5) of an authority whose key the platform keeps, in
    /// DER, for whoever verifies its certificates elsewhere.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getRevocationList(
      _ message: Artel_Certificates_V1_GetRevocationListRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> GeneratedGoogle.Google_Api_HttpBody {
      try await client.unary(
        Method.GetRevocationList.descriptor, message, metadata: metadata, options: options, as: GeneratedGoogle.Google_Api_HttpBody.self)
    }

    /// Returns the revocation list (RFC 5280 section 5) of an authority whose key the platform keeps, in
    /// DER, for whoever verifies its certificates elsewhere.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getRevocationList(
      _ request: RPC.ClientRequest<Artel_Certificates_V1_GetRevocationListRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<GeneratedGoogle.Google_Api_HttpBody> {
      try await client.unary(
        Method.GetRevocationList.descriptor, request, options: options, as: GeneratedGoogle.Google_Api_HttpBody.self)
    }
  }
}
