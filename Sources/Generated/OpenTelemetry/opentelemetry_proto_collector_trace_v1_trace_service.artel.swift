// Written by protoc-gen-artel from opentelemetry/proto/collector/trace/v1/trace_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// The service `opentelemetry.proto.collector.trace.v1.TraceService`.
public enum Opentelemetry_Proto_Collector_Trace_V1_TraceService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "opentelemetry.proto.collector.trace.v1.TraceService")

  /// The service's methods.
  public enum Method {
    /// `opentelemetry.proto.collector.trace.v1.TraceService/Export`.
    public enum Export {
      /// What a caller sends.
      public typealias Input = Opentelemetry_Proto_Collector_Trace_V1_ExportTraceServiceRequest

      /// What a caller gets.
      public typealias Output = Opentelemetry_Proto_Collector_Trace_V1_ExportTraceServiceResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Opentelemetry_Proto_Collector_Trace_V1_TraceService.descriptor, method: "Export",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      Export.descriptor,
    ]
  }
}

extension Opentelemetry_Proto_Collector_Trace_V1_TraceService {
  /// The service `opentelemetry.proto.collector.trace.v1.TraceService`.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Serves `opentelemetry.proto.collector.trace.v1.TraceService/Export`.
    func export(
      request: RPC.ServerRequest<Opentelemetry_Proto_Collector_Trace_V1_ExportTraceServiceRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Opentelemetry_Proto_Collector_Trace_V1_ExportTraceServiceResponse>
  }

  /// The service `opentelemetry.proto.collector.trace.v1.TraceService`.
  public protocol SimpleServiceProtocol: Opentelemetry_Proto_Collector_Trace_V1_TraceService.ServiceProtocol {
    /// Serves `opentelemetry.proto.collector.trace.v1.TraceService/Export`.
    func export(
      request: Opentelemetry_Proto_Collector_Trace_V1_ExportTraceServiceRequest,
      context: RPC.ServerContext
    ) async throws -> Opentelemetry_Proto_Collector_Trace_V1_ExportTraceServiceResponse
  }
}

extension Opentelemetry_Proto_Collector_Trace_V1_TraceService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Opentelemetry_Proto_Collector_Trace_V1_TraceService.Method.Export.descriptor,
      request: Opentelemetry_Proto_Collector_Trace_V1_TraceService.Method.Export.Input.self, response: Opentelemetry_Proto_Collector_Trace_V1_TraceService.Method.Export.Output.self,
      fullHandler: { request, context in
        try await self.export(request: request, context: context)
      })
  }
}

extension Opentelemetry_Proto_Collector_Trace_V1_TraceService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Opentelemetry_Proto_Collector_Trace_V1_TraceService.Method.Export.descriptor,
      request: Opentelemetry_Proto_Collector_Trace_V1_TraceService.Method.Export.Input.self, response: Opentelemetry_Proto_Collector_Trace_V1_TraceService.Method.Export.Output.self,
      handler: { request, context in
        try await self.export(request: request, context: context)
      })
  }
}

extension Opentelemetry_Proto_Collector_Trace_V1_TraceService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func export(
    request: RPC.ServerRequest<Opentelemetry_Proto_Collector_Trace_V1_ExportTraceServiceRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Opentelemetry_Proto_Collector_Trace_V1_ExportTraceServiceResponse> {
    RPC.ServerResponse(
      message: try await self.export(request: request.message, context: context))
  }
}

extension Opentelemetry_Proto_Collector_Trace_V1_TraceService {
  /// The service `opentelemetry.proto.collector.trace.v1.TraceService`.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Calls `opentelemetry.proto.collector.trace.v1.TraceService/Export`.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func export(
      _ message: Opentelemetry_Proto_Collector_Trace_V1_ExportTraceServiceRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Opentelemetry_Proto_Collector_Trace_V1_ExportTraceServiceResponse {
      try await client.unary(
        Method.Export.descriptor, message, metadata: metadata, options: options, as: Opentelemetry_Proto_Collector_Trace_V1_ExportTraceServiceResponse.self)
    }

    /// Calls `opentelemetry.proto.collector.trace.v1.TraceService/Export`.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func export(
      _ request: RPC.ClientRequest<Opentelemetry_Proto_Collector_Trace_V1_ExportTraceServiceRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Opentelemetry_Proto_Collector_Trace_V1_ExportTraceServiceResponse> {
      try await client.unary(
        Method.Export.descriptor, request, options: options, as: Opentelemetry_Proto_Collector_Trace_V1_ExportTraceServiceResponse.self)
    }
  }
}
