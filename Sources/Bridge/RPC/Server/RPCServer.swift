internal import CGRPC
internal import Glibc
internal import Synchronization

/// A gRPC server over the C core.
///
/// ```swift
/// var router = RPCRouter()
/// router.register(Greeter())
/// let server = RPCServer(configuration: .init(address: "127.0.0.1:8080"), methods: router.methods)
/// try server.start()
/// await server.waitUntilShutdown()
/// ```
///
/// Stops in the order that the core asks for: no new connections and GOAWAY to those that stand,
/// running calls finish within the grace period, then they are cancelled.
public final class RPCServer: Sendable {
  private enum State {
    case idle
    case running(Running)
    case stopped
  }

  /// What runs between `start` and the end of `shutdown`.
  ///
  /// Safe: the core's pointers may be used from any thread; they are destroyed once, by the
  /// shutdown thread that took them out of the server's state.
  private struct Running: @unchecked Sendable {
    let server: OpaquePointer
    let loops: [CompletionLoop]
    let shutdownQueue: OpaquePointer
  }

  private let configuration: ServerConfiguration
  private let methods: [RegisteredMethod]
  private let library = Library()
  private let admission = ServerCall.Admission()
  private let state = Mutex(State.idle)
  private let ended = Gate()

  /// Creates a server.
  public init(configuration: ServerConfiguration, methods: [RegisteredMethod]) {
    self.configuration = configuration
    self.methods = methods
  }

  /// How many calls run.
  public var runningCalls: Int { admission.running.load(ordering: .relaxed) }

  /// Binds the port and serves.
  ///
  /// - Returns: The port that was bound; 0 for a Unix socket.
  /// - Throws: `ServerStartError` where the address is not allowed or cannot be bound.
  @discardableResult
  public func start() throws -> Int {
    guard state.withLock({ if case .idle = $0 { true } else { false } }) else {
      throw ServerStartError(description: "the server was started or stopped before")
    }
    guard Set(methods.map(\.descriptor.path)).count == methods.count else {
      throw ServerStartError(description: "a method is registered twice")
    }
    try checkExposure()
    let server = makeServer()
    let loops = (0..<max(1, configuration.loops)).map { _ in CompletionLoop(library: library) }
    for loop in loops { grpc_server_register_completion_queue(server, loop.queue, nil) }
    let shutdownQueue: OpaquePointer = grpc_completion_queue_create_for_next(nil)
    grpc_server_register_completion_queue(server, shutdownQueue, nil)
    let running = Running(server: server, loops: loops, shutdownQueue: shutdownQueue)
    let handles = methods.map { method in
      grpc_server_register_method(
        server, method.descriptor.path, nil, GRPC_SRM_PAYLOAD_READ_INITIAL_BYTE_BUFFER, 0)
    }
    let port: Int
    do {
      port = try bind(server)
    } catch {
      loops.forEach { $0.start() }
      grpc_server_start(server)
      stop(running, grace: .zero)
      throw error
    }
    grpc_server_start(server)
    for loop in loops {
      for (method, handle) in zip(methods, handles) {
        for _ in 0..<configuration.acceptSlots {
          AcceptSlot(server: server, loop: loop, method: method, handle: handle, admit: admission)
            .post()
        }
      }
      AcceptSlot(server: server, loop: loop, method: nil, handle: nil, admit: admission).post()
      loop.start()
    }
    state.withLock { $0 = .running(running) }
    return port
  }

  /// Begins to stop, and returns at once; `waitUntilShutdown` tells when it is done.
  public func beginShutdown() {
    let running = state.withLock { state -> Running? in
      guard case .running(let running) = state else {
        if case .idle = state {
          state = .stopped
          ended.open()
        }
        return nil
      }
      state = .stopped
      return running
    }
    guard let running else { return }
    let grace = configuration.gracePeriod
    // Not on a loop: shutting down waits for requests that the loops have to answer.
    OSThread.run(named: "rpc-shutdown") { [self] in
      stop(running, grace: grace)
      ended.open()
    }
  }

  /// Suspends until the server has stopped.
  public func waitUntilShutdown() async {
    await ended.wait()
  }

  /// Stops and waits for the end.
  public func shutdown() async {
    beginShutdown()
    await waitUntilShutdown()
  }

