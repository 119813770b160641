internal import CGRPC
internal import Synchronization

/// One accepted call, from its arrival to its last completion.
///
/// ```
/// serve ──► running ──► (reads, writes) ──► ending ──► status sent ──► released
///              │                               └─ while queued messages are sent
///              └─ the close event, at any time: cancelled → the handler's task is cancelled
/// ```
///
/// Safe: `state` guards what a handler on any thread may touch; the rest is touched by the loop's
/// thread alone, before the handler starts or in completions.
final class ServerCall: CompletionTarget, Peer.Source, @unchecked Sendable {
  enum Batch {
    static let close: UInt8 = 1
    static let message: UInt8 = 2
    static let status: UInt8 = 3
    static let initial: UInt8 = 4
    static let read: UInt8 = 5
  }

  /// What the core writes to while batches are under way.
  struct Landing {
    var cancelled: Int32 = 0
    var message: OpaquePointerToByteBuffer?
  }

  struct State {
    /// How many batches are under way; that for the call's close is from the beginning.
    var outstanding = 1
    var initialSent = false
    var statusStarted = false
    var handlerEnded = false
    var cancelled = false
    var released = false
    var task: Task<Void, Never>?
    var reading = Reading()
    var writing = Writing()

    /// Counts the batch with the status; true where the initial metadata goes with it.
    mutating func beginStatus() -> Bool {
      statusStarted = true
      outstanding += 1
      defer { initialSent = true }
      return !initialSent
    }

    /// True once: when the status was sent and no batch is under way.
    mutating func takeRelease() -> Bool {
      guard statusStarted, outstanding == 0, !released else { return false }
      released = true
      return true
    }
  }

  let call: OpaquePointer
  let loop: CompletionLoop
  let host: ServerHost
  let landing: UnsafeMutablePointer<Landing>
  let state = Mutex(State())
  private var metadata: grpc_metadata_array
  private var payload: OpaquePointerToByteBuffer?
  private let coreDeadline: gpr_timespec

  /// Takes over the call's reference, its metadata array and its payload.
  init(
    call: OpaquePointer, metadata: grpc_metadata_array, payload: OpaquePointerToByteBuffer?,
    deadline: gpr_timespec, loop: CompletionLoop, host: ServerHost
  ) {
    self.call = call
    self.metadata = metadata
    self.payload = payload
    self.coreDeadline = deadline
    self.loop = loop
    self.host = host
    // Of the call's own arena: it lives until `release` gives the call up.
    landing = grpc_call_arena_alloc(call, MemoryLayout<Landing>.stride)!
      .bindMemory(to: Landing.self, capacity: 1)
    landing.initialize(to: Landing())
    super.init()
    host.runningCalls.add(1, ordering: .relaxed)
  }

  // MARK: Serving

  /// Runs the method's handler, or answers UNIMPLEMENTED where there is none.
  func serve(_ method: RegisteredMethod?) {
    _ = Unmanaged.passRetained(self)  // Released by `release`, once.
    // Every accepted call needs this, alone in its batch: it tells of cancellation.
    startCounted { artel_receive_close(call, &landing.pointee.cancelled, tag(Batch.close)) }
    guard let method else {
      refuse(RPCError(code: .unimplemented, message: "the method is not served here"), "")
      return
    }
    let request: MessageBytes?
    do {
      request = try takeRequest()
    } catch {
      refuse(error, method.descriptor.path)
      return
    }
    guard request != nil || !method.handler.takesOneMessage else {
      refuse(
        RPCError(code: .unimplemented, message: "the request has no message"),
        method.descriptor.path)
      return
    }
    let context = ServerContext(
      method: method.descriptor, metadata: Metadata(received: metadata),
      peer: Peer(source: self, door: .grpc), deadline: deadline)
    let task = Task.immediate(executorPreference: loop) { [self] in
      guard let deadline = context.deadline else {
        return await run(method.handler, request, context)
      }
      await CallDeadline.$current.withValue(deadline) {
        await run(method.handler, request, context)
      }
    }
    let cancel = state.withLock { state -> Bool in
      guard !state.handlerEnded else { return false }
      state.task = task
      return state.cancelled
    }
    if cancel { task.cancel() }
  }

