import GeneratedTesting
import InteropSuite
import RPC
import RPCTestSupport
import TestSupport
import Testing

/// What the cases do not ask of the server.
@Suite("The interoperability server")
struct InteropServerTests {
  private func withTestService(
    _ body: (Grpc_Testing_TestService.Client) async throws -> Void
  ) async throws {
    try await withMethods(InteropServer.methods) { client, _, _ in
      try await body(Grpc_Testing_TestService.Client(wrapping: client))
    }
  }

  @Test("refuses payloads that nobody can make", arguments: [-1, Int32.min, Int32.max])
  func sizes(size: Int32) async throws {
    try await withTestService { test in
      let unary = await #expect(throws: RPCError.self) {
        try await test.unaryCall(.with { $0.responseSize = size })
      }
      #expect(unary?.code == .invalidArgument)
      let stream = await #expect(throws: RPCError.self) {
        try await test.streamingOutputCall(
          .with { $0.responseParameters = [.with { $0.size = size }] }
        ) { responses in for try await _ in responses {} }
      }
      #expect(stream?.code == .invalidArgument)
    }
  }

  @Test("ends a call with a code that gRPC does not have as UNKNOWN", arguments: [17, -1, 1000])
  func codes(code: Int32) async throws {
    try await withTestService { test in
      let error = await #expect(throws: RPCError.self) {
        try await test.unaryCall(.with { $0.responseStatus.code = code })
      }
      #expect(error?.code == .unknown)
    }
  }

  @Test("echoes what trails also behind an error")
  func trailing() async throws {
    try await withTestService { test in
      let error = await #expect(throws: RPCError.self) {
        try await test.unaryCall(
          .with { $0.responseStatus.code = 5 },
          metadata: ["x-grpc-test-echo-trailing-bin": .binary([1, 2])])
      }
      #expect(error?.code == .notFound)
      #expect(error?.metadata.firstBinary("x-grpc-test-echo-trailing-bin") == [1, 2])
    }
  }

  @Test("says who it is where it is asked")
  func serverID() async throws {
    try await withTestService { test in
      let named = try await test.unaryCall(.with { $0.fillServerID = true })
      #expect(named.serverID == "artel")
      let plain = try await test.unaryCall(Grpc_Testing_SimpleRequest())
      #expect(plain.serverID.isEmpty)
    }
  }

  @Test("lets a cache keep the answer of a cacheable call")
  func cacheable() async throws {
    try await withTestService { test in
      let response = try await test.cacheableUnaryCall(
        ClientRequest(message: .with { $0.responseSize = 3 }))
      #expect(response.message.payload.body.count == 3)
      #expect(response.metadata.first("cache-control") == "max-age=60, public")
    }
  }

  @Test("answers a half-duplex call when its last request has come")
  func halfDuplex() async throws {
    try await withTestService { test in
      let sizes = try await test.halfDuplexCall(
        metadata: ["x-grpc-test-echo-initial": "half"],
        requestProducer: { writer in
          for size: Int32 in [3, 1, 2] {
            try await writer.write(.with { $0.responseParameters = [.with { $0.size = size }] })
          }
        },
        onResponse: { responses in
          let initial = try await responses.metadata
          #expect(initial.first("x-grpc-test-echo-initial") == "half")
          var sizes: [Int] = []
          for try await response in responses { sizes.append(response.payload.body.count) }
          return sizes
        })
      #expect(sizes == [3, 1, 2])
    }
  }

  @Test("keeps no endless half-duplex call")
  func halfDuplexLimit() async throws {
    try await withTestService { test in
      let error = await #expect(throws: RPCError.self) {
        try await test.halfDuplexCall(
          requestProducer: { writer in
            for _ in 0...1000 {
              try await writer.write(Grpc_Testing_StreamingOutputCallRequest())
            }
          },
          onResponse: { responses in for try await _ in responses {} })
      }
      #expect(error?.code == .resourceExhausted)
    }
  }

  @Test("waits between answers for as long as it is asked")
  func interval() async throws {
    try await withTestService { test in
      let count = try await test.streamingOutputCall(
        .with {
          $0.responseParameters = [
            .with { $0.intervalUs = 1 },
            .with { $0.size = 2 },
          ]
        }
      ) { responses in
        var count = 0
        for try await _ in responses { count += 1 }
        return count
      }
      #expect(count == 2)
    }
  }
}
