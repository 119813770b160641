import RPC
import TestSupport
import Testing

@Suite("Compression")
struct CompressionTests {
  private static let long = String(repeating: "abc ", count: 1000)

  private static func answer(compressed: Bool?) -> RegisteredMethod {
    Raw.unary("Long") { _, _ in
      UnaryReply(message: MessageBytes(text: long), compressed: compressed)
    }
  }

  @Test(
    "of a response is done where configuration and handler say so",
    arguments: [
      (Compression.never, true, false), (.onRequest, nil, false), (.onRequest, true, true),
      (.onRequest, false, false), (.always, nil, true), (.always, false, false),
    ] as [(Compression, Bool?, Bool)])
  func responses(configured: Compression, wish: Bool?, compressed: Bool) async throws {
    try await withMethods(
      [Self.answer(compressed: wish)], configure: { $0.compression = configured }
    ) { client, _ in
      let response = try await client.unary(path: Raw.path("Long"), MessageBytes(text: ""))
      #expect(response.text == Self.long)
      #expect(response.wasCompressed == compressed)
    }
  }

  @Test("of a request is understood, and its handler knows")
  func requests() async throws {
    let method = Raw.unary("Was") { request, _ in
      UnaryReply(message: MessageBytes(text: "\(request.wasCompressed) \(request.count)"))
    }
    try await withMethods([method]) { client, _ in
      for (compression, answer) in [(Compression.always, "true 4000"), (.never, "false 4000")] {
        let response = try await client.unary(
          path: Raw.path("Was"), MessageBytes(text: Self.long),
          options: CallOptions(compression: compression))
        #expect(response.text == answer)
      }
    }
  }

  @Test("is per message of a stream")
  func stream() async throws {
    let method = Raw.serverStreaming("Mixed") { _, responses, _ in
      for compressed in [true, false, true] {
        try await responses.write(MessageBytes(text: Self.long), compressed: compressed)
      }
      return [:]
    }
    try await withMethods([method]) { client, _ in
      var compressed: [Bool] = []
      try await client.serverStreaming(path: Raw.path("Mixed"), MessageBytes(text: "")) {
        #expect($0.text == Self.long)
        compressed.append($0.wasCompressed)
      }
      #expect(compressed == [true, false, true])
    }
  }

  @Test(
    "does not get around the limit of a message: it is counted inflated",
    arguments: [(999, true), (1000, true), (1001, false), (50_000_000, false)])
  func bomb(size: Int, fits: Bool) async throws {
    let method = Raw.unary("Count") { request, _ in
      UnaryReply(message: MessageBytes(text: "\(request.count)"))
    }
    try await withMethods(
      [method], configure: { $0.maxReceiveMessageBytes = 1000 },
      configureClient: { $0.compression = .always }
    ) { client, _ in
      // 50 MB of zeros take 50 kB: more than the limit of this test even compressed.
      let request = MessageBytes(repeating: 0, count: size)
      if fits {
        let response = try await client.unary(path: Raw.path("Count"), request)
        #expect(response.text == "\(size)")
      } else {
        let error = await #expect(throws: RPCError.self) {
          try await client.unary(path: Raw.path("Count"), request)
        }
        #expect(error?.code == .resourceExhausted)
      }
    }
  }

  @Test("of a response is counted inflated by the client too")
  func clientLimit() async throws {
    try await withMethods(
      [Self.answer(compressed: true)], configureClient: { $0.maxReceiveMessageBytes = 3999 }
    ) { client, _ in
      let error = await #expect(throws: RPCError.self) {
        try await client.unary(path: Raw.path("Long"), MessageBytes(text: ""))
      }
      #expect(error?.code == .resourceExhausted)
    }
  }
}
