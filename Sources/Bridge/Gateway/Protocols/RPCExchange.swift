import NIOCore
import RPC

/// One call in gRPC, gRPC-Web or Connect, from its first message to its status.
///
/// As `Exchange` it lives on the connection's event loop, and its handler's task knows it through a
/// loop-bound box.
final class RPCExchange: RunningExchange {
  let channel: any RequestChannel
  private let call: RPCRequest
  private let method: ServedMethod
  private let answer: RPCAnswer
  private let deadline: ContinuousClock.Instant?
  private let executor: EventLoopTaskExecutor
  private(set) var upload: Upload?
  private var task: Task<Void, Never>?
  private var timer: Scheduled<Void>?
  /// Writers that wait for the peer to read.
  private var writers: [UnsafeContinuation<Void, any Error>] = []
  /// Why the call has ended before its handler did; nil while it runs.
  private var ending: RPCError?
  var isOver: Bool { ending != nil }

  init(
    _ channel: any RequestChannel, _ call: RPCRequest, _ method: ServedMethod,
    _ answer: RPCAnswer, deadline: ContinuousClock.Instant?, upload: Upload
  ) {
    self.channel = channel
    self.call = call
    self.method = method
    self.answer = answer
    self.deadline = deadline
    self.upload = upload
    executor = channel.loop.executor
  }

  /// Runs the handler. It starts at once, on this thread.
  func start(_ metadata: Metadata, from peer: Peer, beganTrace: Bool) {
    var given = ServerContext(
      method: method.descriptor, metadata: metadata, peer: peer, deadline: deadline)
    given.beganTrace = beganTrace
    let context = given
    let handlers = channel.loop.handlers
    let method = method
    let bound = NIOLoopBound(self, eventLoop: executor.eventLoop)
    upload?.wantsMore = { bound.value.channel.drive() }
    upload?.fails = { bound.value.fail($0) }
    handlers.begin()
    let refused = channel.core.configuration.refused
    let task = executor.launch { await Self.run(method, context, handlers, refused, bound) }
    // A handler that never waited is done by now.
    guard !isOver else { return task.cancel() }
    self.task = task
    guard let deadline else { return }
    let left = TimeAmount(ContinuousClock.now.duration(to: deadline))
    timer = executor.eventLoop.scheduleTask(in: left) { bound.value.end(Failure.deadline) }
  }

  private struct Reply: Sendable {
    var unary: UnaryReply?
    var trailers: Metadata = [:]
  }

  private static func run(
    _ method: ServedMethod, _ context: ServerContext, _ handlers: HandlerCount,
    _ refused: (@Sendable (RefusedCall) -> Void)?, _ bound: NIOLoopBound<RPCExchange>
  ) async {
    let source = RPCSource(exchange: bound)
    let sink = RPCSink(exchange: bound)
    let result: Result<Reply, RPCError>
    do {
      result = .success(
        try await CallDeadline.$current.withValue(context.deadline) {
          switch method.handler {
          case .unary(let serve):
            Reply(unary: try await serve(try await only(source, context, refused), context))
          case .clientStreaming(let serve):
            Reply(unary: try await serve(source, context))
          case .serverStreaming(let serve):
            Reply(
              trailers: try await serve(try await only(source, context, refused), sink, context))
          case .bidirectionalStreaming(let serve):
            Reply(trailers: try await serve(source, sink, context))
          }
        })
    } catch {
      result = .failure(RPCError(hiding: error))
    }
    handlers.end()
    onLoop(bound) { $0.finish(result) }
  }

  /// The one message of a call; one that is none is refused before its method knows of it.
  private static func only(
    _ source: RPCSource, _ context: ServerContext, _ refused: (@Sendable (RefusedCall) -> Void)?
  ) async throws -> MessageBytes {
    do {
      return try await source.only()
    } catch {
      refused?(
        RefusedCall(
          method: context.method.path, metadata: context.metadata, peer: context.peer,
          error: RPCError(hiding: error)))
      throw error
    }
  }

