import LibCrypto
import Testing

@Suite("Certificates that we issue")
struct CertificateAuthorityTests {
  static let uri = "spiffe://bank.example/partner/acme"
  let authority: CertificateAuthority
  let key: PrivateKey

  init() throws {
    authority = try CertificateAuthority.make(commonName: "Bank CA", validity: .seconds(86_400))
    key = try PrivateKey.makeP256()
  }

  @Test("makes an authority of path length 0 that the openssl program accepts")
  func makesAuthority() throws {
    let certificate = authority.certificate
    #expect(certificate.isAuthority)
    #expect(certificate.keyUsage == [.keyCertSign, .cRLSign])
    #expect(certificate.subjectCommonName == "Bank CA")
    #expect(certificate.subjectDER == certificate.issuerDER)
    let openssl = try OpenSSLCommand()
    try openssl.write("ca.pem", certificate.pem)
    let text = try openssl.run("x509 -in ca.pem -noout -text")
    #expect(text.contains("CA:TRUE, pathlen:0"))
    #expect(text.contains("Certificate Sign, CRL Sign"))
    #expect(text.contains("X509v3 Subject Key Identifier"))
    try openssl.run("verify -x509_strict -CAfile ca.pem ca.pem")
  }

  @Test("issues clients that the openssl program verifies")
  func issuesClient() throws {
    let certificate = try authority.issueClient(
      uriSAN: Self.uri, commonName: "Acme", publicKey: key.publicKey, validity: .seconds(3600))
    #expect(certificate.uriNames == [Self.uri])
    #expect(certificate.extendedKeyUsages == [.clientAuthentication])
    #expect(certificate.keyUsage == .digitalSignature)
    #expect(!certificate.isAuthority)
    #expect(certificate.publicKey == key.publicKey)
    #expect(certificate.issuerDER == authority.certificate.subjectDER)
    let openssl = try OpenSSLCommand()
    try openssl.write("ca.pem", authority.certificate.pem)
    try openssl.write("client.pem", certificate.pem)
    try openssl.run(
      "verify -x509_strict -auth_level 2 -purpose sslclient -CAfile ca.pem client.pem")
    let asServer = try openssl.attempt("verify -purpose sslserver -CAfile ca.pem client.pem")
    #expect(asServer.status != 0)
    let text = try openssl.run("x509 -in client.pem -noout -text")
    #expect(text.contains("X509v3 Authority Key Identifier"))
    #expect(text.contains("X509v3 Subject Key Identifier"))
    #expect(text.contains("URI:\(Self.uri)"))
  }

  @Test("says in a client's certificate where the revocation list is")
  func distributionPoint() throws {
    func issue(_ uri: String?) throws -> Certificate {
      try authority.issueClient(
        uriSAN: Self.uri, commonName: "Acme", publicKey: key.publicKey, validity: .seconds(3600),
        revocationListURI: uri)
    }
    // Long enough that lengths take two bytes.
    let uri = "https://bank.example/" + String(repeating: "l", count: 200)
    let openssl = try OpenSSLCommand()
    try openssl.write("ca.pem", authority.certificate.pem)
    for uri in ["https://bank.example/list", uri] {
      let certificate = try issue(uri)
      try openssl.write("client.pem", certificate.pem)
      try openssl.write(
        "list.pem",
        try authority.issueRevocationList([], number: 1, validity: .seconds(60)).pem)
      let text = try openssl.run("x509 -in client.pem -noout -ext crlDistributionPoints")
      #expect(text.contains("URI:\(uri)\n"))
      try openssl.run(
        "verify -x509_strict -crl_check -CRLfile list.pem -CAfile ca.pem client.pem")
      let list = try authority.issueRevocationList(
        [.init(serialNumber: certificate.serialNumber, time: 1, reason: .superseded)], number: 2,
        validity: .seconds(60))
      try openssl.write("list.pem", list.pem)
      let revoked = try openssl.attempt(
        "verify -x509_strict -crl_check -CRLfile list.pem -CAfile ca.pem client.pem")
      #expect(revoked.output.contains("certificate revoked"))
    }
    for bad in ["", "https://bank.example/a b", "https://bänk.example", "https://x\n"] {
      #expect(throws: CertificateError.self) { try issue(bad) }
    }
  }

