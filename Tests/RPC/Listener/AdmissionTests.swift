import Glibc
import RPC
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
