// Written by protoc-gen-artel from grpc/testing/test.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// What implementations of gRPC call each other by to prove that they understand each other. Names
/// and shapes are the same for all of them.
public enum Grpc_Testing_TestService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "grpc.testing.TestService")

  /// The service's methods.
  public enum Method {
    /// `grpc.testing.TestService/EmptyCall`.
    public enum EmptyCall {
      /// What a caller sends.
      public typealias Input = Grpc_Testing_Empty

      /// What a caller gets.
      public typealias Output = Grpc_Testing_Empty

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Grpc_Testing_TestService.descriptor, method: "EmptyCall",
        kind: .unary)
    }

    /// `grpc.testing.TestService/UnaryCall`.
    public enum UnaryCall {
      /// What a caller sends.
      public typealias Input = Grpc_Testing_SimpleRequest

      /// What a caller gets.
      public typealias Output = Grpc_Testing_SimpleResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Grpc_Testing_TestService.descriptor, method: "UnaryCall",
        kind: .unary)
    }

    /// `grpc.testing.TestService/CacheableUnaryCall`.
    public enum CacheableUnaryCall {
      /// What a caller sends.
      public typealias Input = Grpc_Testing_SimpleRequest

      /// What a caller gets.
      public typealias Output = Grpc_Testing_SimpleResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Grpc_Testing_TestService.descriptor, method: "CacheableUnaryCall",
        kind: .unary)
    }

    /// `grpc.testing.TestService/StreamingOutputCall`.
    public enum StreamingOutputCall {
      /// What a caller sends.
      public typealias Input = Grpc_Testing_StreamingOutputCallRequest

      /// What a caller gets.
      public typealias Output = Grpc_Testing_StreamingOutputCallResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Grpc_Testing_TestService.descriptor, method: "StreamingOutputCall",
        kind: .serverStreaming)
    }

    /// `grpc.testing.TestService/StreamingInputCall`.
    public enum StreamingInputCall {
      /// What a caller sends.
      public typealias Input = Grpc_Testing_StreamingInputCallRequest

      /// What a caller gets.
      public typealias Output = Grpc_Testing_StreamingInputCallResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Grpc_Testing_TestService.descriptor, method: "StreamingInputCall",
        kind: .clientStreaming)
    }

    /// `grpc.testing.TestService/FullDuplexCall`.
    public enum FullDuplexCall {
      /// What a caller sends.
      public typealias Input = Grpc_Testing_StreamingOutputCallRequest

      /// What a caller gets.
      public typealias Output = Grpc_Testing_StreamingOutputCallResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Grpc_Testing_TestService.descriptor, method: "FullDuplexCall",
        kind: .bidirectionalStreaming)
    }

    /// `grpc.testing.TestService/HalfDuplexCall`.
    public enum HalfDuplexCall {
      /// What a caller sends.
      public typealias Input = Grpc_Testing_StreamingOutputCallRequest

      /// What a caller gets.
      public typealias Output = Grpc_Testing_StreamingOutputCallResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Grpc_Testing_TestService.descriptor, method: "HalfDuplexCall",
        kind: .bidirectionalStreaming)
    }

    /// `grpc.testing.TestService/UnimplementedCall`.
    public enum UnimplementedCall {
      /// What a caller sends.
      public typealias Input = Grpc_Testing_Empty

      /// What a caller gets.
      public typealias Output = Grpc_Testing_Empty

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Grpc_Testing_TestService.descriptor, method: "UnimplementedCall",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      EmptyCall.descriptor,
      UnaryCall.descriptor,
      CacheableUnaryCall.descriptor,
      StreamingOutputCall.descriptor,
      StreamingInputCall.descriptor,
      FullDuplexCall.descriptor,
      HalfDuplexCall.descriptor,
      UnimplementedCall.descriptor,
    ]
  }
}

