internal import CGRPC
internal import Synchronization

/// One accepted call, from its arrival to its last completion.
///
/// ```
/// serve ──► running ──► (stream writes) ──► status sent ──► released
///              │
///              └─ the close event, at any time: cancelled → the handler's task is cancelled
/// ```
///
/// Safe: `state` guards what a handler on any thread may touch; the rest is touched by the loop's
/// thread alone, before the handler starts or in completions.
final class ServerCall: CompletionTarget, Peer.Source, @unchecked Sendable {
  /// What still uses the server's queues: accepted calls and posted slots. A queue may be shut
  /// down only when both are gone, because a batch started behind that aborts the process; the
  /// server's own shutdown does not wait for calls whose handlers run on.
  final class Admission: Sendable {
    let running = Atomic<Int>(0)
    let slots = Atomic<Int>(0)

    var isEmpty: Bool {
      running.load(ordering: .acquiring) == 0 && slots.load(ordering: .acquiring) == 0
    }
  }

  private enum Batch {
    static let close: UInt8 = 1
    static let message: UInt8 = 2
    static let status: UInt8 = 3
  }

  private struct State {
    var outstanding = 0
    var initialSent = false
    var statusStarted = false
    var handlerEnded = false
    var cancelled = false
    var released = false
    var writer: UnsafeContinuation<Bool?, Never>?
    var task: Task<Void, Never>?
  }

  private let call: OpaquePointer
  private var metadata: grpc_metadata_array
  private var payload: UnsafeMutablePointer<grpc_byte_buffer>?
  private let coreDeadline: gpr_timespec
  private let loop: CompletionLoop
  private let admit: Admission
  private let closeCancelled: UnsafeMutablePointer<Int32>
  private let state = Mutex(State())

  init(
    call: OpaquePointer, metadata: grpc_metadata_array,
    payload: UnsafeMutablePointer<grpc_byte_buffer>?, deadline: gpr_timespec,
    loop: CompletionLoop, admit: Admission
  ) {
    self.call = call
    self.metadata = metadata
    self.payload = payload
    self.coreDeadline = deadline
    self.loop = loop
    self.admit = admit
    closeCancelled = .allocate(capacity: 1)
    closeCancelled.initialize(to: 0)
    super.init()
    admit.running.add(1, ordering: .relaxed)
  }

  deinit {
    closeCancelled.deallocate()
  }

  // MARK: Serving

  /// Runs the method's handler, or answers UNIMPLEMENTED where there is none.
  func serve(_ method: RegisteredMethod?) {
    _ = Unmanaged.passRetained(self)  // Released by `releaseIfDone`, once.
    // Every accepted call needs this, alone in its batch: it tells of cancellation.
    start { artel_receive_close(call, closeCancelled, tag(Batch.close)) }
    guard let method else {
      finish(.failure(RPCError(code: .unimplemented, message: "the method is not served here")))
      return
    }
    guard let request = takeRequest() else {
      finish(.failure(RPCError(code: .internalError, message: "the request has no message")))
      return
    }
    let context = ServerContext(
      method: method.descriptor, metadata: Metadata(received: metadata),
      peer: Peer(source: self, door: .grpc), deadline: deadline)
    let task = Task.immediate(executorPreference: loop) { [self] in
      await run(method.handler, request, context)
    }
    let cancel = state.withLock { state -> Bool in
      guard !state.handlerEnded else { return false }
      state.task = task
      return state.cancelled
    }
    if cancel { task.cancel() }
  }

  private func run(
    _ handler: RegisteredMethod.Handler, _ request: MessageBytes, _ context: ServerContext
  ) async {
    switch handler {
    case .unary(let serve):
      let result: Result<UnaryReply, RPCError>
      do {
        result = .success(try await serve(request, context))
      } catch {
        result = .failure(RPCError(hiding: error))
      }
      finish(result)
    case .serverStreaming(let serve):
      do {
        finishStream(.success(try await serve(request, ServerStreamSink(call: self), context)))
      } catch {
        finishStream(.failure(RPCError(hiding: error)))
      }
    }
  }

