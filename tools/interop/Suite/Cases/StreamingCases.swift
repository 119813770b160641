import GeneratedTesting
import RPC

extension InteropCase {
  /// Many messages, one way or both.
  static let streaming = [
    InteropCase("client_streaming") { client in
      let response = try await client.test.streamingInputCall(options: InteropClient.options) {
        writer in
        for size: Int32 in [27182, 8, 1828, 45904] {
          try await writer.write(.with { $0.payload = try .zeros(size) })
        }
      }
      try require(response.aggregatedPayloadSize, is: 74922, "the payloads' size")
    },
    InteropCase("server_streaming") { client in
      let sizes: [Int32] = [31415, 9, 2653, 58979]
      try await client.test.streamingOutputCall(
        InteropClient.outputRequest(sizes), options: InteropClient.options
      ) { responses in
        var expected = sizes
        for try await response in responses {
          try require(!expected.isEmpty, "there are more responses than asked for")
          try require(response.payload, has: Int(expected.removeFirst()))
        }
        try require(expected.isEmpty, "there are fewer responses than asked for")
      }
    },
    InteropCase("ping_pong", pingPong),
    InteropCase("empty_stream") { client in
      try await client.test.fullDuplexCall(
        options: InteropClient.options, requestProducer: { _ in },
        onResponse: { responses in
          for try await _ in responses {
            throw InteropFailure(description: "there is a response that nobody asked for")
          }
        })
    },
  ]

  @Sendable private static func pingPong(_ client: InteropClient) async throws {
    let rallies: [(response: Int32, request: Int32)] = [
      (31415, 27182), (9, 8), (2653, 1828), (58979, 45904),
    ]
    // A turn for each ping; the next one is given when the pong has come.
    let (turns, turn) = AsyncStream<(response: Int32, request: Int32)>.makeStream()
    turn.yield(rallies[0])
    try await client.test.fullDuplexCall(
      options: InteropClient.options,
      requestProducer: { writer in
        for await (response, request) in turns {
          try await writer.write(InteropClient.outputRequest([response], payload: request))
        }
      },
      onResponse: { responses in
        var received = 0
        for try await response in responses {
          try require(received < rallies.count, "there are more responses than asked for")
          try require(response.payload, has: Int(rallies[received].response))
          received += 1
          if received < rallies.count { turn.yield(rallies[received]) } else { turn.finish() }
        }
        try require(received, is: rallies.count, "the number of responses")
      })
  }
}
