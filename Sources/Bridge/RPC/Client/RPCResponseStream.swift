public import SwiftProtobuf

/// The messages that a server sends, in order. Asking for the next one is what lets the server
/// send it.
public struct RPCResponseStream<Element: Message & Sendable>: AsyncSequence, Sendable {
  let source: any ResponseSource

  /// What the server sent before its first message; waits for it.
  ///
  /// - Throws: `RPCError` with the status of a call that ended without.
  public var metadata: Metadata {
    get async throws { try await source.metadata }
  }

  /// What the server sent behind its last message; waits for the end, so the messages are read
  /// before.
  ///
  /// - Throws: `RPCError` with the status, where it is not OK.
  public var trailingMetadata: Metadata {
    get async throws { try await source.trailingMetadata }
  }

  /// Reads the stream.
  public struct AsyncIterator: AsyncIteratorProtocol {
    let source: any ResponseSource
    var ended = false

    /// The next message; nil when the server ended the stream with OK.
    ///
    /// - Throws: `RPCError` with the status that ended the stream.
    public mutating func next() async throws -> Element? {
      guard !ended else { return nil }
      guard let bytes = try await source.next() else {
        ended = true
        return nil
      }
      return try bytes.decode(Element.self, failing: .internalError)
    }
  }

  /// Makes the iterator; a stream has one reader at a time.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(source: source) }
}

/// What a call receives.
protocol ResponseSource: MessageSource {
  var metadata: Metadata { get async throws }
  var trailingMetadata: Metadata { get async throws }
}
