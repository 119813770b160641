internal import CGRPC
internal import Synchronization

/// A place that waits for the next call of one method on one queue.
///
/// Posted before a call comes and posted again as soon as one came, before the handler runs. The
/// core writes the call into memory that lives as long as the slot.
final class AcceptSlot: CompletionTarget {
  private struct Landing {
    var call: OpaquePointer?
    var deadline = gpr_timespec()
    var metadata = grpc_metadata_array()
    var payload: UnsafeMutablePointer<grpc_byte_buffer>?
    var details = grpc_call_details()
  }

  private let server: OpaquePointer
  private let loop: CompletionLoop
  private let method: RegisteredMethod?
  private let handle: UnsafeMutableRawPointer?
  private let landing: UnsafeMutablePointer<Landing>
  private let host: ServerHost

  /// Creates a slot for a registered method, or for every unknown path where `method` is nil.
  init(
    server: OpaquePointer, loop: CompletionLoop, method: RegisteredMethod?,
    handle: UnsafeMutableRawPointer?, host: ServerHost
  ) {
    self.server = server
    self.loop = loop
    self.method = method
    self.handle = handle
    self.host = host
    landing = .allocate(capacity: 1)
    landing.initialize(to: Landing())
    super.init()
    grpc_metadata_array_init(&landing.pointee.metadata)
    grpc_call_details_init(&landing.pointee.details)
  }

  deinit {
    grpc_metadata_array_destroy(&landing.pointee.metadata)
    grpc_call_details_destroy(&landing.pointee.details)
    landing.deallocate()
  }

  /// Posts the slot for the first time and keeps it until the server shuts down.
  func post() {
    _ = Unmanaged.passRetained(self)  // Released by `retire`.
    host.postedSlots.add(1, ordering: .relaxed)
    if !request() { retire() }
  }

  /// The server is shutting down: the slot ends.
  private func retire() {
    host.postedSlots.subtract(1, ordering: .releasing)
    Unmanaged.passUnretained(self).release()  // Balances `post`.
  }

  private func request() -> Bool {
    let tag = tag(0)
    // The core owns nothing of the landing: it writes there before the tag comes.
    let error =
      if let handle {
        grpc_server_request_registered_call(
          server, handle, &landing.pointee.call, &landing.pointee.deadline,
          &landing.pointee.metadata, payloadLanding, loop.queue, loop.queue, tag)
      } else {
        grpc_server_request_call(
          server, &landing.pointee.call, &landing.pointee.details, &landing.pointee.metadata,
          loop.queue, loop.queue, tag)
      }
    return error == GRPC_CALL_OK
  }

  /// Where the only message of a call goes; the core wants nil where calls come without.
  private var payloadLanding: UnsafeMutablePointer<OpaquePointerToByteBuffer?>? {
    guard method?.handler.payloadHandling == GRPC_SRM_PAYLOAD_READ_INITIAL_BYTE_BUFFER else {
      return nil
    }
    return withUnsafeMutablePointer(to: &landing.pointee.payload) { $0 }  // Allocated memory.
  }

  override func complete(_ kind: UInt8, ok: Bool) {
    guard ok, let call = landing.pointee.call else {
      retire()
      return
    }
    // The call's reference, its metadata array and its payload move to the ServerCall.
    let accepted = ServerCall(
      call: call, metadata: landing.pointee.metadata, payload: landing.pointee.payload,
      deadline: handle == nil ? landing.pointee.details.deadline : landing.pointee.deadline,
      loop: loop, host: host)
    landing.pointee.call = nil
    landing.pointee.payload = nil
    grpc_metadata_array_init(&landing.pointee.metadata)
    if handle == nil {
      grpc_call_details_destroy(&landing.pointee.details)
      grpc_call_details_init(&landing.pointee.details)
    }
    let posted = request()
    accepted.serve(method)
    if !posted { retire() }
  }
}

extension RegisteredMethod.Handler {
  /// Whether a call comes with its only message, or its messages are asked for one by one.
  var payloadHandling: grpc_server_register_method_payload_handling {
    switch self {
    case .unary, .serverStreaming: GRPC_SRM_PAYLOAD_READ_INITIAL_BYTE_BUFFER
    case .clientStreaming, .bidirectionalStreaming: GRPC_SRM_PAYLOAD_NONE
    }
  }
}
