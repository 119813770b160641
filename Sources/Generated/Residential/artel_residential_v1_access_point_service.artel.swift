// Written by protoc-gen-artel from artel/residential/v1/access_point_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// Doors, gates and barriers, and the one thing that people do with them: open.
public enum Artel_Residential_V1_AccessPointService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "artel.residential.v1.AccessPointService")

  /// The service's methods.
  public enum Method {
    /// `artel.residential.v1.AccessPointService/GetAccessPoint`.
    public enum GetAccessPoint {
      /// What a caller sends.
      public typealias Input = Artel_Residential_V1_GetAccessPointRequest

      /// What a caller gets.
      public typealias Output = Artel_Residential_V1_AccessPoint

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Residential_V1_AccessPointService.descriptor, method: "GetAccessPoint",
        kind: .unary)
    }

    /// `artel.residential.v1.AccessPointService/ListAccessPoints`.
    public enum ListAccessPoints {
      /// What a caller sends.
      public typealias Input = Artel_Residential_V1_ListAccessPointsRequest

      /// What a caller gets.
      public typealias Output = Artel_Residential_V1_ListAccessPointsResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Residential_V1_AccessPointService.descriptor, method: "ListAccessPoints",
        kind: .unary)
    }

    /// `artel.residential.v1.AccessPointService/CreateAccessPoint`.
    public enum CreateAccessPoint {
      /// What a caller sends.
      public typealias Input = Artel_Residential_V1_CreateAccessPointRequest

      /// What a caller gets.
      public typealias Output = Artel_Residential_V1_AccessPoint

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Residential_V1_AccessPointService.descriptor, method: "CreateAccessPoint",
        kind: .unary)
    }

    /// `artel.residential.v1.AccessPointService/OpenAccessPoint`.
    public enum OpenAccessPoint {
      /// What a caller sends.
      public typealias Input = Artel_Residential_V1_OpenAccessPointRequest

      /// What a caller gets.
      public typealias Output = Artel_Residential_V1_Command

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Residential_V1_AccessPointService.descriptor, method: "OpenAccessPoint",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      GetAccessPoint.descriptor,
      ListAccessPoints.descriptor,
      CreateAccessPoint.descriptor,
      OpenAccessPoint.descriptor,
    ]
  }
}

