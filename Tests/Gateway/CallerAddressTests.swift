import GeneratedPeer
import NIOCore
import RPC
import TestSupport
import Testing

@testable import Gateway

@Suite("The REST door: where a call comes from")
struct CallerAddressTests {
  private let resident = "/v1/complexes/c1/residents/r1"

  /// Answers with the caller's address, and what the handler sees of the field.
  private let method = Methods.getResident { _, context in
    try Methods.reply(
      Peer_V1_Resident.with {
        $0.name = context.peer.address
        $0.phone = context.metadata.first("x-forwarded-for") ?? ""
      })
  }

  private func address(_ door: Door, _ headers: [String]) throws -> String {
    String(decoding: try door.exchange("GET", resident, headers).body, as: UTF8.self)
  }

  @Test("is the peer, whatever it says, where no proxy is trusted", .covers("S-E14"))
  func untrusted() async throws {
    try await Door.with([method]) { door throws in
      let body = try address(door, ["X-Forwarded-For: 203.0.113.7"])
      #expect(body.contains("127.0.0.1") && !body.contains("203.0.113.7"))
    }
  }

  @Test("is whom the door is told that a proxy speaks for, by all of its fields", .covers("S-E14"))
  func trusted() async throws {
    try await Door.with(
      [method], configure: { $0.clientAddress = { "\($0) for \($1)" } }
    ) { door throws in
      #expect(
        try address(
          door, ["X-Forwarded-For: 198.51.100.9, 203.0.113.7", "X-Forwarded-For: 10.0.0.1"]
        )
        .contains("127.0.0.1 for 198.51.100.9, 203.0.113.7,10.0.0.1"))
      #expect(try address(door, []).contains("\"127.0.0.1\""))
    }
  }

  @Test("has so many connections and no more", .covers("S-F9"))
  func connections() async throws {
    try await Door.with([method], configure: { $0.maxConnectionsPerAddress = 2 }) { door throws in
      let first = try door.connect()
      let second = try door.connect()
      #expect(try first.exchange("GET", "/healthz").status == 200)
      #expect(try second.exchange("GET", "/healthz").status == 200)
      #expect(try door.connect().isClosed())
      #expect(try second.exchange("GET", "/healthz").status == 200)
    }
  }

  @Test("counts connections that it refuses", .covers("S-F9"))
  func refused() async throws {
    try await Door.with([method], configure: { $0.maxConnectionsPerAddress = 1 }) { door throws in
      let first = try door.connect()
      #expect(try first.exchange("GET", "/healthz").status == 200)
      #expect(try door.connect().isClosed())
      #expect(door.gateway.statistics.refused == 1)
    }
  }

  @Test("has any number where it is a proxy's, and nobody else has", .covers("S-F9"))
  func shared() async throws {
    for (isShared, isClosed) in [(true, false), (false, true)] {
      try await Door.with(
        [method],
        configure: {
          $0.maxConnectionsPerAddress = 1
          $0.isShared = { isShared && $0 == "127.0.0.1" }
        }
      ) { door throws in
        let first = try door.connect()
        #expect(try first.exchange("GET", "/healthz").status == 200)
        let second = try door.connect()
        if isClosed {
          #expect(try second.isClosed())
        } else {
          #expect(try second.exchange("GET", "/healthz").status == 200)
        }
      }
    }
  }

  @Test(
    "is counted by its network, however it is written", .covers("S-F9"),
    arguments: [
      ("2001:db8::1", "2001:db8::2", true), ("2001:db8::1", "2001:db8::a:b:c:d", true),
      ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true), ("2001:0:0:5::1", "2001:0:0:5:6::1", true),
      ("2001:db8::1", "2001:db8:0:1::1", false), ("2001:db8::1", "2001:db9::1", false),
      ("203.0.113.1", "::ffff:203.0.113.1", true), ("203.0.113.1", "203.0.113.2", false),
    ])
  func networks(one: String, other: String, areOne: Bool) throws {
    func name(_ address: String) throws -> String {
      AddressCounts.name(try SocketAddress(ipAddress: address, port: 1))
    }
    #expect((try name(one) == name(other)) == areOne)
  }

  @Test("gets nothing but health where its network is refused", .covers("A15"))
  func refusedNetwork() async throws {
    let document = StaticDocument(
      path: "/page", contentType: "text/plain", body: Array("hello".utf8))
    try await Door.with(
      [method, Methods.createVisit], documents: [document],
      configure: {
        $0.clientAddress = { $1 }
        $0.refusal = { address in
          guard address == "203.0.113.7" else { return nil }
          return RPCError(code: .permissionDenied, message: "nobody may call")
        }
      }
    ) { door throws in
      for (verb, path, isRefused) in [
        ("GET", "/page", true), ("HEAD", "/page", true), ("OPTIONS", "/page", true),
        ("OPTIONS", resident, true), ("GET", "/healthz", false), ("GET", "/readyz", false),
      ] {
        for (address, isDenied) in [("203.0.113.7", true), ("203.0.113.8", false)] {
          let answer = try door.exchange(verb, path, ["X-Forwarded-For: \(address)"])
          #expect((answer.status == 403) == (isRefused && isDenied), "\(verb) \(path)")
        }
      }
      // What it sends is not read, so that nobody says what is wrong with it.
      for (address, status) in [("203.0.113.7", 403), ("203.0.113.8", 400)] {
        let answer = try door.exchange(
          "POST", "/v1/complexes/c1/visits",
          ["X-Forwarded-For: \(address)", "Content-Type: application/json"], body: "{malformed")
        #expect(answer.status == status)
      }
    }
  }
}
