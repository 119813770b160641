internal import CGRPC

/// Writing a stream.
///
/// The core takes one message at a time. Behind the one that is under way, messages wait in a queue
/// of limited size; the completion of one starts the next without waking the handler, which sleeps
/// only while the queue is full. So a handler that writes much is woken rarely; each message with
/// another behind it carries the hint to wait for more before the connection is written to; and the
/// last one goes out together with the status.
extension ServerCall {
  // MARK: The handler's side

  func sendInitialMetadata(_ metadata: Metadata) throws {
    if let illegal = metadata.firstIllegal() { throw RPCError.illegalMetadata(illegal) }
    let pairs = CoreMetadata(metadata)
    var initial = initial(pairs, compress: host.compression != .never)
    try state.withLock { state in
      guard !state.cancelled, !state.statusStarted else { throw RPCError.callerGone }
      guard !state.initialSent else {
        throw RPCError(code: .internalError, message: "metadata was sent before")
      }
      // Under the lock: what another task sends comes behind it.
      guard artel_send_initial(call, &initial, tag(Batch.initial)) == GRPC_CALL_OK else {
        throw RPCError(code: .internalError, message: "the core refused the metadata")
      }
      state.initialSent = true
      state.outstanding += 1
    }
  }

  /// Sends a message, or queues it behind others; waits while the queue is full.
  func write(_ message: MessageBytes, compressed: Bool?) async throws {
    enum Verdict {
      case start(sendInitial: Bool)
      case queued
      case full(ticket: Int)
      case busy
      case gone
    }
    let queued = QueuedMessage(bytes: message, flags: flags(compressed))
    let verdict = state.withLock { state -> Verdict in
      guard !state.cancelled, !state.writing.broken, !state.handlerEnded else { return .gone }
      guard state.writing.active else {
        state.writing.active = true
        state.outstanding += 1
        defer { state.initialSent = true }
        return .start(sendInitial: !state.initialSent)
      }
      // Before anything is queued: a message that is refused is not sent.
      guard state.writing.writer == nil else { return .busy }
      state.writing.append(queued)
      guard state.writing.bytes >= Writing.limit else { return .queued }
      return .full(ticket: state.writing.reserveWriter())
    }
    switch verdict {
    case .start(let sendInitial): send(queued, hint: false, sendInitial: sendInitial)
    case .queued: break
    case .full(let ticket): try await waitForRoom(ticket)
    case .busy:
      throw RPCError(code: .internalError, message: "two tasks wait to write to one stream")
    case .gone: throw RPCError.callerGone
    }
  }

  private func waitForRoom(_ ticket: Int) async throws {
    let written = await withTaskCancellationHandler {
      await withUnsafeContinuation { (continuation: UnsafeContinuation<Bool, Never>) in
        let written = state.withLock { state -> Bool? in
          // Taken already, where there was room before the writer slept.
          guard state.writing.writer?.ticket == ticket else { return !state.writing.broken }
          state.writing.writer?.continuation = continuation
          return nil
        }
        if let written { continuation.resume(returning: written) }
      }
    } onCancel: {
      giveUpWriting(ticket)
    }
    guard written else { throw RPCError.callerGone }
  }

  /// The writer's task was cancelled while the peer does not read: what is queued can no longer be
  /// sent whole, so the call ends. A writer that waits has a message under way: the call is alive.
  private func giveUpWriting(_ ticket: Int) {
    state.withLock { state in
      if state.writing.writer?.ticket == ticket { _ = grpc_call_cancel(call, nil) }
    }
  }

  // MARK: The end

  func end(_ reply: UnaryReply) {
    end(
      Ending(
        initial: reply.initialMetadata,
        message: QueuedMessage(bytes: reply.message, flags: flags(reply.compressed)),
        trailing: reply.trailingMetadata))
  }

  func end(trailing: Metadata) {
    end(Ending(trailing: trailing))
  }

  func end(_ error: RPCError) {
    var trailing = error.metadata
    if !error.statusDetails.isEmpty {
      trailing.append(verified: "grpc-status-details-bin", .binary(error.statusDetails))
    }
    end(
      Ending(
        trailing: trailing, code: Int32(error.code.rawValue), details: error.message))
  }

  private func end(_ ending: Ending) {
    // The initial metadata goes with the status or went before; nil where messages go first.
    let sendInitial = state.withLock { state -> Bool? in
      state.handlerEnded = true
      state.task = nil
      guard state.writing.active else { return state.beginStatus() }
      state.writing.ending = ending
      return nil
    }
    if let sendInitial { sendStatus(ending, sendInitial: sendInitial) }
  }

  // MARK: Batches

  private func flags(_ compressed: Bool?) -> UInt32 {
    host.compression.applies(to: compressed) ? 0 : UInt32(GRPC_WRITE_NO_COMPRESS)
  }

