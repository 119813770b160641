internal import Synchronization

/// Hands messages from one task to another, one at a time: a write returns when the message was
/// taken, so a reader that does not read holds the writer.
final class MessagePipe: RestartableSink, ResponseSource {
  private struct State {
    var metadata: Metadata?
    var message: MessageBytes?
    /// How many messages were written, and how many of them taken.
    var written = 0
    var taken = 0
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
    let number = try change { state in
      guard !state.readerGone, state.outcome == nil else { throw RPCError.callOver }
      guard state.message == nil else {
        throw RPCError(code: .internalError, message: "two tasks write to one stream")
      }
      state.metadata = state.metadata ?? [:]
      state.message = message
      state.written += 1
      return state.written
    }
    let taken: Bool = try await when { state in
      if state.taken >= number { return true }
      return state.readerGone ? false : nil
    }
    guard taken else { throw RPCError.callOver }
  }

  /// Whether no message was written: the reader may have seen the metadata, and no more.
  var canRestart: Bool { state.withLock { $0.written == 0 } }

  func restart() { state.withLock { $0.metadata = nil } }

  /// Nothing comes any more.
  func finish(_ outcome: Result<Metadata, any Error>) {
    change { $0.outcome = $0.outcome ?? outcome }
  }

  // MARK: The reader's side

  func next() async throws -> MessageBytes? {
    try await when { state -> Result<MessageBytes?, any Error>? in
      if let message = state.message {
        state.message = nil
        state.taken += 1
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
    change { $0.readerGone = true }
  }

  // MARK: Waiting

  private func change<Answer>(_ body: (inout State) throws -> Answer) rethrows -> Answer {
    let (answer, waiting) = try state.withLock { state in
      let answer = try body(&state)
      defer { state.waiting = [] }
      return (answer, state.waiting)
    }
    for continuation in waiting { continuation.resume() }
    return answer
  }

  private func wake() {
    change { _ in }
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