extension Grpc_Testing_TestService {
  /// What implementations of gRPC call each other by to prove that they understand each other. Names
  /// and shapes are the same for all of them.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Takes nothing and gives nothing.
    func emptyCall(
      request: RPC.ServerRequest<Grpc_Testing_Empty>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Grpc_Testing_Empty>

    /// Answers with a payload of the length that is asked for.
    func unaryCall(
      request: RPC.ServerRequest<Grpc_Testing_SimpleRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Grpc_Testing_SimpleResponse>

    /// The same; a cache between may answer in the server's place.
    func cacheableUnaryCall(
      request: RPC.ServerRequest<Grpc_Testing_SimpleRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Grpc_Testing_SimpleResponse>

    /// Sends the payloads that the request lists.
    func streamingOutputCall(
      request: RPC.ServerRequest<Grpc_Testing_StreamingOutputCallRequest>,
      response: RPC.RPCWriter<Grpc_Testing_StreamingOutputCallResponse>,
      context: RPC.ServerContext
    ) async throws -> RPC.Metadata

    /// Counts the bytes that the caller sends.
    func streamingInputCall(
      request: RPC.ServerRequest<RPC.RPCRequestStream<Grpc_Testing_StreamingInputCallRequest>>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Grpc_Testing_StreamingInputCallResponse>

    /// Answers each request as it comes.
    func fullDuplexCall(
      request: RPC.ServerRequest<RPC.RPCRequestStream<Grpc_Testing_StreamingOutputCallRequest>>,
      response: RPC.RPCWriter<Grpc_Testing_StreamingOutputCallResponse>,
      context: RPC.ServerContext
    ) async throws -> RPC.Metadata

    /// Answers all requests once the last has come.
    func halfDuplexCall(
      request: RPC.ServerRequest<RPC.RPCRequestStream<Grpc_Testing_StreamingOutputCallRequest>>,
      response: RPC.RPCWriter<Grpc_Testing_StreamingOutputCallResponse>,
      context: RPC.ServerContext
    ) async throws -> RPC.Metadata

    /// A method that no server serves.
    func unimplementedCall(
      request: RPC.ServerRequest<Grpc_Testing_Empty>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Grpc_Testing_Empty>
  }

  /// What implementations of gRPC call each other by to prove that they understand each other. Names
  /// and shapes are the same for all of them.
  public protocol SimpleServiceProtocol: Grpc_Testing_TestService.ServiceProtocol {
    /// Takes nothing and gives nothing.
    func emptyCall(
      request: Grpc_Testing_Empty,
      context: RPC.ServerContext
    ) async throws -> Grpc_Testing_Empty

    /// Answers with a payload of the length that is asked for.
    func unaryCall(
      request: Grpc_Testing_SimpleRequest,
      context: RPC.ServerContext
    ) async throws -> Grpc_Testing_SimpleResponse

    /// The same; a cache between may answer in the server's place.
    func cacheableUnaryCall(
      request: Grpc_Testing_SimpleRequest,
      context: RPC.ServerContext
    ) async throws -> Grpc_Testing_SimpleResponse

    /// Sends the payloads that the request lists.
    func streamingOutputCall(
      request: Grpc_Testing_StreamingOutputCallRequest,
      response: RPC.RPCWriter<Grpc_Testing_StreamingOutputCallResponse>,
      context: RPC.ServerContext
    ) async throws

    /// Counts the bytes that the caller sends.
    func streamingInputCall(
      request: RPC.RPCRequestStream<Grpc_Testing_StreamingInputCallRequest>,
      context: RPC.ServerContext
    ) async throws -> Grpc_Testing_StreamingInputCallResponse

    /// Answers each request as it comes.
    func fullDuplexCall(
      request: RPC.RPCRequestStream<Grpc_Testing_StreamingOutputCallRequest>,
      response: RPC.RPCWriter<Grpc_Testing_StreamingOutputCallResponse>,
      context: RPC.ServerContext
    ) async throws

    /// Answers all requests once the last has come.
    func halfDuplexCall(
      request: RPC.RPCRequestStream<Grpc_Testing_StreamingOutputCallRequest>,
      response: RPC.RPCWriter<Grpc_Testing_StreamingOutputCallResponse>,
      context: RPC.ServerContext
    ) async throws

    /// A method that no server serves.
    func unimplementedCall(
      request: Grpc_Testing_Empty,
      context: RPC.ServerContext
    ) async throws -> Grpc_Testing_Empty
  }
}

extension Grpc_Testing_TestService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Grpc_Testing_TestService.Method.EmptyCall.descriptor,
      request: Grpc_Testing_TestService.Method.EmptyCall.Input.self, response: Grpc_Testing_TestService.Method.EmptyCall.Output.self,
      fullHandler: { request, context in
        try await self.emptyCall(request: request, context: context)
      })
    router.registerUnary(
      Grpc_Testing_TestService.Method.UnaryCall.descriptor,
      request: Grpc_Testing_TestService.Method.UnaryCall.Input.self, response: Grpc_Testing_TestService.Method.UnaryCall.Output.self,
      fullHandler: { request, context in
        try await self.unaryCall(request: request, context: context)
      })
    router.registerUnary(
      Grpc_Testing_TestService.Method.CacheableUnaryCall.descriptor,
      request: Grpc_Testing_TestService.Method.CacheableUnaryCall.Input.self, response: Grpc_Testing_TestService.Method.CacheableUnaryCall.Output.self,
      fullHandler: { request, context in
        try await self.cacheableUnaryCall(request: request, context: context)
      })
    router.registerServerStreaming(
      Grpc_Testing_TestService.Method.StreamingOutputCall.descriptor,
      request: Grpc_Testing_TestService.Method.StreamingOutputCall.Input.self, response: Grpc_Testing_TestService.Method.StreamingOutputCall.Output.self,
      fullHandler: { request, response, context in
        try await self.streamingOutputCall(request: request, response: response, context: context)
      })
    router.registerClientStreaming(
      Grpc_Testing_TestService.Method.StreamingInputCall.descriptor,
      request: Grpc_Testing_TestService.Method.StreamingInputCall.Input.self, response: Grpc_Testing_TestService.Method.StreamingInputCall.Output.self,
      fullHandler: { request, context in
        try await self.streamingInputCall(request: request, context: context)
      })
    router.registerBidirectionalStreaming(
      Grpc_Testing_TestService.Method.FullDuplexCall.descriptor,
      request: Grpc_Testing_TestService.Method.FullDuplexCall.Input.self, response: Grpc_Testing_TestService.Method.FullDuplexCall.Output.self,
      fullHandler: { request, response, context in
        try await self.fullDuplexCall(request: request, response: response, context: context)
      })
    router.registerBidirectionalStreaming(
      Grpc_Testing_TestService.Method.HalfDuplexCall.descriptor,
      request: Grpc_Testing_TestService.Method.HalfDuplexCall.Input.self, response: Grpc_Testing_TestService.Method.HalfDuplexCall.Output.self,
      fullHandler: { request, response, context in
        try await self.halfDuplexCall(request: request, response: response, context: context)
      })
    router.registerUnary(
      Grpc_Testing_TestService.Method.UnimplementedCall.descriptor,
      request: Grpc_Testing_TestService.Method.UnimplementedCall.Input.self, response: Grpc_Testing_TestService.Method.UnimplementedCall.Output.self,
      fullHandler: { request, context in
        try await self.unimplementedCall(request: request, context: context)
      })
  }
}

extension Grpc_Testing_TestService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Grpc_Testing_TestService.Method.EmptyCall.descriptor,
      request: Grpc_Testing_TestService.Method.EmptyCall.Input.self, response: Grpc_Testing_TestService.Method.EmptyCall.Output.self,
      handler: { request, context in
        try await self.emptyCall(request: request, context: context)
      })
    router.registerUnary(
      Grpc_Testing_TestService.Method.UnaryCall.descriptor,
      request: Grpc_Testing_TestService.Method.UnaryCall.Input.self, response: Grpc_Testing_TestService.Method.UnaryCall.Output.self,
      handler: { request, context in
        try await self.unaryCall(request: request, context: context)
      })
    router.registerUnary(
      Grpc_Testing_TestService.Method.CacheableUnaryCall.descriptor,
      request: Grpc_Testing_TestService.Method.CacheableUnaryCall.Input.self, response: Grpc_Testing_TestService.Method.CacheableUnaryCall.Output.self,
      handler: { request, context in
        try await self.cacheableUnaryCall(request: request, context: context)
      })
    router.registerServerStreaming(
      Grpc_Testing_TestService.Method.StreamingOutputCall.descriptor,
      request: Grpc_Testing_TestService.Method.StreamingOutputCall.Input.self, response: Grpc_Testing_TestService.Method.StreamingOutputCall.Output.self,
      handler: { request, response, context in
        try await self.streamingOutputCall(request: request, response: response, context: context)
      })
    router.registerClientStreaming(
      Grpc_Testing_TestService.Method.StreamingInputCall.descriptor,
      request: Grpc_Testing_TestService.Method.StreamingInputCall.Input.self, response: Grpc_Testing_TestService.Method.StreamingInputCall.Output.self,
      handler: { request, context in
        try await self.streamingInputCall(request: request, context: context)
      })
    router.registerBidirectionalStreaming(
      Grpc_Testing_TestService.Method.FullDuplexCall.descriptor,
      request: Grpc_Testing_TestService.Method.FullDuplexCall.Input.self, response: Grpc_Testing_TestService.Method.FullDuplexCall.Output.self,
      handler: { request, response, context in
        try await self.fullDuplexCall(request: request, response: response, context: context)
      })
    router.registerBidirectionalStreaming(
      Grpc_Testing_TestService.Method.HalfDuplexCall.descriptor,
      request: Grpc_Testing_TestService.Method.HalfDuplexCall.Input.self, response: Grpc_Testing_TestService.Method.HalfDuplexCall.Output.self,
      handler: { request, response, context in
        try await self.halfDuplexCall(request: request, response: response, context: context)
      })
    router.registerUnary(
      Grpc_Testing_TestService.Method.UnimplementedCall.descriptor,
      request: Grpc_Testing_TestService.Method.UnimplementedCall.Input.self, response: Grpc_Testing_TestService.Method.UnimplementedCall.Output.self,
      handler: { request, context in
        try await self.unimplementedCall(request: request, context: context)
      })
  }
}

