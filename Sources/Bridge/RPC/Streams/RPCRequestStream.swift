public import SwiftProtobuf

/// The messages that a caller sends, in order. Asking for the next one is what lets the caller send
/// it.
public struct RPCRequestStream<Element: Message & Sendable>: AsyncSequence, Sendable {
  private let source: any MessageSource

  /// Creates a stream over serialized messages.
  public init(_ source: any MessageSource) { self.source = source }

  /// Reads the stream.
  public struct AsyncIterator: AsyncIteratorProtocol {
    let source: any MessageSource

    /// The next message; nil when the caller has sent its last.
    ///
    /// - Throws: `RPCError` with `.cancelled` when the caller is gone, with `.invalidArgument`
    ///   where its message is not one.
    public mutating func next() async throws -> Element? {
      try await source.next()?.decode(Element.self)
    }
  }

  /// Makes the iterator; a stream has one reader at a time.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(source: source) }
}