  private func checkExposure() throws {
    guard case .plaintext = configuration.security else { return }
    let address = configuration.address
    let local = ["unix:", "unix-abstract:", "127.0.0.1:", "localhost:", "[::1]:"]
    guard local.contains(where: address.hasPrefix) else {
      throw ServerStartError(
        description: """
          the gRPC port \(address) is reachable from outside: it needs client certificates \
          (libgrpc 1.51.1 has crashes that strangers could reach; see docs/security.md)
          """)
    }
  }

  private func makeServer() -> OpaquePointer {
    var arguments = ChannelArguments()
    arguments.set(GRPC_ARG_MAX_CONCURRENT_STREAMS, configuration.maxConcurrentStreams)
    arguments.set(GRPC_ARG_MAX_RECEIVE_MESSAGE_LENGTH, configuration.maxReceiveMessageBytes)
    arguments.set(GRPC_ARG_MAX_SEND_MESSAGE_LENGTH, configuration.maxSendMessageBytes)
    arguments.set(GRPC_ARG_MAX_METADATA_SIZE, configuration.maxMetadataBytes)
    arguments.set(GRPC_ARG_ALLOW_REUSEPORT, 0)
    // A peer that lost its power is noticed within a minute and a half.
    arguments.set(GRPC_ARG_KEEPALIVE_TIME_MS, 60_000)
    arguments.set(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20_000)
    arguments.set(GRPC_ARG_MAX_CONNECTION_IDLE_MS, 600_000)
    // The core would inflate a bomb before it looks at its size; compressed messages are refused.
    arguments.set(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0)
    arguments.set(GRPC_COMPRESSION_CHANNEL_ENABLED_ALGORITHMS_BITSET, 1)
    arguments.set(
      GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS,
      Int(configuration.handshakeTimeout / .milliseconds(1)))
    // The server keeps its own reference to the quota.
    let quota: OpaquePointer = grpc_resource_quota_create("server")
    grpc_resource_quota_resize(quota, configuration.memoryQuotaBytes)
    defer { grpc_resource_quota_unref(quota) }
    arguments.set(quota: quota)
    return arguments.withCore { grpc_server_create($0, nil) }
  }

  private func bind(_ server: OpaquePointer) throws -> Int {
    let credentials: OpaquePointer?
    switch configuration.security {
    case .plaintext: credentials = grpc_insecure_server_credentials_create()
    case .mutualTLS(let source): credentials = source.makeCore()
    }
    guard let credentials else {
      throw ServerStartError(description: "the certificate, its key or the client roots are bad")
    }
    // The server keeps its own reference to the credentials.
    defer { grpc_server_credentials_release(credentials) }
    let port = grpc_server_add_http2_port(server, configuration.address, credentials)
    guard port > 0 else {
      throw ServerStartError(
        description: "\(configuration.address) cannot be bound, or its certificate is bad")
    }
    return configuration.address.hasPrefix("unix") ? 0 : Int(port)
  }

  /// Runs on a thread of its own: blocks until every call is over.
  private func stop(_ running: Running, grace: Duration) {
    grpc_server_shutdown_and_notify(running.server, running.shutdownQueue, nil)
    if !awaitEvent(running.shutdownQueue, for: grace) {
      grpc_server_cancel_all_calls(running.server)
      _ = awaitEvent(running.shutdownQueue, for: nil)
    }
    grpc_server_destroy(running.server)
    guard awaitHandlers() else { return }
    for loop in running.loops { loop.shutdown() }
    grpc_completion_queue_shutdown(running.shutdownQueue)
    _ = awaitEvent(running.shutdownQueue, for: nil)
    grpc_completion_queue_destroy(running.shutdownQueue)
  }

  /// Waits for handlers whose calls are over. One that ignores its cancellation keeps its queue:
  /// the process is about to end, and a queue closed under it would abort the process instead.
  private func awaitHandlers() -> Bool {
    let limit = ContinuousClock.now + .seconds(5)
    while !admission.isEmpty {
      guard ContinuousClock.now < limit else { return false }
      usleep(500)
    }
    return true
  }

  private func awaitEvent(_ queue: OpaquePointer, for duration: Duration?) -> Bool {
    let deadline =
      if let duration {
        gpr_time_add(
          gpr_now(GPR_CLOCK_MONOTONIC),
          gpr_time_from_millis(Int64(duration / .milliseconds(1)), GPR_TIMESPAN))
      } else {
        gpr_inf_future(GPR_CLOCK_MONOTONIC)
      }
    return grpc_completion_queue_next(queue, deadline, nil).type != GRPC_QUEUE_TIMEOUT
  }
}
