import Foundation
import GeneratedPeer
import RPC
import TestSupport
import Testing

@Suite("A port with TLS, whose trust is chosen by name")
struct ServerNameTests {
  private let house: LabAuthority
  private let a: LabAuthority
  private let b: LabAuthority
  private let server: LabIdentity

  init() throws {
    house = try LabAuthority("house")
    a = try LabAuthority("a")
    b = try LabAuthority("b")
    server = try house.server("a.test", "b.test", "c.test")
  }

  private func credentials(_ trust: [String: ClientTrust]) -> ServerCredentials {
    ServerCredentials(
      certificateChainPEM: server.certificatePEM, privateKeyPEM: server.keyPEM, clientTrust: trust)
  }

  private var both: [String: ClientTrust] {
    ["a.test": .init(rootsPEM: a.rootPEM), "b.test": .init(rootsPEM: b.rootPEM)]
  }

  @Test("serves each tenant's clients under its name", .covers("S-B11"))
  func names() async throws {
    let (clientA, clientB) = (try a.client("one"), try b.client("two"))
    try await withTLSDoor(credentials(both), serverRoot: house.rootPEM) { door in
      let seenA = try await door.call(clientA)
      let seenB = try await door.call(clientB, name: "b.test")
      #expect(seenA == "\(clientA.certificate.thumbprint) a.test")
      #expect(seenB == "\(clientB.certificate.thumbprint) b.test")
      let (standingA, standingB) = (door.client(clientA), door.client(clientB, name: "b.test"))
      _ = try await standingA.getResident(.init())
      _ = try await standingB.getResident(.init())
      let infos = door.server.connections
      #expect(Set(infos.map(\.subject)) == ["CN=one", "CN=two"])
      #expect(infos.allSatisfy { $0.certificateChainDER.count == 2 })
      await #expect(throws: RPCError.self, "another tenant's certificate") {
        try await door.call(clientB)
      }
      await #expect(throws: RPCError.self, "an unknown name") {
        try await door.call(clientA, name: "c.test")
      }
      await #expect(throws: RPCError.self, "no certificate") { try await door.call(nil) }
      #expect(await eventually { door.server.listenerCounts.failedHandshakes >= 3 })
    }
  }

  @Test("refuses old and foreign protocols by an alert", .covers("S-B1", "S-B3"))
  func protocols() async throws {
    let client = try a.client("one")
    try await withTLSDoor(credentials(both), serverRoot: house.rootPEM) { door in
      func shake(_ more: String...) async throws -> String {
        try await openssl(
          ["s_client", "-connect", "127.0.0.1:\(door.port)"] + more, client: client)
      }
      #expect(try await shake("-servername", "a.test", "-alpn", "h2").contains("ALPN protocol: h2"))
      #expect(
        try await shake("-servername", "a.test").contains("alert no application protocol"))
      #expect(
        try await shake("-servername", "a.test", "-alpn", "http/1.1")
          .contains("alert no application protocol"))
      #expect(
        try await shake("-servername", "x.test", "-alpn", "h2")
          .contains("unrecognized name"))
      #expect(
        try await shake("-noservername", "-alpn", "h2").contains("unrecognized name"))
      let old = try await shake(
        "-servername", "a.test", "-alpn", "h2", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0")
      #expect(old.contains("alert protocol version") || old.contains("unsupported protocol"))
      let weak = try await shake(
        "-servername", "a.test", "-alpn", "h2", "-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA")
      #expect(weak.contains("handshake failure"))
      let tickets = try await shake("-servername", "a.test", "-alpn", "h2", "-tls1_2")
      #expect(tickets.contains("Secure Renegotiation IS supported"))
      #expect(!tickets.contains("session ticket:"))
    }
  }

  @Test("lets broken roots or lists of one name touch no other", .covers("S-B21", "S-B22"))
  func broken() async throws {
    let (clientA, clientB) = (try a.client("one"), try b.client("two"))
    var trust = both
    let broken: [ClientTrust] = [
      .init(rootsPEM: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
      .init(rootsPEM: b.rootPEM, revocationListsPEM: "rubbish"),
      .init(
        rootsPEM: b.rootPEM,
        revocationListsPEM: try revocationList(of: b, revoking: [], nextUpdate: -60)),
      .init(rootsPEM: b.rootPEM, revocationListsPEM: try revocationList(of: a, revoking: [])),
      .init(rootsPEM: ""),
    ]
    trust["b.test"] = broken[0]
    let credentials = credentials(trust)
    try await withTLSDoor(credentials, serverRoot: house.rootPEM) { door in
      for trust in broken {
        credentials.update(clientTrust: trust, forServerName: "b.test")
        await #expect(throws: RPCError.self, "\(trust)") {
          try await door.call(clientB, name: "b.test")
        }
        #expect(try await door.call(clientA).hasSuffix("a.test"))
      }
      // An empty list is a good one.
      credentials.update(
        clientTrust: .init(
          rootsPEM: b.rootPEM, revocationListsPEM: try revocationList(of: b, revoking: [])),
        forServerName: "b.test")
      #expect(try await door.call(clientB, name: "b.test").hasSuffix("b.test"))
    }
  }

  @Test("ends the connection of a certificate that is revoked", .covers("S-B19"))
  func revoked() async throws {
    let (good, bad) = (try a.client("good"), try a.client("bad"))
    let credentials = credentials(both)
    try await withTLSDoor(credentials, serverRoot: house.rootPEM) { door in
      let (goodClient, badClient) = (door.client(good), door.client(bad))
      _ = try await goodClient.getResident(.init())
      _ = try await badClient.getResident(.init())
      #expect(door.server.connections.count == 2)
      credentials.update(
        clientTrust: .init(
          rootsPEM: a.rootPEM,
          revocationListsPEM: try revocationList(of: a, revoking: [bad.certificate])),
        forServerName: "a.test")
      #expect(await eventually { door.server.connections.map(\.subject) == ["CN=good"] })
      await #expect(throws: RPCError.self) { try await badClient.getResident(.init()) }
      _ = try await goodClient.getResident(.init())
      // The whole tenant goes.
      credentials.update(clientTrust: nil, forServerName: "a.test")
      #expect(await eventually { door.server.connections.isEmpty })
      await #expect(throws: RPCError.self) { try await goodClient.getResident(.init()) }
      #expect(door.server.listenerCounts.ended == 2)
    }
  }

  @Test("ends a connection whose client's certificate expires under it, and no other")
  func expiry() async throws {
    try await withTLSDoor(credentials(both), serverRoot: house.rootPEM) { door in
      let short = door.client(try a.client("short", validity: .seconds(2)))
      let long = door.client(try a.client("long"))
      _ = try await short.getResident(.init())
      _ = try await long.getResident(.init())
      #expect(door.server.connections.count == 2)
      #expect(await eventually { door.server.connections.count == 1 })
      await #expect(throws: RPCError.self) { _ = try await short.getResident(.init()) }
      _ = try await long.getResident(.init())
      #expect(door.server.listenerCounts.ended == 1)
    }
  }

  @Test("replaces its own certificate under load without a failed call, and refuses a bad one")
  func reload() async throws {
    let client = try a.client("one")
    let credentials = credentials(both)
    try await withTLSDoor(credentials, serverRoot: house.rootPEM) { door in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<4 {
          group.addTask { for _ in 0..<25 { _ = try await door.call(client) } }
        }
        for _ in 0..<10 {
          let next = try house.server("a.test")
          try credentials.update(
            certificateChainPEM: next.certificatePEM, privateKeyPEM: next.keyPEM)
          let other = try house.server("a.test")
          #expect(throws: ServerCredentialsError.self, "another's key") {
            try credentials.update(
              certificateChainPEM: next.certificatePEM, privateKeyPEM: other.keyPEM)
          }
          let past = try house.server("a.test", validity: .seconds(-1))
          #expect(throws: ServerCredentialsError.self, "expired") {
            try credentials.update(
              certificateChainPEM: past.certificatePEM, privateKeyPEM: past.keyPEM)
          }
          #expect(throws: ServerCredentialsError.self, "no key") {
            try credentials.update(certificateChainPEM: next.certificatePEM, privateKeyPEM: "")
          }
          #expect(throws: ServerCredentialsError.self, "no certificate") {
            try credentials.update(certificateChainPEM: "", privateKeyPEM: next.keyPEM)
          }
          try await Task.sleep(for: .milliseconds(5))
        }
        try await group.waitForAll()
      }
      let shown = try await openssl(
        [
          "s_client", "-connect", "127.0.0.1:\(door.port)", "-servername", "a.test", "-alpn", "h2",
        ], client: client)
      #expect(shown.contains("CN = a.test"))
    }
  }

  @Test("does not start with a bad certificate or key")
  func badStart() throws {
    let other = try house.server("a.test")
    let credentials = ServerCredentials(
      certificateChainPEM: server.certificatePEM, privateKeyPEM: other.keyPEM, clientTrust: both)
    let server = RPCServer(
      configuration: .init(address: "127.0.0.1:0", security: .mutualTLS(credentials)), methods: [])
    #expect(throws: ServerStartError.self) { try server.start() }
  }
}

/// Runs the `openssl` program with a client's certificate, its input closed at once; gives both
/// outputs together.
func openssl(_ arguments: [String], client: LabIdentity) async throws -> String {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("rpc-listener-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer {
    // Nothing can be done about a folder that stays.
    try? FileManager.default.removeItem(at: folder)
  }
  let pem = folder.appendingPathComponent("client.pem")
  try Data((client.certificatePEM + client.keyPEM).utf8).write(to: pem)
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["openssl"] + arguments + ["-cert", pem.path, "-key", pem.path]
  let output = Pipe()
  process.standardOutput = output
  process.standardError = output
  process.standardInput = FileHandle.nullDevice
  try process.run()
  return await withCheckedContinuation { continuation in
    // On a thread of its own: reading blocks.
    Thread.detachNewThread {
      let data = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      continuation.resume(returning: String(decoding: data, as: UTF8.self))
    }
  }
}
