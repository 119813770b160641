import NIOCore
import RPC
import Synchronization

/// One call on a connection, from its message to its answer.
///
/// Lives on the connection's event loop. The handler's task knows it only through a loop-bound
/// box; an answer that comes after the deadline, or after the caller went, finds it over.
final class Exchange: RunningExchange {
  let connection: any RequestChannel
  let route: Route
  let traits: AnswerTraits
  private let call: CallRequest
  private let executor: EventLoopTaskExecutor
  private let rawBody: MessageBytes?
  private var task: Task<Void, Never>?
  private var timer: Scheduled<Void>?
  private var stream: StreamAnswer?
  private(set) var upload: Upload?
  /// Why the call has ended before its handler did; nil while it runs.
  private var ending: RPCError?
  var isOver: Bool { ending != nil }

  init(
    _ connection: any RequestChannel, route: Route, call: CallRequest, traits: AnswerTraits,
    executor: EventLoopTaskExecutor, upload: Upload? = nil, rawBody: MessageBytes? = nil
  ) {
    self.connection = connection
    self.route = route
    self.call = call
    self.traits = traits
    self.executor = executor
    self.upload = upload
    self.rawBody = rawBody
  }

  /// Runs the handler. It starts at once, on this thread.
  func start(_ metadata: Metadata, from peer: Peer, beganTrace: Bool) {
    var given = ServerContext(
      method: route.method, metadata: metadata, peer: peer,
      deadline: call.deadline)
    given.rawBody = rawBody
    given.beganTrace = beganTrace
    let context = given
    let handlers = connection.loop.handlers
    let message = call.message
    let bound = NIOLoopBound(self, eventLoop: executor.eventLoop)
    if let upload {
      upload.wantsMore = { bound.value.connection.drive() }
      upload.fails = { bound.value.fail($0) }
    }
    handlers.begin()
    let task: Task<Void, Never>
    switch route.handler {
    case .unary(let serve):
      task = executor.launch { await Self.run(serve, message, context, handlers, bound) }
    case .serverStreaming(let serve):
      stream = StreamAnswer(self, format: call.format ?? .lines)
      task = executor.launch { await Self.run(serve, message, context, handlers, bound) }
    case .bidirectionalStreaming:
      // Routes of requests have none: they are WebSockets.
      task = executor.launch {
        await Self.run(
          { _, _ in throw RPCError(code: .unimplemented, message: Failure.upgradeRequired.message)
          },
          message, context, handlers, bound)
      }
    case .clientStreaming(let serve):
      task = executor.launch {
        await Self.run(
          { _, context in try await serve(UploadSource(exchange: bound), context) },
          message, context, handlers, bound)
      }
    }
    // A handler that never waited is done by now.
    guard !isOver else { return task.cancel() }
    self.task = task
    armDeadline(bound)
    stream?.wait()
  }

  private static func run(
    _ serve: RegisteredMethod.UnaryHandler, _ message: MessageBytes, _ context: ServerContext,
    _ handlers: HandlerCount, _ bound: NIOLoopBound<Exchange>
  ) async {
    let result: Result<UnaryReply, RPCError>
    do {
      result = .success(
        try await CallDeadline.$current.withValue(context.deadline) {
          try await serve(message, context)
        })
    } catch {
      result = .failure(RPCError(hiding: error))
    }
    handlers.end()
    onLoop(bound) { $0.finish(result) }
  }

