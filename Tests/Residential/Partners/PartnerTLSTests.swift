import Egress
import LibCrypto
import Logging
import NIOSSL
import Postgres
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import Residential

@Suite("TLS to partners")
struct PartnerTLSTests {
  private func context(
    _ authority: CertificateAuthority, names: [String], addresses: [String]
  ) throws -> NIOSSLContext {
    let key = try PrivateKey.makeP256()
    let leaf = try authority.issueServer(
      dnsNames: names, ipAddresses: addresses, commonName: "partner", publicKey: key.publicKey,
      validity: .seconds(3600))
    return try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(leaf.pem.utf8))
          .map { .certificate($0) },
        privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.pem.utf8), format: .pem))))
  }

  /// One send to a partner with this certificate, trusting these roots.
  private func open(
    _ authority: CertificateAuthority, names: [String] = [], addresses: [String] = [],
    trusting roots: [String], host: String = "127.0.0.1"
  ) async throws -> (reply: PartnerReply, requests: Int) {
    let stub = PartnerStub()
    try await stub.start(tls: context(authority, names: names, addresses: addresses))
    let secrets = PartnerSecrets(vault: .ofTest())
    let egress = try EgressClient(
      policy: EgressPolicy(
        loopback: [EgressAuthority(host: host, port: stub.port)], trustRootsPEM: roots))
    let client = HTTPPartnerClient(
      egress: egress, secrets: secrets,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let base = "https://\(host):\(stub.port)"
    let order = PartnerOrder(
      commandID: UUIDv7.make(),
      route: PartnerRoute(
        endpoint: PartnerEndpoint(
          tenantID: "t", partnerID: "p", baseURI: "\(base)/v1/", tokenURI: "\(base)/oauth2/token",
          clientID: stub.clientID,
          credentials: PartnerCredentials(
            sealedSecret: try await secrets.seal(
              stub.clientSecret, tenantID: "t", partnerID: "p"))),
        deviceRef: "d"),
      key: "k", deadline: .now())
    let reply = await client.open(order, until: .now + .seconds(30))
    try await egress.shutdown()
    try await stub.stop()
    return (reply, stub.requests.count)
  }

  @Test("takes a partner whose certificate a trusted authority issued", .covers("A07", "A08"))
  func trusted() async throws {
    let authority = try CertificateAuthority.make(commonName: "Root", validity: .seconds(7200))
    let result = try await open(
      authority, addresses: ["127.0.0.1"], trusting: [authority.certificate.pem])
    #expect(result.reply == .state(.acknowledged))
  }

  @Test("tells nothing to a partner whose authority is not trusted", .covers("A08"))
  func untrusted() async throws {
    let authority = try CertificateAuthority.make(commonName: "Root", validity: .seconds(7200))
    let other = try CertificateAuthority.make(commonName: "Other", validity: .seconds(7200))
    for roots in [[], [other.certificate.pem]] {
      let result = try await open(authority, addresses: ["127.0.0.1"], trusting: roots)
      #expect(result.reply == .notSent(.unreachable))
      #expect(result.requests == 0)
    }
  }

  @Test("tells nothing to a partner whose certificate has another name", .covers("A08"))
  func wrongName() async throws {
    let authority = try CertificateAuthority.make(commonName: "Root", validity: .seconds(7200))
    let result = try await open(
      authority, names: ["partner.example"], trusting: [authority.certificate.pem])
    #expect(result.reply == .notSent(.unreachable))
    #expect(result.requests == 0)
  }
}
