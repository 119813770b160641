// Written by protoc-gen-artel from artel/tenancy/v1/client_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// The partners and services of the caller's tenant.
public enum Artel_Tenancy_V1_ClientService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "artel.tenancy.v1.ClientService")

  /// The service's methods.
  public enum Method {
    /// `artel.tenancy.v1.ClientService/CreateClient`.
    public enum CreateClient {
      /// What a caller sends.
      public typealias Input = Artel_Tenancy_V1_CreateClientRequest

      /// What a caller gets.
      public typealias Output = Artel_Tenancy_V1_ClientSecret

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Tenancy_V1_ClientService.descriptor, method: "CreateClient",
        kind: .unary)
    }

    /// `artel.tenancy.v1.ClientService/GetClient`.
    public enum GetClient {
      /// What a caller sends.
      public typealias Input = Artel_Tenancy_V1_GetClientRequest

      /// What a caller gets.
      public typealias Output = Artel_Tenancy_V1_Client

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Tenancy_V1_ClientService.descriptor, method: "GetClient",
        kind: .unary)
    }

    /// `artel.tenancy.v1.ClientService/ListClients`.
    public enum ListClients {
      /// What a caller sends.
      public typealias Input = Artel_Tenancy_V1_ListClientsRequest

      /// What a caller gets.
      public typealias Output = Artel_Tenancy_V1_ListClientsResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Tenancy_V1_ClientService.descriptor, method: "ListClients",
        kind: .unary)
    }

    /// `artel.tenancy.v1.ClientService/UpdateClient`.
    public enum UpdateClient {
      /// What a caller sends.
      public typealias Input = Artel_Tenancy_V1_UpdateClientRequest

      /// What a caller gets.
      public typealias Output = Artel_Tenancy_V1_Client

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Tenancy_V1_ClientService.descriptor, method: "UpdateClient",
        kind: .unary)
    }

    /// `artel.tenancy.v1.ClientService/RotateClientSecret`.
    public enum RotateClientSecret {
      /// What a caller sends.
      public typealias Input = Artel_Tenancy_V1_RotateClientSecretRequest

      /// What a caller gets.
      public typealias Output = Artel_Tenancy_V1_ClientSecret

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Tenancy_V1_ClientService.descriptor, method: "RotateClientSecret",
        kind: .unary)
    }

    /// `artel.tenancy.v1.ClientService/DisableClient`.
    public enum DisableClient {
      /// What a caller sends.
      public typealias Input = Artel_Tenancy_V1_DisableClientRequest

      /// What a caller gets.
      public typealias Output = Artel_Tenancy_V1_Client

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Tenancy_V1_ClientService.descriptor, method: "DisableClient",
        kind: .unary)
    }

    /// `artel.tenancy.v1.ClientService/EnableClient`.
    public enum EnableClient {
      /// What a caller sends.
      public typealias Input = Artel_Tenancy_V1_EnableClientRequest

      /// What a caller gets.
      public typealias Output = Artel_Tenancy_V1_Client

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Tenancy_V1_ClientService.descriptor, method: "EnableClient",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      CreateClient.descriptor,
      GetClient.descriptor,
      ListClients.descriptor,
      UpdateClient.descriptor,
      RotateClientSecret.descriptor,
      DisableClient.descriptor,
      EnableClient.descriptor,
    ]
  }
}

