public import SwiftProtobuf

/// A service that can be registered: the generated service protocols refine it.
public protocol RegistrableRPCService: Sendable {
  /// Registers every method of the service.
  func registerMethods(with router: inout RPCRouter)
}

/// Collects the methods that a server serves.
public struct RPCRouter: Sendable {
  /// The methods, in the order of their registration.
  public private(set) var methods: [RegisteredMethod] = []

  /// Creates a router without methods.
  public init() {}

  /// Registers every method of a service.
  public mutating func register(_ service: some RegistrableRPCService) {
    service.registerMethods(with: &self)
  }

  /// Registers a method over serialized messages.
  public mutating func register(_ method: RegisteredMethod) {
    methods.append(method)
  }

  private mutating func register(_ method: MethodDescriptor, _ handler: RegisteredMethod.Handler) {
    methods.append(RegisteredMethod(descriptor: method, handler: handler))
  }

  /// Registers a unary method whose handler sees messages only.
  public mutating func registerUnary<Request: Message, Response: Message>(
    _ method: MethodDescriptor, request: Request.Type, response: Response.Type,
    handler: @escaping @Sendable (Request, ServerContext) async throws -> Response
  ) {
    register(
      method,
      .unary { bytes, context in
        let response = try await handler(try bytes.decode(Request.self), context)
        return UnaryReply(message: try MessageBytes(serializing: response))
      })
  }

  /// Registers a unary method whose handler sees metadata too.
  public mutating func registerUnary<Request: Message, Response: Message>(
    _ method: MethodDescriptor, request: Request.Type, response: Response.Type,
    fullHandler:
      @escaping @Sendable (ServerRequest<Request>, ServerContext) async throws
      -> ServerResponse<Response>
  ) {
    register(
      method,
      .unary { bytes, context in
        let request = ServerRequest(
          metadata: context.metadata, message: try bytes.decode(Request.self))
        return try UnaryReply(serializing: try await fullHandler(request, context))
      })
  }

  /// Registers a client-streaming method whose handler answers with a message only.
  public mutating func registerClientStreaming<Request: Message, Response: Message>(
    _ method: MethodDescriptor, request: Request.Type, response: Response.Type,
    handler:
      @escaping @Sendable (RPCRequestStream<Request>, ServerContext) async throws -> Response
  ) {
    register(
      method,
      .clientStreaming { source, context in
        let response = try await handler(RPCRequestStream(source), context)
        return UnaryReply(message: try MessageBytes(serializing: response))
      })
  }

  /// Registers a client-streaming method whose handler sees and gives metadata too.
  public mutating func registerClientStreaming<Request: Message, Response: Message>(
    _ method: MethodDescriptor, request: Request.Type, response: Response.Type,
    fullHandler:
      @escaping @Sendable (ServerRequest<RPCRequestStream<Request>>, ServerContext) async throws
      -> ServerResponse<Response>
  ) {
    register(
      method,
      .clientStreaming { source, context in
        let request = ServerRequest(
          metadata: context.metadata, message: RPCRequestStream<Request>(source))
        return try UnaryReply(serializing: try await fullHandler(request, context))
      })
  }

  /// Registers a server-streaming method.
  public mutating func registerServerStreaming<Request: Message, Response: Message>(
    _ method: MethodDescriptor, request: Request.Type, response: Response.Type,
    handler: @escaping @Sendable (Request, RPCWriter<Response>, ServerContext) async throws -> Void
  ) {
    register(
      method,
      .serverStreaming { bytes, sink, context in
        try await handler(try bytes.decode(Request.self), RPCWriter(sink), context)
        return [:]
      })
  }

  /// Registers a server-streaming method whose handler sees metadata, and returns what trails.
  public mutating func registerServerStreaming<Request: Message, Response: Message>(
    _ method: MethodDescriptor, request: Request.Type, response: Response.Type,
    fullHandler:
      @escaping @Sendable (ServerRequest<Request>, RPCWriter<Response>, ServerContext) async throws
      -> Metadata
  ) {
    register(
      method,
      .serverStreaming { bytes, sink, context in
        let request = ServerRequest(
          metadata: context.metadata, message: try bytes.decode(Request.self))
        return try await fullHandler(request, RPCWriter(sink), context)
      })
  }

  /// Registers a bidirectional method.
  public mutating func registerBidirectionalStreaming<Request: Message, Response: Message>(
    _ method: MethodDescriptor, request: Request.Type, response: Response.Type,
    handler:
      @escaping @Sendable (RPCRequestStream<Request>, RPCWriter<Response>, ServerContext)
      async throws -> Void
  ) {
    register(
      method,
      .bidirectionalStreaming { source, sink, context in
        try await handler(RPCRequestStream(source), RPCWriter(sink), context)
        return [:]
      })
  }

  /// Registers a bidirectional method whose handler sees metadata, and returns what trails.
  public mutating func registerBidirectionalStreaming<Request: Message, Response: Message>(
    _ method: MethodDescriptor, request: Request.Type, response: Response.Type,
    fullHandler:
      @escaping @Sendable (
        ServerRequest<RPCRequestStream<Request>>, RPCWriter<Response>, ServerContext
      ) async throws -> Metadata
  ) {
    register(
      method,
      .bidirectionalStreaming { source, sink, context in
        let request = ServerRequest(
          metadata: context.metadata, message: RPCRequestStream<Request>(source))
        return try await fullHandler(request, RPCWriter(sink), context)
      })
  }
}

extension UnaryReply {
  /// Serializes a response.
  fileprivate init(serializing response: ServerResponse<some Message>) throws {
    self.init(
      message: try MessageBytes(serializing: response.message),
      initialMetadata: response.metadata, trailingMetadata: response.trailingMetadata,
      compressed: response.compressed)
  }
}