  /// The request's bytes, in the slice that they came in.
  private func takeRequest() -> MessageBytes? {
    guard let buffer = payload else { return nil }
    defer {
      grpc_byte_buffer_destroy(buffer)
      payload = nil
    }
    var slice = grpc_slice()
    guard artel_byte_buffer_take(buffer, &slice) != 0 else { return nil }
    return MessageBytes(owning: slice)  // Owns the reference that `take` gave.
  }

  private var deadline: ContinuousClock.Instant? {
    guard gpr_time_cmp(coreDeadline, gpr_inf_future(coreDeadline.clock_type)) != 0 else {
      return nil
    }
    let left = gpr_time_sub(coreDeadline, gpr_now(coreDeadline.clock_type))
    return .now + .seconds(left.tv_sec) + .nanoseconds(Int64(left.tv_nsec))
  }

  // MARK: Answering

  /// Sends everything that is left in one batch: metadata, message, status.
  private func finish(_ result: Result<UnaryReply, RPCError>) {
    switch result {
    case .success(let reply):
      sendStatus(
        initial: reply.initialMetadata, message: reply.message, trailing: reply.trailingMetadata,
        code: 0, details: "")
    case .failure(let error):
      sendError(error)
    }
  }

  private func finishStream(_ result: Result<Metadata, RPCError>) {
    switch result {
    case .success(let trailing):
      sendStatus(initial: [:], message: nil, trailing: trailing, code: 0, details: "")
    case .failure(let error): sendError(error)
    }
  }

  private func sendError(_ error: RPCError) {
    var trailing = error.metadata
    if !error.statusDetails.isEmpty {
      trailing.append(verified: "grpc-status-details-bin", .binary(error.statusDetails))
    }
    sendStatus(
      initial: [:], message: nil, trailing: trailing, code: Int32(error.code.rawValue),
      details: error.message)
  }

  private func sendStatus(
    initial: Metadata, message: MessageBytes?, trailing: Metadata, code: Int32, details: String
  ) {
    if let illegal = initial.firstIllegal() ?? trailing.illegalTrailing() {
      // The core would fail the whole batch, and the caller would never learn a status.
      return sendStatus(
        initial: [:], message: nil, trailing: [:], code: Int32(Status.Code.internalError.rawValue),
        details: "the handler's metadata is not legal: \(illegal.reason)")
    }
    let initialPairs = CoreMetadata(initial)
    let trailingPairs = CoreMetadata(trailing)
    var text = details.isEmpty ? grpc_empty_slice() : CoreMetadata.slice(details)
    let buffer = message?.makeByteBuffer()
    let sendInitial = state.withLock { state -> Bool in
      state.statusStarted = true
      defer { state.initialSent = true }
      return !state.initialSent
    }
    start {
      artel_send_status(
        call, sendInitial ? 1 : 0, initialPairs.pairs, initialPairs.count, buffer,
        trailingPairs.pairs, trailingPairs.count, code, &text,
        tag(Batch.status))
    }
    // The core has moved the slices out; only the shell and our own reference are left.
    if let buffer { grpc_byte_buffer_destroy(buffer) }
    grpc_slice_unref(text)
    state.withLock { state in
      state.handlerEnded = true
      state.task = nil
    }
    releaseIfDone()
  }

  /// Sends one message of a stream; false when the peer is gone.
  func write(_ message: MessageBytes) async throws {
    let buffer = message.makeByteBuffer()
    defer { grpc_byte_buffer_destroy(buffer) }
    let written: Bool? = await withTaskCancellationHandler {
      await withUnsafeContinuation { (continuation: UnsafeContinuation<Bool?, Never>) in
        startWrite(buffer, continuation)
      }
    } onCancel: {
      interrupt()
    }
    guard let written else {
      throw RPCError(code: .internalError, message: "two tasks write to one stream")
    }
    guard written else { throw RPCError(code: .cancelled, message: "the caller is gone") }
  }