extension Artel_Tenancy_V1_ClientService {
  /// The partners and services of the caller's tenant.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Creates a client and returns its first secret, this once.
    func createClient(
      request: RPC.ServerRequest<Artel_Tenancy_V1_CreateClientRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_ClientSecret>

    /// Returns a client, without its secrets.
    func getClient(
      request: RPC.ServerRequest<Artel_Tenancy_V1_GetClientRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_Client>

    /// Lists the tenant's clients in the order of their identifiers.
    func listClients(
      request: RPC.ServerRequest<Artel_Tenancy_V1_ListClientsRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_ListClientsResponse>

    /// Changes a client. Scopes that are taken away stop counting in tokens that are out already, and
    /// new address ranges hold at once: at every process within a second.
    func updateClient(
      request: RPC.ServerRequest<Artel_Tenancy_V1_UpdateClientRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_Client>

    /// Gives a client a new secret and returns it, this once. The one before it goes on for as long as
    /// the request says; older ones end now.
    ///
    /// The call needs an `Idempotency-Key`. Made again because its answer was lost, it would end the
    /// secret that is in use, and leave the client with one that nobody has; nothing else in the request
    /// tells a repeated call from another one.
    func rotateClientSecret(
      request: RPC.ServerRequest<Artel_Tenancy_V1_RotateClientSecretRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_ClientSecret>

    /// Shuts a client out: its secrets, tokens, certificates and open streams are refused at every
    /// process within a second or two. Shutting it out again changes nothing.
    func disableClient(
      request: RPC.ServerRequest<Artel_Tenancy_V1_DisableClientRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_Client>

    /// Lets a client in again, with the secrets and certificates that it still has.
    func enableClient(
      request: RPC.ServerRequest<Artel_Tenancy_V1_EnableClientRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_Client>
  }

  /// The partners and services of the caller's tenant.
  public protocol SimpleServiceProtocol: Artel_Tenancy_V1_ClientService.ServiceProtocol {
    /// Creates a client and returns its first secret, this once.
    func createClient(
      request: Artel_Tenancy_V1_CreateClientRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Tenancy_V1_ClientSecret

    /// Returns a client, without its secrets.
    func getClient(
      request: Artel_Tenancy_V1_GetClientRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Tenancy_V1_Client

    /// Lists the tenant's clients in the order of their identifiers.
    func listClients(
      request: Artel_Tenancy_V1_ListClientsRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Tenancy_V1_ListClientsResponse

    /// Changes a client. Scopes that are taken away stop counting in tokens that are out already, and
    /// new address ranges hold at once: at every process within a second.
    func updateClient(
      request: Artel_Tenancy_V1_UpdateClientRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Tenancy_V1_Client

    /// Gives a client a new secret and returns it, this once. The one before it goes on for as long as
    /// the request says; older ones end now.
    ///
    /// The call needs an `Idempotency-Key`. Made again because its answer was lost, it would end the
    /// secret that is in use, and leave the client with one that nobody has; nothing else in the request
    /// tells a repeated call from another one.
    func rotateClientSecret(
      request: Artel_Tenancy_V1_RotateClientSecretRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Tenancy_V1_ClientSecret

    /// Shuts a client out: its secrets, tokens, certificates and open streams are refused at every
    /// process within a second or two. Shutting it out again changes nothing.
    func disableClient(
      request: Artel_Tenancy_V1_DisableClientRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Tenancy_V1_Client

    /// Lets a client in again, with the secrets and certificates that it still has.
    func enableClient(
      request: Artel_Tenancy_V1_EnableClientRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Tenancy_V1_Client
  }
}

extension Artel_Tenancy_V1_ClientService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Tenancy_V1_ClientService.Method.CreateClient.descriptor,
      request: Artel_Tenancy_V1_ClientService.Method.CreateClient.Input.self, response: Artel_Tenancy_V1_ClientService.Method.CreateClient.Output.self,
      fullHandler: { request, context in
        try await self.createClient(request: request, context: context)
      })
    router.registerUnary(
      Artel_Tenancy_V1_ClientService.Method.GetClient.descriptor,
      request: Artel_Tenancy_V1_ClientService.Method.GetClient.Input.self, response: Artel_Tenancy_V1_ClientService.Method.GetClient.Output.self,
      fullHandler: { request, context in
        try await self.getClient(request: request, context: context)
      })
    router.registerUnary(
      Artel_Tenancy_V1_ClientService.Method.ListClients.descriptor,
      request: Artel_Tenancy_V1_ClientService.Method.ListClients.Input.self, response: Artel_Tenancy_V1_ClientService.Method.ListClients.Output.self,
      fullHandler: { request, context in
        try await self.listClients(request: request, context: context)
      })
    router.registerUnary(
      Artel_Tenancy_V1_ClientService.Method.UpdateClient.descriptor,
      request: Artel_Tenancy_V1_ClientService.Method.UpdateClient.Input.self, response: Artel_Tenancy_V1_ClientService.Method.UpdateClient.Output.self,
      fullHandler: { request, context in
        try await self.updateClient(request: request, context: context)
      })
    router.registerUnary(
      Artel_Tenancy_V1_ClientService.Method.RotateClientSecret.descriptor,
      request: Artel_Tenancy_V1_ClientService.Method.RotateClientSecret.Input.self, response: Artel_Tenancy_V1_ClientService.Method.RotateClientSecret.Output.self,
      fullHandler: { request, context in
        try await self.rotateClientSecret(request: request, context: context)
      })
    router.registerUnary(
      Artel_Tenancy_V1_ClientService.Method.DisableClient.descriptor,
      request: Artel_Tenancy_V1_ClientService.Method.DisableClient.Input.self, response: Artel_Tenancy_V1_ClientService.Method.DisableClient.Output.self,
      fullHandler: { request, context in
        try await self.disableClient(request: request, context: context)
      })
    router.registerUnary(
      Artel_Tenancy_V1_ClientService.Method.EnableClient.descriptor,
      request: Artel_Tenancy_V1_ClientService.Method.EnableClient.Input.self, response: Artel_Tenancy_V1_ClientService.Method.EnableClient.Output.self,
      fullHandler: { request, context in
        try await self.enableClient(request: request, context: context)
      })
  }
}

extension Artel_Tenancy_V1_ClientService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Tenancy_V1_ClientService.Method.CreateClient.descriptor,
      request: Artel_Tenancy_V1_ClientService.Method.CreateClient.Input.self, response: Artel_Tenancy_V1_ClientService.Method.CreateClient.Output.self,
      handler: { request, context in
        try await self.createClient(request: request, context: context)
      })
    router.registerUnary(
      Artel_Tenancy_V1_ClientService.Method.GetClient.descriptor,
      request: Artel_Tenancy_V1_ClientService.Method.GetClient.Input.self, response: Artel_Tenancy_V1_ClientService.Method.GetClient.Output.self,
      handler: { request, context in
        try await self.getClient(request: request, context: context)
      })
    router.registerUnary(
      Artel_Tenancy_V1_ClientService.Method.ListClients.descriptor,
      request: Artel_Tenancy_V1_ClientService.Method.ListClients.Input.self, response: Artel_Tenancy_V1_ClientService.Method.ListClients.Output.self,
      handler: { request, context in
        try await self.listClients(request: request, context: context)
      })
    router.registerUnary(
      Artel_Tenancy_V1_ClientService.Method.UpdateClient.descriptor,
      request: Artel_Tenancy_V1_ClientService.Method.UpdateClient.Input.self, response: Artel_Tenancy_V1_ClientService.Method.UpdateClient.Output.self,
      handler: { request, context in
        try await self.updateClient(request: request, context: context)
      })
    router.registerUnary(
      Artel_Tenancy_V1_ClientService.Method.RotateClientSecret.descriptor,
      request: Artel_Tenancy_V1_ClientService.Method.RotateClientSecret.Input.self, response: Artel_Tenancy_V1_ClientService.Method.RotateClientSecret.Output.self,
      handler: { request, context in
        try await self.rotateClientSecret(request: request, context: context)
      })
    router.registerUnary(
      Artel_Tenancy_V1_ClientService.Method.DisableClient.descriptor,
      request: Artel_Tenancy_V1_ClientService.Method.DisableClient.Input.self, response: Artel_Tenancy_V1_ClientService.Method.DisableClient.Output.self,
      handler: { request, context in
        try await self.disableClient(request: request, context: context)
      })
    router.registerUnary(
      Artel_Tenancy_V1_ClientService.Method.EnableClient.descriptor,
      request: Artel_Tenancy_V1_ClientService.Method.EnableClient.Input.self, response: Artel_Tenancy_V1_ClientService.Method.EnableClient.Output.self,
      handler: { request, context in
        try await self.enableClient(request: request, context: context)
      })
  }
}

extension Artel_Tenancy_V1_ClientService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func createClient(
    request: RPC.ServerRequest<Artel_Tenancy_V1_CreateClientRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_ClientSecret> {
    RPC.ServerResponse(
      message: try await self.createClient(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func getClient(
    request: RPC.ServerRequest<Artel_Tenancy_V1_GetClientRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_Client> {
    RPC.ServerResponse(
      message: try await self.getClient(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func listClients(
    request: RPC.ServerRequest<Artel_Tenancy_V1_ListClientsRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_ListClientsResponse> {
    RPC.ServerResponse(
      message: try await self.listClients(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func updateClient(
    request: RPC.ServerRequest<Artel_Tenancy_V1_UpdateClientRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_Client> {
    RPC.ServerResponse(
      message: try await self.updateClient(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func rotateClientSecret(
    request: RPC.ServerRequest<Artel_Tenancy_V1_RotateClientSecretRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_ClientSecret> {
    RPC.ServerResponse(
      message: try await self.rotateClientSecret(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func disableClient(
    request: RPC.ServerRequest<Artel_Tenancy_V1_DisableClientRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_Client> {
    RPC.ServerResponse(
      message: try await self.disableClient(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func enableClient(
    request: RPC.ServerRequest<Artel_Tenancy_V1_EnableClientRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Tenancy_V1_Client> {
    RPC.ServerResponse(
      message: try await self.enableClient(request: request.message, context: context))
  }
}

extension Artel_Tenancy_V1_ClientService {
  /// The partners and services of the caller's tenant.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Creates a client and returns its first secret, this once.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createClient(
      _ message: Artel_Tenancy_V1_CreateClientRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Tenancy_V1_ClientSecret {
      try await client.unary(
        Method.CreateClient.descriptor, message, metadata: metadata, options: options, as: Artel_Tenancy_V1_ClientSecret.self)
    }

    /// Creates a client and returns its first secret, this once.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createClient(
      _ request: RPC.ClientRequest<Artel_Tenancy_V1_CreateClientRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Tenancy_V1_ClientSecret> {
      try await client.unary(
        Method.CreateClient.descriptor, request, options: options, as: Artel_Tenancy_V1_ClientSecret.self)
    }

    /// Returns a client, without its secrets.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getClient(
      _ message: Artel_Tenancy_V1_GetClientRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Tenancy_V1_Client {
      try await client.unary(
        Method.GetClient.descriptor, message, metadata: metadata, options: options, as: Artel_Tenancy_V1_Client.self)
    }

    /// Returns a client, without its secrets.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getClient(
      _ request: RPC.ClientRequest<Artel_Tenancy_V1_GetClientRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Tenancy_V1_Client> {
      try await client.unary(
        Method.GetClient.descriptor, request, options: options, as: Artel_Tenancy_V1_Client.self)
    }

    /// Lists the tenant's clients in the order of their identifiers.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listClients(
      _ message: Artel_Tenancy_V1_ListClientsRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Tenancy_V1_ListClientsResponse {
      try await client.unary(
        Method.ListClients.descriptor, message, metadata: metadata, options: options, as: Artel_Tenancy_V1_ListClientsResponse.self)
    }

    /// Lists the tenant's clients in the order of their identifiers.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listClients(
      _ request: RPC.ClientRequest<Artel_Tenancy_V1_ListClientsRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Tenancy_V1_ListClientsResponse> {
      try await client.unary(
        Method.ListClients.descriptor, request, options: options, as: Artel_Tenancy_V1_ListClientsResponse.self)
    }

    /// Changes a client. Scopes that are taken away stop counting in tokens that are out already, and
    /// new address ranges hold at once: at every process within a second.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func updateClient(
      _ message: Artel_Tenancy_V1_UpdateClientRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Tenancy_V1_Client {
      try await client.unary(
        Method.UpdateClient.descriptor, message, metadata: metadata, options: options, as: Artel_Tenancy_V1_Client.self)
    }

    /// Changes a client. Scopes that are taken away stop counting in tokens that are out already, and
    /// new address ranges hold at once: at every process within a second.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func updateClient(
      _ request: RPC.ClientRequest<Artel_Tenancy_V1_UpdateClientRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Tenancy_V1_Client> {
      try await client.unary(
        Method.UpdateClient.descriptor, request, options: options, as: Artel_Tenancy_V1_Client.self)
    }

    /// Gives a client a new secret and returns it, this once. The one before it goes on for as long as
    /// the request says; older ones end now.
    ///
    /// The call needs an `Idempotency-Key`. Made again because its answer was lost, it would end the
    /// secret that is in use, and leave the client with one that nobody has; nothing else in the request
    /// tells a repeated call from another one.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func rotateClientSecret(
      _ message: Artel_Tenancy_V1_RotateClientSecretRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Tenancy_V1_ClientSecret {
      try await client.unary(
        Method.RotateClientSecret.descriptor, message, metadata: metadata, options: options, as: Artel_Tenancy_V1_ClientSecret.self)
    }

    /// Gives a client a new secret and returns it, this once. The one before it goes on for as long as
    /// the request says; older ones end now.
    ///
    /// The call needs an `Idempotency-Key`. Made again because its answer was lost, it would end the
    /// secret that is in use, and leave the client with one that nobody has; nothing else in the request
    /// tells a repeated call from another one.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func rotateClientSecret(
      _ request: RPC.ClientRequest<Artel_Tenancy_V1_RotateClientSecretRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Tenancy_V1_ClientSecret> {
      try await client.unary(
        Method.RotateClientSecret.descriptor, request, options: options, as: Artel_Tenancy_V1_ClientSecret.self)
    }

    /// Shuts a client out: its secrets, tokens, certificates and open streams are refused at every
    /// process within a second or two. Shutting it out again changes nothing.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func disableClient(
      _ message: Artel_Tenancy_V1_DisableClientRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Tenancy_V1_Client {
      try await client.unary(
        Method.DisableClient.descriptor, message, metadata: metadata, options: options, as: Artel_Tenancy_V1_Client.self)
    }

    /// Shuts a client out: its secrets, tokens, certificates and open streams are refused at every
    /// process within a second or two. Shutting it out again changes nothing.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func disableClient(
      _ request: RPC.ClientRequest<Artel_Tenancy_V1_DisableClientRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Tenancy_V1_Client> {
      try await client.unary(
        Method.DisableClient.descriptor, request, options: options, as: Artel_Tenancy_V1_Client.self)
    }

    /// Lets a client in again, with the secrets and certificates that it still has.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func enableClient(
      _ message: Artel_Tenancy_V1_EnableClientRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Tenancy_V1_Client {
      try await client.unary(
        Method.EnableClient.descriptor, message, metadata: metadata, options: options, as: Artel_Tenancy_V1_Client.self)
    }

    /// Lets a client in again, with the secrets and certificates that it still has.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func enableClient(
      _ request: RPC.ClientRequest<Artel_Tenancy_V1_EnableClientRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Tenancy_V1_Client> {
      try await client.unary(
        Method.EnableClient.descriptor, request, options: options, as: Artel_Tenancy_V1_Client.self)
    }
  }
}
