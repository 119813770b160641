import GeneratedPeer
import RPC
import Synchronization
import TestSupport
import Testing

@Suite("A client's interceptors")
struct ClientInterceptorTests {
  private struct Token: ClientStartInterceptor {
    func start(_ call: inout OutgoingCall) async throws {
      call.metadata.add("secret", for: "token")
    }
  }

  /// Counts messages both ways.
  final class Meter: ClientInterceptor {
    let log = Mutex<[String]>([])

    private struct Source: MessageSource {
      let inner: any MessageSource
      let meter: Meter
      func next() async throws -> MessageBytes? {
        let message = try await inner.next()
        if message != nil { meter.log.withLock { $0.append("request") } }
        return message
      }
    }

    private struct Sink: MessageSink {
      let inner: any MessageSink
      let meter: Meter
      func sendInitialMetadata(_ metadata: Metadata) async throws {
        try await inner.sendInitialMetadata(metadata)
      }
      func write(_ message: MessageBytes, compressed: Bool?) async throws {
        meter.log.withLock { $0.append("response") }
        try await inner.write(message, compressed: compressed)
      }
    }

    func intercept(
      _ call: ClientInterception, next: (ClientInterception) async throws -> Metadata
    ) async throws -> Metadata {
      var call = call
      call.requests = Source(inner: call.requests, meter: self)
      call.responses = Sink(inner: call.responses, meter: self)
      return try await next(call)
    }
  }

  private static let methods = [
    Raw.unary("Token") { _, context in
      UnaryReply(
        message: MessageBytes(text: context.metadata.first("token") ?? "none"),
        initialMetadata: ["initial": "i"], trailingMetadata: ["trailing": "t"])
    },
    Raw.serverStreaming("Count") { _, responses, _ in
      for index in 0..<3 { try await responses.write(MessageBytes(text: "\(index)")) }
      return [:]
    },
    Raw.unary("Fail") { _, _ in throw RPCError(code: .dataLoss, message: "lost") },
  ]

  @Test("add metadata before a call is made")
  func start() async throws {
    try await withMethods(Self.methods, starts: [Token()]) { client, _ in
      let answer = try await client.unary(path: Raw.path("Token"), MessageBytes(text: ""))
      #expect(answer.text == "secret")
    }
  }

  @Test("may refuse a call: nothing is sent")
  func refusal() async throws {
    struct No: ClientStartInterceptor {
      func start(_ call: inout OutgoingCall) async throws { throw CancellationError() }
    }
    let method = Raw.unary("Token") { _, _ in
      Issue.record("the call was made")
      return UnaryReply(message: MessageBytes(text: ""))
    }
    try await withMethods([method], starts: [No()]) { client, _ in
      await #expect(throws: CancellationError.self) {
        try await client.unary(path: Raw.path("Token"), MessageBytes(text: ""))
      }
    }
  }

  @Test("see every message of calls of every kind")
  func whole() async throws {
    let meter = Meter()
    try await withMethods(Self.methods, clientInterceptors: [meter]) { client, _ in
      let response = try await client.unary(
        path: Raw.path("Token"), ClientRequest(message: MessageBytes(text: "")))
      #expect(response.message.text == "none")
      #expect(response.metadata.first("initial") == "i")
      #expect(response.trailingMetadata.first("trailing") == "t")
      #expect(meter.log.withLock { $0 } == ["request", "response"])
      var texts: [String] = []
      try await client.serverStreaming(path: Raw.path("Count"), MessageBytes(text: "")) {
        texts.append($0.text)
      }
      #expect(texts == ["0", "1", "2"])
      #expect(meter.log.withLock { $0.count } == 6)
    }
  }

  @Test("pass the status of a failed call on")
  func failure() async throws {
    try await withMethods(Self.methods, clientInterceptors: [Meter()]) { client, _ in
      let error = await #expect(throws: RPCError.self) {
        try await client.unary(path: Raw.path("Fail"), MessageBytes(text: ""))
      }
      #expect(error?.code == .dataLoss)
    }
  }

  @Test("leave nothing behind where a stream is not read to its end")
  func leaving() async throws {
    let signal = Signal()
    let method = Raw.serverStreaming("Endless") { _, responses, _ in
      defer { signal.send("over") }
      while true { try await responses.write(MessageBytes(text: "more")) }
    }
    struct Enough: Error {}
    try await withMethods([method], clientInterceptors: [Meter()]) { client, server in
      await #expect(throws: Enough.self) {
        try await client.serverStreaming(path: Raw.path("Endless"), MessageBytes(text: "")) { _ in
          throw Enough()
        }
      }
      #expect(await signal.next() == "over")
    }
  }
}
