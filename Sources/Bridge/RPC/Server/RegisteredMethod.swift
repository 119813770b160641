/// The answer of a unary handler, serialized.
public struct UnaryReply: Sendable {
  /// The message's bytes.
  public var message: MessageBytes

  /// Metadata sent before the message.
  public var initialMetadata: Metadata

  /// Metadata sent behind it.
  public var trailingMetadata: Metadata

  /// Creates an answer.
  public init(
    message: MessageBytes, initialMetadata: Metadata = [:], trailingMetadata: Metadata = [:]
  ) {
    self.message = message
    self.initialMetadata = initialMetadata
    self.trailingMetadata = trailingMetadata
  }
}

/// Where a streaming handler writes.
public protocol MessageSink: Sendable {
  /// Sends a message; returns when the transport took it, so a slow peer slows the handler.
  ///
  /// - Throws: `RPCError` with `.cancelled` when the peer is gone.
  func write(_ message: MessageBytes) async throws
}

/// A method with the code that serves it, over serialized messages. Whatever stands between a
/// door and a handler wraps this; whatever opens a door runs it.
public struct RegisteredMethod: Sendable {
  /// Serves a unary call.
  public typealias UnaryHandler =
    @Sendable (MessageBytes, ServerContext) async throws -> UnaryReply

  /// Serves a server stream; returns the trailing metadata.
  public typealias ServerStreamingHandler =
    @Sendable (MessageBytes, any MessageSink, ServerContext) async throws -> Metadata

  /// The code, by kind of method.
  public enum Handler: Sendable {
    case unary(UnaryHandler)
    case serverStreaming(ServerStreamingHandler)
  }

  /// The method.
  public let descriptor: MethodDescriptor

  /// The code that serves it.
  public let handler: Handler

  /// Creates a registered method.
  public init(descriptor: MethodDescriptor, handler: Handler) {
    self.descriptor = descriptor
    self.handler = handler
  }
}
