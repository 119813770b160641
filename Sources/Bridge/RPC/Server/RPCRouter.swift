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

  /// Registers a unary method whose handler sees messages only.
  public mutating func registerUnary<Request: Message, Response: Message>(
    _ method: MethodDescriptor, request: Request.Type, response: Response.Type,
    handler: @escaping @Sendable (Request, ServerContext) async throws -> Response
  ) {
    methods.append(
      RegisteredMethod(
        descriptor: method,
        handler: .unary { bytes, context in
          let response = try await handler(try bytes.decode(Request.self), context)
          return UnaryReply(message: try MessageBytes(serializing: response))
        }))
  }

  /// Registers a unary method whose handler sees metadata too.
  public mutating func registerUnary<Request: Message, Response: Message>(
    _ method: MethodDescriptor, request: Request.Type, response: Response.Type,
    fullHandler:
      @escaping @Sendable (ServerRequest<Request>, ServerContext) async throws
      -> ServerResponse<Response>
  ) {
    methods.append(
      RegisteredMethod(
        descriptor: method,
        handler: .unary { bytes, context in
          let request = ServerRequest(
            metadata: context.metadata, message: try bytes.decode(Request.self))
          let response = try await fullHandler(request, context)
          return UnaryReply(
            message: try MessageBytes(serializing: response.message),
            initialMetadata: response.metadata, trailingMetadata: response.trailingMetadata)
        }))
  }

  /// Registers a server-streaming method.
  public mutating func registerServerStreaming<Request: Message, Response: Message>(
    _ method: MethodDescriptor, request: Request.Type, response: Response.Type,
    handler: @escaping @Sendable (Request, RPCWriter<Response>, ServerContext) async throws -> Void
  ) {
    methods.append(
      RegisteredMethod(
        descriptor: method,
        handler: .serverStreaming { bytes, sink, context in
          let writer = RPCWriter<Response> { element in
            try await sink.write(try MessageBytes(serializing: element))
          }
          try await handler(try bytes.decode(Request.self), writer, context)
          return [:]
        }))
  }
}
