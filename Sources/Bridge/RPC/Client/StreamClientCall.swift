internal import CGRPC
internal import Synchronization

/// A call with streams: who waits for which batch. A stream that somebody kept beyond the end of
/// its call says that it has ended, or with which status.
///
/// Safe: `state` guards everything that more than one thread touches.
final class StreamClientCall: ClientCall, ResponseSource, @unchecked Sendable {
  private enum Batch {
    static let request: UInt8 = 0
    static let write: UInt8 = 1
    static let close: UInt8 = 2
    static let initial: UInt8 = 3
    static let read: UInt8 = 4
    static let status: UInt8 = 5
    static let count = 6
  }

  /// A batch of one kind: under way, or ended with an outcome.
  private struct Slot {
    var outcome: Bool?
    var waiting: [UnsafeContinuation<Bool, Never>] = []
  }

  private struct State {
    /// The core did not take the request.
    var refused = false
    var reading = false
    var writing = false
    var closed = false
    var slots = [Slot](repeating: Slot(), count: Batch.count)
  }

  private let state = Mutex(State())

  // MARK: The beginning

  /// Begins a stream whose only request is known.
  func start(_ message: MessageBytes, _ metadata: Metadata) {
    let pairs = requestMetadata(metadata)
    let buffer = message.makeByteBuffer()
    defer { grpc_byte_buffer_destroy(buffer) }
    listen()
    let begun = launch(Batch.request) {
      artel_client_send_request(
        call, limits.flags, pairs.pairs, pairs.count, buffer, messageFlags(nil), $0)
    }
    if !begun { giveUp() }
  }

  /// Begins a stream of requests.
  func start(_ metadata: Metadata) {
    let pairs = requestMetadata(metadata)
    listen()
    let begun = launch(Batch.request) {
      artel_client_start(call, limits.flags, pairs.pairs, pairs.count, $0)
    }
    if !begun { giveUp() }
  }

  /// Ends a call that was never sent: its status would not come otherwise.
  private func giveUp() {
    state.withLock { $0.refused = true }
    cancel()
  }

  private func listen() {
    launch(Batch.status) { artel_client_receive_status(call, receive, $0) }
    launch(Batch.initial) { artel_client_receive_initial(call, receive, $0) }
  }

  // MARK: Requests

  /// Sends a request; returns when the transport took it.
  ///
  /// - Throws: `RPCError` with `.cancelled` when the call is over; its status says why. With
  ///   `.internalError` where another task writes, or the last request was sent.
  func write(_ message: MessageBytes, compressed: Bool?) async throws {
    try enter(\.writing, "two tasks write to one stream")
    defer { leave(\.writing) }
    guard !finished.load(ordering: .relaxed) else { throw RPCError.callOver }
    guard !state.withLock({ $0.closed }) else {
      throw RPCError(code: .internalError, message: "a request is written behind the last")
    }
    let buffer = message.makeByteBuffer()
    defer { grpc_byte_buffer_destroy(buffer) }
    let written = await batch(Batch.write) {
      artel_send_message(call, nil, buffer, messageFlags(compressed), $0)
    }
    guard written else { throw RPCError.callOver }
  }

  /// Says that the last request was sent.
  func closeRequests() async {
    let isFirst = state.withLock { state in
      defer { state.closed = true }
      return !state.closed
    }
    guard isFirst, !finished.load(ordering: .relaxed) else { return }
    await batch(Batch.close) { artel_client_close(call, $0) }
  }

  // MARK: Responses

  /// The next message; nil at the end of the stream, however often it is asked.
  ///
  /// - Throws: `RPCError` with the status, where it is not OK.
  func next() async throws -> MessageBytes? {
    try enter(\.reading, "two tasks read from one stream")
    defer { leave(\.reading) }
    if !finished.load(ordering: .relaxed) {
      let ok = await batch(Batch.read) {
        artel_receive_message(call, &receive.pointee.message, $0)
      }
      if ok, let message = try takeMessage() { return message }
    }
    try await end()
    return nil
  }

  /// Waits for the status.
  ///
  /// - Throws: `RPCError` with the status, where it is not OK.
  func end() async throws {
    await drain()
    if state.withLock({ $0.refused }) { throw RPCError.refusedByCore }
    try throwStatus()
  }

  var metadata: Metadata {
    get async throws {
      guard await wait(for: Batch.initial) else {
        try await end()
        return [:]
      }
      return Metadata(received: receive.pointee.initial)
    }
  }

  var trailingMetadata: Metadata {
    get async throws {
      try await end()
      return Metadata(received: receive.pointee.trailing)
    }
  }

  /// Waits for the call's end, whatever it is.
  func drain() async {
    _ = await wait(for: Batch.status)
    finished.store(true, ordering: .relaxed)
  }

  // MARK: One at a time

  private func enter(_ flag: WritableKeyPath<State, Bool>, _ busy: String) throws {
    let entered = state.withLock { state -> Bool in
      if state[keyPath: flag] { return false }
      state[keyPath: flag] = true
      return true
    }
    guard entered else { throw RPCError(code: .internalError, message: busy) }
  }

  private func leave(_ flag: WritableKeyPath<State, Bool>) {
    state.withLock { $0[keyPath: flag] = false }
  }

  // MARK: Batches

  override func complete(_ kind: UInt8, ok: Bool) {
    settle(kind, ok)
    ended()
  }

  private func settle(_ kind: UInt8, _ ok: Bool) {
    let waiting = state.withLock { state in
      state.slots[Int(kind)].outcome = ok
      defer { state.slots[Int(kind)].waiting = [] }
      return state.slots[Int(kind)].waiting
    }
    for continuation in waiting { continuation.resume(returning: ok) }
  }

  /// Starts a batch; one that the core refuses has failed.
  @discardableResult
  private func launch(
    _ kind: UInt8, _ start: (UnsafeMutableRawPointer) -> grpc_call_error
  ) -> Bool {
    let begun = begin(kind, start)
    if !begun { settle(kind, false) }
    return begun
  }

  @discardableResult
  private func batch(_ kind: UInt8, _ start: (UnsafeMutableRawPointer) -> grpc_call_error) async
    -> Bool
  {
    await withUnsafeContinuation { (continuation: UnsafeContinuation<Bool, Never>) in
      state.withLock { state in
        state.slots[Int(kind)].outcome = nil
        state.slots[Int(kind)].waiting.append(continuation)
      }
      launch(kind, start)
    }
  }

  private func wait(for kind: UInt8) async -> Bool {
    await withUnsafeContinuation { (continuation: UnsafeContinuation<Bool, Never>) in
      let outcome = state.withLock { state -> Bool? in
        if let outcome = state.slots[Int(kind)].outcome { return outcome }
        state.slots[Int(kind)].waiting.append(continuation)
        return nil
      }
      if let outcome { continuation.resume(returning: outcome) }
    }
  }
}

/// The requests of a call.
struct ClientMessageSink: MessageSink {
  let call: StreamClientCall

  func sendInitialMetadata(_ metadata: Metadata) async throws {
    throw RPCError(
      code: .internalError, message: "a request's metadata is given when the call is made")
  }

  func write(_ message: MessageBytes, compressed: Bool?) async throws {
    try await call.write(message, compressed: compressed)
  }
}
