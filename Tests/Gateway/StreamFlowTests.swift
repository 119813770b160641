import Gateway
import RPC
import TestSupport
import Testing

@Suite("The REST door: streams and slow or lost callers")
struct StreamFlowTests {
  private let watch = "/v1/units/u1/accessEvents:watch"

  @Test("makes the handler wait for a reader that is slow")
  func backpressure() async throws {
    let written = Shared(0)
    let method = Methods.watch { _, sink, _ in
      let event = try Methods.event(String(repeating: "a", count: 10_000))
      for _ in 0..<10_000 {
        try await sink.write(event)
        written.value += 1
      }
    }
    try await Door.with([method]) { door throws in
      let client = try door.connect()
      client.send("GET", watch)
      #expect(try client.head().status == 200)
      // The other connection is served by the same thread: it must not be busy writing.
      var before = -1
      while before != written.value {
        before = written.value
        for _ in 0..<20 { _ = try door.exchange("GET", "/healthz") }
      }
      #expect(before < 10_000)
      var count = 0
      while let chunk = try client.chunk() { count += chunk.count }
      #expect(count > 100_000_000)
      #expect(written.value == 10_000)
    }
  }

  @Test("cancels the handler of a stream whose caller goes", .covers("T67"))
  func disconnect() async throws {
    let cancelled = Signal()
    let method = Methods.watch { _, sink, _ in
      try await sink.write(try Methods.event("a"))
      await withTaskCancellationHandler {
        await cancelled.wait()
      } onCancel: {
        cancelled.happen()
      }
      await #expect(throws: RPCError.self) { try await sink.write(try Methods.event("b")) }
    }
    try await Door.with([method]) { door throws in
      let client = try door.connect()
      client.send("GET", watch)
      _ = try client.head()
      client.disconnect()
      await cancelled.wait()
    }
  }

  @Test("cancels a writer that waits for a caller that goes", .covers("T67"))
  func disconnectWhileBlocked() async throws {
    let failed = Signal()
    let method = Methods.watch { _, sink, _ in
      let event = try Methods.event(String(repeating: "a", count: 100_000))
      do {
        while true { try await sink.write(event) }
      } catch {
        failed.happen()
        throw error
      }
    }
    try await Door.with([method]) { door throws in
      let client = try door.connect()
      client.send("GET", watch)
      _ = try client.head()
      client.disconnect()
      await failed.wait()
    }
  }

  @Test("ends a stream at the caller's deadline, and no sooner", .covers("T65"))
  func deadline() async throws {
    let method = Methods.watch { _, sink, context in
      #expect(context.deadline != nil)
      try await sink.write(try Methods.event("a"))
      try await Task.sleep(for: .seconds(600))
    }
    try await Door.with([method]) { door throws in
      let response = try door.exchange(
        "GET", watch, ["Accept: application/json", "grpc-timeout: 50m"])
      #expect(response.status == 200)
      #expect(response.json("1", "error", "status") == "DEADLINE_EXCEEDED")
    }
  }

  @Test("gives a stream no deadline of the server's")
  func noDeadline() async throws {
    let seen = Shared<ContinuousClock.Instant?>(.now)
    let method = Methods.watch { _, _, context in seen.value = context.deadline }
    try await Door.with([method]) { door throws in
      #expect(try door.exchange("GET", watch).status == 200)
      #expect(seen.value == nil)
    }
  }

  @Test("takes messages from any task and executor")
  func foreignExecutor() async throws {
    let method = Methods.watch { _, sink, _ in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<20 {
          group.addTask(executorPreference: globalConcurrentExecutor) {
            try await sink.write(try Methods.event("a"))
          }
        }
        try await group.waitForAll()
      }
    }
    try await Door.with([method]) { door throws in
      let response = try door.exchange("GET", watch)
      #expect(response.text.split(separator: "\n").count == 20)
    }
  }
}
