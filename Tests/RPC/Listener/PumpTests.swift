import Glibc
import Synchronization
import TestSupport
import Testing

@testable import RPC

/// The pump between libssl and the core, with a core of our own: the test.
@Suite("A TLS connection's pump")
struct PumpTests {
  /// The core's end of the one connection that comes.
  private final class Core: Sendable {
    private let descriptor = Atomic<Int32>(-1)

    func take(_ socket: Int32) { descriptor.store(socket, ordering: .releasing) }

    func end() async -> Int32 {
      _ = await eventually { descriptor.load(ordering: .acquiring) >= 0 }
      return descriptor.load(ordering: .acquiring)
    }
  }

  private let core = Core()
  private let lab: LabAuthority
  private let identity: LabIdentity
  private let listener: PortListener

  init() throws {
    let lab = try LabAuthority()
    self.lab = lab
    identity = try lab.client("one")
    let server = try lab.server("a.test")
    let credentials = ServerCredentials(
      certificateChainPEM: server.certificatePEM, privateKeyPEM: server.keyPEM,
      clientRootsPEM: lab.rootPEM)
    let core = core
    listener = try PortListener(
      configuration: ServerConfiguration(
        address: "127.0.0.1:0", security: .mutualTLS(credentials))
    ) { core.take($0) }
    listener.start()
  }

  private func stop(_ end: Int32) {
    listener.stopAccepting()
    if end >= 0 { close(end) }
    listener.finish()
  }

