import TestSupport
import Testing

@testable import Egress

@Suite("Calls to other systems")
struct EgressClientTests {
  @Test("say what they are, and give what was answered", .covers("A27"))
  func answer() async throws {
    try await EgressServer.with(answer: { request, _ in
      .init(status: 201, headers: [("X-Kind", "a")], body: Array("\(request.path)!".utf8))
    }) { server in
      try await EgressClient.with(loopback: [server.authority]) { client in
        let response = try await client.get(
          "http://\(server.authority)/v1/x", method: .post, key: "k"
        ).get()
        #expect(response.status == 201 && response.attempts == 1)
        #expect(response.headers["x-kind"] == "a")
        #expect(response.body == Array("/v1/x!".utf8))
        let request = try #require(server.requests.first)
        #expect(request.method == "POST" && request.headers["idempotency-key"] == "k")
        #expect(request.headers["artel-attempt"] == "1")
      }
    }
  }

  @Test("read no more than they may, packed or not", .covers("C89"))
  func sizes() async throws {
    // 2 MiB of zeros, packed into some two thousand bytes.
    let bomb = GzipBomb.twoMebibytes
    try await EgressServer.with(answer: { request, _ in
      switch request.path {
      case "/packed":
        .init(headers: [("content-encoding", "gzip")], body: GzipBomb.hello)
      case "/bomb": .init(headers: [("content-encoding", "gzip")], body: bomb)
      case "/most": .init(body: [UInt8](repeating: 0x61, count: 64 << 10))
      default: .init(body: [UInt8](repeating: 0x61, count: (64 << 10) + 1))
      }
    }) { server in
      try await EgressClient.with(loopback: [server.authority]) { client in
        let root = "http://\(server.authority)"
        let packed = try await client.get("\(root)/packed").get()
        #expect(packed.body == Array("hello".utf8))
        let most = try await client.get("\(root)/most").get()
        #expect(most.body.count == 64 << 10)
        let tooLarge = EgressError(.answerTooLarge, isUnsent: false)
        #expect(await client.get("\(root)/more").error == tooLarge)
        #expect(await client.get("\(root)/bomb").error == tooLarge)
        #expect(server.requests.first?.headers["accept-encoding"] == "gzip")
      }
    }
  }

  @Test("end in time, whatever the other system does", .covers("S-F5"))
  func faults() async throws {
    try await EgressServer.with(answer: { request, _ in
      switch request.path {
      case "/silent": .init(fault: .silence)
      case "/half": .init(body: [0x61], fault: .halfBody)
      case "/garbage": .init(fault: .garbage)
      default: .init(fault: .drop)
      }
    }) { server in
      try await EgressClient.with(loopback: [server.authority]) { client in
        var limits = EgressLimits()
        limits.firstByte = .milliseconds(200)
        limits.attempt = .milliseconds(400)
        func error(_ path: String) async -> EgressError? {
          await client.get(
            "http://\(server.authority)/\(path)", operation: path, method: .post, limits: limits
          ).error
        }
        #expect(await error("silent") == EgressError(.timedOut, isUnsent: false))
        #expect(await error("half") == EgressError(.timedOut, isUnsent: false))
        #expect(await error("garbage") == EgressError(.badAnswer, isUnsent: false))
        #expect(await error("drop") == EgressError(.broken, isUnsent: false))
      }
    }
  }

  @Test("to nobody are unsent")
  func nobody() async throws {
    let gone = EgressLog()
    var authority = EgressAuthority(host: "127.0.0.1", port: 1)
    try await EgressServer.with(answer: { _, _ in .text(200) }) { authority = $0.authority }
    try await EgressClient.with(loopback: [authority], observer: gone) { client in
      let error = await client.get("http://\(authority)/", method: .post).error
      #expect(error == EgressError(.unreachable))
      #expect(await client.get("http://\(authority)/", within: .zero).error?.reason == .timedOut)
    }
    #expect(gone.attempts.first?.result == .failed(EgressError(.unreachable)))
    try await EgressClient.with(loopback: [authority]) { client in
      try await client.shutdown()
      #expect(await client.get("http://\(authority)/").error == EgressError(.closed))
    }
  }

  @Test("go to the next address of a name where nobody listens at the first")
  func nextAddress() async throws {
    try await EgressServer.with(host: "127.0.0.3", answer: { _, _ in .text(200) }) { server in
      let name = EgressAuthority(host: "two.localhost", port: server.port)
      try await EgressClient.with(
        loopback: [name], resolver: TableResolver([["127.0.0.5", "127.0.0.3"]])
      ) { client in
        #expect(await client.get("http://\(name)/").status == 200)
      }
    }
  }

  @Test("are seen, each attempt with its number", .covers("A30", "B35"))
  func observed() async throws {
    try await EgressServer.with(answer: { _, number in .text(number == 7 ? 503 : 200) }) {
      server in
      let log = EgressLog()
      try await EgressClient.with(loopback: [server.authority], observer: log) { client in
        for _ in 1...7 { #expect(await client.get("http://\(server.authority)/").status == 200) }
      }
      #expect(log.attempts.map(\.number) == [1, 1, 1, 1, 1, 1, 1, 2])
      #expect(log.attempts.map(\.result)[6...] == [.answered(503), .answered(200)])
      #expect(server.requests.last?.headers["artel-attempt"] == "2")
    }
  }
}

/// Packed by gzip.
enum GzipBomb {
  static let hello: [UInt8] = [
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xcb, 0x48, 0xcd, 0xc9,
    0xc9, 0x07, 0x00, 0x86, 0xa6, 0x10, 0x36, 0x05, 0x00, 0x00, 0x00,
  ]

  /// Zeros.
  static let twoMebibytes: [UInt8] =
    [
      0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xed, 0xc1, 0x31, 0x01,
      0x00, 0x00, 0x00, 0xc2, 0xa0, 0xf5, 0x4f, 0x6d, 0x0c, 0x1f, 0xa0,
    ]
    + [UInt8](repeating: 0x00, count: 2032)
    + [
      0xbe, 0x06, 0x7e, 0x87, 0x89, 0x8d, 0x00, 0x00, 0x20, 0x00,
    ]
}
