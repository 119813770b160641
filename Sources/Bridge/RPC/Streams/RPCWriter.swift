internal import SwiftProtobuf

/// Sends the messages of a server stream.
public struct RPCWriter<Element: Sendable>: Sendable {
  private let send: @Sendable (Element) async throws -> Void

  /// Creates a writer from the code that sends one element.
  public init(_ send: @escaping @Sendable (Element) async throws -> Void) {
    self.send = send
  }

  /// Sends an element; returns when the transport took it.
  ///
  /// - Throws: `RPCError` with `.cancelled` when the peer is gone.
  public func write(_ element: Element) async throws {
    try await send(element)
  }

  /// Sends elements in order.
  public func write(contentsOf elements: some Sequence<Element>) async throws {
    for element in elements { try await send(element) }
  }
}
