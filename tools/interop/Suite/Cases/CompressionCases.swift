import GeneratedTesting
import RPC

extension InteropCase {
  /// Messages that are compressed, and those beside them that are not.
  static let compression = [
    InteropCase("client_compressed_unary", clientCompressedUnary),
    InteropCase("server_compressed_unary", serverCompressedUnary),
    InteropCase("client_compressed_streaming", clientCompressedStreaming),
    InteropCase("server_compressed_streaming", serverCompressedStreaming),
  ]

  @Sendable private static func clientCompressedUnary(_ client: InteropClient) async throws {
    func request(expecting compressed: Bool) throws -> Grpc_Testing_SimpleRequest {
      var request = try InteropClient.largeRequest()
      request.expectCompressed.value = compressed
      return request
    }
    // A server that does not look at compression would pass the rest.
    try await require(.invalidArgument, "a request that says it is compressed and is not") {
      _ = try await client.test.unaryCall(
        request(expecting: true), options: InteropClient.options(.never))
    }
    for compressed in [true, false] {
      let response = try await client.test.unaryCall(
        request(expecting: compressed),
        options: InteropClient.options(compressed ? .always : .never))
      try require(response.payload, has: 314_159)
    }
  }

  @Sendable private static func serverCompressedUnary(_ client: InteropClient) async throws {
    for compressed in [true, false] {
      var request = try InteropClient.largeRequest()
      request.responseCompressed.value = compressed
      let bytes = try await client.channel.unary(
        path: Grpc_Testing_TestService.Method.UnaryCall.descriptor.path,
        MessageBytes(serializing: request), options: InteropClient.options)
      try require(bytes.wasCompressed, is: compressed, "whether the response came compressed")
      try require(bytes.decode(Grpc_Testing_SimpleResponse.self).payload, has: 314_159)
    }
  }

  @Sendable private static func clientCompressedStreaming(_ client: InteropClient) async throws {
    func request(_ size: Int32, expecting compressed: Bool) throws
      -> Grpc_Testing_StreamingInputCallRequest
    {
      try .with {
        $0.payload = try .zeros(size)
        $0.expectCompressed.value = compressed
      }
    }
    let probe = try request(27182, expecting: true)
    try await require(.invalidArgument, "a message that says it is compressed and is not") {
      _ = try await client.test.streamingInputCall(options: InteropClient.options(.onRequest)) {
        try await $0.write(probe, compressed: false)
      }
    }
    let first = try request(27182, expecting: true)
    let second = try request(45904, expecting: false)
    let response = try await client.test.streamingInputCall(
      options: InteropClient.options(.onRequest)
    ) {
      try await $0.write(first, compressed: true)
      try await $0.write(second, compressed: false)
    }
    try require(response.aggregatedPayloadSize, is: 73086, "the payloads' size")
  }

  @Sendable private static func serverCompressedStreaming(_ client: InteropClient) async throws {
    var request = try InteropClient.outputRequest([31415, 92653])
    request.responseParameters[0].compressed.value = true
    request.responseParameters[1].compressed.value = false
    var expected: [(size: Int, compressed: Bool)] = [(31415, true), (92653, false)]
    try await client.channel.serverStreaming(
      path: Grpc_Testing_TestService.Method.StreamingOutputCall.descriptor.path,
      MessageBytes(serializing: request), options: InteropClient.options
    ) { bytes in
      try require(!expected.isEmpty, "there are more responses than asked for")
      let (size, compressed) = expected.removeFirst()
      try require(bytes.wasCompressed, is: compressed, "whether a response came compressed")
      try require(bytes.decode(InteropClient.OutputResponse.self).payload, has: size)
    }
    try require(expected.isEmpty, "there are fewer responses than asked for")
  }
}
