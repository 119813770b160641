import RPC

/// One method of the other server, called in each of the four ways.
struct UpstreamMethod: Sendable {
  let path: String
  let client: RPCClient

  func unary(_ message: MessageBytes, _ context: ServerContext) async throws -> UnaryReply {
    let options = try Self.options(context)
    do {
      let response = try await client.unary(
        path: path, ClientRequest(metadata: .forwarded(of: context), message: message),
        options: options)
      return UnaryReply(
        message: response.message, initialMetadata: response.metadata,
        trailingMetadata: response.trailingMetadata)
    } catch let error as RPCError {
      throw error.ofUpstream
    }
  }

  func clientStreaming(
    _ requests: any MessageSource, _ context: ServerContext
  ) async throws -> UnaryReply {
    let reply = ReplyCollector()
    let trailing = try await stream(requests, reply, context)
    return try reply.reply(trailing: trailing)
  }

  func serverStreaming(
    _ message: MessageBytes, _ responses: any MessageSink, _ context: ServerContext
  ) async throws -> Metadata {
    try await stream(SingleRequest(message), responses, context)
  }

  func bidirectionalStreaming(
    _ requests: any MessageSource, _ responses: any MessageSink, _ context: ServerContext
  ) async throws -> Metadata {
    try await stream(requests, responses, context)
  }

  private func stream(
    _ requests: any MessageSource, _ responses: any MessageSink, _ context: ServerContext
  ) async throws -> Metadata {
    let options = try Self.options(context)
    do {
      return try await client.call(
        path: path, metadata: .forwarded(of: context), options: options, requests: requests,
        responses: responses)
    } catch let error as RPCError {
      throw error.ofUpstream
    }
  }

  /// The caller's patience, less what was used up here.
  ///
  /// - Throws: `RPCError` with `.deadlineExceeded` where nothing is left of it.
  private static func options(_ context: ServerContext) throws -> CallOptions {
    guard let deadline = context.deadline else { return .defaults }
    let left = ContinuousClock.now.duration(to: deadline)
    guard left > .zero else {
      throw RPCError(code: .deadlineExceeded, message: "the deadline has passed")
    }
    return CallOptions(timeout: left)
  }
}
