import GeneratedPeer
import RPC
import Synchronization
import TestSupport
import Testing

@Suite("A call for another name than its connection", .covers("S-B12"))
struct MisdirectedCallTests {
  /// A field that is put into the dynamic table, its strings below 127 bytes.
  private static func field(_ name: String, _ value: String) -> [UInt8] {
    [0x40, UInt8(name.utf8.count)] + Array(name.utf8) + [UInt8(value.utf8.count)]
      + Array(value.utf8)
  }

  /// A whole call without a message.
  private static func call(_ stream: UInt8, _ server: [UInt8]) -> [UInt8] {
    // ":method: POST" and ":scheme: https" of the static table.
    let block =
      [0x83, 0x87] + field(":path", "/peer.v1.Directory/GetResident") + server
      + field("content-type", "application/grpc") + field("te", "trailers")
    let data: [UInt8] = [0, 0, 0, 0, 0]
    return [0, 0, UInt8(block.count), 1, 4, 0, 0, 0, stream] + block
      + [0, 0, UInt8(data.count), 0, 1, 0, 0, 0, stream] + data
  }

  @Test(
    "never reaches a handler, also behind a good one over the same connection",
    arguments: [
      field(":authority", "b.test"), field("host", "b.test"), field(":authority", "a.test.evil"),
      [0x41, 6] + Array("b.test".utf8),
    ])
  func refused(server: [UInt8]) async throws {
    let lab = try LabAuthority()
    let identity = try lab.server("a.test", "b.test")
    let client = try lab.client("one")
    let trust = ClientTrust(rootsPEM: lab.rootPEM)
    let credentials = ServerCredentials(
      certificateChainPEM: identity.certificatePEM, privateKeyPEM: identity.keyPEM,
      clientTrust: ["a.test": trust, "b.test": trust])
    let handled = Mutex(0)
    let service = TestDirectory(get: { _, _ in
      handled.withLock { $0 += 1 }
      return .init()
    })
    try await withTLSDoor(credentials, serverRoot: lab.rootPEM, service: service) { door in
      let caller = try TLSClient(port: door.port, identity: client)
      caller.write(http2Greeting)
      caller.write(Self.call(1, Self.field(":authority", "A.test:443")))
      #expect(await eventually { handled.withLock { $0 } == 1 })
      caller.write(Self.call(3, server))
      #expect(await caller.isClosed())
      #expect(await eventually { door.server.listenerCounts.ended == 1 })
      #expect(handled.withLock { $0 } == 1)
      // A mistake is no abuse: the same client comes in again.
      #expect(door.server.listenerCounts.abusive == 0)
      _ = try await door.client(client, name: "b.test").getResident(.init())
      #expect(handled.withLock { $0 } == 2)
    }
  }
}