  private func run(
    _ handler: RegisteredMethod.Handler, _ request: MessageBytes?, _ context: ServerContext
  ) async {
    do {
      switch handler {
      case .unary(let serve):
        end(try await serve(try require(request), context))
      case .clientStreaming(let serve):
        end(try await serve(ServerMessageSource(call: self), context))
      case .serverStreaming(let serve):
        end(
          trailing: try await serve(
            try require(request), ServerMessageSink(call: self), context))
      case .bidirectionalStreaming(let serve):
        end(
          trailing: try await serve(
            ServerMessageSource(call: self), ServerMessageSink(call: self), context))
      }
    } catch {
      end(RPCError(hiding: error))
    }
  }

  /// Ends a call that does not come to its method.
  private func refuse(_ error: RPCError, _ path: String) {
    if let refused = host.refused {
      // Of its own: the call may be over before whose it is was found out.
      let peer = Peer(
        address: peerAddress, serverName: peerServerName, certificatePEM: peerCertificatePEM,
        certificateChainDER: peerCertificateChainDER, door: .grpc)
      refused(
        RefusedCall(
          method: path, metadata: Metadata(received: metadata), peer: peer, error: error))
    }
    end(error)
  }

  private func require(_ request: MessageBytes?) throws -> MessageBytes {
    guard let request else {
      throw RPCError(code: .unimplemented, message: "the request has no message")
    }
    return request
  }

  /// The request's bytes, in the slice that they came in; nil where the caller sent none.
  private func takeRequest() throws(RPCError) -> MessageBytes? {
    guard let buffer = payload else { return nil }
    defer {
      grpc_byte_buffer_destroy(buffer)
      payload = nil
    }
    return try MessageBytes.take(buffer, of: call, limit: host.maxReceiveMessageBytes)
  }

  private var deadline: ContinuousClock.Instant? {
    guard gpr_time_cmp(coreDeadline, gpr_inf_future(coreDeadline.clock_type)) != 0 else {
      return nil
    }
    let left = gpr_time_sub(coreDeadline, gpr_now(coreDeadline.clock_type))
    return .now + .seconds(left.tv_sec) + .nanoseconds(Int64(left.tv_nsec))
  }

  // MARK: Completions

  override func complete(_ kind: UInt8, ok: Bool) {
    switch kind {
    case Batch.close:
      if landing.pointee.cancelled != 0 { cancel() }
    case Batch.message: messageSent(ok)
    case Batch.read: messageRead(ok)
    default: break
    }
    let done = state.withLock { state in
      state.outstanding -= 1
      return state.takeRelease()
    }
    if done { release() }
  }

  /// The peer reset the call, lost its connection or ran out of time.
  private func cancel() {
    let task = state.withLock { state -> Task<Void, Never>? in
      state.cancelled = true
      return state.handlerEnded ? nil : state.task
    }
    task?.cancel()
  }

  /// Starts a batch that was counted, together with another change of the state; one that the core
  /// refuses never completes, and no longer counts.
  @discardableResult
  func startCounted(_ batch: () -> grpc_call_error) -> Bool {
    guard batch() != GRPC_CALL_OK else { return true }
    state.withLock { $0.outstanding -= 1 }
    return false
  }

  /// Gives everything back where nothing is left to wait for: behind a batch that was refused.
  func releaseIfDone() {
    if state.withLock({ $0.takeRelease() }) { release() }
  }

  private func release() {
    grpc_metadata_array_destroy(&metadata)
    if let payload { grpc_byte_buffer_destroy(payload) }
    payload = nil
    if let message = landing.pointee.message { grpc_byte_buffer_destroy(message) }
    grpc_call_unref(call)  // Last, and only here.
    host.runningCalls.subtract(1, ordering: .releasing)
    Unmanaged.passUnretained(self).release()  // Balances `serve`.
  }
}
