import RPC
import Synchronization
import TestSupport
import Testing

@Suite("A client's interceptor that repeats calls")
struct RepeatedCallTests {
  /// Makes a call again as long as it is unavailable and can be made again.
  private struct Repeat: ClientInterceptor {
    func intercept(
      _ call: ClientInterception, next: (ClientInterception) async throws -> Metadata
    ) async throws -> Metadata {
      while true {
        do {
          return try await next(call)
        } catch let error as RPCError where error.code == .unavailable && call.isRepeatable {}
      }
    }
  }

  /// Makes every call again, whatever was said of it.
  private struct Insist: ClientInterceptor {
    func intercept(
      _ call: ClientInterception, next: (ClientInterception) async throws -> Metadata
    ) async throws -> Metadata {
      do { return try await next(call) } catch { return try await next(call) }
    }
  }

  /// Answers with the request, at the third attempt; metadata comes at each. Before it fails it sends
  /// as many messages as it is asked for.
  private final class Flaky: Sendable {
    private let attempts = Atomic<Int>(0)
    var count: Int { attempts.load(ordering: .relaxed) }

    func method(messages: Int = 0) -> RegisteredMethod {
      Raw.serverStreaming("Flaky") { request, responses, _ in
        let attempt = self.attempts.add(1, ordering: .relaxed).newValue
        try await responses.sendInitialMetadata(["attempt": .string("\(attempt)")])
        guard attempt == 3 else {
          for _ in 0..<messages { try await responses.write(request) }
          throw RPCError(code: .unavailable, message: "not yet")
        }
        try await responses.write(request)
        return ["trailing": "t"]
      }
    }
  }

  @Test("sends the request anew, and gives what the last attempt brought")
  func unary() async throws {
    typealias Meter = ClientInterceptorTests.Meter
    let chains: [[any ClientInterceptor]] = [
      [Repeat()], [Meter(), Repeat()], [Repeat(), Meter()], [Repeat(), Repeat()],
    ]
    for chain in chains {
      let flaky = Flaky()
      try await withMethods([flaky.method()], clientInterceptors: chain) { client, _ in
        let response = try await client.unary(
          path: Raw.path("Flaky"), ClientRequest(message: MessageBytes(text: "hello")))
        #expect(response.message.text == "hello")
        #expect(response.metadata[stringValues: "attempt"] == ["3"])
        #expect(response.trailingMetadata.first("trailing") == "t")
        #expect(flaky.count == 3)
      }
    }
  }

  @Test("forgets a message that an attempt brought before it failed")
  func half() async throws {
    let flaky = Flaky()
    try await withMethods(
      [flaky.method(messages: 1)], clientInterceptors: [Repeat()]
    ) { client, _ in
      let response = try await client.unary(path: Raw.path("Flaky"), MessageBytes(text: "hello"))
      #expect(response.text == "hello")
      #expect(flaky.count == 3)
    }
  }

  @Test("repeats a stream of responses as long as none was given to the caller")
  func responses() async throws {
    for (messages, attempts) in [(0, 3), (1, 1)] {
      let flaky = Flaky()
      try await withMethods(
        [flaky.method(messages: messages)], clientInterceptors: [Repeat()]
      ) { client, _ in
        var texts: [String] = []
        // The second one fails behind its first message.
        try? await client.serverStreaming(path: Raw.path("Flaky"), MessageBytes(text: "hello")) {
          texts.append($0.text)
        }
        #expect(texts == ["hello"])
        #expect(flaky.count == attempts)
      }
    }
  }

  @Test("cannot repeat a stream of requests")
  func requests() async throws {
    for interceptor: any ClientInterceptor in [Repeat(), Insist()] {
      let flaky = Flaky()
      try await withMethods([flaky.method()], clientInterceptors: [interceptor]) { client, _ in
        let error = await #expect(throws: RPCError.self) {
          try await client.call(
            path: Raw.path("Flaky"), requests: Requests(["hello"]), responses: Responses())
        }
        #expect(error?.code == (interceptor is Repeat ? .unavailable : .internalError))
        #expect(flaky.count == 1)
      }
    }
  }
}
