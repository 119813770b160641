/// Calls behind interceptors.
extension RPCClient {
  /// Makes the call behind every interceptor.
  func intercepted(
    _ outgoing: OutgoingCall, _ requests: any MessageSource, _ responses: any MessageSink
  ) async throws -> Metadata {
    try await intercepted(
      ClientInterception(call: outgoing, requests: requests, responses: responses), from: 0)
  }

  private func intercepted(_ call: ClientInterception, from index: Int) async throws -> Metadata {
    guard index < interceptors.count else { return try await transfer(call) }
    var isRepetition = false
    return try await interceptors[index].intercept(call) { attempt in
      if isRepetition { try call.origin.restart() }
      isRepetition = true
      return try await intercepted(attempt, from: index + 1)
    }
  }

  /// Makes the call itself.
  private func transfer(_ interception: ClientInterception) async throws -> Metadata {
    let call = try makeStreamCall(interception.call)
    let (requests, responses) = (interception.requests, interception.responses)
    return try await withTaskCancellationHandler {
      call.start(interception.call.metadata)
      return try await Self.beside {
        do {
          while let request = try await requests.next() {
            try await call.write(request, compressed: nil)
          }
          await call.closeRequests()
          return nil
        } catch {
          call.cancel()
          return error
        }
      } run: {
        try await Self.untilEnd(of: call) {
          let metadata = try await call.metadata
          if !metadata.isEmpty { try await responses.sendInitialMetadata(metadata) }
          while let response = try await call.next() { try await responses.write(response) }
          return try await call.trailingMetadata
        }
      }
    } onCancel: {
      call.cancel()
    }
  }

  /// Makes an intercepted call whose responses `body` reads.
  func piped<Result: Sendable>(
    _ outgoing: OutgoingCall, _ requests: any MessageSource,
    _ body: (any ResponseSource) async throws -> Result
  ) async throws -> Result {
    let responses = MessagePipe()
    return try await Self.beside { [self] in
      do {
        responses.finish(.success(try await intercepted(outgoing, requests, responses)))
      } catch {
        responses.finish(.failure(error))
      }
      return nil
    } run: {
      defer { responses.leave() }
      return try await body(responses)
    }
  }
}
