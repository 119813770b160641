import GeneratedTesting
import RPC

extension InteropCase {
  /// What goes around the messages.
  static let metadata = [
    InteropCase("custom_metadata") { client in
      let sent: Metadata = [
        EchoedMetadata.initialKey: "test_initial_metadata_value",
        EchoedMetadata.trailingKey: .binary([0xab, 0xab, 0xab]),
      ]
      let unary = try await client.test.unaryCall(
        ClientRequest(metadata: sent, message: InteropClient.largeRequest()),
        options: InteropClient.options)
      try require(unary.message.payload, has: 314_159)
      try requireEcho(unary.metadata, unary.trailingMetadata, "a unary call")

      let request = try InteropClient.outputRequest([314_159], payload: 271_828)
      try await client.test.fullDuplexCall(
        metadata: sent, options: InteropClient.options,
        requestProducer: { try await $0.write(request) },
        onResponse: { responses in
          let initial = try await responses.metadata
          var received = 0
          for try await response in responses {
            try require(response.payload, has: 314_159)
            received += 1
          }
          try require(received, is: 1, "the number of responses")
          try requireEcho(initial, await responses.trailingMetadata, "a stream")
        })
    }
  ]

  private static func requireEcho(
    _ initial: Metadata, _ trailing: Metadata, _ call: String
  ) throws {
    try require(
      initial[stringValues: EchoedMetadata.initialKey], is: ["test_initial_metadata_value"],
      "what \(call) has before its messages")
    try require(
      trailing.firstBinary(EchoedMetadata.trailingKey), is: [0xab, 0xab, 0xab],
      "what \(call) has behind its messages")
  }
}
