/// Calls over serialized messages.
extension RPCClient {
  /// Makes a unary call.
  ///
  /// - Throws: `RPCError` with the status of the call.
  public func unary(
    path: String, _ message: MessageBytes, metadata: Metadata = [:],
    options: CallOptions = .defaults
  ) async throws -> MessageBytes {
    try await unary(path: path, ClientRequest(metadata: metadata, message: message), options, false)
      .message
  }

  /// Makes a unary call whose response's metadata is wanted too.
  ///
  /// - Throws: `RPCError` with the status of the call.
  public func unary(
    path: String, _ request: ClientRequest<MessageBytes>, options: CallOptions = .defaults
  ) async throws -> ClientResponse<MessageBytes> {
    try await unary(path: path, request, options, true)
  }

  private func unary(
    path: String, _ request: ClientRequest<MessageBytes>, _ options: CallOptions,
    _ wantsMetadata: Bool
  ) async throws -> ClientResponse<MessageBytes> {
    let outgoing = try await prepare(path, request.metadata, options)
    guard interceptors.isEmpty else {
      let reply = CollectedReply(blaming: .unimplemented)
      let trailing = try await intercepted(outgoing, SingleMessage(request.message), reply)
      let collected = try reply.reply(trailing: trailing)
      return ClientResponse(
        message: collected.message, metadata: collected.initialMetadata,
        trailingMetadata: trailing)
    }
    let call = try makeUnaryCall(outgoing)
    let message = try await withTaskCancellationHandler {
      try await call.run(request.message, outgoing.metadata)
    } onCancel: {
      call.cancel()
    }
    guard wantsMetadata else { return ClientResponse(message: message) }
    let (initial, trailing) = call.responseMetadata
    return ClientResponse(message: message, metadata: initial, trailingMetadata: trailing)
  }

  /// Makes a server-streaming call; each message goes to `onMessage`.
  ///
  /// - Throws: `RPCError` with the status of the call, or what `onMessage` throws.
  public func serverStreaming(
    path: String, _ message: MessageBytes, metadata: Metadata = [:],
    options: CallOptions = .defaults, onMessage: (MessageBytes) async throws -> Void
  ) async throws {
    try await serverStreaming(path, message, metadata, options) { responses in
      while let message = try await responses.next() { try await onMessage(message) }
    }
  }

  /// Makes a call of any kind with streams on both sides.
  ///
  /// - Parameters:
  ///   - requests: What is sent.
  ///   - responses: Where what is received goes.
  /// - Returns: What the server sent behind its last message.
  /// - Throws: `RPCError` with the status of the call, or what a stream throws.
  @discardableResult
  public func call(
    path: String, metadata: Metadata = [:], options: CallOptions = .defaults,
    requests: any MessageSource, responses: any MessageSink
  ) async throws -> Metadata {
    let outgoing = try await prepare(path, metadata, options)
    return try await intercepted(outgoing, requests, responses)
  }

  // MARK: Streams

  func serverStreaming<Result: Sendable>(
    _ path: String, _ message: MessageBytes, _ metadata: Metadata, _ options: CallOptions,
    _ body: (any ResponseSource) async throws -> Result
  ) async throws -> Result {
    let outgoing = try await prepare(path, metadata, options)
    guard interceptors.isEmpty else {
      return try await piped(outgoing, SingleMessage(message), body)
    }
    let call = try makeStreamCall(outgoing)
    return try await withTaskCancellationHandler {
      call.start(message, outgoing.metadata)
      return try await Self.untilEnd(of: call) { try await body(call) }
    } onCancel: {
      call.cancel()
    }
  }

  func bidirectionalStreaming<Result: Sendable>(
    _ path: String, _ metadata: Metadata, _ options: CallOptions,
    _ producer: @escaping @Sendable (any MessageSink) async throws -> Void,
    _ body: (any ResponseSource) async throws -> Result
  ) async throws -> Result {
    let outgoing = try await prepare(path, metadata, options)
    guard interceptors.isEmpty else {
      let requests = MessagePipe()
      return try await Self.beside {
        do {
          try await producer(requests)
          requests.finish(.success([:]))
        } catch {
          requests.finish(.failure(error))
        }
        return nil
      } run: {
        defer { requests.leave() }
        return try await piped(outgoing, requests, body)
      }
    }
    let call = try makeStreamCall(outgoing)
    return try await withTaskCancellationHandler {
      call.start(outgoing.metadata)
      return try await Self.beside {
        do {
          try await producer(ClientMessageSink(call: call))
          await call.closeRequests()
          return nil
        } catch {
          call.cancel()
          return error
        }
      } run: {
        try await Self.untilEnd(of: call) { try await body(call) }
      }
    } onCancel: {
      call.cancel()
    }
  }

  /// Runs `body` and leaves nothing of the call behind: it is cancelled where `body` did not read
  /// it to its end.
  static func untilEnd<Result>(
    of call: StreamClientCall, _ body: () async throws -> Result
  ) async throws -> Result {
    do {
      let result = try await body()
      call.cancel()
      await call.drain()
      return result
    } catch {
      call.cancel()
      await call.drain()
      throw error
    }
  }

  /// Runs a producer beside `run`, and cancels it when that has ended. Where both fail, the
  /// producer's own error is the reason: the call was cancelled because of it.
  static func beside<Result: Sendable>(
    producer: @escaping @Sendable () async -> (any Error)?, run: () async throws -> Result
  ) async throws -> Result {
    try await withThrowingTaskGroup(of: (any Error)?.self) { group in
      group.addTask { await producer() }
      do {
        let result = try await run()
        group.cancelAll()
        _ = await group.nextResult()
        return result
      } catch {
        group.cancelAll()
        if case .success(let reason?) = await group.nextResult(), !reason.isConsequence {
          throw reason
        }
        throw error
      }
    }
  }
}

extension Error {
  /// Whether an error only says that its task or its call was ended.
  fileprivate var isConsequence: Bool {
    self is CancellationError || (self as? RPCError)?.code == .cancelled
  }
}
