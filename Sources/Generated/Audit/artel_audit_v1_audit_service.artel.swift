// Written by protoc-gen-artel from artel/audit/v1/audit_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// Who did what, and what proves that nobody changed the record of it: one Merkle log for each tenant
/// (RFC 9162 section 2.1), with signed checkpoints. How an entry becomes a leaf of it is written in
/// docs/audit.md.
public enum Artel_Audit_V1_AuditService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "artel.audit.v1.AuditService")

  /// The service's methods.
  public enum Method {
    /// `artel.audit.v1.AuditService/ListAuditEntries`.
    public enum ListAuditEntries {
      /// What a caller sends.
      public typealias Input = Artel_Audit_V1_ListAuditEntriesRequest

      /// What a caller gets.
      public typealias Output = Artel_Audit_V1_ListAuditEntriesResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Audit_V1_AuditService.descriptor, method: "ListAuditEntries",
        kind: .unary)
    }

    /// `artel.audit.v1.AuditService/GetAuditEntry`.
    public enum GetAuditEntry {
      /// What a caller sends.
      public typealias Input = Artel_Audit_V1_GetAuditEntryRequest

      /// What a caller gets.
      public typealias Output = Artel_Audit_V1_AuditEntry

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Audit_V1_AuditService.descriptor, method: "GetAuditEntry",
        kind: .unary)
    }

    /// `artel.audit.v1.AuditService/GetCheckpoint`.
    public enum GetCheckpoint {
      /// What a caller sends.
      public typealias Input = Artel_Audit_V1_GetCheckpointRequest

      /// What a caller gets.
      public typealias Output = Artel_Audit_V1_Checkpoint

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Audit_V1_AuditService.descriptor, method: "GetCheckpoint",
        kind: .unary)
    }

    /// `artel.audit.v1.AuditService/GetInclusionProof`.
    public enum GetInclusionProof {
      /// What a caller sends.
      public typealias Input = Artel_Audit_V1_GetInclusionProofRequest

      /// What a caller gets.
      public typealias Output = Artel_Audit_V1_InclusionProof

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Audit_V1_AuditService.descriptor, method: "GetInclusionProof",
        kind: .unary)
    }

    /// `artel.audit.v1.AuditService/GetConsistencyProof`.
    public enum GetConsistencyProof {
      /// What a caller sends.
      public typealias Input = Artel_Audit_V1_GetConsistencyProofRequest

      /// What a caller gets.
      public typealias Output = Artel_Audit_V1_ConsistencyProof

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Audit_V1_AuditService.descriptor, method: "GetConsistencyProof",
        kind: .unary)
    }

    /// `artel.audit.v1.AuditService/ListPlatformAuditEntries`.
    public enum ListPlatformAuditEntries {
      /// What a caller sends.
      public typealias Input = Artel_Audit_V1_ListPlatformAuditEntriesRequest

      /// What a caller gets.
      public typealias Output = Artel_Audit_V1_ListPlatformAuditEntriesResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Audit_V1_AuditService.descriptor, method: "ListPlatformAuditEntries",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      ListAuditEntries.descriptor,
      GetAuditEntry.descriptor,
      GetCheckpoint.descriptor,
      GetInclusionProof.descriptor,
      GetConsistencyProof.descriptor,
      ListPlatformAuditEntries.descriptor,
    ]
  }
}

