import NIOCore
import RPC
import Synchronization

/// One call on a connection, from its message to its answer.
///
/// Lives on the connection's event loop. The handler's task knows it only through a loop-bound
/// box; an answer that comes after the deadline, or after the caller went, finds it over.
final class Exchange {
  let connection: Connection
  let route: Route
  let traits: AnswerTraits
  private let call: CallRequest
  private let executor: EventLoopTaskExecutor
  private var task: Task<Void, Never>?
  private var timer: Scheduled<Void>?
  private var stream: StreamAnswer?
  private(set) var isOver = false

  init(
    _ connection: Connection, route: Route, call: CallRequest, traits: AnswerTraits,
    executor: EventLoopTaskExecutor
  ) {
    self.connection = connection
    self.route = route
    self.call = call
    self.traits = traits
    self.executor = executor
  }

  /// Runs the handler. It starts at once, on this thread.
  func start(_ metadata: Metadata) {
    let context = ServerContext(
      method: route.method, metadata: metadata, peer: connection.peer,
      deadline: call.deadline)
    let core = connection.core
    let message = call.message
    let bound = NIOLoopBound(self, eventLoop: executor.eventLoop)
    core.handlers.add(1, ordering: .relaxed)
    let task: Task<Void, Never>
    switch route.handler {
    case .unary(let serve):
      task = Self.launch(executor) { await Self.run(serve, message, context, core, bound) }
    case .serverStreaming(let serve):
      stream = StreamAnswer(self, format: call.format ?? .lines)
      task = Self.launch(executor) { await Self.run(serve, message, context, core, bound) }
    }
    // A handler that never waited is done by now.
    guard !isOver else { return task.cancel() }
    self.task = task
    armDeadline(bound)
    stream?.wait()
  }

  private static func launch(
    _ executor: EventLoopTaskExecutor, _ operation: @escaping @Sendable () async -> Void
  ) -> Task<Void, Never> {
    Task.immediate(executorPreference: executor) { await operation() }
  }

  private static func run(
    _ serve: RegisteredMethod.UnaryHandler, _ message: MessageBytes, _ context: ServerContext,
    _ core: GatewayCore, _ bound: NIOLoopBound<Exchange>
  ) async {
    let result: Result<UnaryReply, RPCError>
    do {
      result = .success(try await serve(message, context))
    } catch {
      result = .failure(RPCError(hiding: error))
    }
    core.handlers.subtract(1, ordering: .releasing)
    onLoop(bound) { $0.finish(result) }
  }

  private static func run(
    _ serve: RegisteredMethod.ServerStreamingHandler, _ message: MessageBytes,
    _ context: ServerContext, _ core: GatewayCore, _ bound: NIOLoopBound<Exchange>
  ) async {
    let failure: RPCError?
    do {
      _ = try await serve(message, StreamSink(exchange: bound), context)
      failure = nil
    } catch {
      failure = RPCError(hiding: error)
    }
    core.handlers.subtract(1, ordering: .releasing)
    onLoop(bound) { $0.finishStream(failure) }
  }

  /// Runs code on the connection's event loop: at once where the caller is there already, as a
  /// handler's task is unless the handler has left its executor.
  static func onLoop(
    _ bound: NIOLoopBound<Exchange>, _ body: @escaping @Sendable (Exchange) -> Void
  ) {
    if bound.eventLoop.inEventLoop {
      body(bound.value)
    } else {
      bound.eventLoop.execute { body(bound.value) }
    }
  }

  // MARK: Ends

  private func finish(_ result: Result<UnaryReply, RPCError>) {
    guard !isOver else { return }
    do throws(Failure) {
      try answer(result)
    } catch {
      over()
      connection.exchangeEnded(
        connection.write(ResponseHead(error, traits), connection.json(error, traits), traits))
    }
  }

  private func answer(_ result: Result<UnaryReply, RPCError>) throws(Failure) {
    let reply: UnaryReply
    switch result {
    case .success(let success): reply = success
    case .failure(let error): throw Failure(error)
    }
    try print(reply.message)
    over()
    var head = ResponseHead(body: .length(0), connection: .keep)
    head.metadata = reply.initialMetadata
    connection.exchangeEnded(connection.write(head, connection.loop.scratch, traits))
  }

  /// Prints a message into the loop's scratch bytes.
  func print(_ message: MessageBytes) throws(Failure) {
    let loop = connection.loop
    loop.scratch.removeAll(keepingCapacity: true)
    do {
      try message.withUnsafeBytes { try route.printer.json(wire: $0, into: &loop.scratch) }
    } catch {
      connection.core.logger.error(
        "an answer cannot be printed",
        metadata: ["method": "\(route.method.path)", "error": "\(error)"])
      throw Failure(500, .internalError, "internal error")
    }
  }

  private func finishStream(_ error: RPCError?) {
    guard !isOver, let stream else { return }
    over()
    connection.exchangeEnded(stream.end(error.map(Failure.init)))
  }

  /// The caller is gone.
  func abandon() {
    guard !isOver else { return }
    over()
    task?.cancel()
    stream?.abandon()
  }

  /// The answer of a HEAD to a stream is whole with its head.
  func endAfterHead(_ persistence: ResponseHead.Persistence) {
    abandon()
    connection.exchangeEnded(persistence)
  }

  /// The gateway is shutting down: what has no end of its own ends now.
  func drain() {
    guard stream != nil else { return }
    end(RPCError(code: .unavailable, message: "the server is shutting down"))
  }

  private func end(_ error: RPCError) {
    task?.cancel()
    if stream == nil { finish(.failure(error)) } else { finishStream(error) }
    stream?.abandon()
  }

  private func over() {
    isOver = true
    timer?.cancel()
    timer = nil
  }

  // MARK: Streams and time

  func becameWritable() { stream?.becameWritable() }

  func streamWasSilent() { stream?.wasSilent() }

  fileprivate func send(
    _ message: MessageBytes, _ continuation: UnsafeContinuation<Void, any Error>
  ) {
    guard !isOver, let stream else { return continuation.resume(throwing: StreamSink.gone) }
    stream.send(message, continuation)
  }

  private func armDeadline(_ bound: NIOLoopBound<Exchange>) {
    guard let deadline = call.deadline else { return }
    let left = TimeAmount(ContinuousClock.now.duration(to: deadline))
    timer = executor.eventLoop.scheduleTask(in: left) {
      bound.value.end(Failure.deadline)
    }
  }
}

/// Where a streaming handler writes.
private struct StreamSink: MessageSink {
  static let gone = RPCError(code: .cancelled, message: "the caller is gone")

  let exchange: NIOLoopBound<Exchange>

  /// Has no place in HTTP: the head went out when the stream began.
  func sendInitialMetadata(_ metadata: Metadata) async throws {}

  func write(_ message: MessageBytes, compressed: Bool?) async throws {
    try await withUnsafeThrowingContinuation { continuation in
      Exchange.onLoop(exchange) { $0.send(message, continuation) }
    }
  }
}
