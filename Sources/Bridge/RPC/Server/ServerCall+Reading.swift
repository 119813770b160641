internal import CGRPC

/// Reading a stream: a message is asked of the core only when the handler asks for it, so that a
/// handler which does not read stops the sender.
extension ServerCall {
  enum Received {
    case message(MessageBytes)
    case end
    case failure(RPCError)
  }

  /// A reader that waits, from the moment when it asked.
  struct Reader {
    let ticket: Int
    /// Nil until it sleeps.
    var continuation: UnsafeContinuation<Received, Never>?
  }

  struct Reading {
    var reader: Reader?
    var lastTicket = 0
    /// A read is under way.
    var active = false
    /// What came before its reader slept, or when it had given up.
    var kept: Received?
    /// Nothing comes any more.
    var ended: Received?

    /// What can be given at once.
    mutating func takeKept() -> Received? {
      defer { kept = nil }
      return kept ?? ended
    }

    /// Notes who will wait; the ticket says who.
    mutating func reserveReader() -> Int {
      lastTicket += 1
      reader = Reader(ticket: lastTicket)
      return lastTicket
    }
  }

  func nextMessage() async throws -> MessageBytes? {
    switch await receive() {
    case .message(let message): return message
    case .end: return nil
    case .failure(let error): throw error
    }
  }

  private func receive() async -> Received {
    enum Verdict {
      case answer(Received)
      case wait(ticket: Int, start: Bool)
    }
    let verdict = state.withLock { state -> Verdict in
      guard state.reading.reader == nil else {
        return .answer(
          .failure(RPCError(code: .internalError, message: "two tasks read from one stream")))
      }
      if let received = state.reading.takeKept() { return .answer(received) }
      guard !state.statusStarted else { return .answer(.failure(.callerGone)) }
      let ticket = state.reading.reserveReader()
      guard !state.reading.active else { return .wait(ticket: ticket, start: false) }
      state.reading.active = true
      state.outstanding += 1
      return .wait(ticket: ticket, start: true)
    }
    switch verdict {
    case .answer(let received): return received
    case .wait(let ticket, let start):
      if start { startReading() }
      return await withTaskCancellationHandler {
        await withUnsafeContinuation { sleep($0, ticket) }
      } onCancel: {
        giveUpReading(ticket)
      }
    }
  }

  private func startReading() {
    let started = startCounted {
      artel_receive_message(call, &landing.pointee.message, tag(Batch.read))
    }
    guard !started else { return }
    deliver(.failure(.callerGone))
    releaseIfDone()
  }

  /// Puts a reader to sleep, unless it was given something, or gave up, before.
  private func sleep(_ continuation: UnsafeContinuation<Received, Never>, _ ticket: Int) {
    let received = state.withLock { state -> Received? in
      guard state.reading.reader?.ticket == ticket else { return .handlerCancelled }
      if let received = state.reading.takeKept() {
        state.reading.reader = nil
        return received
      }
      state.reading.reader?.continuation = continuation
      return nil
    }
    if let received { continuation.resume(returning: received) }
  }

  /// The reader's task was cancelled: it returns, and what still comes is kept for the next reader.
  private func giveUpReading(_ ticket: Int) {
    let reader = state.withLock { state -> Reader? in
      guard state.reading.reader?.ticket == ticket else { return nil }
      defer { state.reading.reader = nil }
      return state.reading.reader
    }
    reader?.continuation?.resume(returning: .handlerCancelled)
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
    let sleeper = state.withLock { state -> UnsafeContinuation<Received, Never>? in
      state.reading.active = false
      if case .message = received {} else { state.reading.ended = received }
      guard let sleeper = state.reading.reader?.continuation else {
        state.reading.kept = received
        return nil
      }
      state.reading.reader = nil
      return sleeper
    }
    sleeper?.resume(returning: received)
  }
}

extension ServerCall.Received {
  fileprivate static var handlerCancelled: ServerCall.Received {
    .failure(RPCError(code: .cancelled, message: "the handler was cancelled"))
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
