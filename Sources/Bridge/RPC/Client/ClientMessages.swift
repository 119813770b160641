public import SwiftProtobuf

/// A request of one message with its metadata.
public struct ClientRequest<Message: Sendable>: Sendable {
  /// What is sent before the message.
  public var metadata: Metadata

  /// The message.
  public var message: Message

  /// Creates a request.
  public init(metadata: Metadata = [:], message: Message) {
    self.metadata = metadata
    self.message = message
  }
}

/// A request of many messages with its metadata.
public struct StreamingClientRequest<Element: Message & Sendable>: Sendable {
  /// What is sent before the messages.
  public var metadata: Metadata

  /// Writes the messages; the request ends when it returns. An error that it throws cancels the
  /// call.
  public var producer: @Sendable (RPCWriter<Element>) async throws -> Void

  /// Creates a request.
  public init(
    metadata: Metadata = [:],
    producer: @escaping @Sendable (RPCWriter<Element>) async throws -> Void
  ) {
    self.metadata = metadata
    self.producer = producer
  }
}

/// A response of one message with its metadata.
public struct ClientResponse<Message: Sendable>: Sendable {
  /// The message.
  public var message: Message

  /// What the server sent before it.
  public var metadata: Metadata

  /// What it sent behind it.
  public var trailingMetadata: Metadata

  /// Creates a response.
  public init(message: Message, metadata: Metadata = [:], trailingMetadata: Metadata = [:]) {
    self.message = message
    self.metadata = metadata
    self.trailingMetadata = trailingMetadata
  }
}
