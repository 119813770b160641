import RPC
import TestSupport
import Testing

@Suite("A server's interceptors")
struct ServerInterceptorTests {
  private struct Note: ServerStartInterceptor {
    let text: String
    func start(_ context: inout ServerContext) throws {
      context.attachment = (context.attachment as? String ?? "") + text
    }
  }

  private struct Refuse: ServerStartInterceptor {
    func start(_ context: inout ServerContext) throws {
      guard context.metadata.first("secret") == "open" else {
        throw RPCError(code: .permissionDenied, message: "no secret")
      }
    }
  }

  private struct Loud: ServerInterceptor {
    struct Sink: MessageSink {
      let inner: any MessageSink
      func sendInitialMetadata(_ metadata: Metadata) async throws {
        try await inner.sendInitialMetadata(metadata)
      }
      func write(_ message: MessageBytes, compressed: Bool?) async throws {
        try await inner.write(
          MessageBytes(text: message.text.uppercased()), compressed: compressed)
      }
    }

    func intercept(
      _ call: ServerInterception, next: (ServerInterception) async throws -> Metadata
    ) async throws -> Metadata {
      var call = call
      call.responses = Sink(inner: call.responses)
      var trailing = try await next(call)
      trailing.add("yes", for: "loud")
      return trailing
    }
  }

  private static let methods = [
    Raw.unary("Say") { request, context in
      UnaryReply(
        message: MessageBytes(text: request.text + (context.attachment as? String ?? "")),
        initialMetadata: ["initial": "i"])
    },
    Raw.bidirectional("Chat") { requests, responses, context in
      while let request = try await requests.next() {
        try await responses.write(
          MessageBytes(text: request.text + (context.attachment as? String ?? "")))
      }
      return [:]
    },
  ]

  @Test("see calls of every kind begin, the first outermost")
  func order() async throws {
    try await withMethods(
      Self.methods, interceptors: [.apply(Note(text: "1")), .apply(Note(text: "2"))]
    ) { client, _ in
      let said = try await client.unary(path: Raw.path("Say"), MessageBytes(text: "a"))
      #expect(said.text == "a12")
      let responses = Responses()
      try await client.call(
        path: Raw.path("Chat"), requests: Requests(["a", "b"]), responses: responses)
      #expect(responses.texts == ["a12", "b12"])
    }
  }

  @Test("may refuse a call by its metadata before the handler runs")
  func refusal() async throws {
    try await withMethods(Self.methods, interceptors: [.apply(Refuse())]) { client, _ in
      for name in ["Say", "Chat"] {
        let error = await #expect(throws: RPCError.self) {
          try await client.call(
            path: Raw.path(name), requests: Requests(["a"]), responses: Responses())
        }
        #expect(error?.code == .permissionDenied)
        let responses = Responses()
        try await client.call(
          path: Raw.path(name), metadata: ["secret": "open"], requests: Requests(["a"]),
          responses: responses)
        #expect(responses.texts == ["a"])
      }
    }
  }

  @Test("stand only before the methods that their rule names")
  func subjects() async throws {
    try await withMethods(
      Self.methods,
      interceptors: [
        .apply(Note(text: "m"), to: .methods([Raw.path("Say")])),
        .apply(Note(text: "s"), to: .services(["test.Raw"])),
        .apply(Note(text: "x"), to: .services(["another.Service"])),
      ]
    ) { client, _ in
      let said = try await client.unary(path: Raw.path("Say"), MessageBytes(text: ""))
      #expect(said.text == "ms")
      let responses = Responses()
      try await client.call(
        path: Raw.path("Chat"), requests: Requests([""]), responses: responses)
      #expect(responses.texts == ["s"])
    }
  }

  @Test("may change messages and metadata of a whole call, unary or not")
  func whole() async throws {
    try await withMethods(Self.methods, interceptors: [.apply(Loud())]) { client, _ in
      for name in ["Say", "Chat"] {
        let responses = Responses()
        let trailing = try await client.call(
          path: Raw.path(name), requests: Requests(["a"]), responses: responses)
        #expect(responses.texts == ["A"])
        #expect(trailing.first("loud") == "yes")
        if name == "Say" { #expect(responses.metadata.first("initial") == "i") }
      }
    }
  }

  @Test("may answer themselves")
  func instead() async throws {
    struct Cached: ServerInterceptor {
      func intercept(
        _ call: ServerInterception, next: (ServerInterception) async throws -> Metadata
      ) async throws -> Metadata {
        try await call.responses.write(MessageBytes(text: "cached"))
        return [:]
      }
    }
    let method = Raw.unary("Never") { _, _ in
      Issue.record("the handler ran")
      return UnaryReply(message: MessageBytes(text: ""))
    }
    try await withMethods([method], interceptors: [.apply(Cached())]) { client, _ in
      let answer = try await client.unary(path: Raw.path("Never"), MessageBytes(text: ""))
      #expect(answer.text == "cached")
    }
  }

  @Test("that send no message or two for a unary call fail it with INTERNAL", arguments: [0, 2])
  func wrongCount(count: Int) async throws {
    struct Wrong: ServerInterceptor {
      let count: Int
      func intercept(
        _ call: ServerInterception, next: (ServerInterception) async throws -> Metadata
      ) async throws -> Metadata {
        for _ in 0..<count { try await call.responses.write(MessageBytes(text: "x")) }
        return [:]
      }
    }
    try await withMethods(Self.methods, interceptors: [.apply(Wrong(count: count))]) { client, _ in
      let error = await #expect(throws: RPCError.self) {
        try await client.unary(path: Raw.path("Say"), MessageBytes(text: ""))
      }
      #expect(error?.code == .internalError)
    }
  }
}