extension Artel_Residential_V1_AccessPointService {
  /// Doors, gates and barriers, and the one thing that people do with them: open.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Returns an access point.
    func getAccessPoint(
      request: RPC.ServerRequest<Artel_Residential_V1_GetAccessPointRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Residential_V1_AccessPoint>

    /// Lists the access points of a property in the order of their names: to a person, those that
    /// its units may open.
    func listAccessPoints(
      request: RPC.ServerRequest<Artel_Residential_V1_ListAccessPointsRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Residential_V1_ListAccessPointsResponse>

    /// Creates an access point.
    func createAccessPoint(
      request: RPC.ServerRequest<Artel_Residential_V1_CreateAccessPointRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Residential_V1_AccessPoint>

    /// Opens an access point for a unit of which the caller is a member.
    ///
    /// The platform decides, records the decision with its reasons, and sends the command to the
    /// partner that runs the device. The answer is the command as the partner left it: usually
    /// `ACKNOWLEDGED`; it becomes `EXECUTED` when the device reports, which the journal and the watch
    /// stream show. A repeated `request_id` never opens twice: it returns the first call's command.
    ///
    /// Errors: `PERMISSION_DENIED` with the reason `ACCESS_DENIED` where the decision is no (the
    /// decision's command is named in the error's metadata); `UNAVAILABLE` with `PARTNER_FAILED`
    /// where the partner refused or broke; `DEADLINE_EXCEEDED` with `PARTNER_TIMED_OUT` where it did
    /// not answer in time; `FAILED_PRECONDITION` with `REQUEST_ID_REUSED` where the `request_id` came
    /// before with another request.
    func openAccessPoint(
      request: RPC.ServerRequest<Artel_Residential_V1_OpenAccessPointRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Command>
  }

  /// Doors, gates and barriers, and the one thing that people do with them: open.
  public protocol SimpleServiceProtocol: Artel_Residential_V1_AccessPointService.ServiceProtocol {
    /// Returns an access point.
    func getAccessPoint(
      request: Artel_Residential_V1_GetAccessPointRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Residential_V1_AccessPoint

    /// Lists the access points of a property in the order of their names: to a person, those that
    /// its units may open.
    func listAccessPoints(
      request: Artel_Residential_V1_ListAccessPointsRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Residential_V1_ListAccessPointsResponse

    /// Creates an access point.
    func createAccessPoint(
      request: Artel_Residential_V1_CreateAccessPointRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Residential_V1_AccessPoint

    /// Opens an access point for a unit of which the caller is a member.
    ///
    /// The platform decides, records the decision with its reasons, and sends the command to the
    /// partner that runs the device. The answer is the command as the partner left it: usually
    /// `ACKNOWLEDGED`; it becomes `EXECUTED` when the device reports, which the journal and the watch
    /// stream show. A repeated `request_id` never opens twice: it returns the first call's command.
    ///
    /// Errors: `PERMISSION_DENIED` with the reason `ACCESS_DENIED` where the decision is no (the
    /// decision's command is named in the error's metadata); `UNAVAILABLE` with `PARTNER_FAILED`
    /// where the partner refused or broke; `DEADLINE_EXCEEDED` with `PARTNER_TIMED_OUT` where it did
    /// not answer in time; `FAILED_PRECONDITION` with `REQUEST_ID_REUSED` where the `request_id` came
    /// before with another request.
    func openAccessPoint(
      request: Artel_Residential_V1_OpenAccessPointRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Residential_V1_Command
  }
}

extension Artel_Residential_V1_AccessPointService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Residential_V1_AccessPointService.Method.GetAccessPoint.descriptor,
      request: Artel_Residential_V1_AccessPointService.Method.GetAccessPoint.Input.self, response: Artel_Residential_V1_AccessPointService.Method.GetAccessPoint.Output.self,
      fullHandler: { request, context in
        try await self.getAccessPoint(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_AccessPointService.Method.ListAccessPoints.descriptor,
      request: Artel_Residential_V1_AccessPointService.Method.ListAccessPoints.Input.self, response: Artel_Residential_V1_AccessPointService.Method.ListAccessPoints.Output.self,
      fullHandler: { request, context in
        try await self.listAccessPoints(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_AccessPointService.Method.CreateAccessPoint.descriptor,
      request: Artel_Residential_V1_AccessPointService.Method.CreateAccessPoint.Input.self, response: Artel_Residential_V1_AccessPointService.Method.CreateAccessPoint.Output.self,
      fullHandler: { request, context in
        try await self.createAccessPoint(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_AccessPointService.Method.OpenAccessPoint.descriptor,
      request: Artel_Residential_V1_AccessPointService.Method.OpenAccessPoint.Input.self, response: Artel_Residential_V1_AccessPointService.Method.OpenAccessPoint.Output.self,
      fullHandler: { request, context in
        try await self.openAccessPoint(request: request, context: context)
      })
  }
}

extension Artel_Residential_V1_AccessPointService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Residential_V1_AccessPointService.Method.GetAccessPoint.descriptor,
      request: Artel_Residential_V1_AccessPointService.Method.GetAccessPoint.Input.self, response: Artel_Residential_V1_AccessPointService.Method.GetAccessPoint.Output.self,
      handler: { request, context in
        try await self.getAccessPoint(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_AccessPointService.Method.ListAccessPoints.descriptor,
      request: Artel_Residential_V1_AccessPointService.Method.ListAccessPoints.Input.self, response: Artel_Residential_V1_AccessPointService.Method.ListAccessPoints.Output.self,
      handler: { request, context in
        try await self.listAccessPoints(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_AccessPointService.Method.CreateAccessPoint.descriptor,
      request: Artel_Residential_V1_AccessPointService.Method.CreateAccessPoint.Input.self, response: Artel_Residential_V1_AccessPointService.Method.CreateAccessPoint.Output.self,
      handler: { request, context in
        try await self.createAccessPoint(request: request, context: context)
      })
    router.registerUnary(
      Artel_Residential_V1_AccessPointService.Method.OpenAccessPoint.descriptor,
      request: Artel_Residential_V1_AccessPointService.Method.OpenAccessPoint.Input.self, response: Artel_Residential_V1_AccessPointService.Method.OpenAccessPoint.Output.self,
      handler: { request, context in
        try await self.openAccessPoint(request: request, context: context)
      })
  }
}

extension Artel_Residential_V1_AccessPointService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func getAccessPoint(
    request: RPC.ServerRequest<Artel_Residential_V1_GetAccessPointRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Residential_V1_AccessPoint> {
    RPC.ServerResponse(
      message: try await self.getAccessPoint(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func listAccessPoints(
    request: RPC.ServerRequest<Artel_Residential_V1_ListAccessPointsRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Residential_V1_ListAccessPointsResponse> {
    RPC.ServerResponse(
      message: try await self.listAccessPoints(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func createAccessPoint(
    request: RPC.ServerRequest<Artel_Residential_V1_CreateAccessPointRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Residential_V1_AccessPoint> {
    RPC.ServerResponse(
      message: try await self.createAccessPoint(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func openAccessPoint(
    request: RPC.ServerRequest<Artel_Residential_V1_OpenAccessPointRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Residential_V1_Command> {
    RPC.ServerResponse(
      message: try await self.openAccessPoint(request: request.message, context: context))
  }
}

extension Artel_Residential_V1_AccessPointService {
  /// Doors, gates and barriers, and the one thing that people do with them: open.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Returns an access point.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getAccessPoint(
      _ message: Artel_Residential_V1_GetAccessPointRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Residential_V1_AccessPoint {
      try await client.unary(
        Method.GetAccessPoint.descriptor, message, metadata: metadata, options: options, as: Artel_Residential_V1_AccessPoint.self)
    }

    /// Returns an access point.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getAccessPoint(
      _ request: RPC.ClientRequest<Artel_Residential_V1_GetAccessPointRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Residential_V1_AccessPoint> {
      try await client.unary(
        Method.GetAccessPoint.descriptor, request, options: options, as: Artel_Residential_V1_AccessPoint.self)
    }

    /// Lists the access points of a property in the order of their names: to a person, those that
    /// its units may open.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listAccessPoints(
      _ message: Artel_Residential_V1_ListAccessPointsRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Residential_V1_ListAccessPointsResponse {
      try await client.unary(
        Method.ListAccessPoints.descriptor, message, metadata: metadata, options: options, as: Artel_Residential_V1_ListAccessPointsResponse.self)
    }

    /// Lists the access points of a property in the order of their names: to a person, those that
    /// its units may open.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listAccessPoints(
      _ request: RPC.ClientRequest<Artel_Residential_V1_ListAccessPointsRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Residential_V1_ListAccessPointsResponse> {
      try await client.unary(
        Method.ListAccessPoints.descriptor, request, options: options, as: Artel_Residential_V1_ListAccessPointsResponse.self)
    }

    /// Creates an access point.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createAccessPoint(
      _ message: Artel_Residential_V1_CreateAccessPointRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Residential_V1_AccessPoint {
      try await client.unary(
        Method.CreateAccessPoint.descriptor, message, metadata: metadata, options: options, as: Artel_Residential_V1_AccessPoint.self)
    }

    /// Creates an access point.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createAccessPoint(
      _ request: RPC.ClientRequest<Artel_Residential_V1_CreateAccessPointRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Residential_V1_AccessPoint> {
      try await client.unary(
        Method.CreateAccessPoint.descriptor, request, options: options, as: Artel_Residential_V1_AccessPoint.self)
    }

    /// Opens an access point for a unit of which the caller is a member.
    ///
    /// The platform decides, records the decision with its reasons, and sends the command to the
    /// partner that runs the device. The answer is the command as the partner left it: usually
    /// `ACKNOWLEDGED`; it becomes `EXECUTED` when the device reports, which the journal and the watch
    /// stream show. A repeated `request_id` never opens twice: it returns the first call's command.
    ///
    /// Errors: `PERMISSION_DENIED` with the reason `ACCESS_DENIED` where the decision is no (the
    /// decision's command is named in the error's metadata); `UNAVAILABLE` with `PARTNER_FAILED`
    /// where the partner refused or broke; `DEADLINE_EXCEEDED` with `PARTNER_TIMED_OUT` where it did
    /// not answer in time; `FAILED_PRECONDITION` with `REQUEST_ID_REUSED` where the `request_id` came
    /// before with another request.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func openAccessPoint(
      _ message: Artel_Residential_V1_OpenAccessPointRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Residential_V1_Command {
      try await client.unary(
        Method.OpenAccessPoint.descriptor, message, metadata: metadata, options: options, as: Artel_Residential_V1_Command.self)
    }

    /// Opens an access point for a unit of which the caller is a member.
    ///
    /// The platform decides, records the decision with its reasons, and sends the command to the
    /// partner that runs the device. The answer is the command as the partner left it: usually
    /// `ACKNOWLEDGED`; it becomes `EXECUTED` when the device reports, which the journal and the watch
    /// stream show. A repeated `request_id` never opens twice: it returns the first call's command.
    ///
    /// Errors: `PERMISSION_DENIED` with the reason `ACCESS_DENIED` where the decision is no (the
    /// decision's command is named in the error's metadata); `UNAVAILABLE` with `PARTNER_FAILED`
    /// where the partner refused or broke; `DEADLINE_EXCEEDED` with `PARTNER_TIMED_OUT` where it did
    /// not answer in time; `FAILED_PRECONDITION` with `REQUEST_ID_REUSED` where the `request_id` came
    /// before with another request.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func openAccessPoint(
      _ request: RPC.ClientRequest<Artel_Residential_V1_OpenAccessPointRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Residential_V1_Command> {
      try await client.unary(
        Method.OpenAccessPoint.descriptor, request, options: options, as: Artel_Residential_V1_Command.self)
    }
  }
}
