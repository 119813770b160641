import NIOCore
import NIOPosix
import Synchronization
import TestSupport
import Testing

@testable import Egress

@Suite("Connections to other systems")
struct ConnectionTests {
  /// Breaks each connection off as soon as it is there.
  private final class Slammer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    func channelActive(context: ChannelHandlerContext) { context.close(promise: nil) }
  }

  private static func slamming(
    _ body: (EgressAuthority, any Channel) async throws -> Void
  ) async throws {
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Slammer())
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let port = channel.localAddress?.port ?? 0
    do {
      try await body(EgressAuthority(host: "127.0.0.1", port: port), channel)
    } catch {
      try await channel.close()
      throw error
    }
    try await channel.close()
  }

  @Test("that cannot be had leave the call unsent, whatever the system's word for it")
  func unsent() async throws {
    // No address has a route here that the kernel would take for a connection.
    for (host, text) in [("a.localhost", "255.255.255.255"), ("b.localhost", "::")] {
      let url = try #require(EgressURL("https://\(host):4443/"))
      let id = EgressDestination.ID(purpose: .partner, tenantID: "t", name: "p")
      let connections = try EgressConnections(trustRootsPEM: [], callsAtOnce: 4, now: { .now })
      let destination = EgressDestination(id, authorities: [url.authority])
      let key = EgressConnections.Key(
        destination, url: url, address: try #require(IPAddress(text)))
      let mark = connections.marks.open()
      var error: EgressError?
      do {
        _ = try await connections.with(key) { try await $0.get(url: url.description).get() }
      } catch let thrown {
        error = EgressError(exchange: thrown, hasBegun: connections.marks.close(mark))
      }
      #expect(error == EgressError(.unreachable), "\(text)")
      try await connections.close()
    }
    for code in [EHOSTUNREACH, ENETUNREACH, ECONNRESET, ECONNABORTED, ETIMEDOUT, EACCES] {
      let error = IOError(errnoCode: code, reason: "connect")
      #expect(EgressError(exchange: error, hasBegun: false) == EgressError(.unreachable))
      #expect(EgressError(exchange: error, hasBegun: true) == EgressError(.broken, isUnsent: false))
    }
    // This machine's own trouble is nobody else's.
    let own = IOError(errnoCode: EMFILE, reason: "socket")
    #expect(EgressError(exchange: own, hasBegun: false) == EgressError(.busy))
  }

  @Test("that break in the handshake say nothing of certificates, and leave the call unsent")
  func handshake() async throws {
    try await Self.slamming { authority, _ in
      try await EgressClient.with(loopback: [authority]) { client in
        let error = await client.get("https://\(authority)/", method: .post).error
        #expect(error == EgressError(.unreachable))
      }
    }
  }

  @Test("that break behind the head leave nobody sure, and the mark stays here")
  func sent() async throws {
    try await EgressServer.with(answer: { _, number in
      number == 1 ? .text(200) : .init(fault: .drop)
    }) { server in
      try await EgressClient.with(loopback: [server.authority]) { client in
        let url = "http://\(server.authority)/"
        #expect(await client.get(url, method: .post).status == 200)
        #expect(
          await client.get(url, method: .post).error == EgressError(.broken, isUnsent: false))
        #expect(server.requests.allSatisfy { $0.headers[RequestMarks.field] == nil })
      }
    }
  }

  @Test("carry nothing of a call that has ended")
  func ended() {
    let marks = RequestMarks()
    let (first, second) = (marks.open(), marks.open())
    #expect(first != second)
    #expect(!marks.close(first))
    // Nobody knows of it any more: then it counts as sent.
    #expect(marks.close(first))
    #expect(!marks.close(second))
  }

  @Test("are as many as callers: forty slow answers at once fail nobody, and nobody waits")
  func slow() async throws {
    let waiting = Mutex(0)
    try await EgressServer.with(answer: { _, _ in
      waiting.withLock { $0 += 1 }
      return .init(fault: .silence)
    }) { server in
      try await EgressClient.with(loopback: [server.authority]) { client in
        let url = "http://\(server.authority)/"
        try await withThrowingTaskGroup(of: EgressError?.self) { group in
          for _ in 0..<128 {
            group.addTask { await client.get(url, method: .post).error }
          }
          // All of them are at the server: none waits here for another's end.
          while waiting.withLock({ $0 }) < 128 { try await Task.sleep(for: .milliseconds(2)) }
          // One more is refused at once, which says nothing of the server; others are not.
          let begin = ContinuousClock.now
          #expect(await client.get(url, method: .post).error == EgressError(.busy))
          #expect(ContinuousClock.now - begin < .seconds(1))
          group.addTask { await client.get(url, tenant: "u", method: .post).error }
          while waiting.withLock({ $0 }) < 129 { try await Task.sleep(for: .milliseconds(2)) }
          group.cancelAll()
          while try await group.next() != nil {}
        }
        #expect(client.breakers.statuses(tenantID: "t").map(\.state) == [.closed])
      }
    }
  }

  @Test("to an address that has some are preferred, and to one that has none come last")
  func order() async throws {
    try await EgressServer.with(host: "127.0.0.3", answer: { _, _ in .text(200) }) { server in
      let name = EgressAuthority(host: "two.localhost", port: server.port)
      let clock = EgressClock()
      let resolver = TableResolver([["127.0.0.5", "127.0.0.3"], ["127.0.0.4", "127.0.0.3"]])
      try await EgressClient.with(loopback: [name], resolver: resolver, clock: clock) { client in
        let url = try #require(EgressURL("http://\(name)/"))
        let id = EgressDestination.ID(purpose: .partner, tenantID: "t", name: "p")
        let destination = EgressDestination(id, authorities: [name])
        func keys(_ texts: [String]) -> [EgressConnections.Key] {
          texts.compactMap { IPAddress($0) }
            .map { EgressConnections.Key(destination, url: url, address: $0) }
        }
        #expect(await client.get("http://\(name)/").status == 200)
        #expect(
          client.connections.ordered(keys(["127.0.0.5", "127.0.0.4", "127.0.0.3"]))
            == keys(["127.0.0.3", "127.0.0.4", "127.0.0.5"]))
      }
    }
  }
}
