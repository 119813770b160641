import LibCrypto
import NIOSSL
import TestSupport
import Testing

@testable import Egress

@Suite("The certificate that the platform shows")
struct EgressIdentityTests {
  @Test("is the destination's, and nobody else's", .covers("A07"))
  func identity() async throws {
    let root = try CertificateAuthority.make(commonName: "Root", validity: .seconds(3600))
    let serverKey = try PrivateKey.makeP256()
    let leaf = try root.issueServer(
      dnsNames: ["localhost"], commonName: "partner", publicKey: serverKey.publicKey,
      validity: .seconds(600))
    var tls = TLSConfiguration.makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(leaf.pem.utf8))
        .map { .certificate($0) },
      privateKey: .privateKey(
        try NIOSSLPrivateKey(bytes: Array(serverKey.pem.utf8), format: .pem)))
    tls.certificateVerification = .noHostnameVerification
    tls.trustRoots = .certificates(
      try NIOSSLCertificate.fromPEMBytes(Array(root.certificate.pem.utf8)))
    let context = try NIOSSLContext(configuration: tls)

    let key = try PrivateKey.makeP256()
    let own = try root.issueClient(
      uriSAN: "spiffe://artel.localhost/tenants/t/clients/c", commonName: "c",
      publicKey: key.publicKey, validity: .seconds(600))
    let identity = EgressIdentity(certificateChainPEM: own.pem, privateKeyPEM: try key.pem)
    try await EgressServer.with(tls: context, answer: { _, _ in .text(200) }) { server in
      let name = EgressAuthority(host: "localhost", port: server.port)
      try await EgressClient.with(loopback: [name], roots: [root.certificate.pem]) { client in
        func status(_ identity: EgressIdentity?) async -> Int? {
          let destination = EgressDestination(
            .init(purpose: .partner, tenantID: "t", name: "p"), authorities: [name],
            identity: identity)
          // What exactly a server says to nobody is its own matter.
          return try? await client.call(
            EgressRequest(operation: "x", method: .post, url: "https://\(name)/"),
            to: destination, until: .now + .seconds(10)
          ).status
        }
        #expect(await status(identity) == 200)
        #expect(await status(nil) == nil)
        #expect(await status(identity) == 200)
      }
      #expect(server.requests.count == 2)
    }
  }
}
