import Glibc
import RPC
import Synchronization
import TestSupport
import Testing

@Suite("Who may connect how often")
struct AdmissionTests {
  private let lab: LabAuthority
  private let credentials: ServerCredentials

  init() throws {
    lab = try LabAuthority()
    let server = try lab.server("a.test")
    let trust = ClientTrust(rootsPEM: lab.rootPEM)
    credentials = ServerCredentials(
      certificateChainPEM: server.certificatePEM, privateKeyPEM: server.keyPEM,
      clientTrust: ["a.test": trust, "b.test": trust])
  }

  @Test("refuses an address that connects too often before any handshake")
  func rate() async throws {
    let client = try lab.client("one")
    try await withTLSDoor(
      credentials, serverRoot: lab.rootPEM, configure: { $0.connectionRatePerAddress = 1 }
    ) { door in
      // Ten at once are a burst; the rest comes within a second.
      let sockets = (0..<50).map { _ in RawSocket.connected(to: door.port) }
      #expect(await eventually { door.server.listenerCounts.refusedByRate > 30 })
      withExtendedLifetime(sockets) {}
      // Later it may.
      #expect(
        await eventually { (try? TLSClient(port: door.port, identity: client)) != nil })
    }
  }

  @Test("gives an address that is denied no handshake, and no place", .covers("A15"))
  func denied() async throws {
    let client = try lab.client("one")
    let isDenied = Atomic(true)
    try await withTLSDoor(
      credentials, serverRoot: lab.rootPEM,
      configure: {
        // Asked first: nobody who is denied uses up what others have.
        $0.maxConnectionsPerAddress = 1
        $0.deniesAddress = { address in
          #expect(address.hasPrefix("ipv4:127.0.0.1:"))
          return isDenied.load(ordering: .relaxed)
        }
      }
    ) { door in
      for _ in 0..<3 {
        #expect(throws: (any Error).self) { try TLSClient(port: door.port, identity: client) }
      }
      var counts = door.server.listenerCounts
      #expect((counts.accepted, counts.refusedByNetwork, counts.failedHandshakes) == (3, 3, 0))
      isDenied.store(false, ordering: .relaxed)
      let admitted = try TLSClient(port: door.port, identity: client)
      admitted.write(http2Greeting)
      #expect(await eventually { door.server.connections.count == 1 })
      counts = door.server.listenerCounts
      #expect((counts.refusedByNetwork, counts.refusedByAddress) == (3, 0))
      withExtendedLifetime(admitted) {}
    }
  }

  @Test("leaves places to other names when one has all that it may have")
  func serverName() async throws {
    let client = try lab.client("one")
    try await withTLSDoor(
      credentials, serverRoot: lab.rootPEM, configure: { $0.maxConnectionsPerServerName = 2 }
    ) { door in
      var standing: [TLSClient] = []
      for _ in 0..<2 {
        standing.append(try TLSClient(port: door.port, identity: client))
        standing.last?.write(http2Greeting)
      }
      #expect(await eventually { door.server.connections.count == 2 })
      let third = try TLSClient(port: door.port, identity: client)
      #expect(await third.isClosed())
      #expect(door.server.listenerCounts.refusedByServerName == 1)
      let other = try TLSClient(port: door.port, identity: client, name: "b.test")
      other.write(http2Greeting)
      #expect(await eventually { door.server.connections.count == 3 })
      // A place that is left is free again.
      standing.removeLast().reset()
      #expect(await eventually { door.server.connections.count == 2 })
      let fourth = try TLSClient(port: door.port, identity: client)
      fourth.write(http2Greeting)
      #expect(await eventually { door.server.connections.count == 3 })
      withExtendedLifetime((standing, other, fourth)) {}
    }
  }

  @Test("leaves places to other clients when one has all that it may have", .covers("S-F9"))
  func certificate() async throws {
    let client = try lab.client("one")
    let neighbour = try lab.client("two")
    try await withTLSDoor(
      credentials, serverRoot: lab.rootPEM, configure: { $0.maxConnectionsPerCertificate = 2 }
    ) { door in
      var standing: [TLSClient] = []
      for name in ["a.test", "b.test"] {
        standing.append(try TLSClient(port: door.port, identity: client, name: name))
        standing.last?.write(http2Greeting)
      }
      #expect(await eventually { door.server.connections.count == 2 })
      let third = try TLSClient(port: door.port, identity: client)
      #expect(await third.isClosed())
      #expect(door.server.listenerCounts.refusedByCertificate == 1)
      let other = try TLSClient(port: door.port, identity: neighbour)
      other.write(http2Greeting)
      #expect(await eventually { door.server.connections.count == 3 })
      // A place that is left is free again.
      standing.removeLast().reset()
      #expect(await eventually { door.server.connections.count == 2 })
      let fourth = try TLSClient(port: door.port, identity: client)
      fourth.write(http2Greeting)
      #expect(await eventually { door.server.connections.count == 3 })
      withExtendedLifetime((standing, other, fourth)) {}
    }
  }
}
