internal import CGRPC
internal import Synchronization

/// One outgoing call: its core call, what it receives, and who waits for which batch.
///
/// Safe: `state` guards everything that more than one thread touches; what the core writes into
/// `receive` is read only behind the completion of the batch that writes it.
final class ClientCall: CompletionTarget, ResponseSource, @unchecked Sendable {
  enum Batch {
    static let request: UInt8 = 1
    static let write: UInt8 = 2
    static let close: UInt8 = 3
    static let initial: UInt8 = 4
    static let read: UInt8 = 5
    static let status: UInt8 = 6
    static let count = 7
  }

  /// A batch of one kind: under way, or ended with an outcome.
  private struct Slot {
    var outcome: Bool?
    var waiting: [UnsafeContinuation<Bool, Never>] = []
  }

  private struct State {
    var finished = false
    /// The core did not take the request.
    var refused = false
    var reading = false
    var writing = false
    var slots = [Slot](repeating: Slot(), count: Batch.count)
  }

  private let call: OpaquePointer
  private let limits: Limits
  private let receive: UnsafeMutablePointer<artel_client_receive>
  private let state = Mutex(State())

  /// What a call takes over from its options.
  struct Limits {
    var maxReceiveMessageBytes: Int
    var compression: Compression
    var flags: UInt32
  }

  /// Takes over the caller's reference to a call.
  init(owning call: OpaquePointer, limits: Limits) {
    self.call = call
    self.limits = limits
    receive = .allocate(capacity: 1)
    receive.initialize(to: artel_client_receive())
    super.init()
    artel_client_receive_init(receive)
  }

  deinit {
    artel_client_receive_destroy(receive)
    receive.deallocate()
    grpc_call_unref(call)
  }

  /// Cancels the call; safe at any time.
  func cancel() {
    state.withLock { state in
      guard !state.finished else { return }
      grpc_call_cancel(call, nil)
    }
  }

  // MARK: Unary

  /// Runs a whole unary call; returns when everything has come.
  func unary(_ message: MessageBytes, _ metadata: Metadata) async throws -> MessageBytes {
    let pairs = CoreMetadata(metadata, compressed: limits.compression != .never)
    let buffer = message.makeByteBuffer()
    defer { grpc_byte_buffer_destroy(buffer) }
    let made = await batch(Batch.request) {
      artel_client_unary(
        call, limits.flags, pairs.pairs, pairs.count, buffer, messageFlags(nil), receive, $0)
    }
    finish()
    // A batch that ends with the status always succeeds, unless the core never began it.
    guard made else { throw RPCError.refusedByCore }
    try throwStatus()
    guard let received = try takeMessage() else {
      throw RPCError(code: .internalError, message: "the server sent no message")
    }
    return received
  }

  /// The metadata around the message of a unary call that has ended.
  var unaryMetadata: (initial: Metadata, trailing: Metadata) {
    (Metadata(received: receive.pointee.initial), Metadata(received: receive.pointee.trailing))
  }

  // MARK: Streams

  /// Begins a stream whose only request is known.
  func start(_ message: MessageBytes, _ metadata: Metadata) {
    let pairs = CoreMetadata(metadata, compressed: limits.compression != .never)
    let buffer = message.makeByteBuffer()
    defer { grpc_byte_buffer_destroy(buffer) }
    listen()
    let begun = begin(Batch.request) {
      artel_client_send_request(
        call, limits.flags, pairs.pairs, pairs.count, buffer, messageFlags(nil), $0)
    }
    if !begun { giveUp() }
  }

