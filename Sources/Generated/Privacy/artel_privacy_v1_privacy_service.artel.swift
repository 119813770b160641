// Written by protoc-gen-artel from artel/privacy/v1/privacy_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// What the tenant holds of a person, and how it is forgotten. A subject is a person as credentials
/// name it, `{issuer}:{subject}`: a member of the tenant is `artel:{member}`.
public enum Artel_Privacy_V1_PrivacyService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "artel.privacy.v1.PrivacyService")

  /// The service's methods.
  public enum Method {
    /// `artel.privacy.v1.PrivacyService/ExportSubject`.
    public enum ExportSubject {
      /// What a caller sends.
      public typealias Input = Artel_Privacy_V1_ExportSubjectRequest

      /// What a caller gets.
      public typealias Output = Artel_Privacy_V1_SubjectExport

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Privacy_V1_PrivacyService.descriptor, method: "ExportSubject",
        kind: .unary)
    }

    /// `artel.privacy.v1.PrivacyService/EraseSubject`.
    public enum EraseSubject {
      /// What a caller sends.
      public typealias Input = Artel_Privacy_V1_EraseSubjectRequest

      /// What a caller gets.
      public typealias Output = Artel_Privacy_V1_Erasure

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Privacy_V1_PrivacyService.descriptor, method: "EraseSubject",
        kind: .unary)
    }

    /// `artel.privacy.v1.PrivacyService/ListErasures`.
    public enum ListErasures {
      /// What a caller sends.
      public typealias Input = Artel_Privacy_V1_ListErasuresRequest

      /// What a caller gets.
      public typealias Output = Artel_Privacy_V1_ListErasuresResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Privacy_V1_PrivacyService.descriptor, method: "ListErasures",
        kind: .unary)
    }

    /// `artel.privacy.v1.PrivacyService/GetErasure`.
    public enum GetErasure {
      /// What a caller sends.
      public typealias Input = Artel_Privacy_V1_GetErasureRequest

      /// What a caller gets.
      public typealias Output = Artel_Privacy_V1_Erasure

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Privacy_V1_PrivacyService.descriptor, method: "GetErasure",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      ExportSubject.descriptor,
      EraseSubject.descriptor,
      ListErasures.descriptor,
      GetErasure.descriptor,
    ]
  }
}

