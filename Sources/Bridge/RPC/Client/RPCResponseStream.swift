public import SwiftProtobuf

/// The messages of a server stream, in order. Asking for the next one is what lets the server
/// send it.
public struct RPCResponseStream<Element: Message & Sendable>: AsyncSequence, Sendable {
  let call: ClientCall

  /// Reads the stream.
  public struct AsyncIterator: AsyncIteratorProtocol {
    let call: ClientCall
    var ended = false

    /// The next message; nil when the server ended the stream with OK.
    ///
    /// - Throws: `RPCError` with the status that ended the stream.
    public mutating func next() async throws -> Element? {
      guard !ended else { return nil }
      guard let bytes = try await call.next() else {
        ended = true
        return nil
      }
      return try bytes.decode(Element.self, failing: .internalError)
    }
  }

  /// Makes the iterator; a stream has one.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(call: call) }
}