  private func initial(_ pairs: borrowing CoreMetadata, compress: Bool) -> artel_initial {
    artel_initial(pairs: pairs.pairs, count: pairs.count, compress: compress ? 1 : 0)
  }

  /// Sends a message that is counted and marked as under way.
  private func send(_ message: QueuedMessage, hint: Bool, sendInitial: Bool) {
    let buffer = message.bytes.makeByteBuffer()
    defer { grpc_byte_buffer_destroy(buffer) }
    let flags = hint ? message.flags | UInt32(GRPC_WRITE_BUFFER_HINT) : message.flags
    let started = startCounted {
      guard sendInitial else {
        return artel_send_message(call, nil, buffer, flags, tag(Batch.message))
      }
      var initial = artel_initial(
        pairs: nil, count: 0, compress: host.compression == .never ? 0 : 1)
      return artel_send_message(call, &initial, buffer, flags, tag(Batch.message))
    }
    guard !started else { return }
    // The core refused the batch: as if it had failed at once.
    messageSent(false)
    releaseIfDone()
  }

  /// The message under way was taken by the transport, or never will be.
  func messageSent(_ ok: Bool) {
    enum Next {
      case nothing
      case message(QueuedMessage, hint: Bool)
      case status(Ending, sendInitial: Bool)
    }
    let (next, writer) = state.withLock { state -> (Next, UnsafeContinuation<Bool, Never>?) in
      if !ok { state.writing.discard() }
      let next: Next
      let message = state.writing.popFirst()
      if let message, !state.writing.isEmpty || state.writing.ending == nil {
        state.outstanding += 1
        next = .message(message, hint: !state.writing.isEmpty)
      } else {
        state.writing.active = false
        if let ending = state.writing.ending {
          state.writing.ending = nil
          next = .status(ending.behind(message), sendInitial: state.beginStatus())
        } else {
          next = .nothing
        }
      }
      return (next, state.writing.takeWriterWithRoom())
    }
    switch next {
    case .nothing: break
    case .message(let message, let hint): send(message, hint: hint, sendInitial: false)
    case .status(let ending, let sendInitial): sendStatus(ending, sendInitial: sendInitial)
    }
    writer?.resume(returning: ok)
  }

  /// Sends a status whose batch is counted.
  private func sendStatus(_ ending: Ending, sendInitial: Bool) {
    if let illegal = ending.initial.firstIllegal() ?? ending.trailing.illegalTrailing() {
      // The core would fail the whole batch, and the caller would never learn a status.
      let error = RPCError.illegalMetadata(illegal)
      return sendStatus(
        Ending(code: Int32(error.code.rawValue), details: error.message),
        sendInitial: sendInitial)
    }
    let initialPairs = CoreMetadata(ending.initial)
    let trailingPairs = CoreMetadata(ending.trailing)
    var text = ending.details.isEmpty ? grpc_empty_slice() : CoreMetadata.slice(ending.details)
    let buffer = ending.message?.bytes.makeByteBuffer()
    let flags = ending.message?.flags ?? 0
    let started = startCounted {
      guard sendInitial else {
        return artel_send_status(
          call, nil, buffer, flags, trailingPairs.pairs, trailingPairs.count, ending.code, &text,
          tag(Batch.status))
      }
      var initial = initial(
        initialPairs, compress: buffer != nil && flags & UInt32(GRPC_WRITE_NO_COMPRESS) == 0)
      return artel_send_status(
        call, &initial, buffer, flags, trailingPairs.pairs, trailingPairs.count, ending.code,
        &text, tag(Batch.status))
    }
    // The core has moved the slices out; only the shell and our own reference are left.
    if let buffer { grpc_byte_buffer_destroy(buffer) }
    grpc_slice_unref(text)
    if !started { releaseIfDone() }
  }
}

extension Metadata {
  /// The first illegal pair besides the one key that the runtime itself adds.
  fileprivate func illegalTrailing() -> (key: String, reason: String)? {
    guard firstBinary("grpc-status-details-bin") != nil else { return firstIllegal() }
    var own = self
    own.remove("grpc-status-details-bin")
    return own.firstIllegal()
  }
}

extension RPCError {
  static func illegalMetadata(_ illegal: (key: String, reason: String)) -> RPCError {
    RPCError(
      code: .internalError, message: "the handler's metadata is not legal: \(illegal.reason)")
  }
}

/// The responses of a call.
struct ServerMessageSink: MessageSink {
  let call: ServerCall

  func sendInitialMetadata(_ metadata: Metadata) async throws {
    try call.sendInitialMetadata(metadata)
  }

  func write(_ message: MessageBytes, compressed: Bool?) async throws {
    try await call.write(message, compressed: compressed)
  }
}
