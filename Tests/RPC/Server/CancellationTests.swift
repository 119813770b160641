import GeneratedPeer
import RPC
import TestSupport
import Testing

@Suite("Cancellation")
struct CancellationTests {
  private func waiting(_ signal: Signal) -> TestDirectory {
    TestDirectory(
      get: { _, _ in
        signal.send("started")
        await untilCancelled()
        signal.send(Task.isCancelled ? "cancelled" : "woken")
        throw CancellationError()
      },
      watch: { _, writer, _ in
        signal.send("started")
        try await writer.write(.with { $0.sequence = 1 })
        await untilCancelled()
        signal.send(Task.isCancelled ? "cancelled" : "woken")
      })
  }

  @Test("a deadline that passes cancels the handler's task")
  func deadline() async throws {
    let signal = Signal()
    try await withServer(waiting(signal)) { directory, _, _ in
      let error = await #expect(throws: RPCError.self) {
        try await directory.getResident(
          Peer_V1_GetResidentRequest(), options: CallOptions(timeout: .milliseconds(100)))
      }
      #expect(error?.code == .deadlineExceeded)
      #expect(await signal.next() == "started")
      #expect(await signal.next() == "cancelled")
    }
  }

  @Test("the handler knows the deadline")
  func knowsDeadline() async throws {
    let service = TestDirectory(get: { _, context in
      .with { $0.owner = context.deadline.map { $0 > .now && $0 < .now + .seconds(61) } ?? false }
    })
    try await withServer(service) { directory, _, _ in
      let resident = try await directory.getResident(
        Peer_V1_GetResidentRequest(), options: CallOptions(timeout: .seconds(60)))
      #expect(resident.owner)
    }
  }

  @Test("a caller that cancels its task cancels the handler's task")
  func caller() async throws {
    let signal = Signal()
    try await withServer(waiting(signal)) { directory, _, _ in
      let call = Task { try await directory.getResident(Peer_V1_GetResidentRequest()) }
      #expect(await signal.next() == "started")
      call.cancel()
      let error = await #expect(throws: RPCError.self) { try await call.value }
      #expect(error?.code == .cancelled)
      #expect(await signal.next() == "cancelled")
    }
  }

  @Test("a caller that leaves a stream cancels the handler's task")
  func stream() async throws {
    let signal = Signal()
    try await withServer(waiting(signal)) { directory, _, _ in
      try await directory.watchEvents(Peer_V1_WatchEventsRequest()) { events in
        for try await event in events {
          #expect(event.sequence == 1)
          break
        }
      }
      #expect(await signal.next() == "started")
      #expect(await signal.next() == "cancelled")
    }
  }

  @Test("everything of a cancelled call is released")
  func released() async throws {
    let signal = Signal()
    try await withServer(waiting(signal)) { directory, _, server in
      for _ in 0..<50 {
        let call = Task { try await directory.getResident(Peer_V1_GetResidentRequest()) }
        #expect(await signal.next() == "started")
        call.cancel()
        _ = await call.result
        #expect(await signal.next() == "cancelled")
      }
      while server.runningCalls > 0 { await Task.yield() }
      #expect(server.runningCalls == 0)
    }
  }
}
