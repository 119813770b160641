import GeneratedPeer
import RPC
import Synchronization
import TestSupport
import Testing

@Suite("A server stream")
struct ServerStreamingTests {
  @Test("brings every message in order")
  func order() async throws {
    try await withServer { directory, _, _ in
      let sequence = try await directory.watchEvents(.with { $0.count = 1000 }) { events in
        var seen: [Int64] = []
        for try await event in events { seen.append(event.sequence) }
        return seen
      }
      #expect(sequence == Array(0..<1000))
    }
  }

  @Test("may end without a message")
  func empty() async throws {
    try await withServer(TestDirectory(watch: { _, _, _ in })) { directory, _, _ in
      let count = try await directory.watchEvents(Peer_V1_WatchEventsRequest()) { events in
        try await events.reduce(0) { count, _ in count + 1 }
      }
      #expect(count == 0)
    }
  }

  @Test("that fails behind messages brings them and then the status")
  func failure() async throws {
    let service = TestDirectory(watch: { _, writer, _ in
      try await writer.write(.with { $0.sequence = 1 })
      throw RPCError(code: .dataLoss, message: "gone")
    })
    try await withServer(service) { directory, _, _ in
      let seen = Mutex<[Int64]>([])
      let error = await #expect(throws: RPCError.self) {
        try await directory.watchEvents(Peer_V1_WatchEventsRequest()) { events in
          for try await event in events { seen.withLock { $0.append(event.sequence) } }
        }
      }
      #expect(seen.withLock { $0 } == [1])
      #expect(error?.code == .dataLoss)
    }
  }

  @Test("waits for a reader that does not ask")
  func backpressure() async throws {
    let written = Atomic<Int>(0)
    let text = String(repeating: "x", count: 64 << 10)
    let stalled = Signal()
    let service = TestDirectory(watch: { _, writer, _ in
      for _ in 0..<1000 {
        try await writer.write(.with { $0.kind = text })
        written.add(1, ordering: .relaxed)
      }
    })
    try await withServer(service) { directory, _, _ in
      try await directory.watchEvents(Peer_V1_WatchEventsRequest()) { events in
        var iterator = events.makeAsyncIterator()
        _ = try await iterator.next()
        // 64 MB do not fit into the windows: the writer stops far before its end.
        var last = -1
        while written.load(ordering: .relaxed) != last {
          last = written.load(ordering: .relaxed)
          for _ in 0..<2000 { await Task.yield() }
        }
        #expect(last < 1000)
        stalled.send("checked")
      }
      #expect(await stalled.next() == "checked")
    }
  }
}
