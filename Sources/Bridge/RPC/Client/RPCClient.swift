internal import CGRPC
internal import Synchronization

/// A channel to a server, or to several with a balancing policy. The core connects when the first
/// call is made, and again when the connection is lost.
///
/// ```swift
/// let client = RPCClient(configuration: .init(target: "127.0.0.1:8080"))
/// let greeter = Greeter.Client(wrapping: client)
/// let reply = try await greeter.hello(.with { $0.name = "Anna" }, options: .init(timeout: .seconds(1)))
/// ```
///
/// Safe: the core's channel may be used from any thread and is destroyed once, in `deinit`.
public final class RPCClient: @unchecked Sendable {
  private let library = Library()
  private let configuration: ClientConfiguration
  private let channel: OpaquePointer
  private let loop: CompletionLoop
  private let starts: [any ClientStartInterceptor]
  let interceptors: [any ClientInterceptor]

  /// Creates a client; it does not connect yet.
  ///
  /// - Parameters:
  ///   - configuration: What is reached, and how.
  ///   - starts: What sees each call before it is made, in this order.
  ///   - interceptors: What stands around each call, the first outermost.
  public init(
    configuration: ClientConfiguration, starts: [any ClientStartInterceptor] = [],
    interceptors: [any ClientInterceptor] = []
  ) {
    self.configuration = configuration
    self.starts = starts
    self.interceptors = interceptors
    var arguments = ChannelArguments()
    configuration.set(in: &arguments)
    let credentials = configuration.security.makeCore()
    // The channel keeps its own reference to the credentials.
    defer { grpc_channel_credentials_release(credentials) }
    channel = arguments.withCore { grpc_channel_create(configuration.target, credentials, $0) }
    loop = CompletionLoop(library: library)
    loop.start()
  }

  deinit {
    let (channel, loop) = (SendablePointer(channel), loop)
    // Not here: the last reference may be dropped on the loop's own thread.
    OSThread.run(named: "rpc-client-end") {
      grpc_channel_destroy(channel.pointer)
      loop.shutdown()
    }
  }

  /// A pointer that goes to another thread. Safe: only that thread uses it from then on.
  private struct SendablePointer: @unchecked Sendable {
    let pointer: OpaquePointer
    init(_ pointer: OpaquePointer) { self.pointer = pointer }
  }

  /// Whether the channel has a connection; asks for one where it has none.
  ///
  /// - Parameter connect: Whether an idle channel begins to connect.
  public func isConnected(connect: Bool = true) -> Bool {
    grpc_channel_check_connectivity_state(channel, connect ? 1 : 0) == GRPC_CHANNEL_READY
  }

  /// What a call is after the interceptors have seen its beginning.
  func prepare(_ path: String, _ metadata: Metadata, _ options: CallOptions) async throws
    -> OutgoingCall
  {
    var call = OutgoingCall(path: path, metadata: metadata, options: options)
    for interceptor in starts { try await interceptor.start(&call) }
    return call
  }

  /// Creates a call of one request and one response.
  func makeUnaryCall(_ outgoing: OutgoingCall) throws -> UnaryClientCall {
    let (call, limits) = try makeCall(outgoing)
    return UnaryClientCall(owning: call, of: self, on: loop, limits: limits)
  }

  /// Creates a call with streams.
  func makeStreamCall(_ outgoing: OutgoingCall) throws -> StreamClientCall {
    let (call, limits) = try makeCall(outgoing)
    return StreamClientCall(owning: call, of: self, limits: limits)
  }

  /// Creates a call of the core's; the caller owns it.
  private func makeCall(
    _ outgoing: OutgoingCall
  ) throws -> (call: OpaquePointer, limits: ClientCall.Limits) {
    if let illegal = outgoing.metadata.firstIllegal() {
      throw RPCError(
        code: .invalidArgument,
        message: "the metadata '\(illegal.key)' is not legal: \(illegal.reason)")
    }
    let options = outgoing.options
    let deadline = try Self.coreDeadline(options.timeout)
    let slice = CoreMetadata.slice(outgoing.path)
    defer { grpc_slice_unref(slice) }  // The call keeps its own reference.
    guard
      let call = grpc_channel_create_call(
        channel, nil, 0, loop.queue, slice, nil, deadline, nil)
    else { throw RPCError(code: .internalError, message: "the call cannot be created") }
    var flags: UInt32 = 0
    if options.waitForReady {
      flags =
        UInt32(GRPC_INITIAL_METADATA_WAIT_FOR_READY)
        | UInt32(GRPC_INITIAL_METADATA_WAIT_FOR_READY_EXPLICITLY_SET)
    }
    let limits = ClientCall.Limits(
      maxReceiveMessageBytes: configuration.maxReceiveMessageBytes,
      compression: options.compression ?? configuration.compression, flags: flags)
    return (call, limits)
  }

  /// The end of the timeout, or of the call that the current task serves where that is sooner.
  ///
  /// - Throws: `RPCError` with `.deadlineExceeded` where that has passed: the core might still make
  ///   the call.
  private static func coreDeadline(_ timeout: Duration?) throws(RPCError) -> gpr_timespec {
    var left = timeout
    if let deadline = CallDeadline.current {
      let inherited = ContinuousClock.now.duration(to: deadline)
      left = min(left ?? inherited, inherited)
    }
    guard let left else { return gpr_inf_future(GPR_CLOCK_MONOTONIC) }
    guard left > .zero else {
      throw RPCError(code: .deadlineExceeded, message: "there is no time for the call")
    }
    return gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC), left.span)
  }
}
