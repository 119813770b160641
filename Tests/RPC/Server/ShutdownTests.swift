import GeneratedPeer
import RPC
import TestSupport
import Testing

@Suite("Shutting a server down")
struct ShutdownTests {
  @Test("lets a running call finish", .covers("S-F16"))
  func drains() async throws {
    let signal = Signal()
    let release = Signal()
    let service = TestDirectory(get: { _, _ in
      signal.send("started")
      _ = await release.next()
      return .with { $0.residentID = "finished" }
    })
    try await withServer(service) { directory, _, server in
      async let call = directory.getResident(Peer_V1_GetResidentRequest())
      #expect(await signal.next() == "started")
      server.beginShutdown()
      release.send("go")
      let resident = try await call
      #expect(resident.residentID == "finished")
      await server.waitUntilShutdown()
    }
  }

  @Test("cancels calls that outlast the grace period")
  func grace() async throws {
    let signal = Signal()
    let service = TestDirectory(get: { _, _ in
      signal.send("started")
      await untilCancelled()
      signal.send("cancelled")
      throw CancellationError()
    })
    try await withServer(service, configure: { $0.gracePeriod = .milliseconds(50) }) {
      directory, _, server in
      let call = Task { try await directory.getResident(Peer_V1_GetResidentRequest()) }
      #expect(await signal.next() == "started")
      await server.shutdown()
      #expect(await signal.next() == "cancelled")
      await #expect(throws: RPCError.self) { try await call.value }
    }
  }

  @Test("refuses calls that come later")
  func refuses() async throws {
    try await withServer { directory, _, server in
      _ = try await directory.getResident(Peer_V1_GetResidentRequest())
      await server.shutdown()
      let error = await #expect(throws: RPCError.self) {
        try await directory.getResident(Peer_V1_GetResidentRequest())
      }
      #expect(error?.code == .unavailable)
    }
  }

  @Test("twice is the same as once")
  func twice() async throws {
    try await withServer { _, _, server in
      await server.shutdown()
      await server.shutdown()
    }
  }
}
