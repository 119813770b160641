internal import CGRPC
internal import Synchronization

/// A call of one request and one response.
///
/// Two batches make it: the exchange of messages, and the status. The core holds the status back
/// while there are messages that nobody has read, so that a server which sends two would hold the
/// caller for ever. Where the status does not come at once behind the message, a second message is
/// asked for too; mostly it has come, and nothing more is asked.
///
/// Safe: `state` guards what the caller and the loop's thread touch.
final class UnaryClientCall: ClientCall, CompletionLoop.Afterthought, @unchecked Sendable {
  private enum Batch {
    static let exchange: UInt8 = 1
    static let status: UInt8 = 2
    static let surplus: UInt8 = 3
  }

  private struct State {
    /// How many batches are under way.
    var underWay = 0
    var statusCame = false
    /// The core did not take the request.
    var refused = false
    /// There was a second message.
    var surplus = false
    var caller: UnsafeContinuation<Void, Never>?

    /// Counts a batch that has ended; the caller where it was the last.
    mutating func end() -> UnsafeContinuation<Void, Never>? {
      underWay -= 1
      guard underWay == 0 else { return nil }
      defer { caller = nil }
      return caller
    }
  }

  private let loop: CompletionLoop
  private let state = Mutex(State())

  /// Takes over the caller's reference to a call, whose batches end on the loop.
  init(owning call: OpaquePointer, of client: RPCClient, on loop: CompletionLoop, limits: Limits) {
    self.loop = loop
    super.init(owning: call, of: client, limits: limits)
  }

  /// Runs the whole call; returns when everything has come.
  ///
  /// - Throws: `RPCError` with the status, or with `.unimplemented` where the server sent none or
  ///   several messages.
  func run(_ message: MessageBytes, _ metadata: Metadata) async throws -> MessageBytes {
    await withUnsafeContinuation { continuation in
      state.withLock { state in
        state.caller = continuation
        state.underWay = 2
      }
      start(message, metadata)
    }
    finished.store(true, ordering: .relaxed)
    let (refused, surplus) = state.withLock { ($0.refused, $0.surplus) }
    if refused { throw RPCError.refusedByCore }
    if surplus { throw RPCError.surplusResponse }
    try throwStatus()
    guard let received = try takeMessage() else { throw RPCError.noResponse }
    return received
  }

  /// The metadata around the message, of a call that has ended.
  var responseMetadata: (initial: Metadata, trailing: Metadata) {
    (Metadata(received: receive.pointee.initial), Metadata(received: receive.pointee.trailing))
  }

  private func start(_ message: MessageBytes, _ metadata: Metadata) {
    let pairs = requestMetadata(metadata)
    let buffer = message.makeByteBuffer()
    defer { grpc_byte_buffer_destroy(buffer) }
    // First, because it comes also where the exchange is refused.
    if !begin(Batch.status, { artel_client_receive_status(call, receive, $0) }) {
      refuse()
    }
    let begun = begin(Batch.exchange) {
      artel_client_unary(
        call, limits.flags, pairs.pairs, pairs.count, buffer, messageFlags(nil), receive, $0)
    }
    if !begun { refuse() }
  }

  /// Ends a call that was never sent: its status would not come otherwise.
  private func refuse() {
    cancel()
    let caller = state.withLock { state in
      state.refused = true
      return state.end()
    }
    caller?.resume()
  }

  override func complete(_ kind: UInt8, ok: Bool) {
    switch kind {
    case Batch.exchange where receive.pointee.message != nil:
      if !state.withLock({ $0.statusCame }) { loop.whenQuiet(self) }
    case Batch.surplus where receive.pointee.surplus != nil:
      state.withLock { $0.surplus = true }
      cancel()
    case Batch.status: state.withLock { $0.statusCame = true }
    default: break
    }
    let caller = state.withLock { $0.end() }
    caller?.resume()
    ended()
  }

  /// The status did not come with the message: there may be another message before it.
  func loopIsQuiet() {
    let isDue = state.withLock { state -> Bool in
      guard !state.statusCame else { return false }
      state.underWay += 1
      return true
    }
    guard isDue else { return }
    let begun = begin(Batch.surplus) {
      artel_receive_message(call, &receive.pointee.surplus, $0)
    }
    guard !begun else { return }
    let caller = state.withLock { $0.end() }
    caller?.resume()
  }
}
