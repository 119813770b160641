internal import CGRPC
internal import Synchronization

/// One outgoing call of any kind: its core call, and what it receives.
///
/// Safe: what the core writes into `receive` is read only behind the completion of the batch that
/// writes it; everything else is constant.
class ClientCall: CompletionTarget, @unchecked Sendable {
  /// What a call takes over from its options.
  struct Limits {
    var maxReceiveMessageBytes: Int
    var compression: Compression
    var flags: UInt32
  }

  /// Whether the status has come: nothing is sent any more, and nothing comes.
  let finished = Atomic<Bool>(false)
  let call: OpaquePointer
  let limits: Limits
  let receive: UnsafeMutablePointer<artel_client_receive>
  /// Keeps the channel and its queue, on which no batch may be started behind their end: somebody
  /// may have kept a stream of the call.
  private let client: RPCClient

  /// Takes over the caller's reference to a call.
  init(owning call: OpaquePointer, of client: RPCClient, limits: Limits) {
    self.call = call
    self.client = client
    self.limits = limits
    receive = .allocate(capacity: 1)
    receive.initialize(to: artel_client_receive())
    super.init()
    artel_client_receive_init(receive)
    LiveClientCalls.counter.add(1, ordering: .relaxed)
  }

  deinit {
    artel_client_receive_destroy(receive)
    receive.deallocate()
    grpc_call_unref(call)
    LiveClientCalls.counter.subtract(1, ordering: .relaxed)
  }

  /// Cancels the call; safe at any time.
  final func cancel() {
    guard !finished.load(ordering: .relaxed) else { return }
    grpc_call_cancel(call, nil)
  }

  /// Starts a batch; false where the core refuses it: its tag never comes.
  final func begin(
    _ kind: UInt8, _ start: (UnsafeMutableRawPointer) -> grpc_call_error
  ) -> Bool {
    _ = Unmanaged.passRetained(self)  // Released by `ended`.
    guard start(tag(kind)) != GRPC_CALL_OK else { return true }
    ended()
    return false
  }

  /// A batch has ended, whatever is to be done about it. The object may be gone then.
  final func ended() {
    Unmanaged.passUnretained(self).release()  // Balances `begin`.
  }

  final func requestMetadata(_ metadata: Metadata) -> CoreMetadata {
    CoreMetadata(metadata, compressed: limits.compression != .never)
  }

  final func messageFlags(_ compressed: Bool?) -> UInt32 {
    limits.compression.applies(to: compressed) ? 0 : UInt32(GRPC_WRITE_NO_COMPRESS)
  }

  /// The message of the read that has ended; nil where none came.
  final func takeMessage() throws(RPCError) -> MessageBytes? {
    guard let buffer = receive.pointee.message else { return nil }
    receive.pointee.message = nil
    defer { grpc_byte_buffer_destroy(buffer) }
    return try MessageBytes.take(buffer, of: call, limit: limits.maxReceiveMessageBytes)
  }

  /// Throws the status that has come, where it is not OK.
  final func throwStatus() throws(RPCError) {
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

/// How many calls of clients have not been given up, in the whole process: what a test for leaks
/// looks at.
package enum LiveClientCalls {
  fileprivate static let counter = Atomic<Int>(0)

  /// How many there are.
  package static var count: Int { counter.load(ordering: .relaxed) }
}

extension RPCError {
  /// What a producer of requests is told when the call ended under it.
  static var callOver: RPCError { RPCError(code: .cancelled, message: "the call is over") }

  static var refusedByCore: RPCError {
    RPCError(code: .internalError, message: "the core refused the request")
  }

  /// A response of no message, where there has to be one.
  static var noResponse: RPCError {
    RPCError(code: .unimplemented, message: "the server sent no message")
  }

  /// A response of several messages, where there has to be one.
  static var surplusResponse: RPCError {
    RPCError(code: .unimplemented, message: "the server sent more than one message")
  }
}
