import LibCrypto
import TestSupport
import Testing

@Suite("Verifying clients against a tenant's authorities")
struct TrustStoreTests {
  let openssl: OpenSSLCommand

  init() throws {
    openssl = try OpenSSLCommand()
    try openssl.issue("root", .authority)
  }

  private func certificate(_ name: String) throws -> Certificate {
    try Certificate(pem: openssl.read("\(name).pem"))
  }

  private func store(maximumIntermediates: Int = 2) throws -> TrustStore {
    try TrustStore(roots: [certificate("root")], maximumIntermediates: maximumIntermediates)
  }

  @Test("accepts clients of its authorities, ours and the openssl program's")
  func accepts() throws {
    let ours = try CertificateAuthority.make(commonName: "Ours", validity: .seconds(600))
    try openssl.issue("leaf", by: "root")
    let store = try TrustStore(roots: [certificate("root"), ours.certificate])
    #expect(try store.verifyClient(certificate("leaf")) == certificate("root"))
    let client = try ours.issueClient(
      uriSAN: "spiffe://bank.example/a", commonName: "a",
      publicKey: PrivateKey.makeP256().publicKey, validity: .seconds(60))
    #expect(try store.verifyClient(client) == ours.certificate)
  }

  @Test("accepts chains whose middle is presented or known, in any order")
  func intermediates() throws {
    try openssl.issue("one", by: "root", .authority)
    try openssl.issue("two", by: "one", .authority)
    try openssl.issue("leaf", by: "two")
    let leaf = try certificate("leaf")
    let middle = [try certificate("one"), try certificate("two")]
    #expect(try store().verifyClient(leaf, chain: middle) == certificate("root"))
    let known = try TrustStore(roots: [certificate("root")], intermediates: middle)
    #expect(try known.verifyClient(leaf) == certificate("root"))
  }

