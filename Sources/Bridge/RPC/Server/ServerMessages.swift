/// A request with its metadata.
public struct ServerRequest<Message: Sendable>: Sendable {
  /// The caller's metadata.
  public var metadata: Metadata

  /// The message.
  public var message: Message

  /// Creates a request.
  public init(metadata: Metadata, message: Message) {
    self.metadata = metadata
    self.message = message
  }
}

/// A response with its metadata.
public struct ServerResponse<Message: Sendable>: Sendable {
  /// The message.
  public var message: Message

  /// Metadata sent before the message.
  public var metadata: Metadata

  /// Metadata sent behind it.
  public var trailingMetadata: Metadata

  /// Whether the message is compressed, where the call allows it; nil leaves it to the server's
  /// configuration.
  public var compressed: Bool?

  /// Creates a response.
  public init(
    message: Message, metadata: Metadata = [:], trailingMetadata: Metadata = [:],
    compressed: Bool? = nil
  ) {
    self.message = message
    self.metadata = metadata
    self.trailingMetadata = trailingMetadata
    self.compressed = compressed
  }
}
