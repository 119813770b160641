/// The answer of a handler that gives one message, serialized.
public struct UnaryReply: Sendable {
  /// The message's bytes.
  public var message: MessageBytes

  /// Metadata sent before the message.
  public var initialMetadata: Metadata

  /// Metadata sent behind it.
  public var trailingMetadata: Metadata

  /// Whether the message is compressed, where the call allows it; nil leaves it to the server's
  /// configuration.
  public var compressed: Bool?

  /// Creates an answer.
  public init(
    message: MessageBytes, initialMetadata: Metadata = [:], trailingMetadata: Metadata = [:],
    compressed: Bool? = nil
  ) {
    self.message = message
    self.initialMetadata = initialMetadata
    self.trailingMetadata = trailingMetadata
    self.compressed = compressed
  }
}

/// A method with the code that serves it, over serialized messages. Whatever stands between a
/// door and a handler wraps this; whatever opens a door runs it.
public struct RegisteredMethod: Sendable {
  /// Serves a unary call.
  public typealias UnaryHandler =
    @Sendable (MessageBytes, ServerContext) async throws -> UnaryReply

  /// Serves a call of many requests and one response.
  public typealias ClientStreamingHandler =
    @Sendable (any MessageSource, ServerContext) async throws -> UnaryReply

  /// Serves a call of one request and many responses; returns the trailing metadata.
  public typealias ServerStreamingHandler =
    @Sendable (MessageBytes, any MessageSink, ServerContext) async throws -> Metadata

  /// Serves a call of many requests and many responses; returns the trailing metadata.
  public typealias BidirectionalStreamingHandler =
    @Sendable (any MessageSource, any MessageSink, ServerContext) async throws -> Metadata

  /// The code, by kind of method.
  public enum Handler: Sendable {
    case unary(UnaryHandler)
    case clientStreaming(ClientStreamingHandler)
    case serverStreaming(ServerStreamingHandler)
    case bidirectionalStreaming(BidirectionalStreamingHandler)

    /// Whether a call has one message, without which there is no call.
    var takesOneMessage: Bool {
      switch self {
      case .unary, .serverStreaming: true
      case .clientStreaming, .bidirectionalStreaming: false
      }
    }
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
