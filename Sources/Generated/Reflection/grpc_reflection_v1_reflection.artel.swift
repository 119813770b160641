// Written by protoc-gen-artel from grpc/reflection/v1/reflection.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// The service `grpc.reflection.v1.ServerReflection`.
public enum Grpc_Reflection_V1_ServerReflection {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "grpc.reflection.v1.ServerReflection")

  /// The service's methods.
  public enum Method {
    /// `grpc.reflection.v1.ServerReflection/ServerReflectionInfo`.
    public enum ServerReflectionInfo {
      /// What a caller sends.
      public typealias Input = Grpc_Reflection_V1_ServerReflectionRequest

      /// What a caller gets.
      public typealias Output = Grpc_Reflection_V1_ServerReflectionResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Grpc_Reflection_V1_ServerReflection.descriptor, method: "ServerReflectionInfo",
        kind: .bidirectionalStreaming)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      ServerReflectionInfo.descriptor,
    ]
  }
}

extension Grpc_Reflection_V1_ServerReflection {
  /// The service `grpc.reflection.v1.ServerReflection`.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Serves `grpc.reflection.v1.ServerReflection/ServerReflectionInfo`.
    func serverReflectionInfo(
      request: RPC.ServerRequest<RPC.RPCRequestStream<Grpc_Reflection_V1_ServerReflectionRequest>>,
      response: RPC.RPCWriter<Grpc_Reflection_V1_ServerReflectionResponse>,
      context: RPC.ServerContext
    ) async throws -> RPC.Metadata
  }

  /// The service `grpc.reflection.v1.ServerReflection`.
  public protocol SimpleServiceProtocol: Grpc_Reflection_V1_ServerReflection.ServiceProtocol {
    /// Serves `grpc.reflection.v1.ServerReflection/ServerReflectionInfo`.
    func serverReflectionInfo(
      request: RPC.RPCRequestStream<Grpc_Reflection_V1_ServerReflectionRequest>,
      response: RPC.RPCWriter<Grpc_Reflection_V1_ServerReflectionResponse>,
      context: RPC.ServerContext
    ) async throws
  }
}

extension Grpc_Reflection_V1_ServerReflection.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerBidirectionalStreaming(
      Grpc_Reflection_V1_ServerReflection.Method.ServerReflectionInfo.descriptor,
      request: Grpc_Reflection_V1_ServerReflection.Method.ServerReflectionInfo.Input.self, response: Grpc_Reflection_V1_ServerReflection.Method.ServerReflectionInfo.Output.self,
      fullHandler: { request, response, context in
        try await self.serverReflectionInfo(request: request, response: response, context: context)
      })
  }
}

extension Grpc_Reflection_V1_ServerReflection.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerBidirectionalStreaming(
      Grpc_Reflection_V1_ServerReflection.Method.ServerReflectionInfo.descriptor,
      request: Grpc_Reflection_V1_ServerReflection.Method.ServerReflectionInfo.Input.self, response: Grpc_Reflection_V1_ServerReflection.Method.ServerReflectionInfo.Output.self,
      handler: { request, response, context in
        try await self.serverReflectionInfo(request: request, response: response, context: context)
      })
  }
}

extension Grpc_Reflection_V1_ServerReflection.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func serverReflectionInfo(
    request: RPC.ServerRequest<RPC.RPCRequestStream<Grpc_Reflection_V1_ServerReflectionRequest>>,
    response: RPC.RPCWriter<Grpc_Reflection_V1_ServerReflectionResponse>,
    context: RPC.ServerContext
  ) async throws -> RPC.Metadata {
    try await self.serverReflectionInfo(
      request: request.message, response: response, context: context)
    return [:]
  }
}

extension Grpc_Reflection_V1_ServerReflection {
  /// The service `grpc.reflection.v1.ServerReflection`.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Calls `grpc.reflection.v1.ServerReflection/ServerReflectionInfo`.
    ///
    /// - Parameters:
    ///   - metadata: What to send before the messages.
    ///   - options: How to call.
    ///   - requestProducer: Writes the messages; the request ends when it returns.
    ///   - onResponse: Reads the responses; the call ends when it returns.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func serverReflectionInfo<Result: Sendable>(
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults,
      requestProducer: @escaping @Sendable (RPC.RPCWriter<Grpc_Reflection_V1_ServerReflectionRequest>) async throws -> Void,
      onResponse: (RPC.RPCResponseStream<Grpc_Reflection_V1_ServerReflectionResponse>) async throws -> Result
    ) async throws -> Result {
      try await client.bidirectionalStreaming(
        Method.ServerReflectionInfo.descriptor, metadata: metadata, options: options, as: Grpc_Reflection_V1_ServerReflectionResponse.self, requestProducer: requestProducer, onResponse: onResponse)
    }
  }
}
