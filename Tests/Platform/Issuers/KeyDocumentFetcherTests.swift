import Egress
import LibCrypto
import TestSupport
import Testing

@testable import Platform

@Suite("Documents over HTTP")
struct KeyDocumentFetcherTests {
  private func fetch(_ url: String, roots: [String] = []) async throws -> String {
    try await Self.with(url, roots: roots) { client in
      String(
        decoding: try await HTTPKeyDocumentFetcher(client: client).fetch(url, for: "t"),
        as: UTF8.self)
    }
  }

  /// Runs `body` with a client that may call the URL's host of this machine.
  private static func with<Value: Sendable>(
    _ url: String, roots: [String] = [],
    _ body: @escaping @Sendable (EgressClient) async throws -> Value
  ) async throws -> Value {
    let client = try EgressClient(
      policy: EgressPolicy(
        loopback: EgressURL(url).map { [$0.authority] } ?? [], trustRootsPEM: roots))
    let result = await Task { try await body(client) }.result
    try await client.shutdown()
    return try result.get()
  }

  @Test("are fetched")
  func plain() async throws {
    try await DocumentServer.with([
      "/keys": .init(body: "{}")
    ]) { (server) async throws -> Void in
      #expect(try await fetch("\(server.url)/keys") == "{}")
    }
  }

  @Test("are no answer unless they come with 200")
  func status() async throws {
    try await DocumentServer.with([
      "/keys": .init(status: 500, body: "{}"), "/created": .init(status: 201, body: "{}"),
    ]) { server in
      for path in ["keys", "created", "missing"] {
        await #expect(throws: KeyDocumentError.self) { try await fetch("\(server.url)/\(path)") }
      }
    }
  }

  @Test("are not looked for elsewhere: a redirect ends it", .covers("S-A6"))
  func redirect() async throws {
    try await DocumentServer.with(["/keys": .init(body: "{}")]) { target in
      try await DocumentServer.with([
        "/keys": .init(status: 302, headers: ["location": "\(target.url)/keys"], body: "")
      ]) { server in
        await #expect(throws: KeyDocumentError.self) { try await fetch("\(server.url)/keys") }
      }
      #expect(target.requests == 0)
    }
  }

  @Test("are not read beyond 256 KiB")
  func size() async throws {
    let limit = HTTPKeyDocumentFetcher.limit
    try await DocumentServer.with([
      "/most": .init(body: String(repeating: "a", count: limit)),
      "/more": .init(body: String(repeating: "a", count: limit + 1)),
      "/endless": .init(body: String(repeating: "a", count: 4 * limit), isChunked: true),
    ]) { (server) async throws -> Void in
      #expect(try await fetch("\(server.url)/most").utf8.count == limit)
      await #expect(throws: (any Error).self) { try await fetch("\(server.url)/more") }
      await #expect(throws: (any Error).self) { try await fetch("\(server.url)/endless") }
    }
  }

  @Test("are not waited for longer than the deadline")
  func slow() async throws {
    try await DocumentServer.with(["/keys": .init(body: "{}", isSilent: true)]) { server in
      await #expect(throws: KeyDocumentError.self) {
        try await Self.with("\(server.url)/keys") { client in
          try await HTTPKeyDocumentFetcher(client: client, timeout: .milliseconds(200))
            .fetch("\(server.url)/keys", for: "t")
        }
      }
    }
  }

  @Test("come from a server that proves its name, and whose root is trusted")
  func tls() async throws {
    let root = try CertificateAuthority.make(commonName: "Root", validity: .seconds(3600))
    let stranger = try CertificateAuthority.make(commonName: "Stranger", validity: .seconds(3600))
    let key = try PrivateKey.makeP256()
    func identity(_ name: String) throws -> DocumentServer.Identity {
      let certificate = try root.issueServer(
        dnsNames: [name], commonName: name, publicKey: key.publicKey, validity: .seconds(600))
      return .init(certificatePEM: certificate.pem, keyPEM: try key.pem)
    }
    try await DocumentServer.with(
      ["/keys": .init(body: "{}")], identity: try identity("localhost")
    ) { (server) async throws -> Void in
      let url = "https://localhost:\(server.port)/keys"
      #expect(try await fetch(url, roots: [root.certificate.pem]) == "{}")
      await #expect(throws: (any Error).self) { try await fetch(url) }
      await #expect(throws: (any Error).self) {
        try await fetch(url, roots: [stranger.certificate.pem])
      }
    }
    try await DocumentServer.with(
      ["/keys": .init(body: "{}")], identity: try identity("other.example")
    ) { server in
      await #expect(throws: (any Error).self) {
        try await fetch("https://localhost:\(server.port)/keys", roots: [root.certificate.pem])
      }
    }
  }

  @Test("are fetched from no address inside, whatever name it has", .covers("S-E13"))
  func inner() async throws {
    try await DocumentServer.with(["/keys": .init(body: "{}")]) { server in
      let client = try EgressClient()
      for url in [
        "http://127.0.0.1:\(server.port)/keys", "https://127.0.0.1:\(server.port)/keys",
        "https://localhost:\(server.port)/keys", "https://169.254.169.254/latest/meta-data",
        "https://[::ffff:10.0.0.1]/keys", "https://2130706433/keys",
      ] {
        let result = await Task {
          try await HTTPKeyDocumentFetcher(client: client).fetch(url, for: "t")
        }.result
        #expect(throws: KeyDocumentError.self) { try result.get() }
      }
      try await client.shutdown()
      #expect(server.requests == 0)
    }
  }
}
