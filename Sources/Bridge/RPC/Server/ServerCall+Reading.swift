internal import CGRPC

/// Reading a stream: a message is asked of the core only when the handler asks for it, so that a
/// handler which does not read stops the sender.
extension ServerCall {
  enum Received {
    case message(MessageBytes)
    case end
    case failure(RPCError)
  }

  struct Reading {
    var reader: UnsafeContinuation<Received, Never>?
    /// A read is under way.
    var active = false
    /// What came for a reader that had given up.
    var kept: Received?
    /// Nothing comes any more.
    var ended: Received?
  }

  func nextMessage() async throws -> MessageBytes? {
    let received = await withTaskCancellationHandler {
      await withUnsafeContinuation { read($0) }
    } onCancel: {
      giveUpReading()
    }
    switch received {
    case .message(let message): return message
    case .end: return nil
    case .failure(let error): throw error
    }
  }

  private func read(_ continuation: UnsafeContinuation<Received, Never>) {
    enum Verdict {
      case answer(Received)
      case wait
      case start
    }
    let verdict = state.withLock { state -> Verdict in
      if let kept = state.reading.kept {
        state.reading.kept = nil
        return .answer(kept)
      }
      if let ended = state.reading.ended { return .answer(ended) }
      guard state.reading.reader == nil else {
        return .answer(
          .failure(RPCError(code: .internalError, message: "two tasks read from one stream")))
      }
      guard !state.statusStarted else { return .answer(.failure(.callerGone)) }
      state.reading.reader = continuation
      guard !state.reading.active else { return .wait }
      state.reading.active = true
      state.outstanding += 1
      return .start
    }
    switch verdict {
    case .answer(let received): return continuation.resume(returning: received)
    case .wait: break
    case .start:
      let started = startCounted {
        artel_receive_message(call, &landing.pointee.message, tag(Batch.read))
      }
      if !started { deliver(.failure(.callerGone)) }
    }
    // The handler's cancellation came before there was a reader to give up.
    if Task.isCancelled { giveUpReading() }
  }

  /// The reader's task was cancelled: it returns, and what still comes is kept for the next reader.
  private func giveUpReading() {
    let reader = state.withLock { state in
      defer { state.reading.reader = nil }
      return state.reading.reader
    }
    reader?.resume(
      returning: .failure(RPCError(code: .cancelled, message: "the handler was cancelled")))
  }

  /// A read has ended.
  func messageRead(_ ok: Bool) {
    guard let buffer = landing.pointee.message else {
      // The core reports a reset like the caller's last message; only this tells them apart.
      let clean = ok && grpc_call_failed_before_recv_message(call) == 0
      return deliver(clean ? .end : .failure(.callerGone))
    }
    landing.pointee.message = nil
    defer { grpc_byte_buffer_destroy(buffer) }
    do {
      deliver(.message(try MessageBytes.take(buffer, of: call, limit: host.maxReceiveMessageBytes)))
    } catch {
      deliver(.failure(error))
    }
  }

  private func deliver(_ received: Received) {
    let reader = state.withLock { state -> UnsafeContinuation<Received, Never>? in
      state.reading.active = false
      if case .message = received {} else { state.reading.ended = received }
      guard let reader = state.reading.reader else {
        state.reading.kept = received
        return nil
      }
      state.reading.reader = nil
      return reader
    }
    reader?.resume(returning: received)
  }
}

extension RPCError {
  static var callerGone: RPCError { RPCError(code: .cancelled, message: "the caller is gone") }
}

/// The requests of a call.
struct ServerMessageSource: MessageSource {
  let call: ServerCall
  func next() async throws -> MessageBytes? { try await call.nextMessage() }
}
