import GeneratedPeer
import LibCrypto
import RPC
import TestSupport
import Testing

@Suite("A port with mutual TLS")
struct MutualTLSTests {
  /// An authority with a server's and a client's certificate.
  private struct Lab {
    let authority: CertificateAuthority
    let server: IssuedIdentity
    let client: IssuedIdentity

    init() throws {
      let authority = try CertificateAuthority.make(commonName: "lab", validity: .seconds(3600))
      self.authority = authority
      server = try IssuedIdentity { key throws(CertificateError) in
        try authority.issueServer(
          dnsNames: ["door.test"], commonName: "door.test", publicKey: key, validity: .seconds(60))
      }
      client = try IssuedIdentity { key throws(CertificateError) in
        try authority.issueClient(
          uriSAN: "spiffe://door.test/tenants/a/clients/c", commonName: "c", publicKey: key,
          validity: .seconds(60))
      }
    }
  }

  private struct IssuedIdentity {
    let certificatePEM: String
    let keyPEM: String

    init(_ issue: (PublicKey) throws(CertificateError) -> Certificate) throws {
      let key = try PrivateKey.makeP256()
      certificatePEM = try issue(key.publicKey).pem
      keyPEM = try key.pem
    }
  }

  private func call(
    _ port: Int, roots: String, identity: IssuedIdentity?, name: String = "door.test"
  ) async throws -> Peer_V1_Resident {
    var configuration = ClientConfiguration(
      target: "127.0.0.1:\(port)",
      security: .tls(
        rootsPEM: roots,
        identity: identity.map {
          .init(certificateChainPEM: $0.certificatePEM, privateKeyPEM: $0.keyPEM)
        }))
    configuration.serverName = name
    return try await Peer_V1_Directory.Client(wrapping: RPCClient(configuration: configuration))
      .getResident(Peer_V1_GetResidentRequest(), options: CallOptions(timeout: .seconds(5)))
  }

  @Test("shows the handler the leaf that the client proved to hold")
  func leaf() async throws {
    let lab = try Lab()
    let roots = lab.authority.certificate.pem
    let credentials = ServerCredentials(
      certificateChainPEM: lab.server.certificatePEM, privateKeyPEM: lab.server.keyPEM,
      clientRootsPEM: roots)
    let service = TestDirectory(get: { _, context in
      .with {
        $0.name = context.peer.certificatePEM.map { String(decoding: $0, as: UTF8.self) } ?? ""
      }
    })
    var router = RPCRouter()
    router.register(service)
    let server = RPCServer(
      configuration: ServerConfiguration(
        address: "127.0.0.1:0", security: .mutualTLS(credentials)), methods: router.methods)
    let port = try server.start()
    let seen = try await call(port, roots: roots, identity: lab.client)
    let shown = try Certificate(pem: seen.name)
    let issued = try Certificate(pem: lab.client.certificatePEM)
    #expect(shown.der == issued.der)

    await #expect(throws: RPCError.self, "without a certificate") {
      try await call(port, roots: roots, identity: nil)
    }
    let stranger = try Lab()
    await #expect(throws: RPCError.self, "with a stranger's certificate") {
      try await call(port, roots: roots, identity: stranger.client)
    }
    await #expect(throws: RPCError.self, "under another name") {
      try await call(port, roots: roots, identity: lab.client, name: "other.test")
    }

    // The next connection is verified by the new roots.
    credentials.update(clientRootsPEM: roots + stranger.authority.certificate.pem)
    let second = try await call(port, roots: roots, identity: stranger.client)
    #expect(!second.name.isEmpty)
    await server.shutdown()
  }
}
