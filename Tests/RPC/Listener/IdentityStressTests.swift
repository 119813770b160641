import GeneratedPeer
import RPC
import Synchronization
import TestSupport
import Testing

@Suite("The identity of a connection")
struct IdentityStressTests {
  @Test("is never another's, however connections come and go", .covers("S-B12"))
  func stress() async throws {
    let house = try LabAuthority("house")
    let server = try house.server("a.test", "b.test")
    let tenants = [("a.test", try LabAuthority("a")), ("b.test", try LabAuthority("b"))]
    let credentials = ServerCredentials(
      certificateChainPEM: server.certificatePEM, privateKeyPEM: server.keyPEM,
      clientTrust: Dictionary(
        uniqueKeysWithValues: tenants.map { ($0.0, ClientTrust(rootsPEM: $0.1.rootPEM)) }))
    let wrong = Mutex<[String]>([])
    // The caller says who it is; the handler looks who it is, also behind a wait in which other
    // connections come and go, and behind its cancellation.
    let service = TestDirectory(get: { request, context in
      @Sendable func check() {
        let seen = whoIs(context.peer)
        if seen != request.residentID { wrong.withLock { $0.append(seen) } }
      }
      check()
      // Cancelled by callers that go away.
      try? await Task.sleep(for: .microseconds(request.residentID.hashValue.magnitude % 700))
      check()
      return .with { $0.name = request.residentID }
    })
    try await withTLSDoor(credentials, serverRoot: house.rootPEM, service: service) { door in
      try await withThrowingTaskGroup(of: Int.self) { group in
        for worker in 0..<8 {
          let (name, authority) = tenants[worker % 2]
          let identity = try authority.client("c\(worker)")
          group.addTask {
            var generator = SystemRandomNumberGenerator()
            let me = "\(identity.certificate.thumbprint) \(name)"
            var calls = 0
            for _ in 0..<60 {
              let client = door.client(identity, name: name)
              for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let options = CallOptions(
                  timeout: Bool.random() ? .microseconds(2000) : .seconds(10))
                do {
                  let answer = try await client.getResident(
                    .with { $0.residentID = me }, options: options)
                  #expect(answer.name == me)
                } catch let error as RPCError {
                  // Late as it was meant to be, or on a connection that was ended, below.
                  #expect([.deadlineExceeded, .unavailable].contains(error.code))
                }
                calls += 1
              }
              if Int.random(in: 0..<10, using: &generator) == 0 {
                door.server.endConnections { $0.serverName == name }
              }
            }
            return calls
          }
        }
        let calls = try await group.reduce(0, +)
        #expect(calls > 1000)
      }
      #expect(wrong.withLock { $0 } == [])
    }
  }
}
