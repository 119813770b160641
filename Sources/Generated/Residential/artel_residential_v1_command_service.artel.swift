// Written by protoc-gen-artel from artel/residential/v1/command_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// What was asked of devices, and what became of it.
public enum Artel_Residential_V1_CommandService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "artel.residential.v1.CommandService")

  /// The service's methods.
  public enum Method {
    /// `artel.residential.v1.CommandService/GetCommand`.
    public enum GetCommand {
      /// What a caller sends.
      public typealias Input = Artel_Residential_V1_GetCommandRequest

      /// What a caller gets.
      public typealias Output = Artel_Residential_V1_Command

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Residential_V1_CommandService.descriptor, method: "GetCommand",
        kind: .unary)
    }

    /// `artel.residential.v1.CommandService/ReportCommand`.
    public enum ReportCommand {
      /// What a caller sends.
      public typealias Input = Artel_Residential_V1_ReportCommandRequest

      /// What a caller gets.
      public typealias Output = Artel_Residential_V1_Command

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Residential_V1_CommandService.descriptor, method: "ReportCommand",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      GetCommand.descriptor,
      ReportCommand.descriptor,
    ]
  }
}

extension Artel_Residential_V1_CommandService {
  /// What was asked of devices, and what became of it.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Returns a command: to a person, one of its own units.
    func getCommand(
      request: RPC.ServerRequest<Artel_Residential_V1_GetCommandRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Command>

    /// Takes a partner's report on a command that it was sent. A report of the state that the command
    /// already has changes nothing; a move that the state machine of [Command] does not allow is
    /// refused with `FAILED_PRECONDITION` and the legal moves.
    func reportCommand(
      request: RPC.ServerRequest<Artel_Residential_V1_ReportCommandRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Command>
  }

  /// What was asked of devices, and what became of it.
  public protocol SimpleServiceProtocol: Artel_Residential_V1_CommandService.ServiceProtocol {
    /// Returns a command: to a person, one of its own units.
    func getCommand(
      request: Artel_Residential_V1_GetCommandRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Residential_V1_Command

    /// Takes a partner's report on a command that it was sent. A report of the state that the command
    /// already has changes nothing; a move that the state machine of [Command] does not allow is
    /// refused with `FAILED_PRECONDITION` and the legal moves.
    func reportCommand(
      request: Artel_Residential_V1_ReportCommandRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Residential_V1_Command
  }
}

extension Artel_Residential_V1_CommandService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Residential_V1_CommandService.Method.GetCommand.descriptor,
      request: Artel_Residential_V1_CommandService.Method.GetCommand.Input.self, response: Artel_Residential_V1_CommandService.Method.GetCommand.Output.self,
      fullHandler: { request, context in
        try await self.getCommand(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_CommandService.Method.ReportCommand.descriptor,
      request: Artel_Residential_V1_CommandService.Method.ReportCommand.Input.self, response: Artel_Residential_V1_CommandService.Method.ReportCommand.Output.self,
      fullHandler: { request, context in
        try await self.reportCommand(request: request, context: context)
      })
  }
}

extension Artel_Residential_V1_CommandService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Residential_V1_CommandService.Method.GetCommand.descriptor,
      request: Artel_Residential_V1_CommandService.Method.GetCommand.Input.self, response: Artel_Residential_V1_CommandService.Method.GetCommand.Output.self,
      handler: { request, context in
        try await self.getCommand(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_CommandService.Method.ReportCommand.descriptor,
      request: Artel_Residential_V1_CommandService.Method.ReportCommand.Input.self, response: Artel_Residential_V1_CommandService.Method.ReportCommand.Output.self,
      handler: { request, context in
        try await self.reportCommand(request: request, context: context)
      })
  }
}

extension Artel_Residential_V1_CommandService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func getCommand(
    request: RPC.ServerRequest<Artel_Residential_V1_GetCommandRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Command> {
    RPC.ServerResponse(
      message: try await self.getCommand(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func reportCommand(
    request: RPC.ServerRequest<Artel_Residential_V1_ReportCommandRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Command> {
    RPC.ServerResponse(
      message: try await self.reportCommand(request: request.message, context: context))
  }
}

extension Artel_Residential_V1_CommandService {
  /// What was asked of devices, and what became of it.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Returns a command: to a person, one of its own units.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getCommand(
      _ message: Artel_Residential_V1_GetCommandRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Residential_V1_Command {
      try await client.unary(
        Method.GetCommand.descriptor, message, metadata: metadata, options: options, as: Artel_Residential_V1_Command.self)
    }

    /// Returns a command: to a person, one of its own units.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getCommand(
      _ request: RPC.ClientRequest<Artel_Residential_V1_GetCommandRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Residential_V1_Command> {
      try await client.unary(
        Method.GetCommand.descriptor, request, options: options, as: Artel_Residential_V1_Command.self)
    }

    /// Takes a partner's report on a command that it was sent. A report of the state that the command
    /// already has changes nothing; a move that the state machine of [Command] does not allow is
    /// refused with `FAILED_PRECONDITION` and the legal moves.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func reportCommand(
      _ message: Artel_Residential_V1_ReportCommandRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Residential_V1_Command {
      try await client.unary(
        Method.ReportCommand.descriptor, message, metadata: metadata, options: options, as: Artel_Residential_V1_Command.self)
    }

    /// Takes a partner's report on a command that it was sent. A report of the state that the command
    /// already has changes nothing; a move that the state machine of [Command] does not allow is
    /// refused with `FAILED_PRECONDITION` and the legal moves.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func reportCommand(
      _ request: RPC.ClientRequest<Artel_Residential_V1_ReportCommandRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Residential_V1_Command> {
      try await client.unary(
        Method.ReportCommand.descriptor, request, options: options, as: Artel_Residential_V1_Command.self)
    }
  }
}