  /// Sends as much as the other side takes; the count when it has taken nothing for a while.
  private func fill(_ end: Int32, limit: Int) async throws -> Int {
    let chunk = [UInt8](repeating: 7, count: 65_536)
    var sent = 0
    var refusals = 0
    while refusals < 20, sent < limit {
      let count = send(
        end, chunk, min(chunk.count, limit - sent), Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
      if count > 0 {
        sent += count
        refusals = 0
      } else {
        refusals += 1
        try await Task.sleep(for: .milliseconds(10))
      }
    }
    return sent
  }

  private func read(_ end: Int32, _ count: Int) async -> [UInt8] {
    var all: [UInt8] = []
    var bytes = [UInt8](repeating: 0, count: 65_536)
    _ = await eventually {
      while all.count < count {
        let got = recv(end, &bytes, min(bytes.count, count - all.count), Int32(MSG_DONTWAIT))
        guard got > 0 else { return false }
        all += bytes.prefix(got)
      }
      return true
    }
    return all
  }

  @Test("stops reading the core while the client does not read, and loses nothing")
  func responses() async throws {
    let client = try TLSClient(port: listener.port, identity: identity)
    client.write(http2Greeting)
    let end = await core.end()
    #expect(await read(end, http2Greeting.count) == http2Greeting)
    let total = 32 << 20
    let taken = try await fill(end, limit: total)
    #expect(taken < 16 << 20, "what the kernel's buffers hold, and 64 KiB of ours")
    // Now it reads: everything comes.
    async let got = client.read(total)
    var sent = taken
    while sent < total { sent += try await fill(end, limit: total - sent) }
    #expect(await got == total)
    stop(end)
  }

  @Test("stops reading the client while the core does not read, and loses nothing")
  func requests() async throws {
    let client = try TLSClient(port: listener.port, identity: identity)
    client.write(http2Greeting)
    let end = await core.end()
    #expect(await read(end, http2Greeting.count) == http2Greeting)
    // DATA frames on stream 1 of 16,384 bytes each.
    let frame = [0, 0x40, 0, 0, 0, 0, 0, 0, 1] + [UInt8](repeating: 9, count: 16_384)
    let frames = 1500
    async let written = client.write(frame, times: frames)
    try await Task.sleep(for: .milliseconds(200))
    #expect(client.writtenBytes < 16 << 20)
    var all = 0
    while all < frame.count * frames {
      let got = await read(end, min(1 << 20, frame.count * frames - all)).count
      try #require(got > 0)
      all += got
    }
    #expect(await written)
    stop(end)
  }

  @Test("goes on with what the core did not take at once, also when the core says nothing")
  func silentCore() async throws {
    let client = try TLSClient(port: listener.port, identity: identity)
    client.write(http2Greeting)
    let end = await core.end()
    #expect(await read(end, http2Greeting.count) == http2Greeting)
    // The socket pair is nearly full, and much more is there before the pump looks again.
    let frame = [0, 0x40, 0, 0, 0, 0, 0, 0, 1] + [UInt8](repeating: 0, count: 16_384)
    let first = 9
    for _ in 0..<first { client.write(frame) }
    var passed: Int32 = 0
    _ = await eventually {
      _ = ioctl(end, UInt(FIONREAD), &passed)  // Stays what it was where it fails.
      return passed == first * frame.count
    }
    let (blocked, release) = (Latch(), Latch())
    listener.pumps[0].send { _ in
      blocked.open()
      release.wait()
    }
    blocked.wait()
    // In small records, so that libssl always holds a part of one: the pump reads all it can.
    let small = [0, 3, 232, 0, 0, 0, 0, 0, 1] + [UInt8](repeating: 0, count: 1000)
    let records = 600
    async let written = client.write(small, times: records)
    try await Task.sleep(for: .milliseconds(200))
    release.open()
    let all = frame.count * first + small.count * records
    #expect(await read(end, all).count == all)
    #expect(await written)
    stop(end)
  }

  @Test("passes the client's close on to the core")
  func clientCloses() async throws {
    let client = try TLSClient(port: listener.port, identity: identity)
    client.write(http2Greeting)
    let end = await core.end()
    #expect(await read(end, http2Greeting.count) == http2Greeting)
    client.closeWriting()
    var byte: UInt8 = 0
    #expect(await eventually { recv(end, &byte, 1, Int32(MSG_DONTWAIT)) == 0 })
    // What the core says behind it still comes.
    _ = send(end, [1, 2, 3], 3, Int32(MSG_NOSIGNAL))
    #expect(await client.read(3) == 3)
    stop(end)
    #expect(await client.isClosed())
  }

  @Test("passes the core's close on to the client, behind everything that it sent")
  func coreCloses() async throws {
    let client = try TLSClient(port: listener.port, identity: identity)
    client.write(http2Greeting)
    let end = await core.end()
    let sent = try await fill(end, limit: 32 << 20)
    shutdown(end, Int32(SHUT_RDWR))
    #expect(await client.read(sent) == sent)
    #expect(await client.isClosed(), "by a close_notify")
    #expect(await eventually { listener.connections.isEmpty })
    stop(end)
  }

  @Test("drops a client that reads no more when the core has closed")
  func stuck() async throws {
    let client = try TLSClient(port: listener.port, identity: identity)
    client.write(http2Greeting)
    let end = await core.end()
    _ = try await fill(end, limit: 32 << 20)
    shutdown(end, Int32(SHUT_RDWR))
    // Within the time that `finish` grants.
    stop(end)
    #expect(listener.connections.isEmpty)
  }

  @Test("takes no client that says something else than HTTP/2 in its TLS")
  func wrongPreface() async throws {
    let client = try TLSClient(port: listener.port, identity: identity)
    client.write([UInt8]("GET / HTTP/1.1\r\n\r\n".utf8))
    #expect(await client.isClosed())
    #expect(listener.counts.failedHandshakes == 1)
    stop(-1)
  }

  @Test("ends a connection whose peer is gone without a word")
  func reset() async throws {
    do {
      let client = try TLSClient(port: listener.port, identity: identity)
      client.write(http2Greeting)
      _ = await core.end()
      client.reset()
    }
    let end = await core.end()
    #expect(await eventually { listener.connections.isEmpty })
    stop(end)
  }
}
