internal import Synchronization

extension RegisteredMethod.Handler {
  /// The handler behind an interceptor that sees the beginning of calls.
  func started(by interceptor: any ServerStartInterceptor) -> RegisteredMethod.Handler {
    switch self {
    case .unary(let serve):
      .unary { request, context in
        try await serve(request, try interceptor.admitted(context))
      }
    case .clientStreaming(let serve):
      .clientStreaming { requests, context in
        try await serve(requests, try interceptor.admitted(context))
      }
    case .serverStreaming(let serve):
      .serverStreaming { request, responses, context in
        try await serve(request, responses, try interceptor.admitted(context))
      }
    case .bidirectionalStreaming(let serve):
      .bidirectionalStreaming { requests, responses, context in
        try await serve(requests, responses, try interceptor.admitted(context))
      }
    }
  }

  /// The handler behind an interceptor that stands around calls.
  func surrounded(by interceptor: any ServerInterceptor) -> RegisteredMethod.Handler {
    switch self {
    case .unary(let serve):
      .unary { request, context in
        let reply = CollectedReply()
        let call = ServerInterception(
          context: context, requests: SingleMessage(request), responses: reply)
        let trailing = try await interceptor.intercept(call) { call in
          try await call.responses.send(
            try await serve(try await call.requests.only(), call.context))
        }
        return try reply.reply(trailing: trailing)
      }
    case .clientStreaming(let serve):
      .clientStreaming { requests, context in
        let reply = CollectedReply()
        let call = ServerInterception(context: context, requests: requests, responses: reply)
        let trailing = try await interceptor.intercept(call) { call in
          try await call.responses.send(try await serve(call.requests, call.context))
        }
        return try reply.reply(trailing: trailing)
      }
    case .serverStreaming(let serve):
      .serverStreaming { request, responses, context in
        let call = ServerInterception(
          context: context, requests: SingleMessage(request), responses: responses)
        return try await interceptor.intercept(call) { call in
          try await serve(try await call.requests.only(), call.responses, call.context)
        }
      }
    case .bidirectionalStreaming(let serve):
      .bidirectionalStreaming { requests, responses, context in
        let call = ServerInterception(context: context, requests: requests, responses: responses)
        return try await interceptor.intercept(call) { call in
          try await serve(call.requests, call.responses, call.context)
        }
      }
    }
  }
}

extension ServerStartInterceptor {
  fileprivate func admitted(_ context: ServerContext) throws -> ServerContext {
    var context = context
    try start(&context)
    return context
  }
}

extension MessageSource {
  /// The only message of a call that has one.
  fileprivate func only() async throws -> MessageBytes {
    guard let message = try await next() else {
      throw RPCError(code: .internalError, message: "the request has no message")
    }
    return message
  }
}

extension MessageSink {
  /// Sends a whole answer; returns what trails.
  fileprivate func send(_ reply: UnaryReply) async throws -> Metadata {
    if !reply.initialMetadata.isEmpty { try await sendInitialMetadata(reply.initialMetadata) }
    try await write(reply.message, compressed: reply.compressed)
    return reply.trailingMetadata
  }
}

/// One message as a stream.
final class SingleMessage: MessageSource {
  private let message: Mutex<MessageBytes?>

  init(_ message: MessageBytes) { self.message = Mutex(message) }

  func next() async throws -> MessageBytes? {
    message.withLock { message in
      defer { message = nil }
      return message
    }
  }
}

/// An answer of one message, written as a stream.
final class CollectedReply: MessageSink {
  private struct Parts {
    var initialMetadata: Metadata?
    var message: MessageBytes?
    var compressed: Bool?
  }

  private let parts = Mutex(Parts())

  func sendInitialMetadata(_ metadata: Metadata) async throws {
    try parts.withLock { parts in
      guard parts.initialMetadata == nil, parts.message == nil else {
        throw RPCError(code: .internalError, message: "metadata was sent before")
      }
      parts.initialMetadata = metadata
    }
  }

  func write(_ message: MessageBytes, compressed: Bool?) async throws {
    try parts.withLock { parts in
      guard parts.message == nil else {
        throw RPCError(code: .internalError, message: "a second message was sent")
      }
      parts.message = message
      parts.compressed = compressed
    }
  }

  func reply(trailing: Metadata) throws -> UnaryReply {
    try parts.withLock { parts in
      guard let message = parts.message else {
        throw RPCError(code: .internalError, message: "no message was sent")
      }
      return UnaryReply(
        message: message, initialMetadata: parts.initialMetadata ?? [:],
        trailingMetadata: trailing, compressed: parts.compressed)
    }
  }
}
