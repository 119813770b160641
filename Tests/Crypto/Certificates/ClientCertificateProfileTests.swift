import LibCrypto
import TestSupport
import Testing

@Suite("The profile of clients' certificates")
struct ClientCertificateProfileTests {
  private func certificate(_ change: (inout Recipe) -> Void) throws -> Certificate {
    let openssl = try OpenSSLCommand()
    var recipe = Recipe()
    change(&recipe)
    try openssl.issue("leaf", recipe)
    return try Certificate(pem: openssl.read("leaf.pem"))
  }

  private func expect(
    _ error: CertificateError, _ change: (inout Recipe) -> Void,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let certificate = try certificate(change)
    #expect(throws: error, sourceLocation: sourceLocation) {
      try ClientCertificateProfile.check(certificate)
    }
  }

  @Test("accepts what we issue, and P-256, RSA-2048 and Ed25519 by others")
  func accepts() throws {
    let authority = try CertificateAuthority.make(commonName: "CA", validity: .seconds(600))
    let ours = try authority.issueClient(
      uriSAN: "spiffe://bank.example/partner/acme", commonName: "Acme",
      publicKey: PrivateKey.makeP256().publicKey, validity: .seconds(60))
    let name = try ClientCertificateProfile.check(ours)
    #expect(name.trustDomain == "bank.example")
    #expect(name.path == ["partner", "acme"])
    for key in ["-newkey rsa:2048", "-newkey ed25519"] {
      let theirs = try certificate { $0.key = key }
      #expect(try ClientCertificateProfile.check(theirs) == name)
    }
  }

  @Test("refuses authorities and keys that may sign certificates or lists", .covers("S-B13"))
  func authorities() throws {
    try expect(.isAuthority) { $0.constraints = "critical,CA:TRUE" }
    try expect(.isAuthority) {
      $0.constraints = "critical,CA:TRUE"
      $0.usage = "critical,digitalSignature,keyCertSign"
    }
    try expect(.isAuthority) { $0.usage = "critical,digitalSignature,cRLSign" }
    try expect(.isAuthority) { $0.usage = "critical,digitalSignature,keyCertSign" }
  }

  @Test("refuses certificates that are not for clients of TLS", .covers("S-B14"))
  func purposes() throws {
    try expect(.missingClientAuthentication) { $0.purpose = "serverAuth" }
    try expect(.missingClientAuthentication) { $0.purpose = nil }
    try expect(.missingClientAuthentication) { $0.purpose = "anyExtendedKeyUsage" }
    try expect(.missingClientAuthentication) { $0.purpose = "emailProtection,codeSigning" }
  }

  @Test("refuses keys that may not sign a handshake")
  func usage() throws {
    try expect(.missingDigitalSignature) { $0.usage = "critical,keyAgreement" }
    try expect(.missingDigitalSignature) { $0.usage = nil }
  }

  @Test("refuses all but exactly one URI", .covers("S-B15"))
  func count() throws {
    try expect(.uriCount(0)) { $0.names = "DNS:a.example" }
    try expect(.uriCount(0)) { $0.names = nil }
    try expect(.uriCount(2)) { $0.names = "URI:spiffe://a.example/b,URI:spiffe://a.example/c" }
    try expect(.uriCount(2)) { $0.names = "URI:spiffe://a.example/b,URI:https://a.example/" }
  }

  @Test("refuses other schemes and names without a path", .covers("S-B15"))
  func scheme() throws {
    try expect(.invalidURI("the scheme is not spiffe")) { $0.names = "URI:https://a.example/b" }
    try expect(.invalidURI("no path")) { $0.names = "URI:spiffe://a.example" }
    try expect(.invalidURI("no path")) { $0.names = "URI:spiffe://a.example/" }
  }

  @Test("refuses certificates whose time is over or has not come", .covers("S-B16"))
  func times() throws {
    let certificate = try certificate { _ in }
    try ClientCertificateProfile.check(certificate, now: certificate.notBefore)
    try ClientCertificateProfile.check(certificate, now: certificate.notAfter)
    #expect(throws: CertificateError.notYetValid) {
      try ClientCertificateProfile.check(certificate, now: certificate.notBefore - 1)
    }
    #expect(throws: CertificateError.expired) {
      try ClientCertificateProfile.check(certificate, now: certificate.notAfter + 1)
    }
  }

  @Test("refuses weak keys and broken digests", .covers("S-B18"))
  func strength() throws {
    try expect(.weakKey(.rsa(bits: 1024))) { $0.key = "-newkey rsa:1024" }
    try expect(.weakKey(.ecdsa(curve: "P-192"))) {
      $0.key = "-newkey ec -pkeyopt ec_paramgen_curve:P-192"
    }
    try expect(.weakSignature("ecdsa-with-SHA1")) { $0.digest = "sha1" }
    try expect(.weakSignature("RSA-SHA1")) {
      $0.key = "-newkey rsa:2048"
      $0.digest = "sha1"
    }
    try expect(.weakSignature("RSA-MD5")) {
      $0.key = "-newkey rsa:2048"
      $0.digest = "md5"
    }
  }

  @Test("refuses critical extensions that nobody here understands")
  func critical() throws {
    try expect(.unknownCriticalExtension) { $0.lines = "1.2.3.4=critical,DER:05:00\n" }
  }

  @Test(
    "refuses what is not the name of a workload", .covers("S-B15"),
    arguments: [
      "", "spiffe:", "spiffe://", "spiffe:///a", "SPIFFE://a.example/b", "spiffe://A.example/b",
      "spiffe://a.example//b", "spiffe://a.example/b/", "spiffe://a.example/./b",
      "spiffe://a.example/..", "spiffe://a.example/b?c", "spiffe://a.example/b#c",
      "spiffe://u@a.example/b", "spiffe://a.example:443/b", "spiffe://a.example/%62",
      "spiffe://a.example/é", "spiffe://a.example/b c",
      "spiffe://a.example/" + String(repeating: "a", count: 2048),
      "spiffe://" + String(repeating: "a", count: 256) + "/b",
    ])
  func names(_ uri: String) {
    #expect(throws: CertificateError.self) { try SPIFFEID(uri) }
  }

  @Test("gives back the text of a name")
  func nameText() throws {
    let uri = "spiffe://a-b_c.example/Tenant_1/partner.x/~".dropLast(2)
    #expect(try SPIFFEID(String(uri)).uri == uri)
  }
}
