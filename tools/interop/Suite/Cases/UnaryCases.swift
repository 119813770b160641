import GeneratedTesting
import RPC

extension InteropCase {
  /// One message each way.
  static let unary = [
    InteropCase("empty_unary") { client in
      let response = try await client.test.emptyCall(
        Grpc_Testing_Empty(), options: InteropClient.options)
      try require(response, is: Grpc_Testing_Empty(), "the response")
    },
    InteropCase("large_unary") { client in
      let response = try await client.test.unaryCall(
        InteropClient.largeRequest(), options: InteropClient.options)
      try require(response.payload, has: 314_159)
    },
  ]
}
