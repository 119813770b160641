import GeneratedPeer
import RPC
import TestSupport
import Testing

@Suite("A caller with a good certificate, and bad HTTP/2")
struct AbuseTests {
  private func frame(_ type: UInt8, _ flags: UInt8, _ stream: UInt8, _ payload: [UInt8]) -> [UInt8]
  {
    let count = payload.count
    return [UInt8(count >> 16 & 255), UInt8(count >> 8 & 255), UInt8(count & 255), type, flags]
      + [0, 0, 0, stream] + payload
  }

  /// A field that is not in a table, its strings below 127 + 128 * 128 bytes.
  private func field(_ name: String, _ value: String) -> [UInt8] {
    func string(_ text: String) -> [UInt8] {
      let count = text.utf8.count
      let length: [UInt8] =
        count < 127
        ? [UInt8(count)] : [127, UInt8((count - 127) & 127) | 128, UInt8((count - 127) >> 7)]
      return length + Array(text.utf8)
    }
    return [0] + string(name) + string(value)
  }

  /// Sends bytes behind a good beginning; the connection has to be ended, and others served on.
  private func expectEnd(_ bytes: [[UInt8]]) async throws {
    try await expectEnd { abuser in
      abuser.write(http2Greeting)
      for piece in bytes { abuser.write(piece) }
    }
  }

  private func expectEnd(_ abuse: (TLSClient) async throws -> Void) async throws {
    let lab = try LabAuthority()
    let server = try lab.server("a.test")
    let client = try lab.client("one")
    let credentials = ServerCredentials(
      certificateChainPEM: server.certificatePEM, privateKeyPEM: server.keyPEM,
      clientRootsPEM: lab.rootPEM)
    try await withTLSDoor(credentials, serverRoot: lab.rootPEM) { door in
      let other = door.client(client)
      _ = try await other.getResident(.init())
      let abuser = try TLSClient(port: door.port, identity: client)
      try await abuse(abuser)
      #expect(await abuser.isClosed())
      #expect(await eventually { door.server.listenerCounts.abusive == 1 })
      _ = try await other.getResident(.init())
      #expect(door.server.connections.count == 1)
    }
  }

  @Test("cannot keep a thread busy with changes of keys", arguments: [false, true])
  func keyUpdates(asks: Bool) async throws {
    try await expectEnd { abuser in
      abuser.write(http2Greeting)
      _ = await abuser.updateKeys(times: 2000, asks: asks)
    }
  }

  @Test("may change keys now and then")
  func fewKeyUpdates() async throws {
    let lab = try LabAuthority()
    let server = try lab.server("a.test")
    let credentials = ServerCredentials(
      certificateChainPEM: server.certificatePEM, privateKeyPEM: server.keyPEM,
      clientRootsPEM: lab.rootPEM)
    try await withTLSDoor(credentials, serverRoot: lab.rootPEM) { door in
      let client = try TLSClient(port: door.port, identity: try lab.client("one"))
      client.write(http2Greeting)
      #expect(await client.updateKeys(times: 10, asks: true))
      // A ping, whose answer comes behind the server's settings and its own new keys.
      client.write(frame(6, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8]))
      #expect(await client.read(17) == 17)
      #expect(door.server.listenerCounts.abusive == 0)
    }
  }

  @Test("is refused for a while, and nobody else is")
  func suspension() async throws {
    let lab = try LabAuthority()
    let server = try lab.server("a.test")
    let credentials = ServerCredentials(
      certificateChainPEM: server.certificatePEM, privateKeyPEM: server.keyPEM,
      clientRootsPEM: lab.rootPEM)
    let bad = try lab.client("bad")
    let good = try lab.client("good")
    try await withTLSDoor(
      credentials, serverRoot: lab.rootPEM, configure: { $0.abuseSuspension = .seconds(60) }
    ) { door in
      let abuser = try TLSClient(port: door.port, identity: bad)
      abuser.write(http2Greeting + frame(9, 4, 1, []))
      #expect(await abuser.isClosed())
      let again = try TLSClient(port: door.port, identity: bad)
      #expect(await again.isClosed())
      #expect(door.server.listenerCounts.refusedForAbuse == 1)
      _ = try await door.client(good).getResident(.init())
    }
  }

  @Test("cannot send the headers behind which libgrpc 1.51.1 aborts (CVE-2023-1428)")
  func abort() async throws {
    let head = [0x83, 0x87] + field(":path", "/x") + field("te", "x")
    // The limit is passed in the second frame, which nobody but the guard sees.
    try await expectEnd([
      frame(1, 0, 1, head + field("x", String(repeating: "y", count: 12_000))),
      frame(9, 4, 1, field("x", String(repeating: "y", count: 12_000))),
    ])
  }

  @Test("cannot make it buffer a string without end (CVE-2023-33953)")
  func endless() async throws {
    // A value of 256 MB, in CONTINUATION frames of 16 KB.
    let begin: [UInt8] = [0x83, 0x87, 0, 1, 0x78, 0x7f, 0x80, 0xff, 0xff, 0x7f]
    let more = [UInt8](repeating: 0x61, count: 16_384)
    try await expectEnd(
      [frame(1, 0, 1, begin)] + (0..<20).map { _ in frame(9, 0, 1, more) })
  }

  @Test("cannot open and cancel streams without end (CVE-2023-44487)")
  func rapidReset() async throws {
    let call = [0x83, 0x87] + field(":path", "/x") + field("te", "trailers")
    let once = (1...100).flatMap { _ in frame(3, 0, 1, [0, 0, 0, 8]) }
    try await expectEnd([frame(1, 4, 1, call)] + (0..<20).map { _ in once })
  }
}
