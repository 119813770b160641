internal import CGRPC
internal import Synchronization

/// One outgoing call: its core call, what it receives, and who waits for which batch.
///
/// Safe: `state` guards everything that more than one thread touches; what the core writes into
/// `receive` is read only behind the completion of the batch that writes it.
final class ClientCall: CompletionTarget, @unchecked Sendable {
  private enum Batch {
    static let request: UInt8 = 1
    static let message: UInt8 = 2
    static let status: UInt8 = 3
  }

  private struct State {
    var finished = false
    var waiting: [UInt8: UnsafeContinuation<Bool, Never>] = [:]
    var done: Set<UInt8> = []
  }

  private let call: OpaquePointer
  private let receive: UnsafeMutablePointer<artel_client_receive>
  private let state = Mutex(State())

  /// Takes over the caller's reference to a call.
  init(owning call: OpaquePointer) {
    self.call = call
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
  func unary(_ message: MessageBytes, _ metadata: Metadata, flags: UInt32) async throws
    -> MessageBytes
  {
    let pairs = CoreMetadata(metadata)
    let buffer = message.makeByteBuffer()
    defer { grpc_byte_buffer_destroy(buffer) }
    await batch(Batch.request) {
      artel_client_unary(call, flags, pairs.pairs, pairs.count, buffer, receive, $0)
    }
    finish()
    try throwStatus()
    guard let received = takeMessage() else {
      throw RPCError(code: .internalError, message: "the server sent no message")
    }
    return received
  }

  // MARK: Server streams

  /// Sends the request and begins to listen for the status.
  func sendRequest(_ message: MessageBytes, _ metadata: Metadata, flags: UInt32) async {
    let pairs = CoreMetadata(metadata)
    let buffer = message.makeByteBuffer()
    defer { grpc_byte_buffer_destroy(buffer) }
    begin(Batch.status) { artel_client_receive_status(call, receive, $0) }
    await batch(Batch.request) {
      artel_client_send_request(call, flags, pairs.pairs, pairs.count, buffer, receive, $0)
    }
  }

  /// The next message; nil at the end of the stream, behind which the status is known.
  func next() async throws -> MessageBytes? {
    let ok = await batch(Batch.message) { artel_client_receive_message(call, receive, $0) }
    if ok, let message = takeMessage() { return message }
    await wait(for: Batch.status)
    finish()
    try throwStatus()
    return nil
  }

  /// Waits for the call's end after it was cancelled or left.
  func drain() async {
    await wait(for: Batch.status)
    finish()
  }

  // MARK: Batches

  override func complete(_ kind: UInt8, ok: Bool) {
    let waiting = state.withLock { state in
      state.done.insert(kind)
      return state.waiting.removeValue(forKey: kind)
    }
    waiting?.resume(returning: ok)
    Unmanaged.passUnretained(self).release()  // Balances `begin`.
  }

  private func begin(_ kind: UInt8, _ start: (UnsafeMutableRawPointer) -> grpc_call_error) {
    _ = Unmanaged.passRetained(self)  // Released by `complete`.
    guard start(tag(kind)) != GRPC_CALL_OK else { return }
    // The core refused the batch: its tag never comes.
    let waiting = state.withLock { state in
      state.done.insert(kind)
      return state.waiting.removeValue(forKey: kind)
    }
    waiting?.resume(returning: false)
    Unmanaged.passUnretained(self).release()
  }

  @discardableResult
  private func batch(_ kind: UInt8, _ start: (UnsafeMutableRawPointer) -> grpc_call_error) async
    -> Bool
  {
    await withUnsafeContinuation { (continuation: UnsafeContinuation<Bool, Never>) in
      state.withLock { state in
        state.done.remove(kind)
        state.waiting[kind] = continuation
      }
      begin(kind, start)
    }
  }

  private func wait(for kind: UInt8) async {
    _ = await withUnsafeContinuation { (continuation: UnsafeContinuation<Bool, Never>) in
      let done = state.withLock { state -> Bool in
        if state.done.contains(kind) { return true }
        state.waiting[kind] = continuation
        return false
      }
      if done { continuation.resume(returning: true) }
    }
  }

  // MARK: What came

  private func finish() {
    state.withLock { $0.finished = true }
  }

  private func takeMessage() -> MessageBytes? {
    guard let buffer = receive.pointee.message else { return nil }
    receive.pointee.message = nil
    defer { grpc_byte_buffer_destroy(buffer) }
    var slice = grpc_slice()
    guard artel_byte_buffer_take(buffer, &slice) != 0 else { return nil }
    return MessageBytes(owning: slice)  // Owns the reference that `take` gave.
  }

  private func throwStatus() throws {
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