  /// Begins a stream of requests.
  func start(_ metadata: Metadata) {
    let pairs = CoreMetadata(metadata, compressed: limits.compression != .never)
    listen()
    let begun = begin(Batch.request) {
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
    begin(Batch.status) { artel_client_receive_status(call, receive, $0) }
    begin(Batch.initial) { artel_client_receive_initial(call, receive, $0) }
  }

  /// Sends a request; returns when the transport took it.
  ///
  /// - Throws: `RPCError` with `.cancelled` when the call is over; its status says why.
  func write(_ message: MessageBytes, compressed: Bool?) async throws {
    try enter(\.writing, "two tasks write to one stream")
    defer { leave(\.writing) }
    let buffer = message.makeByteBuffer()
    defer { grpc_byte_buffer_destroy(buffer) }
    let written = await batch(Batch.write) {
      artel_send_message(call, nil, buffer, messageFlags(compressed), $0)
    }
    guard written else { throw RPCError.callOver }
  }

  /// Says that the last request was sent.
  func closeRequests() async {
    await batch(Batch.close) { artel_client_close(call, $0) }
  }

  /// The next message; nil at the end of the stream.
  ///
  /// - Throws: `RPCError` with the status, where it is not OK.
  func next() async throws -> MessageBytes? {
    try enter(\.reading, "two tasks read from one stream")
    defer { leave(\.reading) }
    let ok = await batch(Batch.read) {
      artel_receive_message(call, &receive.pointee.message, $0)
    }
    if ok, let message = try takeMessage() { return message }
    try await end()
    return nil
  }

  /// Waits for the status.
  ///
  /// - Throws: `RPCError` with the status, where it is not OK.
  func end() async throws {
    await drain()
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
    finish()
  }

  private func messageFlags(_ compressed: Bool?) -> UInt32 {
    limits.compression.applies(to: compressed) ? 0 : UInt32(GRPC_WRITE_NO_COMPRESS)
  }

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
    Unmanaged.passUnretained(self).release()  // Balances `begin`.
  }

  private func settle(_ kind: UInt8, _ ok: Bool) {
    let waiting = state.withLock { state in
      state.slots[Int(kind)].outcome = ok
      defer { state.slots[Int(kind)].waiting = [] }
      return state.slots[Int(kind)].waiting
    }
    for continuation in waiting { continuation.resume(returning: ok) }
  }

  /// Starts a batch; false where the core refuses it.
  @discardableResult
  private func begin(
    _ kind: UInt8, _ start: (UnsafeMutableRawPointer) -> grpc_call_error
  ) -> Bool {
    _ = Unmanaged.passRetained(self)  // Released by `complete`.
    guard start(tag(kind)) != GRPC_CALL_OK else { return true }
    // The core refused the batch: its tag never comes.
    settle(kind, false)
    Unmanaged.passUnretained(self).release()
    return false
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
      begin(kind, start)
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

  // MARK: What came

  private func finish() {
    state.withLock { $0.finished = true }
  }

  private func takeMessage() throws(RPCError) -> MessageBytes? {
    guard let buffer = receive.pointee.message else { return nil }
    receive.pointee.message = nil
    defer { grpc_byte_buffer_destroy(buffer) }
    return try MessageBytes.take(buffer, of: call, limit: limits.maxReceiveMessageBytes)
  }

  private func throwStatus() throws(RPCError) {
    if state.withLock({ $0.refused }) { throw RPCError.refusedByCore }
    let status = Status.Code(rawValue: Int(receive.pointee.status.rawValue)) ?? .unknown
    guard let code = RPCError.Code(status) else { return }
    var trailing = Metadata(received: receive.pointee.trailing)
    let details = trailing.firstBinary("grpc-status-details-bin") ?? []
    trailing.remove("grpc-status-details-bin")
    throw RPCError(
      code: code, message: String(slice: &receive.pointee.details), statusDetails: details,
      metadata: trailing)
  }
}

extension RPCError {
  /// What a producer of requests is told when the call ended under it.
  static var callOver: RPCError { RPCError(code: .cancelled, message: "the call is over") }

  fileprivate static var refusedByCore: RPCError {
    RPCError(code: .internalError, message: "the core refused the request")
  }
}

/// The requests of a call.
struct ClientMessageSink: MessageSink {
  let call: ClientCall

  func sendInitialMetadata(_ metadata: Metadata) async throws {
    throw RPCError(
      code: .internalError, message: "a request's metadata is given when the call is made")
  }

  func write(_ message: MessageBytes, compressed: Bool?) async throws {
    try await call.write(message, compressed: compressed)
  }
}
