import GeneratedTesting
import RPC

extension InteropCase {
  /// Calls that end before their time.
  static let cancellation = [
    InteropCase("timeout_on_sleeping_server") { client in
      let request = try InteropClient.outputRequest([], payload: 27182)
      try await require(.deadlineExceeded, "a call that outlives its time") {
        try await client.test.fullDuplexCall(
          options: CallOptions(timeout: .milliseconds(1)),
          requestProducer: { writer in
            try await writer.write(request)
            await untilCancelled()
          },
          onResponse: { responses in for try await _ in responses {} })
      }
    },
    InteropCase("cancel_after_begin") { client in
      let (begun, begin) = AsyncStream<Void>.makeStream()
      let call = Task {
        // However the call ends, whoever waits for its beginning goes on.
        defer { begin.finish() }
        _ = try await client.test.streamingInputCall(options: InteropClient.options) { _ in
          begin.yield()
          await untilCancelled()
        }
      }
      for await _ in begun { call.cancel() }
      try await require(.cancelled, "a call that is cancelled at its beginning") {
        try await call.value
      }
    },
    InteropCase("cancel_after_first_response") { client in
      let request = try InteropClient.outputRequest([31415], payload: 27182)
      let (answered, answer) = AsyncStream<Void>.makeStream()
      let call = Task {
        defer { answer.finish() }
        try await client.test.fullDuplexCall(
          options: InteropClient.options,
          requestProducer: { writer in
            try await writer.write(request)
            await untilCancelled()
          },
          onResponse: { responses in
            for try await response in responses {
              try require(response.payload, has: 31415)
              answer.yield()
            }
          })
      }
      for await _ in answered { call.cancel() }
      try await require(.cancelled, "a call that is cancelled after a response") {
        try await call.value
      }
    },
  ]
}
