public import SwiftProtobuf

/// Sends the messages of a stream.
public struct RPCWriter<Element: Message & Sendable>: Sendable {
  private enum Backing: Sendable {
    case sink(any MessageSink)
    case function(@Sendable (Element) async throws -> Void)
  }

  private let backing: Backing

  /// Creates a writer over serialized messages.
  public init(_ sink: any MessageSink) { backing = .sink(sink) }

  /// Creates a writer that gives each element to a function: a handler is tried without a server
  /// by it. Metadata goes nowhere.
  public init(_ send: @escaping @Sendable (Element) async throws -> Void) {
    backing = .function(send)
  }

  /// Sends metadata before the first message.
  ///
  /// - Throws: `RPCError` with `.internalError` where metadata or a message was sent before, with
  ///   `.cancelled` when the peer is gone.
  public func sendMetadata(_ metadata: Metadata) async throws {
    if case .sink(let sink) = backing { try await sink.sendInitialMetadata(metadata) }
  }

  /// Sends an element; returns as soon as there is room for another one. What is written is sent
  /// before the status, or not at all when the peer is gone.
  ///
  /// - Parameter compressed: Whether the message is compressed, where the call allows it; nil
  ///   leaves it to the configuration.
  /// - Throws: `RPCError` with `.cancelled` when the peer is gone.
  public func write(_ element: Element, compressed: Bool? = nil) async throws {
    switch backing {
    case .sink(let sink):
      try await sink.write(try MessageBytes(serializing: element), compressed: compressed)
    case .function(let send): try await send(element)
    }
  }

  /// Sends elements in order.
  public func write(contentsOf elements: some Sequence<Element>) async throws {
    for element in elements { try await write(element) }
  }
}