  @Test("refuses unknown authorities and missing intermediates", .covers("S-B17"))
  func unknown() throws {
    try openssl.issue("one", by: "root", .authority)
    try openssl.issue("leaf", by: "one")
    #expect(throws: CertificateError.unknownIssuer) {
      try store().verifyClient(certificate("leaf"))
    }
    try openssl.issue("other", .authority)
    try openssl.issue("stranger", by: "other")
    #expect(throws: CertificateError.unknownIssuer) {
      try store().verifyClient(certificate("stranger"), chain: [certificate("other")])
    }
    try openssl.issue("alone", Recipe())
    #expect(throws: CertificateError.unknownIssuer) {
      try store().verifyClient(certificate("alone"))
    }
    #expect(throws: CertificateError.unknownIssuer) {
      try TrustStore(roots: []).verifyClient(certificate("alone"))
    }
  }

  @Test("refuses an authority of the same name with another key", .covers("S-B17"))
  func impostor() throws {
    let impostor = try OpenSSLCommand()
    try impostor.issue("root", .authority)
    try impostor.issue("leaf", by: "root")
    let leaf = try Certificate(pem: impostor.read("leaf.pem"))
    #expect(throws: CertificateError.self) { try store().verifyClient(leaf) }
  }

  @Test("refuses a leaf whose signature was changed")
  func signature() throws {
    try openssl.issue("leaf", by: "root")
    var der = try certificate("leaf").der
    der[der.count - 1] ^= 1
    #expect(throws: CertificateError.invalidSignature) {
      try store().verifyClient(Certificate(der: der))
    }
  }

  @Test("refuses chains with too many intermediates", .covers("S-B17"))
  func depth() throws {
    try openssl.issue("one", by: "root", .authority)
    try openssl.issue("two", by: "one", .authority)
    try openssl.issue("leaf", by: "two")
    let middle = [try certificate("one"), try certificate("two")]
    #expect(throws: CertificateError.chainTooLong) {
      try store(maximumIntermediates: 1).verifyClient(certificate("leaf"), chain: middle)
    }
    #expect(throws: CertificateError.chainTooLong) {
      try store().verifyClient(
        certificate("leaf"), chain: Array(repeating: certificate("one"), count: 9))
    }
  }

  @Test("refuses names outside an authority's constraints", .covers("S-B17"))
  func constraints() throws {
    var narrow = Recipe.authority
    narrow.lines = "nameConstraints=critical,permitted;URI:bank.example\n"
    try openssl.issue("narrow", by: "root", narrow)
    try openssl.issue("inside", by: "narrow")
    let chain = [try certificate("narrow")]
    try store().verifyClient(certificate("inside"), chain: chain)
    var outside = Recipe()
    outside.names = "URI:spiffe://store.example/partner/acme"
    try openssl.issue("outside", by: "narrow", outside)
    #expect(throws: CertificateError.nameConstraint) {
      try store().verifyClient(certificate("outside"), chain: chain)
    }
  }

  @Test("refuses issuers that are not authorities or not this far down", .covers("S-B13"))
  func issuers() throws {
    try openssl.issue("client", by: "root")
    try openssl.issue("below", by: "client")
    #expect(throws: CertificateError.issuerNotAuthorized) {
      try store().verifyClient(certificate("below"), chain: [certificate("client")])
    }
    var last = Recipe.authority
    last.constraints = "critical,CA:TRUE,pathlen:0"
    try openssl.issue("last", by: "root", last)
    try openssl.issue("further", by: "last", .authority)
    try openssl.issue("leaf", by: "further")
    #expect(throws: CertificateError.issuerNotAuthorized) {
      try store().verifyClient(
        certificate("leaf"), chain: [certificate("last"), certificate("further")])
    }
  }

  @Test("refuses certificates for other purposes", .covers("S-B14"))
  func purpose() throws {
    var server = Recipe()
    server.purpose = "serverAuth"
    try openssl.issue("server", by: "root", server)
    #expect(throws: CertificateError.missingClientAuthentication) {
      try store().verifyClient(certificate("server"))
    }
  }

  @Test("refuses chains before and after their time", .covers("S-B16"))
  func times() throws {
    try openssl.issue("leaf", by: "root")
    let leaf = try certificate("leaf")
    #expect(throws: CertificateError.notYetValid) {
      try store().verifyClient(leaf, now: leaf.notBefore - 3600)
    }
    #expect(throws: CertificateError.expired) {
      try store().verifyClient(leaf, now: leaf.notAfter + 1)
    }
    // The root was made a moment earlier and ends as much earlier.
    try store().verifyClient(leaf, now: leaf.notAfter - 3600)
  }

  @Test("refuses weak keys and digests anywhere below the root", .covers("S-B18"))
  func strength() throws {
    var rsa = Recipe()
    rsa.key = "-newkey rsa:1024"
    try openssl.issue("rsa", by: "root", rsa)
    #expect(throws: CertificateError.weakKey(.rsa(bits: 1024))) {
      try store().verifyClient(certificate("rsa"))
    }
    var curve = Recipe()
    curve.key = "-newkey ec -pkeyopt ec_paramgen_curve:P-192"
    try openssl.issue("curve", by: "root", curve)
    #expect(throws: CertificateError.weakKey(.ecdsa(curve: "P-192"))) {
      try store().verifyClient(certificate("curve"))
    }
    var digest = Recipe()
    digest.digest = "sha1"
    try openssl.issue("digest", by: "root", digest)
    #expect(throws: CertificateError.self) { try store().verifyClient(certificate("digest")) }
    var middle = Recipe.authority
    middle.key = "-newkey rsa:1024"
    try openssl.issue("middle", by: "root", middle)
    try openssl.issue("leaf", by: "middle")
    #expect(throws: CertificateError.self) {
      try store().verifyClient(certificate("leaf"), chain: [certificate("middle")])
    }
  }

  @Test("verifies from many tasks at once")
  func concurrently() async throws {
    try openssl.issue("leaf", by: "root")
    let leaf = try certificate("leaf")
    let root = try certificate("root")
    let store = try store()
    let results = await withTaskGroup { group in
      for _ in 0..<4 {
        group.addTask { (0..<50).allSatisfy { _ in (try? store.verifyClient(leaf)) == root } }
      }
      return await group.reduce(into: [Bool]()) { $0.append($1) }
    }
    #expect(results == [true, true, true, true])
  }
}
