/// Where a streaming handler reads the caller's messages, serialized.
public protocol MessageSource: Sendable {
  /// The next message; nil when the caller has sent its last. Asking for a message is what lets
  /// the caller send it: one that nobody asks for stays with the sender.
  ///
  /// - Throws: `RPCError` with `.cancelled` when the caller is gone, or with the reason why its
  ///   message cannot be read.
  func next() async throws -> MessageBytes?
}

/// Where a streaming handler writes its messages, serialized.
public protocol MessageSink: Sendable {
  /// Sends metadata before the first message; what is not sent this way goes with the first
  /// message or with the status.
  ///
  /// - Throws: `RPCError` with `.internalError` where metadata was sent before, with `.cancelled`
  ///   when the peer is gone.
  func sendInitialMetadata(_ metadata: Metadata) async throws

  /// Sends a message; returns as soon as there is room for another one, so a peer that does not
  /// read holds the writer.
  ///
  /// - Parameter compressed: Whether the message is compressed, where the call allows it; nil
  ///   leaves it to the server's configuration.
  /// - Throws: `RPCError` with `.cancelled` when the peer is gone.
  func write(_ message: MessageBytes, compressed: Bool?) async throws
}

extension MessageSink {
  /// Sends a message, compressed or not as the configuration says.
  public func write(_ message: MessageBytes) async throws {
    try await write(message, compressed: nil)
  }
}