extension Artel_Audit_V1_AuditService {
  /// Who did what, and what proves that nobody changed the record of it: one Merkle log for each tenant
  /// (RFC 9162 section 2.1), with signed checkpoints. How an entry becomes a leaf of it is written in
  /// docs/audit.md.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Lists audit entries, the newest first.
    func listAuditEntries(
      request: RPC.ServerRequest<Artel_Audit_V1_ListAuditEntriesRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Audit_V1_ListAuditEntriesResponse>

    /// Returns an audit entry.
    func getAuditEntry(
      request: RPC.ServerRequest<Artel_Audit_V1_GetAuditEntryRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Audit_V1_AuditEntry>

    /// Returns the newest checkpoint of the tenant's log, or the first one of a size or more.
    func getCheckpoint(
      request: RPC.ServerRequest<Artel_Audit_V1_GetCheckpointRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Audit_V1_Checkpoint>

    /// Returns what proves that an entry is in the log of a size (RFC 9162 section 2.1.3).
    func getInclusionProof(
      request: RPC.ServerRequest<Artel_Audit_V1_GetInclusionProofRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Audit_V1_InclusionProof>

    /// Returns what proves that the log of one size begins with the log of another (RFC 9162 section
    /// 2.1.4).
    func getConsistencyProof(
      request: RPC.ServerRequest<Artel_Audit_V1_GetConsistencyProofRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Audit_V1_ConsistencyProof>

    /// Lists calls that were refused before it was known whose they are, the newest first: the
    /// platform's own journal, for its operator. From a network that is refused often, one entry stands
    /// for many calls.
    func listPlatformAuditEntries(
      request: RPC.ServerRequest<Artel_Audit_V1_ListPlatformAuditEntriesRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Audit_V1_ListPlatformAuditEntriesResponse>
  }

  /// Who did what, and what proves that nobody changed the record of it: one Merkle log for each tenant
  /// (RFC 9162 section 2.1), with signed checkpoints. How an entry becomes a leaf of it is written in
  /// docs/audit.md.
  public protocol SimpleServiceProtocol: Artel_Audit_V1_AuditService.ServiceProtocol {
    /// Lists audit entries, the newest first.
    func listAuditEntries(
      request: Artel_Audit_V1_ListAuditEntriesRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Audit_V1_ListAuditEntriesResponse

    /// Returns an audit entry.
    func getAuditEntry(
      request: Artel_Audit_V1_GetAuditEntryRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Audit_V1_AuditEntry

    /// Returns the newest checkpoint of the tenant's log, or the first one of a size or more.
    func getCheckpoint(
      request: Artel_Audit_V1_GetCheckpointRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Audit_V1_Checkpoint

    /// Returns what proves that an entry is in the log of a size (RFC 9162 section 2.1.3).
    func getInclusionProof(
      request: Artel_Audit_V1_GetInclusionProofRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Audit_V1_InclusionProof

    /// Returns what proves that the log of one size begins with the log of another (RFC 9162 section
    /// 2.1.4).
    func getConsistencyProof(
      request: Artel_Audit_V1_GetConsistencyProofRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Audit_V1_ConsistencyProof

    /// Lists calls that were refused before it was known whose they are, the newest first: the
    /// platform's own journal, for its operator. From a network that is refused often, one entry stands
    /// for many calls.
    func listPlatformAuditEntries(
      request: Artel_Audit_V1_ListPlatformAuditEntriesRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Audit_V1_ListPlatformAuditEntriesResponse
  }
}

extension Artel_Audit_V1_AuditService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Audit_V1_AuditService.Method.ListAuditEntries.descriptor,
      request: Artel_Audit_V1_AuditService.Method.ListAuditEntries.Input.self, response: Artel_Audit_V1_AuditService.Method.ListAuditEntries.Output.self,
      fullHandler: { request, context in
        try await self.listAuditEntries(request: request, context: context)
      })
    router.registerUnary(
      Artel_Audit_V1_AuditService.Method.GetAuditEntry.descriptor,
      request: Artel_Audit_V1_AuditService.Method.GetAuditEntry.Input.self, response: Artel_Audit_V1_AuditService.Method.GetAuditEntry.Output.self,
      fullHandler: { request, context in
        try await self.getAuditEntry(request: request, context: context)
      })
    router.registerUnary(
      Artel_Audit_V1_AuditService.Method.GetCheckpoint.descriptor,
      request: Artel_Audit_V1_AuditService.Method.GetCheckpoint.Input.self, response: Artel_Audit_V1_AuditService.Method.GetCheckpoint.Output.self,
      fullHandler: { request, context in
        try await self.getCheckpoint(request: request, context: context)
      })
    router.registerUnary(
      Artel_Audit_V1_AuditService.Method.GetInclusionProof.descriptor,
      request: Artel_Audit_V1_AuditService.Method.GetInclusionProof.Input.self, response: Artel_Audit_V1_AuditService.Method.GetInclusionProof.Output.self,
      fullHandler: { request, context in
        try await self.getInclusionProof(request: request, context: context)
      })
    router.registerUnary(
      Artel_Audit_V1_AuditService.Method.GetConsistencyProof.descriptor,
      request: Artel_Audit_V1_AuditService.Method.GetConsistencyProof.Input.self, response: Artel_Audit_V1_AuditService.Method.GetConsistencyProof.Output.self,
      fullHandler: { request, context in
        try await self.getConsistencyProof(request: request, context: context)
      })
    router.registerUnary(
      Artel_Audit_V1_AuditService.Method.ListPlatformAuditEntries.descriptor,
      request: Artel_Audit_V1_AuditService.Method.ListPlatformAuditEntries.Input.self, response: Artel_Audit_V1_AuditService.Method.ListPlatformAuditEntries.Output.self,
      fullHandler: { request, context in
        try await self.listPlatformAuditEntries(request: request, context: context)
      })
  }
}

extension Artel_Audit_V1_AuditService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Audit_V1_AuditService.Method.ListAuditEntries.descriptor,
      request: Artel_Audit_V1_AuditService.Method.ListAuditEntries.Input.self, response: Artel_Audit_V1_AuditService.Method.ListAuditEntries.Output.self,
      handler: { request, context in
        try await self.listAuditEntries(request: request, context: context)
      })
    router.registerUnary(
      Artel_Audit_V1_AuditService.Method.GetAuditEntry.descriptor,
      request: Artel_Audit_V1_AuditService.Method.GetAuditEntry.Input.self, response: Artel_Audit_V1_AuditService.Method.GetAuditEntry.Output.self,
      handler: { request, context in
        try await self.getAuditEntry(request: request, context: context)
      })
    router.registerUnary(
      Artel_Audit_V1_AuditService.Method.GetCheckpoint.descriptor,
      request: Artel_Audit_V1_AuditService.Method.GetCheckpoint.Input.self, response: Artel_Audit_V1_AuditService.Method.GetCheckpoint.Output.self,
      handler: { request, context in
        try await self.getCheckpoint(request: request, context: context)
      })
    router.registerUnary(
      Artel_Audit_V1_AuditService.Method.GetInclusionProof.descriptor,
      request: Artel_Audit_V1_AuditService.Method.GetInclusionProof.Input.self, response: Artel_Audit_V1_AuditService.Method.GetInclusionProof.Output.self,
      handler: { request, context in
        try await self.getInclusionProof(request: request, context: context)
      })
    router.registerUnary(
      Artel_Audit_V1_AuditService.Method.GetConsistencyProof.descriptor,
      request: Artel_Audit_V1_AuditService.Method.GetConsistencyProof.Input.self, response: Artel_Audit_V1_AuditService.Method.GetConsistencyProof.Output.self,
      handler: { request, context in
        try await self.getConsistencyProof(request: request, context: context)
      })
    router.registerUnary(
      Artel_Audit_V1_AuditService.Method.ListPlatformAuditEntries.descriptor,
      request: Artel_Audit_V1_AuditService.Method.ListPlatformAuditEntries.Input.self, response: Artel_Audit_V1_AuditService.Method.ListPlatformAuditEntries.Output.self,
      handler: { request, context in
        try await self.listPlatformAuditEntries(request: request, context: context)
      })
  }
}

extension Artel_Audit_V1_AuditService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func listAuditEntries(
    request: RPC.ServerRequest<Artel_Audit_V1_ListAuditEntriesRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Audit_V1_ListAuditEntriesResponse> {
    RPC.ServerResponse(
      message: try await self.listAuditEntries(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func getAuditEntry(
    request: RPC.ServerRequest<Artel_Audit_V1_GetAuditEntryRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Audit_V1_AuditEntry> {
    RPC.ServerResponse(
      message: try await self.getAuditEntry(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func getCheckpoint(
    request: RPC.ServerRequest<Artel_Audit_V1_GetCheckpointRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Audit_V1_Checkpoint> {
    RPC.ServerResponse(
      message: try await self.getCheckpoint(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func getInclusionProof(
    request: RPC.ServerRequest<Artel_Audit_V1_GetInclusionProofRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Audit_V1_InclusionProof> {
    RPC.ServerResponse(
      message: try await self.getInclusionProof(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func getConsistencyProof(
    request: RPC.ServerRequest<Artel_Audit_V1_GetConsistencyProofRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Audit_V1_ConsistencyProof> {
    RPC.ServerResponse(
      message: try await self.getConsistencyProof(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func listPlatformAuditEntries(
    request: RPC.ServerRequest<Artel_Audit_V1_ListPlatformAuditEntriesRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Audit_V1_ListPlatformAuditEntriesResponse> {
    RPC.ServerResponse(
      message: try await self.listPlatformAuditEntries(request: request.message, context: context))
  }
}

extension Artel_Audit_V1_AuditService {
  /// Who did what, and what proves that nobody changed the record of it: one Merkle log for each tenant
  /// (RFC 9162 section 2.1), with signed checkpoints. How an entry becomes a leaf of it is written in
  /// docs/audit.md.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Lists audit entries, the newest first.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listAuditEntries(
      _ message: Artel_Audit_V1_ListAuditEntriesRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Audit_V1_ListAuditEntriesResponse {
      try await client.unary(
        Method.ListAuditEntries.descriptor, message, metadata: metadata, options: options, as: Artel_Audit_V1_ListAuditEntriesResponse.self)
    }

    /// Lists audit entries, the newest first.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listAuditEntries(
      _ request: RPC.ClientRequest<Artel_Audit_V1_ListAuditEntriesRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Audit_V1_ListAuditEntriesResponse> {
      try await client.unary(
        Method.ListAuditEntries.descriptor, request, options: options, as: Artel_Audit_V1_ListAuditEntriesResponse.self)
    }

    /// Returns an audit entry.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getAuditEntry(
      _ message: Artel_Audit_V1_GetAuditEntryRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Audit_V1_AuditEntry {
      try await client.unary(
        Method.GetAuditEntry.descriptor, message, metadata: metadata, options: options, as: Artel_Audit_V1_AuditEntry.self)
    }

    /// Returns an audit entry.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getAuditEntry(
      _ request: RPC.ClientRequest<Artel_Audit_V1_GetAuditEntryRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Audit_V1_AuditEntry> {
      try await client.unary(
        Method.GetAuditEntry.descriptor, request, options: options, as: Artel_Audit_V1_AuditEntry.self)
    }

    /// Returns the newest checkpoint of the tenant's log, or the first one of a size or more.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getCheckpoint(
      _ message: Artel_Audit_V1_GetCheckpointRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Audit_V1_Checkpoint {
      try await client.unary(
        Method.GetCheckpoint.descriptor, message, metadata: metadata, options: options, as: Artel_Audit_V1_Checkpoint.self)
    }

    /// Returns the newest checkpoint of the tenant's log, or the first one of a size or more.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getCheckpoint(
      _ request: RPC.ClientRequest<Artel_Audit_V1_GetCheckpointRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Audit_V1_Checkpoint> {
      try await client.unary(
        Method.GetCheckpoint.descriptor, request, options: options, as: Artel_Audit_V1_Checkpoint.self)
    }

    /// Returns what proves that an entry is in the log of a size (RFC 9162 section 2.1.3).
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getInclusionProof(
      _ message: Artel_Audit_V1_GetInclusionProofRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Audit_V1_InclusionProof {
      try await client.unary(
        Method.GetInclusionProof.descriptor, message, metadata: metadata, options: options, as: Artel_Audit_V1_InclusionProof.self)
    }

    /// Returns what proves that an entry is in the log of a size (RFC 9162 section 2.1.3).
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getInclusionProof(
      _ request: RPC.ClientRequest<Artel_Audit_V1_GetInclusionProofRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Audit_V1_InclusionProof> {
      try await client.unary(
        Method.GetInclusionProof.descriptor, request, options: options, as: Artel_Audit_V1_InclusionProof.self)
    }

    /// Returns what proves that the log of one size begins with the log of another (RFC 9162 section
    /// 2.1.4).
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getConsistencyProof(
      _ message: Artel_Audit_V1_GetConsistencyProofRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Audit_V1_ConsistencyProof {
      try await client.unary(
        Method.GetConsistencyProof.descriptor, message, metadata: metadata, options: options, as: Artel_Audit_V1_ConsistencyProof.self)
    }

    /// Returns what proves that the log of one size begins with the log of another (RFC 9162 section
    /// 2.1.4).
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getConsistencyProof(
      _ request: RPC.ClientRequest<Artel_Audit_V1_GetConsistencyProofRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Audit_V1_ConsistencyProof> {
      try await client.unary(
        Method.GetConsistencyProof.descriptor, request, options: options, as: Artel_Audit_V1_ConsistencyProof.self)
    }

    /// Lists calls that were refused before it was known whose they are, the newest first: the
    /// platform's own journal, for its operator. From a network that is refused often, one entry stands
    /// for many calls.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listPlatformAuditEntries(
      _ message: Artel_Audit_V1_ListPlatformAuditEntriesRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Audit_V1_ListPlatformAuditEntriesResponse {
      try await client.unary(
        Method.ListPlatformAuditEntries.descriptor, message, metadata: metadata, options: options, as: Artel_Audit_V1_ListPlatformAuditEntriesResponse.self)
    }

    /// Lists calls that were refused before it was known whose they are, the newest first: the
    /// platform's own journal, for its operator. From a network that is refused often, one entry stands
    /// for many calls.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listPlatformAuditEntries(
      _ request: RPC.ClientRequest<Artel_Audit_V1_ListPlatformAuditEntriesRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Audit_V1_ListPlatformAuditEntriesResponse> {
      try await client.unary(
        Method.ListPlatformAuditEntries.descriptor, request, options: options, as: Artel_Audit_V1_ListPlatformAuditEntriesResponse.self)
    }
  }
}
