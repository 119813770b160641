import RPC
import TestSupport
import Testing

@Suite("A probe through the real port")
struct ProbeTests {
  @Test("is answered by a server without TLS, whatever it serves")
  func plaintext() async throws {
    try await withMethods([]) { _, server in try await server.probe(timeout: .seconds(10)) }
  }

  @Test("is answered by a server with TLS, although it would refuse the prober")
  func secured() async throws {
    let lab = try LabAuthority()
    let identity = try lab.server("a.test")
    let credentials = ServerCredentials(
      certificateChainPEM: identity.certificatePEM, privateKeyPEM: identity.keyPEM,
      clientTrust: ["a.test": ClientTrust(rootsPEM: lab.rootPEM)])
    try await withTLSDoor(credentials, serverRoot: lab.rootPEM) { door in
      try await door.server.probe(timeout: .seconds(10))
    }
  }

  @Test("fails where the server does not run")
  func stopped() async throws {
    let server = RPCServer(
      configuration: ServerConfiguration(address: "127.0.0.1:0"), methods: [])
    await #expect(throws: ServerStartError.self) {
      try await server.probe(timeout: .seconds(1))
    }
    try server.start()
    await server.shutdown()
    await #expect(throws: ServerStartError.self) {
      try await server.probe(timeout: .seconds(1))
    }
  }
}
