internal import Synchronization

/// One message as a stream.
final class SingleMessage: MessageSource {
  private let message: MessageBytes
  private let given = Atomic<Bool>(false)

  init(_ message: MessageBytes) { self.message = message }

  func next() async throws -> MessageBytes? {
    given.exchange(true, ordering: .relaxed) ? nil : message
  }

  /// Gives the message anew.
  func restart() { given.store(false, ordering: .relaxed) }
}

/// An answer of one message, written as a stream.
final class CollectedReply: RestartableSink {
  private struct Parts {
    var initialMetadata: Metadata?
    var message: MessageBytes?
    var compressed: Bool?
  }

  private let code: RPCError.Code
  private let parts = Mutex(Parts())

  /// - Parameter code: What an answer of no message, or of several, is to its reader: the server's
  ///   own fault, unless it is a server's that was called.
  init(blaming code: RPCError.Code = .internalError) { self.code = code }

  func sendInitialMetadata(_ metadata: Metadata) async throws {
    try parts.withLock { parts in
      guard parts.initialMetadata == nil, parts.message == nil else {
        throw RPCError(code: .internalError, message: "metadata was sent before")
      }
      parts.initialMetadata = metadata
    }
  }

  func write(_ message: MessageBytes, compressed: Bool?) async throws {
    try parts.withLock { parts in
      guard parts.message == nil else {
        throw RPCError(code: code, message: "a second message was sent")
      }
      parts.message = message
      parts.compressed = compressed
    }
  }

  /// True: the answer is given as a whole, at the end.
  var canRestart: Bool { true }

  func restart() { parts.withLock { $0 = Parts() } }

  func reply(trailing: Metadata) throws -> UnaryReply {
    try parts.withLock { parts in
      guard let message = parts.message else {
        throw RPCError(code: code, message: "no message was sent")
      }
      return UnaryReply(
        message: message, initialMetadata: parts.initialMetadata ?? [:],
        trailingMetadata: trailing, compressed: parts.compressed)
    }
  }
}
