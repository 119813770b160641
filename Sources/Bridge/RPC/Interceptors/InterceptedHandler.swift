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
      throw RPCError(code: .unimplemented, message: "the request has no message")
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