  @Test("issues servers with names and addresses that the openssl program verifies")
  func issuesServer() throws {
    let certificate = try authority.issueServer(
      dnsNames: ["bank.example", "*.bank.example", "localhost"],
      ipAddresses: ["127.0.0.1", "::1"], commonName: "bank.example", publicKey: key.publicKey,
      validity: .seconds(3600))
    #expect(certificate.dnsNames == ["bank.example", "*.bank.example", "localhost"])
    #expect(certificate.extendedKeyUsages == [.serverAuthentication])
    let openssl = try OpenSSLCommand()
    try openssl.write("ca.pem", authority.certificate.pem)
    try openssl.write("server.pem", certificate.pem)
    for target in ["-verify_hostname a.bank.example", "-verify_ip 127.0.0.1", "-verify_ip ::1"] {
      try openssl.run(
        "verify -x509_strict -auth_level 2 -purpose sslserver \(target) -CAfile ca.pem server.pem")
    }
    let other = try openssl.attempt(
      "verify -purpose sslserver -verify_hostname other.example -CAfile ca.pem server.pem")
    #expect(other.status != 0)
  }

  @Test("dates certificates back by a minute and gives each a random serial number")
  func dates() throws {
    let now = authority.certificate.notBefore + 100
    let made = try (0..<20).map { _ in
      try authority.issueClient(
        uriSAN: Self.uri, commonName: "Acme", publicKey: key.publicKey, validity: .seconds(600),
        now: now)
    }
    #expect(made.allSatisfy { $0.notBefore == now - 60 && $0.notAfter == now + 600 })
    #expect(Set(made.map(\.serialNumber)).count == 20)
    #expect(made.contains { $0.serialNumber.count == 16 })
  }

  @Test("refuses to issue beyond its own time")
  func outlives() throws {
    let certificate = authority.certificate
    for (validity, now) in [(86_401, UnixTime.now()), (60, certificate.notBefore - 1)] {
      #expect(throws: CertificateError.outlivesIssuer) {
        try authority.issueClient(
          uriSAN: Self.uri, commonName: "Acme", publicKey: key.publicKey,
          validity: .seconds(validity), now: now)
      }
    }
    #expect(throws: CertificateError.self) {
      try CertificateAuthority.make(commonName: "CA", validity: .seconds(-60))
    }
  }

  @Test(
    "refuses common names that are empty, too long or hold control characters",
    arguments: ["", String(repeating: "a", count: 65), "a\nb", "a\0b"])
  func names(_ name: String) {
    #expect(throws: CertificateError.self) {
      try authority.issueClient(
        uriSAN: Self.uri, commonName: name, publicKey: key.publicKey, validity: .seconds(60))
    }
  }

  @Test(
    "refuses host names and addresses that are none",
    arguments: [
      (["a..b"], [String]()), (["-a"], []), (["a b"], []), (["*"], []), (["a.*.example"], []),
      ([""], []), (["é.example"], []), ([String(repeating: "a", count: 64)], []),
      (["a\0.example"], []), ([], []), ([], ["300.1.1.1"]), ([], ["localhost"]),
    ])
  func hosts(_ names: (dns: [String], ip: [String])) {
    #expect(throws: CertificateError.self) {
      try authority.issueServer(
        dnsNames: names.dns, ipAddresses: names.ip, commonName: "s", publicKey: key.publicKey,
        validity: .seconds(60))
    }
  }

  @Test("continues with a stored certificate and key, refuses those that cannot issue")
  func restores() throws {
    let stored = try CertificateAuthority(
      certificate: Certificate(pem: authority.certificate.pem),
      privateKey: PrivateKey(pem: authority.privateKey.pem))
    let client = try stored.issueClient(
      uriSAN: Self.uri, commonName: "Acme", publicKey: key.publicKey, validity: .seconds(60))
    try TrustStore(roots: [authority.certificate]).verifyClient(client)
    #expect(throws: CertificateError.keyMismatch) {
      try CertificateAuthority(certificate: authority.certificate, privateKey: key)
    }
    #expect(throws: CertificateError.issuerNotAuthorized) {
      try CertificateAuthority(certificate: client, privateKey: key)
    }
  }
}
