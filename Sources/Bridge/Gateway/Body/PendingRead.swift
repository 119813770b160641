import RPC
import Synchronization

/// A handler's wait for its next message, which ends when its task is cancelled, too: a handler that
/// reads in a task of its own could not be left before the caller has sent more.
final class PendingRead: Sendable {
  private enum State {
    case begun
    case waiting(UnsafeContinuation<MessageBytes?, any Error>)
    case over
  }

  private static let cancelled = RPCError(code: .cancelled, message: "the call was cancelled")

  private let state = Mutex(State.begun)

  /// Waits for what `register` will resume, once, from wherever.
  ///
  /// - Throws: What it is resumed with; `RPCError` with `.cancelled` where its task is. A message
  ///   that comes behind that is lost, as the call is.
  static func wait(
    _ register: @Sendable (PendingRead) -> Void
  ) async throws -> MessageBytes? {
    let read = PendingRead()
    return try await withTaskCancellationHandler {
      try await withUnsafeThrowingContinuation { continuation in
        if read.begin(continuation) { register(read) }
      }
    } onCancel: {
      read.resume(throwing: cancelled)
    }
  }

  /// False where the task was cancelled before.
  private func begin(_ continuation: UnsafeContinuation<MessageBytes?, any Error>) -> Bool {
    let isCancelled = state.withLock { state -> Bool in
      if case .over = state { return true }
      state = .waiting(continuation)
      return false
    }
    if isCancelled { continuation.resume(throwing: Self.cancelled) }
    return !isCancelled
  }

  func resume(returning message: MessageBytes?) { end()?.resume(returning: message) }

  func resume(throwing error: any Error) { end()?.resume(throwing: error) }

  /// The continuation, for whoever comes first.
  private func end() -> UnsafeContinuation<MessageBytes?, any Error>? {
    state.withLock { state in
      defer { state = .over }
      guard case .waiting(let continuation) = state else { return nil }
      return continuation
    }
  }
}
