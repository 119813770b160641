import GeneratedPeer
import RPC
import TestSupport
import Testing

@Suite("A call that has one request or one response")
struct CardinalityTests {
  /// Answers with as many empty messages as it is asked for.
  private static let messages = Raw.serverStreaming("Messages") { request, responses, _ in
    for _ in 0..<(Int(request.text) ?? 0) { try await responses.write(MessageBytes(text: "")) }
    return [:]
  }

  /// Far beyond what the tests need: they are about calls that would wait for ever.
  private static let options = CallOptions(timeout: .seconds(30))

  struct Through: ClientInterceptor {
    func intercept(
      _ call: ClientInterception, next: (ClientInterception) async throws -> Metadata
    ) async throws -> Metadata { try await next(call) }
  }

  @Test("takes no other number of messages from a server", arguments: [0, 2, 3, 1000])
  func unary(count: Int) async throws {
    for interceptors: [any ClientInterceptor] in [[], [Through()]] {
      try await withMethods([Self.messages], clientInterceptors: interceptors) { client, _ in
        let error = await #expect(throws: RPCError.self) {
          try await client.unary(
            path: Raw.path("Messages"), MessageBytes(text: "\(count)"), options: Self.options)
        }
        #expect(error?.code == .unimplemented)
      }
    }
  }

  @Test("takes one message from a stream of requests, no other number", arguments: [0, 1, 2, 3])
  func clientStreaming(count: Int) async throws {
    let method = Raw.bidirectional("Some") { _, responses, _ in
      for _ in 0..<count { try await responses.write(MessageBytes(text: "")) }
      return [:]
    }
    try await withMethods([method]) { client, _ in
      func call() async throws -> Peer_V1_Resident {
        try await client.clientStreaming(
          method.descriptor, options: Self.options, as: Peer_V1_Resident.self,
          requestProducer: { (_: RPCWriter<Peer_V1_Resident>) in })
      }
      guard count != 1 else { return _ = try await call() }
      let error = await #expect(throws: RPCError.self) { try await call() }
      #expect(error?.code == .unimplemented)
    }
  }

  @Test("cancels a server that would send for ever")
  func endless() async throws {
    let signal = Signal()
    let method = Raw.serverStreaming("Endless") { _, responses, _ in
      defer { signal.send("over") }
      while true { try await responses.write(MessageBytes(text: "more")) }
    }
    try await withMethods([method]) { client, _ in
      let error = await #expect(throws: RPCError.self) {
        try await client.unary(
          path: Raw.path("Endless"), MessageBytes(text: ""), options: Self.options)
      }
      #expect(error?.code == .unimplemented)
      #expect(await signal.next() == "over")
    }
  }

  @Test("finds a second message that comes late")
  func late() async throws {
    let (first, go) = (Signal(), Signal())
    let method = Raw.serverStreaming("Late") { _, responses, _ in
      try await responses.write(MessageBytes(text: "one"))
      first.send("first")
      _ = await go.next()
      try await responses.write(MessageBytes(text: "two"))
      return [:]
    }
    try await withMethods([method]) { client, _ in
      let call = Task {
        try await client.unary(
          path: Raw.path("Late"), MessageBytes(text: ""), options: Self.options)
      }
      #expect(await first.next() == "first")
      go.send("go")
      let error = await #expect(throws: RPCError.self) { try await call.value }
      #expect(error?.code == .unimplemented)
    }
  }

  @Test("waits for a status that comes late")
  func lateStatus() async throws {
    let (first, go) = (Signal(), Signal())
    let method = Raw.serverStreaming("Late") { _, responses, _ in
      try await responses.write(MessageBytes(text: "one"))
      first.send("first")
      _ = await go.next()
      return ["trailing": "t"]
    }
    try await withMethods([method]) { client, _ in
      async let call = client.unary(
        path: Raw.path("Late"), ClientRequest(message: MessageBytes(text: "")),
        options: Self.options)
      #expect(await first.next() == "first")
      go.send("go")
      let response = try await call
      #expect(response.message.text == "one")
      #expect(response.trailingMetadata.first("trailing") == "t")
    }
  }

  @Test("fails with the server's status where it has one behind a message")
  func failure() async throws {
    let method = Raw.serverStreaming("Fail") { _, responses, _ in
      try await responses.write(MessageBytes(text: "one"))
      throw RPCError(code: .dataLoss, message: "lost")
    }
    try await withMethods([method]) { client, _ in
      let error = await #expect(throws: RPCError.self) {
        try await client.unary(
          path: Raw.path("Fail"), MessageBytes(text: ""), options: Self.options)
      }
      #expect(error?.code == .dataLoss)
    }
  }

  @Test("is refused by a server where it has no request")
  func noRequest() async throws {
    let unary = Raw.unary("Unary") { request, _ in UnaryReply(message: request) }
    try await withMethods([unary, Self.messages]) { client, _ in
      for name in ["Unary", "Messages"] {
        let error = await #expect(throws: RPCError.self) {
          try await client.call(
            path: Raw.path(name), options: Self.options, requests: Requests([]),
            responses: Responses())
        }
        #expect(error?.code == .unimplemented)
      }
    }
  }
}
