import Egress
import FoundationEssentials
import GeneratedResidential
import JWTKit
import LibCrypto
import Logging
import NIOSSL
import Postgres
import Storage
import StorageTestSupport
import Synchronization
import TestSupport
import Testing

@testable import Residential

/// A partner over TLS whose token endpoint judges how the platform proves itself.
private final class Bank: Sendable {
  let authority: CertificateAuthority
  private let server: StubServer
  private let seen: Seen

  private final class Seen: Sendable { let requests = Mutex(0) }

  /// - Parameter admits: whether a token request is good.
  init(
    asksCertificate: Bool, _ admits: @escaping @Sendable (StubRequest) async -> Bool
  ) async throws {
    let authority = try CertificateAuthority.make(commonName: "Root", validity: .seconds(7200))
    self.authority = authority
    let key = try PrivateKey.makeP256()
    let leaf = try authority.issueServer(
      dnsNames: [], ipAddresses: ["127.0.0.1"], commonName: "bank", publicKey: key.publicKey,
      validity: .seconds(3600))
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(leaf.pem.utf8))
        .map { .certificate($0) },
      privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.pem.utf8), format: .pem)))
    if asksCertificate {
      configuration.certificateVerification = .noHostnameVerification
      configuration.trustRoots = .certificates(
        try NIOSSLCertificate.fromPEMBytes(Array(authority.certificate.pem.utf8)))
    }
    let seen = Seen()
    server = try await StubServer(tls: NIOSSLContext(configuration: configuration)) { request in
      seen.requests.withLock { $0 += 1 }
      guard request.path == "/oauth2/token" else {
        return StubReply(status: 202, body: #"{"id":"x","state":"ACKNOWLEDGED"}"#)
      }
      guard await admits(request) else {
        return StubReply(status: 401, body: #"{"error":"invalid_client"}"#)
      }
      return StubReply(body: #"{"access_token":"t","token_type":"Bearer","expires_in":600}"#)
    }
    self.seen = seen
  }

  /// How many requests came.
  var count: Int { seen.requests.withLock { $0 } }

  /// A certificate of a client, with its key.
  func identity() throws -> (certificate: String, key: String) {
    let key = try PrivateKey.makeP256()
    let leaf = try authority.issueClient(
      uriSAN: "spiffe://artel.example/t/clients/artel", commonName: "artel",
      publicKey: key.publicKey, validity: .seconds(3600))
    return (leaf.pem, try key.pem)
  }

  /// One command, by credentials.
  func open(
    _ secrets: PartnerSecrets, _ credentials: PartnerCredentials
  ) async throws -> PartnerReply {
    let egress = try EgressClient(
      policy: EgressPolicy(
        loopback: [EgressAuthority(host: "127.0.0.1", port: server.port)],
        trustRootsPEM: [authority.certificate.pem]))
    let client = HTTPPartnerClient(
      egress: egress, secrets: secrets,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let base = "https://127.0.0.1:\(server.port)"
    let reply = await client.open(
      PartnerOrder(
        commandID: UUIDv7.make(),
        route: PartnerRoute(
          endpoint: PartnerEndpoint(
            tenantID: "t", partnerID: "p", baseURI: "\(base)/v1", tokenURI: "\(base)/oauth2/token",
            clientID: "artel", credentials: credentials),
          deviceRef: "d"),
        key: "k", deadline: .now()),
      until: .now + .seconds(30))
    try await egress.shutdown()
    return reply
  }

  func stop() async throws { try await server.stop() }
}

/// What an assertion has to say (RFC 7523 section 3).
private struct AssertionClaims: JWTPayload {
  let iss: String
  let sub: String
  let aud: String
  let jti: String
  let exp: ExpirationClaim

  func verify(using _: some JWTAlgorithm) throws { try exp.verifyNotExpired() }
}

@Suite("How the platform proves itself at partners")
struct PartnerProofTests {
  private let secrets = PartnerSecrets(vault: .ofTest())

  private func seal(
    _ text: String, _ column: PartnerSecrets.Column = PartnerSecrets.Sealed.clientSecret
  ) async throws -> [UInt8] {
    try await secrets.seal(text, in: column, tenantID: "t", partnerID: "p")
  }

  @Test("is a certificate, where the partner wants one", .covers("A09"))
  func certificate() async throws {
    let bank = try await Bank(asksCertificate: true) {
      $0.body == "grant_type=client_credentials&client_id=artel"
    }
    let identity = try bank.identity()
    let shown = PartnerCredentials(
      authentication: .tlsCertificate, tlsCertificate: identity.certificate,
      sealedTLSKey: try await seal(identity.key, PartnerSecrets.Sealed.tlsKey))
    #expect(try await bank.open(secrets, shown) == .state(.acknowledged))
    // Without it, or with that of a stranger, nobody gets in.
    let heard = bank.count
    let none = PartnerCredentials(sealedSecret: try await seal("s"))
    guard case .notSent = try await bank.open(secrets, none) else {
      Issue.record("let in without a certificate")
      return try await bank.stop()
    }
    let stranger = try await Bank(asksCertificate: true) { _ in false }
    let other = try stranger.identity()
    let strange = PartnerCredentials(
      authentication: .tlsCertificate, tlsCertificate: other.certificate,
      sealedTLSKey: try await seal(other.key, PartnerSecrets.Sealed.tlsKey))
    guard case .notSent = try await bank.open(secrets, strange) else {
      Issue.record("let in with another authority's certificate")
      return try await bank.stop()
    }
    #expect(bank.count == heard)
    try await stranger.stop()
    try await bank.stop()
  }

  @Test("is an assertion for this token endpoint, signed by the key of now", .covers("A09"))
  func assertion() async throws {
    let key = try PrivateKey.makeP256()
    let publicPEM = key.publicKey.pem
    let bank = try await Bank(asksCertificate: false) { request in
      let form = Dictionary(
        request.body.split(separator: "&").map { pair in
          let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
          return (parts[0], (parts.last ?? "").removingPercentEncoding ?? "")
        }, uniquingKeysWith: { first, _ in first })
      let keys = JWTKeyCollection()
      guard let known = try? ES256PublicKey(pem: publicPEM) else { return false }
      await keys.add(ecdsa: known, kid: "k-1")
      guard
        form["client_assertion_type"]
          == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        let claims = try? await keys.verify(
          form["client_assertion"] ?? "", as: AssertionClaims.self)
      else { return false }
      return claims.iss == "artel" && claims.sub == "artel" && !claims.jti.isEmpty
        && claims.aud.hasSuffix("/oauth2/token") && request.headers["authorization"] == nil
    }
    let pem = try key.pem
    let good = PartnerCredentials(
      authentication: .privateKeyJWT,
      sealedAssertionKey: try await seal(pem, PartnerSecrets.Sealed.assertionKey),
      assertionKeyID: "k-1")
    #expect(try await bank.open(secrets, good) == .state(.acknowledged))
    let otherPEM = try PrivateKey.makeP256().pem
    let other = PartnerCredentials(
      authentication: .privateKeyJWT,
      sealedAssertionKey: try await seal(otherPEM, PartnerSecrets.Sealed.assertionKey),
      assertionKeyID: "k-1")
    #expect(try await bank.open(secrets, other) == .refused(code: "invalid_client"))
    try await bank.stop()
  }

  @Test("is the secret in the form, where the partner wants it there")
  func post() async throws {
    let bank = try await Bank(asksCertificate: false) {
      $0.headers["authorization"] == nil
        && $0.body == "grant_type=client_credentials&client_id=artel&client_secret=s%3D1"
    }
    let credentials = PartnerCredentials(
      authentication: .secretPost, sealedSecret: try await seal("s=1"))
    #expect(try await bank.open(secrets, credentials) == .state(.acknowledged))
    try await bank.stop()
  }

  @Test("is nothing where a key was sealed for another column", .covers("S-H1"))
  func moved() async throws {
    let bank = try await Bank(asksCertificate: false) { _ in true }
    let identity = try bank.identity()
    // Sealed as the client's secret: it opens as nothing else.
    let credentials = PartnerCredentials(
      authentication: .tlsCertificate, tlsCertificate: identity.certificate,
      sealedTLSKey: try await seal(identity.key))
    #expect(try await bank.open(secrets, credentials) == .refused(code: "secret_unreadable"))
    #expect(bank.count == 0)
    try await bank.stop()
  }
}

@Suite("Credentials that a partner is given")
struct PartnerCredentialFieldTests {
  private func refused(
    _ field: String, _ fill: (inout Artel_Residential_V1_Partner) throws -> Void
  ) async throws {
    var partner = Artel_Residential_V1_Partner()
    try fill(&partner)
    let message = partner
    let error = await refusal {
      let update = try PartnerUpdate(message, mask: nil, EgressPolicy())
      try update.checkWhole(update.applied(to: .init()), over: PartnerCredentials())
      return update
    }
    #expect(error?.message.hasPrefix("partner.\(field) ") == true, "\(String(describing: error))")
  }

  @Test("are complete, readable and belong together", .covers("A12"))
  func fields() async throws {
    let key = try PrivateKey.makeP256()
    let pem = try key.pem
    let authority = try CertificateAuthority.make(commonName: "Root", validity: .seconds(7200))
    let certificate = authority.certificate.pem
    try await refused("client_secret") { _ in }
    try await refused("client_secret") { $0.authentication = .clientSecretPost }
    try await refused("assertion_key") { $0.authentication = .privateKeyJwt }
    try await refused("assertion_key_id") {
      $0.authentication = .privateKeyJwt
      $0.assertionKey = pem
    }
    try await refused("assertion_key") { $0.assertionKey = "a key" }
    try await refused("tls_certificate") { $0.authentication = .tlsClientAuth }
    try await refused("tls_key") { $0.tlsCertificate = certificate }
    try await refused("tls_key") { $0.tlsKey = pem }
    try await refused("tls_key") {
      $0.tlsCertificate = certificate
      $0.tlsKey = pem
    }
    try await refused("tls_certificate") {
      $0.tlsCertificate = "a certificate"
      $0.tlsKey = pem
    }
    for (certificate, key) in [try Self.ended(), try await Self.selfSigned(curve: "secp256k1")] {
      try await refused("tls_certificate") {
        $0.tlsCertificate = certificate
        $0.tlsKey = key
      }
    }
    try await refused("authentication") { $0.authentication = .UNRECOGNIZED(99) }
    try await refused("format") { $0.format = .UNRECOGNIZED(99) }
    try await refused("client_secret") { $0.clientSecret = "a\0b" }
  }

  /// A certificate that has ended, and its key.
  private static func ended() throws -> (String, String) {
    let now = UnixTime.now()
    let authority = try CertificateAuthority.make(
      commonName: "Root", validity: .seconds(7200), now: now - 7200)
    let key = try PrivateKey.makeP256()
    let leaf = try authority.issueServer(
      dnsNames: ["artel.example"], commonName: "artel", publicKey: key.publicKey,
      validity: .seconds(3600), now: now - 7200)
    return (leaf.pem, try key.pem)
  }

  /// A certificate of a kind of key that handshakes do not use.
  private static func selfSigned(curve: String) async throws -> (String, String) {
    let both = try await Subprocess.run(
      "/usr/bin/openssl",
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:\(curve)", "-nodes",
        "-subj", "/CN=artel", "-days", "1", "-keyout", "-", "-out", "-",
      ])
    let parts = both.split(separator: "-----BEGIN CERTIFICATE-----").map(String.init)
    return ("-----BEGIN CERTIFICATE-----" + parts[1], parts[0])
  }
}