extension Grpc_Testing_TestService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func emptyCall(
    request: RPC.ServerRequest<Grpc_Testing_Empty>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Grpc_Testing_Empty> {
    RPC.ServerResponse(
      message: try await self.emptyCall(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func unaryCall(
    request: RPC.ServerRequest<Grpc_Testing_SimpleRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Grpc_Testing_SimpleResponse> {
    RPC.ServerResponse(
      message: try await self.unaryCall(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func cacheableUnaryCall(
    request: RPC.ServerRequest<Grpc_Testing_SimpleRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Grpc_Testing_SimpleResponse> {
    RPC.ServerResponse(
      message: try await self.cacheableUnaryCall(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func streamingOutputCall(
    request: RPC.ServerRequest<Grpc_Testing_StreamingOutputCallRequest>,
    response: RPC.RPCWriter<Grpc_Testing_StreamingOutputCallResponse>,
    context: RPC.ServerContext
  ) async throws -> RPC.Metadata {
    try await self.streamingOutputCall(
      request: request.message, response: response, context: context)
    return [:]
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func streamingInputCall(
    request: RPC.ServerRequest<RPC.RPCRequestStream<Grpc_Testing_StreamingInputCallRequest>>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Grpc_Testing_StreamingInputCallResponse> {
    RPC.ServerResponse(
      message: try await self.streamingInputCall(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func fullDuplexCall(
    request: RPC.ServerRequest<RPC.RPCRequestStream<Grpc_Testing_StreamingOutputCallRequest>>,
    response: RPC.RPCWriter<Grpc_Testing_StreamingOutputCallResponse>,
    context: RPC.ServerContext
  ) async throws -> RPC.Metadata {
    try await self.fullDuplexCall(
      request: request.message, response: response, context: context)
    return [:]
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func halfDuplexCall(
    request: RPC.ServerRequest<RPC.RPCRequestStream<Grpc_Testing_StreamingOutputCallRequest>>,
    response: RPC.RPCWriter<Grpc_Testing_StreamingOutputCallResponse>,
    context: RPC.ServerContext
  ) async throws -> RPC.Metadata {
    try await self.halfDuplexCall(
      request: request.message, response: response, context: context)
    return [:]
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func unimplementedCall(
    request: RPC.ServerRequest<Grpc_Testing_Empty>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Grpc_Testing_Empty> {
    RPC.ServerResponse(
      message: try await self.unimplementedCall(request: request.message, context: context))
  }
}

extension Grpc_Testing_TestService {
  /// What implementations of gRPC call each other by to prove that they understand each other. Names
  /// and shapes are the same for all of them.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Takes nothing and gives nothing.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func emptyCall(
      _ message: Grpc_Testing_Empty,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Grpc_Testing_Empty {
      try await client.unary(
        Method.EmptyCall.descriptor, message, metadata: metadata, options: options, as: Grpc_Testing_Empty.self)
    }

    /// Takes nothing and gives nothing.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func emptyCall(
      _ request: RPC.ClientRequest<Grpc_Testing_Empty>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Grpc_Testing_Empty> {
      try await client.unary(
        Method.EmptyCall.descriptor, request, options: options, as: Grpc_Testing_Empty.self)
    }

    /// Answers with a payload of the length that is asked for.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func unaryCall(
      _ message: Grpc_Testing_SimpleRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Grpc_Testing_SimpleResponse {
      try await client.unary(
        Method.UnaryCall.descriptor, message, metadata: metadata, options: options, as: Grpc_Testing_SimpleResponse.self)
    }

    /// Answers with a payload of the length that is asked for.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func unaryCall(
      _ request: RPC.ClientRequest<Grpc_Testing_SimpleRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Grpc_Testing_SimpleResponse> {
      try await client.unary(
        Method.UnaryCall.descriptor, request, options: options, as: Grpc_Testing_SimpleResponse.self)
    }

    /// The same; a cache between may answer in the server's place.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func cacheableUnaryCall(
      _ message: Grpc_Testing_SimpleRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Grpc_Testing_SimpleResponse {
      try await client.unary(
        Method.CacheableUnaryCall.descriptor, message, metadata: metadata, options: options, as: Grpc_Testing_SimpleResponse.self)
    }

    /// The same; a cache between may answer in the server's place.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func cacheableUnaryCall(
      _ request: RPC.ClientRequest<Grpc_Testing_SimpleRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Grpc_Testing_SimpleResponse> {
      try await client.unary(
        Method.CacheableUnaryCall.descriptor, request, options: options, as: Grpc_Testing_SimpleResponse.self)
    }

    /// Sends the payloads that the request lists.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    ///   - onResponse: Reads the responses; the call ends when it returns.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func streamingOutputCall<Result: Sendable>(
      _ message: Grpc_Testing_StreamingOutputCallRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults,
      onResponse: (RPC.RPCResponseStream<Grpc_Testing_StreamingOutputCallResponse>) async throws -> Result
    ) async throws -> Result {
      try await client.serverStreaming(
        Method.StreamingOutputCall.descriptor, message, metadata: metadata, options: options, as: Grpc_Testing_StreamingOutputCallResponse.self, onResponse: onResponse)
    }

    /// Counts the bytes that the caller sends.
    ///
    /// - Parameters:
    ///   - metadata: What to send before the messages.
    ///   - options: How to call.
    ///   - requestProducer: Writes the messages; the request ends when it returns.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func streamingInputCall(
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults,
      requestProducer: @escaping @Sendable (RPC.RPCWriter<Grpc_Testing_StreamingInputCallRequest>) async throws -> Void
    ) async throws -> Grpc_Testing_StreamingInputCallResponse {
      try await client.clientStreaming(
        Method.StreamingInputCall.descriptor, metadata: metadata, options: options, as: Grpc_Testing_StreamingInputCallResponse.self, requestProducer: requestProducer)
    }

    /// Counts the bytes that the caller sends.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func streamingInputCall(
      _ request: RPC.StreamingClientRequest<Grpc_Testing_StreamingInputCallRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Grpc_Testing_StreamingInputCallResponse> {
      try await client.clientStreaming(
        Method.StreamingInputCall.descriptor, request, options: options, as: Grpc_Testing_StreamingInputCallResponse.self)
    }

    /// Answers each request as it comes.
    ///
    /// - Parameters:
    ///   - metadata: What to send before the messages.
    ///   - options: How to call.
    ///   - requestProducer: Writes the messages; the request ends when it returns.
    ///   - onResponse: Reads the responses; the call ends when it returns.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func fullDuplexCall<Result: Sendable>(
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults,
      requestProducer: @escaping @Sendable (RPC.RPCWriter<Grpc_Testing_StreamingOutputCallRequest>) async throws -> Void,
      onResponse: (RPC.RPCResponseStream<Grpc_Testing_StreamingOutputCallResponse>) async throws -> Result
    ) async throws -> Result {
      try await client.bidirectionalStreaming(
        Method.FullDuplexCall.descriptor, metadata: metadata, options: options, as: Grpc_Testing_StreamingOutputCallResponse.self, requestProducer: requestProducer, onResponse: onResponse)
    }

    /// Answers all requests once the last has come.
    ///
    /// - Parameters:
    ///   - metadata: What to send before the messages.
    ///   - options: How to call.
    ///   - requestProducer: Writes the messages; the request ends when it returns.
    ///   - onResponse: Reads the responses; the call ends when it returns.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func halfDuplexCall<Result: Sendable>(
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults,
      requestProducer: @escaping @Sendable (RPC.RPCWriter<Grpc_Testing_StreamingOutputCallRequest>) async throws -> Void,
      onResponse: (RPC.RPCResponseStream<Grpc_Testing_StreamingOutputCallResponse>) async throws -> Result
    ) async throws -> Result {
      try await client.bidirectionalStreaming(
        Method.HalfDuplexCall.descriptor, metadata: metadata, options: options, as: Grpc_Testing_StreamingOutputCallResponse.self, requestProducer: requestProducer, onResponse: onResponse)
    }

    /// A method that no server serves.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func unimplementedCall(
      _ message: Grpc_Testing_Empty,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Grpc_Testing_Empty {
      try await client.unary(
        Method.UnimplementedCall.descriptor, message, metadata: metadata, options: options, as: Grpc_Testing_Empty.self)
    }

    /// A method that no server serves.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func unimplementedCall(
      _ request: RPC.ClientRequest<Grpc_Testing_Empty>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Grpc_Testing_Empty> {
      try await client.unary(
        Method.UnimplementedCall.descriptor, request, options: options, as: Grpc_Testing_Empty.self)
    }
  }
}

/// A service that no server has.
public enum Grpc_Testing_UnimplementedService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "grpc.testing.UnimplementedService")

  /// The service's methods.
  public enum Method {
    /// `grpc.testing.UnimplementedService/UnimplementedCall`.
    public enum UnimplementedCall {
      /// What a caller sends.
      public typealias Input = Grpc_Testing_Empty

      /// What a caller gets.
      public typealias Output = Grpc_Testing_Empty

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Grpc_Testing_UnimplementedService.descriptor, method: "UnimplementedCall",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      UnimplementedCall.descriptor,
    ]
  }
}

extension Grpc_Testing_UnimplementedService {
  /// A service that no server has.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// A method that no server serves.
    func unimplementedCall(
      request: RPC.ServerRequest<Grpc_Testing_Empty>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Grpc_Testing_Empty>
  }

  /// A service that no server has.
  public protocol SimpleServiceProtocol: Grpc_Testing_UnimplementedService.ServiceProtocol {
    /// A method that no server serves.
    func unimplementedCall(
      request: Grpc_Testing_Empty,
      context: RPC.ServerContext
    ) async throws -> Grpc_Testing_Empty
  }
}

extension Grpc_Testing_UnimplementedService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Grpc_Testing_UnimplementedService.Method.UnimplementedCall.descriptor,
      request: Grpc_Testing_UnimplementedService.Method.UnimplementedCall.Input.self, response: Grpc_Testing_UnimplementedService.Method.UnimplementedCall.Output.self,
      fullHandler: { request, context in
        try await self.unimplementedCall(request: request, context: context)
      })
  }
}

extension Grpc_Testing_UnimplementedService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Grpc_Testing_UnimplementedService.Method.UnimplementedCall.descriptor,
      request: Grpc_Testing_UnimplementedService.Method.UnimplementedCall.Input.self, response: Grpc_Testing_UnimplementedService.Method.UnimplementedCall.Output.self,
      handler: { request, context in
        try await self.unimplementedCall(request: request, context: context)
      })
  }
}

extension Grpc_Testing_UnimplementedService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func unimplementedCall(
    request: RPC.ServerRequest<Grpc_Testing_Empty>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Grpc_Testing_Empty> {
    RPC.ServerResponse(
      message: try await self.unimplementedCall(request: request.message, context: context))
  }
}

extension Grpc_Testing_UnimplementedService {
  /// A service that no server has.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// A method that no server serves.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func unimplementedCall(
      _ message: Grpc_Testing_Empty,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Grpc_Testing_Empty {
      try await client.unary(
        Method.UnimplementedCall.descriptor, message, metadata: metadata, options: options, as: Grpc_Testing_Empty.self)
    }

    /// A method that no server serves.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func unimplementedCall(
      _ request: RPC.ClientRequest<Grpc_Testing_Empty>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Grpc_Testing_Empty> {
      try await client.unary(
        Method.UnimplementedCall.descriptor, request, options: options, as: Grpc_Testing_Empty.self)
    }
  }
}
