import NIOCore
import RPC

/// Where a handler reads what the peer sends.
struct WebSocketSource: MessageSource {
  let session: NIOLoopBound<WebSocketSession>

  func next() async throws -> MessageBytes? {
    try await PendingRead.wait { read in WebSocketSession.onLoop(session) { $0.next(read) } }
  }
}

/// Where a handler writes what the peer gets.
struct WebSocketSink: MessageSink {
  let session: NIOLoopBound<WebSocketSession>

  /// The head of a WebSocket has gone before the handler began: there is no place for it.
  func sendInitialMetadata(_ metadata: Metadata) async throws {}

  func write(_ message: MessageBytes, compressed: Bool?) async throws {
    try await withUnsafeThrowingContinuation { continuation in
      WebSocketSession.onLoop(session) { $0.send(message, continuation) }
    }
  }
}