extension Artel_Privacy_V1_PrivacyService {
  /// What the tenant holds of a person, and how it is forgotten. A subject is a person as credentials
  /// name it, `{issuer}:{subject}`: a member of the tenant is `artel:{member}`.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Lists everything that is held of a subject, opened: rows that tell of it, and what the audit's
    /// entries say of it. To be kept before an erasure by whoever has to. It opens what other methods show
    /// with further scopes alone, so it asks for all of them.
    func exportSubject(
      request: RPC.ServerRequest<Artel_Privacy_V1_ExportSubjectRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Privacy_V1_SubjectExport>

    /// Erases a subject: destroys the key by which everything that tells of it is sealed. From then on it
    /// reads `[erased]`, in backups that are restored as well. A member can do nothing any more. There is
    /// no way back. What was begun goes on by itself, whatever becomes of the call or of the process; a
    /// repeated call answers where it stands. Of whom nothing is held, nothing is erased, and the answer
    /// says so: `NOTHING_HELD`.
    func eraseSubject(
      request: RPC.ServerRequest<Artel_Privacy_V1_EraseSubjectRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Privacy_V1_Erasure>

    /// Lists erasures, the newest first.
    func listErasures(
      request: RPC.ServerRequest<Artel_Privacy_V1_ListErasuresRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Privacy_V1_ListErasuresResponse>

    /// Returns an erasure.
    func getErasure(
      request: RPC.ServerRequest<Artel_Privacy_V1_GetErasureRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Privacy_V1_Erasure>
  }

  /// What the tenant holds of a person, and how it is forgotten. A subject is a person as credentials
  /// name it, `{issuer}:{subject}`: a member of the tenant is `artel:{member}`.
  public protocol SimpleServiceProtocol: Artel_Privacy_V1_PrivacyService.ServiceProtocol {
    /// Lists everything that is held of a subject, opened: rows that tell of it, and what the audit's
    /// entries say of it. To be kept before an erasure by whoever has to. It opens what other methods show
    /// with further scopes alone, so it asks for all of them.
    func exportSubject(
      request: Artel_Privacy_V1_ExportSubjectRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Privacy_V1_SubjectExport

    /// Erases a subject: destroys the key by which everything that tells of it is sealed. From then on it
    /// reads `[erased]`, in backups that are restored as well. A member can do nothing any more. There is
    /// no way back. What was begun goes on by itself, whatever becomes of the call or of the process; a
    /// repeated call answers where it stands. Of whom nothing is held, nothing is erased, and the answer
    /// says so: `NOTHING_HELD`.
    func eraseSubject(
      request: Artel_Privacy_V1_EraseSubjectRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Privacy_V1_Erasure

    /// Lists erasures, the newest first.
    func listErasures(
      request: Artel_Privacy_V1_ListErasuresRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Privacy_V1_ListErasuresResponse

    /// Returns an erasure.
    func getErasure(
      request: Artel_Privacy_V1_GetErasureRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Privacy_V1_Erasure
  }
}

extension Artel_Privacy_V1_PrivacyService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Privacy_V1_PrivacyService.Method.ExportSubject.descriptor,
      request: Artel_Privacy_V1_PrivacyService.Method.ExportSubject.Input.self, response: Artel_Privacy_V1_PrivacyService.Method.ExportSubject.Output.self,
      fullHandler: { request, context in
        try await self.exportSubject(request: request, context: context)
      })
    router.registerUnary(
      Artel_Privacy_V1_PrivacyService.Method.EraseSubject.descriptor,
      request: Artel_Privacy_V1_PrivacyService.Method.EraseSubject.Input.self, response: Artel_Privacy_V1_PrivacyService.Method.EraseSubject.Output.self,
      fullHandler: { request, context in
        try await self.eraseSubject(request: request, context: context)
      })
    router.registerUnary(
      Artel_Privacy_V1_PrivacyService.Method.ListErasures.descriptor,
      request: Artel_Privacy_V1_PrivacyService.Method.ListErasures.Input.self, response: Artel_Privacy_V1_PrivacyService.Method.ListErasures.Output.self,
      fullHandler: { request, context in
        try await self.listErasures(request: request, context: context)
      })
    router.registerUnary(
      Artel_Privacy_V1_PrivacyService.Method.GetErasure.descriptor,
      request: Artel_Privacy_V1_PrivacyService.Method.GetErasure.Input.self, response: Artel_Privacy_V1_PrivacyService.Method.GetErasure.Output.self,
      fullHandler: { request, context in
        try await self.getErasure(request: request, context: context)
      })
  }
}

extension Artel_Privacy_V1_PrivacyService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Privacy_V1_PrivacyService.Method.ExportSubject.descriptor,
      request: Artel_Privacy_V1_PrivacyService.Method.ExportSubject.Input.self, response: Artel_Privacy_V1_PrivacyService.Method.ExportSubject.Output.self,
      handler: { request, context in
        try await self.exportSubject(request: request, context: context)
      })
    router.registerUnary(
      Artel_Privacy_V1_PrivacyService.Method.EraseSubject.descriptor,
      request: Artel_Privacy_V1_PrivacyService.Method.EraseSubject.Input.self, response: Artel_Privacy_V1_PrivacyService.Method.EraseSubject.Output.self,
      handler: { request, context in
        try await self.eraseSubject(request: request, context: context)
      })
    router.registerUnary(
      Artel_Privacy_V1_PrivacyService.Method.ListErasures.descriptor,
      request: Artel_Privacy_V1_PrivacyService.Method.ListErasures.Input.self, response: Artel_Privacy_V1_PrivacyService.Method.ListErasures.Output.self,
      handler: { request, context in
        try await self.listErasures(request: request, context: context)
      })
    router.registerUnary(
      Artel_Privacy_V1_PrivacyService.Method.GetErasure.descriptor,
      request: Artel_Privacy_V1_PrivacyService.Method.GetErasure.Input.self, response: Artel_Privacy_V1_PrivacyService.Method.GetErasure.Output.self,
      handler: { request, context in
        try await self.getErasure(request: request, context: context)
      })
  }
}

extension Artel_Privacy_V1_PrivacyService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func exportSubject(
    request: RPC.ServerRequest<Artel_Privacy_V1_ExportSubjectRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Privacy_V1_SubjectExport> {
    RPC.ServerResponse(
      message: try await self.exportSubject(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func eraseSubject(
    request: RPC.ServerRequest<Artel_Privacy_V1_EraseSubjectRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Privacy_V1_Erasure> {
    RPC.ServerResponse(
      message: try await self.eraseSubject(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func listErasures(
    request: RPC.ServerRequest<Artel_Privacy_V1_ListErasuresRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Privacy_V1_ListErasuresResponse> {
    RPC.ServerResponse(
      message: try await self.listErasures(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func getErasure(
    request: RPC.ServerRequest<Artel_Privacy_V1_GetErasureRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Privacy_V1_Erasure> {
    RPC.ServerResponse(
      message: try await self.getErasure(request: request.message, context: context))
  }
}

extension Artel_Privacy_V1_PrivacyService {
  /// What the tenant holds of a person, and how it is forgotten. A subject is a person as credentials
  /// name it, `{issuer}:{subject}`: a member of the tenant is `artel:{member}`.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Lists everything that is held of a subject, opened: rows that tell of it, and what the audit's
    /// entries say of it. To be kept before an erasure by whoever has to. It opens what other methods show
    /// with further scopes alone, so it asks for all of them.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func exportSubject(
      _ message: Artel_Privacy_V1_ExportSubjectRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Privacy_V1_SubjectExport {
      try await client.unary(
        Method.ExportSubject.descriptor, message, metadata: metadata, options: options, as: Artel_Privacy_V1_SubjectExport.self)
    }

    /// Lists everything that is held of a subject, opened: rows that tell of it, and what the audit's
    /// entries say of it. To be kept before an erasure by whoever has to. It opens what other methods show
    /// with further scopes alone, so it asks for all of them.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func exportSubject(
      _ request: RPC.ClientRequest<Artel_Privacy_V1_ExportSubjectRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Privacy_V1_SubjectExport> {
      try await client.unary(
        Method.ExportSubject.descriptor, request, options: options, as: Artel_Privacy_V1_SubjectExport.self)
    }

    /// Erases a subject: destroys the key by which everything that tells of it is sealed. From then on it
    /// reads `[erased]`, in backups that are restored as well. A member can do nothing any more. There is
    /// no way back. What was begun goes on by itself, whatever becomes of the call or of the process; a
    /// repeated call answers where it stands. Of whom nothing is held, nothing is erased, and the answer
    /// says so: `NOTHING_HELD`.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func eraseSubject(
      _ message: Artel_Privacy_V1_EraseSubjectRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Privacy_V1_Erasure {
      try await client.unary(
        Method.EraseSubject.descriptor, message, metadata: metadata, options: options, as: Artel_Privacy_V1_Erasure.self)
    }

    /// Erases a subject: destroys the key by which everything that tells of it is sealed. From then on it
    /// reads `[erased]`, in backups that are restored as well. A member can do nothing any more. There is
    /// no way back. What was begun goes on by itself, whatever becomes of the call or of the process; a
    /// repeated call answers where it stands. Of whom nothing is held, nothing is erased, and the answer
    /// says so: `NOTHING_HELD`.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func eraseSubject(
      _ request: RPC.ClientRequest<Artel_Privacy_V1_EraseSubjectRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Privacy_V1_Erasure> {
      try await client.unary(
        Method.EraseSubject.descriptor, request, options: options, as: Artel_Privacy_V1_Erasure.self)
    }

    /// Lists erasures, the newest first.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listErasures(
      _ message: Artel_Privacy_V1_ListErasuresRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Privacy_V1_ListErasuresResponse {
      try await client.unary(
        Method.ListErasures.descriptor, message, metadata: metadata, options: options, as: Artel_Privacy_V1_ListErasuresResponse.self)
    }

    /// Lists erasures, the newest first.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listErasures(
      _ request: RPC.ClientRequest<Artel_Privacy_V1_ListErasuresRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Privacy_V1_ListErasuresResponse> {
      try await client.unary(
        Method.ListErasures.descriptor, request, options: options, as: Artel_Privacy_V1_ListErasuresResponse.self)
    }

    /// Returns an erasure.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getErasure(
      _ message: Artel_Privacy_V1_GetErasureRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Privacy_V1_Erasure {
      try await client.unary(
        Method.GetErasure.descriptor, message, metadata: metadata, options: options, as: Artel_Privacy_V1_Erasure.self)
    }

    /// Returns an erasure.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getErasure(
      _ request: RPC.ClientRequest<Artel_Privacy_V1_GetErasureRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Privacy_V1_Erasure> {
      try await client.unary(
        Method.GetErasure.descriptor, request, options: options, as: Artel_Privacy_V1_Erasure.self)
    }
  }
}
