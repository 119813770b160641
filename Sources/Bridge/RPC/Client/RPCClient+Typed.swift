public import SwiftProtobuf

/// Calls over messages; the generated clients are thin covers of these.
extension RPCClient {
  /// Makes a unary call.
  ///
  /// - Throws: `RPCError` with the status of the call.
  public func unary<Input: Message, Output: Message>(
    _ method: MethodDescriptor, _ message: Input, metadata: Metadata = [:],
    options: CallOptions = .defaults, as: Output.Type
  ) async throws -> Output {
    let bytes = try MessageBytes(serializing: message)
    return try await unary(path: method.path, bytes, metadata: metadata, options: options)
      .decode(Output.self, failing: .internalError)
  }

  /// Makes a unary call whose response's metadata is wanted too.
  ///
  /// - Throws: `RPCError` with the status of the call.
  public func unary<Input: Message, Output: Message>(
    _ method: MethodDescriptor, _ request: ClientRequest<Input>,
    options: CallOptions = .defaults, as: Output.Type
  ) async throws -> ClientResponse<Output> {
    let bytes = try MessageBytes(serializing: request.message)
    let response = try await unary(
      path: method.path, ClientRequest(metadata: request.metadata, message: bytes),
      options: options)
    return ClientResponse(
      message: try response.message.decode(Output.self, failing: .internalError),
      metadata: response.metadata, trailingMetadata: response.trailingMetadata)
  }

  /// Makes a client-streaming call.
  ///
  /// - Parameter requestProducer: Writes the requests; the stream ends when it returns. An error
  ///   that it throws cancels the call and is thrown.
  /// - Throws: `RPCError` with the status of the call.
  public func clientStreaming<Input: Message & Sendable, Output: Message & Sendable>(
    _ method: MethodDescriptor, metadata: Metadata = [:], options: CallOptions = .defaults,
    as: Output.Type, requestProducer: @escaping @Sendable (RPCWriter<Input>) async throws -> Void
  ) async throws -> Output {
    let request = StreamingClientRequest(metadata: metadata, producer: requestProducer)
    return try await clientStreaming(method, request, options: options, as: Output.self).message
  }

  /// Makes a client-streaming call whose response's metadata is wanted too.
  ///
  /// - Throws: `RPCError` with the status of the call, or what the producer throws.
  public func clientStreaming<Input: Message & Sendable, Output: Message & Sendable>(
    _ method: MethodDescriptor, _ request: StreamingClientRequest<Input>,
    options: CallOptions = .defaults, as: Output.Type
  ) async throws -> ClientResponse<Output> {
    try await bidirectionalStreaming(
      method, metadata: request.metadata, options: options, as: Output.self,
      requestProducer: request.producer
    ) { (responses: RPCResponseStream<Output>) in
      var iterator = responses.makeAsyncIterator()
      guard let message = try await iterator.next() else {
        throw RPCError.noResponse
      }
      guard try await iterator.next() == nil else {
        throw RPCError.surplusResponse
      }
      return ClientResponse(
        message: message, metadata: try await responses.metadata,
        trailingMetadata: try await responses.trailingMetadata)
    }
  }

  /// Makes a server-streaming call; it is cancelled when `onResponse` returns before its end.
  ///
  /// - Throws: `RPCError` with the status of the call, or what `onResponse` throws.
  public func serverStreaming<Input: Message, Output: Message & Sendable, Result: Sendable>(
    _ method: MethodDescriptor, _ message: Input, metadata: Metadata = [:],
    options: CallOptions = .defaults, as: Output.Type,
    onResponse: (RPCResponseStream<Output>) async throws -> Result
  ) async throws -> Result {
    let bytes = try MessageBytes(serializing: message)
    return try await serverStreaming(method.path, bytes, metadata, options) { source in
      try await onResponse(RPCResponseStream(source: source))
    }
  }

  /// Makes a bidirectional call; it is cancelled when `onResponse` returns before its end.
  ///
  /// - Parameters:
  ///   - requestProducer: Writes the requests, beside `onResponse`; the stream ends when it
  ///     returns. An error that it throws cancels the call and is thrown.
  ///   - onResponse: Reads the responses.
  /// - Throws: `RPCError` with the status of the call, or what one of the two throws.
  public func bidirectionalStreaming<
    Input: Message & Sendable, Output: Message & Sendable, Result: Sendable
  >(
    _ method: MethodDescriptor, metadata: Metadata = [:], options: CallOptions = .defaults,
    as: Output.Type, requestProducer: @escaping @Sendable (RPCWriter<Input>) async throws -> Void,
    onResponse: (RPCResponseStream<Output>) async throws -> Result
  ) async throws -> Result {
    try await bidirectionalStreaming(
      method.path, metadata, options,
      { sink in try await requestProducer(RPCWriter(sink)) },
      { source in try await onResponse(RPCResponseStream(source: source)) })
  }
}
