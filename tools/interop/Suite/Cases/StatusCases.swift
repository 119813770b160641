import GeneratedTesting
import RPC

extension InteropCase {
  /// How calls end.
  static let status = [
    InteropCase("status_code_and_message") { client in
      let wanted = Grpc_Testing_EchoStatus.with {
        $0.code = 2
        $0.message = "test status message"
      }
      let unary = try await require(.unknown, "a unary call") {
        _ = try await client.test.unaryCall(
          .with { $0.responseStatus = wanted }, options: InteropClient.options)
      }
      try require(unary.message, is: wanted.message, "a unary call's message")
      let stream = try await require(.unknown, "a stream") {
        try await client.test.fullDuplexCall(
          options: InteropClient.options,
          requestProducer: { try await $0.write(.with { $0.responseStatus = wanted }) },
          onResponse: { responses in for try await _ in responses {} })
      }
      try require(stream.message, is: wanted.message, "a stream's message")
    },
    InteropCase("special_status_message") { client in
      let text = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n"
      let error = try await require(.unknown, "the call") {
        _ = try await client.test.unaryCall(
          .with {
            $0.responseStatus.code = 2
            $0.responseStatus.message = text
          }, options: InteropClient.options)
      }
      try require(Array(error.message.utf8), is: Array(text.utf8), "the message's bytes")
    },
    InteropCase("unimplemented_method") { client in
      try await require(.unimplemented, "a method that is missing") {
        _ = try await client.test.unimplementedCall(
          Grpc_Testing_Empty(), options: InteropClient.options)
      }
    },
    InteropCase("unimplemented_service") { client in
      try await require(.unimplemented, "a service that is missing") {
        _ = try await client.missing.unimplementedCall(
          Grpc_Testing_Empty(), options: InteropClient.options)
      }
    },
  ]
}