  private static func run(
    _ serve: RegisteredMethod.ServerStreamingHandler, _ message: MessageBytes,
    _ context: ServerContext, _ handlers: HandlerCount, _ bound: NIOLoopBound<Exchange>
  ) async {
    let result: Result<Metadata, RPCError>
    do {
      result = .success(
        try await CallDeadline.$current.withValue(context.deadline) {
          try await serve(message, StreamSink(exchange: bound), context)
        })
    } catch {
      result = .failure(RPCError(hiding: error))
    }
    handlers.end()
    onLoop(bound) { $0.finishStream(result) }
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
      answer(error)
    }
  }

  private func answer(_ failure: Failure) {
    // First: the answer's end may be the stream's.
    over(RPCError(failure))
    let persistence = connection.write(failure, traits)
    connection.exchangeEnded(persistence)
  }

  private func answer(_ result: Result<UnaryReply, RPCError>) throws(Failure) {
    let reply: UnaryReply
    switch result {
    case .success(let success): reply = success
    case .failure(let error): throw Failure(error)
    }
    var head = try traits.plan.success(reply)
    if case .none = head.body {
      connection.loop.scratch.removeAll(keepingCapacity: true)
    } else {
      head.ownContentType = try print(reply.message)
    }
    let persistence = connection.write(head, connection.loop.scratch, traits)
    over(.peerGone)
    connection.exchangeEnded(persistence)
  }

  /// Prints a message into the loop's scratch bytes; returns its media type where it has its own.
  @discardableResult
  func print(_ message: MessageBytes) throws(Failure) -> String? {
    let loop = connection.loop
    loop.scratch.removeAll(keepingCapacity: true)
    do {
      if let place = route.responseBodyPlace {
        return try message.withUnsafeBytes { wire in
          guard let body = OwnBody(place, in: wire) else { throw Failure.corruptBody }
          loop.scratch.append(contentsOf: wire[body.data])
          return body.contentType
        }
      }
      try message.withUnsafeBytes {
        try route.printer.json(wire: $0, options: call.print, into: &loop.scratch)
      }
      return nil
    } catch {
      connection.core.logger.error(
        "an answer cannot be printed",
        metadata: ["method": "\(route.method.path)", "error": "\(error)"])
      throw Failure(500, .internalError, "internal error")
    }
  }

  private func finishStream(_ result: Result<Metadata, RPCError>) {
    guard !isOver, let stream else { return }
    over(.peerGone)
    switch result {
    case .success(let metadata): connection.exchangeEnded(stream.end(nil, metadata))
    case .failure(let error): connection.exchangeEnded(stream.end(Failure(error), [:]))
    }
    // Whoever still writes is nobody that the handler waited for.
    stream.abandon()
  }

  func abandon() {
    guard !isOver else { return }
    over(.peerGone)
    task?.cancel()
    stream?.abandon()
  }

  func fail(_ failure: Failure) {
    guard !isOver else { return }
    answer(failure)
    // Behind the answer: what its reader is told is what the caller is.
    task?.cancel()
  }

  /// The handler wants the next message of an upload.
  func read(_ read: PendingRead) {
    guard ending == nil, let upload else { return read.resume(throwing: ending ?? .peerGone) }
    upload.next(read)
  }

  /// The answer of a HEAD to a stream is whole with its head.
  func endAfterHead(_ persistence: ResponseHead.Persistence) {
    abandon()
    connection.exchangeEnded(persistence)
  }

  func drain() {
    guard stream != nil else { return }
    end(RPCError(code: .unavailable, message: "the server is shutting down"))
  }

  private func end(_ error: RPCError) {
    let task = task
    if stream == nil { finish(.failure(error)) } else { finishStream(.failure(error)) }
    task?.cancel()
  }

  private func over(_ error: RPCError) {
    ending = error
    timer?.cancel()
    timer = nil
    upload?.abandon(error)
    upload = nil
  }

  // MARK: Streams and time

  func becameWritable() { stream?.becameWritable() }

  func streamWasSilent() { stream?.wasSilent() }

  /// What the handler says before its first message goes into the head.
  fileprivate func begin(_ metadata: Metadata) { stream?.metadata.add(contentsOf: metadata) }

  fileprivate func send(
    _ message: MessageBytes, _ continuation: UnsafeContinuation<Void, any Error>
  ) {
    guard ending == nil, let stream else {
      return continuation.resume(throwing: ending ?? .peerGone)
    }
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
  let exchange: NIOLoopBound<Exchange>

  /// Becomes headers of the answer, unless the stream was silent for so long that it has begun.
  func sendInitialMetadata(_ metadata: Metadata) async throws {
    Exchange.onLoop(exchange) { $0.begin(metadata) }
  }

  func write(_ message: MessageBytes, compressed: Bool?) async throws {
    try await withUnsafeThrowingContinuation { continuation in
      Exchange.onLoop(exchange) { $0.send(message, continuation) }
    }
  }
}
