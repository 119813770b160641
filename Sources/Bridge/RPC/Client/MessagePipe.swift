internal import Synchronization

/// Hands messages from one task to another, one at a time: a write returns when the message was
/// taken, so a reader that does not read holds the writer.
final class MessagePipe: MessageSink, ResponseSource {
  private struct State {
    var metadata: Metadata?
    var message: MessageBytes?
    var outcome: Result<Metadata, any Error>?
    var readerGone = false
    /// Who waits for a change.
    var waiting: [UnsafeContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  // MARK: The writer's side

  func sendInitialMetadata(_ metadata: Metadata) async throws {
    try change { state in
      guard state.metadata == nil else {
        throw RPCError(code: .internalError, message: "metadata was sent before")
      }
      state.metadata = metadata
    }
  }

  func write(_ message: MessageBytes, compressed: Bool?) async throws {
    try change { state in
      guard !state.readerGone, state.outcome == nil else { throw RPCError.callOver }
      guard state.message == nil else {
        throw RPCError(code: .internalError, message: "two tasks write to one stream")
      }
      state.metadata = state.metadata ?? [:]
      state.message = message
    }
    let taken: Bool = try await when { state in
      if state.message == nil { return true }
      return state.readerGone ? false : nil
    }
    guard taken else { throw RPCError.callOver }
  }

  /// Nothing comes any more.
  func finish(_ outcome: Result<Metadata, any Error>) {
    // Nothing is thrown here.
    try? change { $0.outcome = $0.outcome ?? outcome }
  }

  // MARK: The reader's side

  func next() async throws -> MessageBytes? {
    try await when { state -> Result<MessageBytes?, any Error>? in
      if let message = state.message {
        state.message = nil
        return .success(message)
      }
      return state.outcome.map { outcome in outcome.map { _ in nil } }
    }.get()
  }

  var metadata: Metadata {
    get async throws {
      try await when { state -> Result<Metadata, any Error>? in
        if let metadata = state.metadata { return .success(metadata) }
        return state.outcome.map { outcome in outcome.map { _ in [:] } }
      }.get()
    }
  }

  var trailingMetadata: Metadata {
    get async throws { try await when { $0.outcome }.get() }
  }

  /// Nobody reads any more.
  func leave() {
    // Nothing is thrown here.
    try? change { $0.readerGone = true }
  }

  // MARK: Waiting

  private func change(_ body: (inout State) throws -> Void) throws {
    let waiting = try state.withLock { state in
      try body(&state)
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  private func wake() {
    // Nothing is thrown here.
    try? change { _ in }
  }

  /// Waits until `condition` has an answer, or the task is cancelled.
  private func when<Answer>(_ condition: (inout State) -> Answer?) async throws -> Answer {
    while true {
      try Task.checkCancellation()
      if let answer = state.withLock({ condition(&$0) }) {
        wake()
        return answer
      }
      await withTaskCancellationHandler {
        await withUnsafeContinuation { continuation in
          // What changed since the look above wakes nobody who was not there: look again.
          let ready = state.withLock { state -> Bool in
            var copy = state
            if condition(&copy) != nil || Task.isCancelled { return true }
            state.waiting.append(continuation)
            return false
          }
          if ready { continuation.resume() }
        }
      } onCancel: {
        wake()
      }
    }
  }
}