  private func startWrite(
    _ buffer: OpaquePointerToByteBuffer, _ continuation: UnsafeContinuation<Bool?, Never>
  ) {
    enum Verdict {
      case start(sendInitial: Bool)
      case refuse(Bool?)
    }
    let verdict = state.withLock { state -> Verdict in
      guard state.writer == nil else { return .refuse(nil) }
      guard !state.cancelled, !state.statusStarted else { return .refuse(false) }
      state.writer = continuation
      state.outstanding += 1  // Under the lock: from here on the call cannot be released.
      defer { state.initialSent = true }
      return .start(sendInitial: !state.initialSent)
    }
    switch verdict {
    case .refuse(let answer): continuation.resume(returning: answer)
    case .start(let sendInitial):
      let error = artel_send_message(
        call, sendInitial ? 1 : 0, nil, 0, buffer, 0, tag(Batch.message))
      guard error == GRPC_CALL_OK else {
        takeWriter()?.resume(returning: false)
        state.withLock { $0.outstanding -= 1 }
        return releaseIfDone()
      }
      if Task.isCancelled { interrupt() }
    }
  }

  /// Gives up a write that a peer does not read: the handler's task is cancelled. A write that
  /// waits counts as outstanding, so the call is alive here.
  private func interrupt() {
    state.withLock { state in
      if state.writer != nil { _ = grpc_call_cancel(call, nil) }
    }
  }

  private func takeWriter() -> UnsafeContinuation<Bool?, Never>? {
    state.withLock { state in
      defer { state.writer = nil }
      return state.writer
    }
  }

  // MARK: Completions

  override func complete(_ kind: UInt8, ok: Bool) {
    switch kind {
    case Batch.close:
      if closeCancelled.pointee != 0 { cancel() }
    case Batch.message:
      takeWriter()?.resume(returning: ok)
    default: break
    }
    state.withLock { $0.outstanding -= 1 }
    releaseIfDone()
  }

  /// The peer reset the call, lost its connection or ran out of time.
  private func cancel() {
    let task = state.withLock { state -> Task<Void, Never>? in
      state.cancelled = true
      return state.statusStarted ? nil : state.task
    }
    task?.cancel()
  }

  /// Starts a batch and counts it; one that the core refuses never completes.
  @discardableResult
  private func start(_ batch: () -> grpc_call_error) -> Bool {
    state.withLock { $0.outstanding += 1 }
    let error = batch()
    guard error != GRPC_CALL_OK else { return true }
    state.withLock { $0.outstanding -= 1 }
    return false
  }

  /// Gives everything back when the handler has ended and no batch is under way.
  private func releaseIfDone() {
    let done = state.withLock { state -> Bool in
      guard state.handlerEnded, state.outstanding == 0, !state.released else { return false }
      state.released = true
      return true
    }
    guard done else { return }
    grpc_metadata_array_destroy(&metadata)
    if let payload { grpc_byte_buffer_destroy(payload) }
    payload = nil
    grpc_call_unref(call)  // Last, and only here.
    admit.running.subtract(1, ordering: .releasing)
    Unmanaged.passUnretained(self).release()  // Balances `serve`.
  }

  // MARK: The peer

  var peerAddress: String {
    state.withLock { state in
      guard !state.released, let text = grpc_call_get_peer(call) else { return "" }
      defer { gpr_free(text) }  // The caller owns the string.
      return String(cString: text)
    }
  }

  var peerCertificatePEM: [UInt8]? {
    state.withLock { state in
      guard !state.released, let context = grpc_call_auth_context(call) else { return nil }
      defer { grpc_auth_context_release(context) }
      guard grpc_auth_context_peer_is_authenticated(context) != 0 else { return nil }
      var iterator = grpc_auth_context_find_properties_by_name(
        context, GRPC_X509_PEM_CERT_PROPERTY_NAME)
      // The property belongs to the context: it is copied before the context is released.
      guard let property = grpc_auth_property_iterator_next(&iterator) else { return nil }
      return [UInt8](
        UnsafeRawBufferPointer(
          start: property.pointee.value, count: property.pointee.value_length))
    }
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

/// The sink of a server stream over a call.
private struct ServerStreamSink: MessageSink {
  let call: ServerCall
  func write(_ message: MessageBytes) async throws { try await call.write(message) }
}
