import RPC
import Synchronization

/// Takes the one response of a call whose requests are a stream.
final class ReplyCollector: MessageSink {
  private struct Parts {
    var metadata: Metadata = [:]
    var message: MessageBytes?
  }

  private let parts = Mutex(Parts())

  func sendInitialMetadata(_ metadata: Metadata) async throws {
    parts.withLock { $0.metadata = metadata }
  }

  func write(_ message: MessageBytes, compressed: Bool?) async throws {
    try parts.withLock { parts in
      guard parts.message == nil else {
        throw RPCError(
          code: .unimplemented, message: "the upstream sent more than one response")
      }
      parts.message = message
    }
  }

  /// The response as a whole, at the end of the call.
  func reply(trailing: Metadata) throws -> UnaryReply {
    try parts.withLock { parts in
      guard let message = parts.message else {
        throw RPCError(code: .unimplemented, message: "the upstream sent no response")
      }
      return UnaryReply(
        message: message, initialMetadata: parts.metadata, trailingMetadata: trailing)
    }
  }
}
