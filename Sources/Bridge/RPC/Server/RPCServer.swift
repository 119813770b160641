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
  /// What runs between `start` and the end of `shutdown`.
  ///
  /// Safe: the core's pointers may be used from any thread; they are destroyed once, by the
  /// shutdown thread that took them out of the server's state.
  private struct Running: @unchecked Sendable {
    let server: OpaquePointer
    let loops: [CompletionLoop]
    let shutdownQueue: OpaquePointer
    let listener: PortListener
  }

  let configuration: ServerConfiguration
  private let methods: [RegisteredMethod]
  private let library = Library()
  private let host: ServerHost
  private let life = Mutex(ServerLife<Running>())
  private let listening = Mutex<PortListener?>(nil)
  private let ended = Gate()

  /// Creates a server.
  ///
  /// - Parameters:
  ///   - configuration: Where and how it listens.
  ///   - methods: What it serves.
  ///   - interceptors: What stands before the handlers, the first outermost.
  public init(
    configuration: ServerConfiguration, methods: [RegisteredMethod],
    interceptors: [ServerInterceptorRule] = []
  ) {
    self.configuration = configuration
    self.methods = methods.intercepted(by: interceptors)
    host = ServerHost(configuration: configuration)
  }

  /// How many calls run.
  public var runningCalls: Int { host.runningCalls.load(ordering: .relaxed) }

  /// Whether the server serves: it was started, and its end has not begun.
  public var isRunning: Bool { life.withLock { $0.isRunning } }

  /// The port, once it is bound.
  var portListener: PortListener? { listening.withLock { $0 } }

  /// Binds the port and serves.
  ///
  /// - Returns: The port that was bound; 0 for a Unix socket.
  /// - Throws: `ServerStartError` where the address is not allowed or cannot be bound: the server
  ///   may be started again then. Where it was started before, or its end was asked for, also while
  ///   it started: then it stays ended.
  @discardableResult
  public func start() throws -> Int {
    guard life.withLock({ $0.begin() }) else {
      throw ServerStartError(description: "the server was started or stopped before")
    }
    let running: Running
    do {
      running = try launch()
    } catch {
      if life.withLock({ $0.failed() }) { ended.open() }
      throw error
    }
    if life.withLock({ $0.began(running) }) {
      beginShutdown()
      throw ServerStartError(description: "the server was stopped while it started")
    }
    return running.listener.port
  }

  private func launch() throws -> Running {
    guard Set(methods.map(\.descriptor.path)).count == methods.count else {
      throw ServerStartError(description: "a method is registered twice")
    }
    try checkExposure()
    let server = makeServer()
    let door = CoreDoor(server)
    let listener: PortListener
    do {
      listener = try PortListener(configuration: configuration) { door.take($0) }
    } catch {
      grpc_server_destroy(server)
      throw error
    }
    let loops = (0..<max(1, configuration.loops)).map { _ in CompletionLoop(library: library) }
    for loop in loops { grpc_server_register_completion_queue(server, loop.queue, nil) }
    // Not registered: the core would give connections to it, whose calls wait on other queues.
    let shutdownQueue: OpaquePointer = grpc_completion_queue_create_for_next(nil)
    let running = Running(
      server: server, loops: loops, shutdownQueue: shutdownQueue, listener: listener)
    let handles = methods.map { method in
      grpc_server_register_method(
        server, method.descriptor.path, nil, method.handler.payloadHandling, 0)
    }
    grpc_server_start(server)
    for loop in loops {
      for (method, handle) in zip(methods, handles) {
        for _ in 0..<configuration.acceptSlots {
          AcceptSlot(server: server, loop: loop, method: method, handle: handle, host: host)
            .post()
        }
      }
      AcceptSlot(server: server, loop: loop, method: nil, handle: nil, host: host).post()
      loop.start()
    }
    listening.withLock { $0 = listener }
    listener.start()
    return running
  }

  /// Begins to stop, and returns at once; `waitUntilShutdown` tells when it is done.
  public func beginShutdown() {
    let running: Running
    switch life.withLock({ $0.end() }) {
    case .of(let it): running = it
    case .atOnce: return ended.open()
    case .elsewhere: return
    }
    let grace = configuration.gracePeriod
    // Not on a loop: shutting down waits for requests that the loops have to answer.
    OSThread.run(named: "rpc-shutdown") { [self] in
      stop(running, grace: grace)
      ended.open()
    }
  }

  /// Suspends until the server has stopped, whoever stopped it, or the task is cancelled.
  public func waitUntilShutdown() async {
    await ended.waitUnlessCancelled()
  }

  /// Stops and waits for the end, also where the task is cancelled: running calls have their grace.
  public func shutdown() async {
    beginShutdown()
    await ended.wait()
  }

  private func checkExposure() throws {
    guard case .plaintext = configuration.security else { return }
    let address = configuration.address
    // Names are looked at again when they are resolved.
    guard try ListenAddress(address).isLocal else {
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
    configuration.keepalive.set(in: &arguments)
    configuration.connectionLife.set(in: &arguments)
    // The core would inflate a bomb before it looks at its size: messages are inflated here.
    arguments.set(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0)
    // The server keeps its own reference to the quota.
    let quota: OpaquePointer = grpc_resource_quota_create("server")
    grpc_resource_quota_resize(quota, configuration.memoryQuotaBytes)
    defer { grpc_resource_quota_unref(quota) }
    arguments.set(quota: quota)
    return arguments.withCore { grpc_server_create($0, nil) }
  }

  /// Runs on a thread of its own: blocks until every call is over.
  private func stop(_ running: Running, grace: Duration) {
    // Nobody comes in behind this; who is in is told to go by the core.
    running.listener.stopAccepting()
    grpc_server_shutdown_and_notify(running.server, running.shutdownQueue, nil)
    if !awaitEvent(running.shutdownQueue, for: grace) {
      grpc_server_cancel_all_calls(running.server)
      _ = awaitEvent(running.shutdownQueue, for: nil)
    }
    grpc_server_destroy(running.server)
    // The core has closed its ends; what it said last goes out.
    running.listener.finish()
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
    while !host.isIdle {
      guard ContinuousClock.now < limit else { return false }
      usleep(500)
    }
    return true
  }

  private func awaitEvent(_ queue: OpaquePointer, for duration: Duration?) -> Bool {
    let deadline =
      if let duration {
        gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC), duration.span)
      } else {
        gpr_inf_future(GPR_CLOCK_MONOTONIC)
      }
    return grpc_completion_queue_next(queue, deadline, nil).type != GRPC_QUEUE_TIMEOUT
  }
}