  /// Runs code on the connection's event loop: at once where the caller is there already.
  fileprivate static func onLoop(
    _ bound: NIOLoopBound<RPCExchange>, _ body: @escaping @Sendable (RPCExchange) -> Void
  ) {
    if bound.eventLoop.inEventLoop {
      body(bound.value)
    } else {
      bound.eventLoop.execute { body(bound.value) }
    }
  }

  // MARK: Messages

  fileprivate func read(_ read: PendingRead) {
    guard ending == nil, let upload else { return read.resume(throwing: ending ?? .peerGone) }
    upload.next(read)
  }

  fileprivate func begin(_ metadata: Metadata) {
    guard !isOver else { return }
    answer.metadata.add(contentsOf: metadata)
    answer.open()
    channel.flush(now: true)
  }

  fileprivate func send(
    _ message: MessageBytes, _ compressed: Bool?,
    _ continuation: UnsafeContinuation<Void, any Error>
  ) {
    if let ending { return continuation.resume(throwing: ending) }
    do throws(RPCError) {
      try answer.send(message, compressed)
    } catch {
      return continuation.resume(throwing: error)
    }
    channel.flush(now: true)
    // The flush may have found that the connection is lost, and ended the call.
    if let ending {
      continuation.resume(throwing: ending)
    } else if channel.isWritable {
      continuation.resume()
    } else {
      writers.append(continuation)
    }
  }

  func becameWritable() {
    let waiting = writers
    writers.removeAll()
    for writer in waiting { writer.resume() }
  }

  // MARK: Ends

  private func finish(_ result: Result<Reply, RPCError>) {
    guard !isOver else { return }
    switch result {
    case .success(let reply):
      var trailers = reply.trailers
      if let unary = reply.unary {
        answer.metadata.add(contentsOf: unary.initialMetadata)
        trailers = unary.trailingMetadata
        do throws(RPCError) {
          try answer.send(unary.message, unary.compressed)
        } catch {
          return end(error)
        }
      }
      end(nil, trailers)
    case .failure(let error): end(error)
    }
  }

  private func end(_ error: RPCError?, _ trailers: Metadata = [:]) {
    guard !isOver else { return }
    // First: what its reader is told is what the caller is, and the answer's end may be the stream's.
    over(error ?? .peerGone)
    let persistence = answer.end(error, trailers)
    task?.cancel()
    channel.exchangeEnded(persistence)
  }

  private func over(_ error: RPCError) {
    ending = error
    timer?.cancel()
    timer = nil
    upload?.abandon(error)
    upload = nil
    let waiting = writers
    writers.removeAll()
    for writer in waiting { writer.resume(throwing: error) }
  }

  func fail(_ failure: Failure) {
    end(RPCError(failure))
  }

  func abandon() {
    guard !isOver else { return }
    over(.peerGone)
    task?.cancel()
  }

  func drain() {
    guard !method.handler.isUnary else { return }
    end(RPCError(code: .unavailable, message: "the server is shutting down"))
  }
}

/// Where a handler reads.
private struct RPCSource: MessageSource {
  let exchange: NIOLoopBound<RPCExchange>

  func next() async throws -> MessageBytes? {
    try await PendingRead.wait { read in RPCExchange.onLoop(exchange) { $0.read(read) } }
  }

  /// The one message of a call that has one.
  func only() async throws -> MessageBytes {
    guard let message = try await next() else {
      throw RPCError(code: .unimplemented, message: "the call has no message, and needs one")
    }
    guard try await next() == nil else {
      throw RPCError(code: .unimplemented, message: "the call has more than one message")
    }
    return message
  }
}

/// Where a handler writes.
private struct RPCSink: MessageSink {
  let exchange: NIOLoopBound<RPCExchange>

  func sendInitialMetadata(_ metadata: Metadata) async throws {
    RPCExchange.onLoop(exchange) { $0.begin(metadata) }
  }

  func write(_ message: MessageBytes, compressed: Bool?) async throws {
    try await withUnsafeThrowingContinuation { continuation in
      RPCExchange.onLoop(exchange) { $0.send(message, compressed, continuation) }
    }
  }
}
