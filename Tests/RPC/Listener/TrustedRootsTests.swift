import LibCrypto
import TestSupport
import Testing

@testable import RPC

@Suite("Trusted roots")
struct TrustedRootsTests {
  private let authority: CertificateAuthority
  private let other: CertificateAuthority
  private let leaf: Certificate

  init() throws {
    authority = try CertificateAuthority.make(commonName: "one", validity: .seconds(3600))
    other = try CertificateAuthority.make(commonName: "two", validity: .seconds(3600))
    leaf = try Self.leaf(authority)
  }

  private static let uri = "spiffe://a.test/tenants/a/clients/b"

  private static func leaf(_ authority: CertificateAuthority) throws -> Certificate {
    try authority.issueClient(
      uriSAN: uri, commonName: "b", publicKey: try PrivateKey.makeP256().publicKey,
      validity: .seconds(600))
  }

  private func roots(
    _ lists: [CertificateRevocationList] = [], revoked: Set<[UInt8]> = [],
    refused: Set<String> = []
  ) throws -> TrustedRoots {
    try TrustedRoots(
      ClientTrust(
        rootsPEM: authority.certificate.pem + other.certificate.pem,
        revocationListsPEM: lists.map(\.pem).joined(), revokedFingerprints: revoked,
        refusedURIs: refused))
  }

  @Test("take what one of them signed, and nothing else", .covers("S-B17"))
  func chains() throws {
    let roots = try roots()
    #expect(roots.rootsDER == [authority.certificate.der, other.certificate.der])
    #expect(roots.reasonAgainst(chain: [leaf.der]) == nil)
    #expect(roots.reasonAgainst(chain: [leaf.der, authority.certificate.der]) == nil)
    let stranger = try CertificateAuthority.make(commonName: "one", validity: .seconds(3600))
    let foreign = try Self.leaf(stranger)
    #expect(roots.reasonAgainst(chain: [foreign.der, stranger.certificate.der]) != nil)
    #expect(roots.reasonAgainst(chain: []) != nil)
    #expect(roots.reasonAgainst(chain: [leaf.der, [1, 2, 3]]) != nil)
    #expect(roots.reasonAgainst(chain: Array(repeating: leaf.der, count: 9)) != nil)
  }

  @Test("take a certificate that is known by itself, while its time is, and nothing else")
  func selfSigned() throws {
    let ended = try CertificateAuthority.make(
      commonName: "three", validity: .seconds(50), now: UnixTime.now() - 100
    ).certificate
    let early = try CertificateAuthority.make(
      commonName: "four", validity: .seconds(50), now: UnixTime.now() + 100
    ).certificate
    let own = other.certificate
    func roots(revoked: Set<[UInt8]> = []) throws -> TrustedRoots {
      try TrustedRoots(
        ClientTrust(
          rootsPEM: "", revokedFingerprints: revoked,
          selfSignedFingerprints: [own.fingerprint, ended.fingerprint, early.fingerprint]))
    }
    #expect(try roots().takesSelfSigned)
    #expect(try roots().reasonAgainst(chain: [own.der]) == nil)
    #expect(try roots().reasonAgainst(chain: [ended.der]) == "certificate has expired")
    #expect(try roots().reasonAgainst(chain: [early.der]) == "certificate is not yet valid")
    #expect(
      try roots(revoked: [own.fingerprint]).reasonAgainst(chain: [own.der])
        == "certificate revoked")
    // It is no authority, and nobody else's certificate.
    #expect(try roots().reasonAgainst(chain: [try Self.leaf(other).der, own.der]) != nil)
    #expect(try roots().reasonAgainst(chain: [own.der, own.der]) != nil)
    #expect(try roots().reasonAgainst(chain: [authority.certificate.der]) != nil)
    #expect(try self.roots().reasonAgainst(chain: [ended.der]) != nil)
    #expect(try !self.roots().takesSelfSigned)
  }

  @Test("refuse certificates that were revoked and clients that are shut out", .covers("S-B19"))
  func refusals() throws {
    #expect(
      try roots(revoked: [leaf.fingerprint]).reasonAgainst(chain: [leaf.der])
        == "certificate revoked")
    #expect(
      try roots(revoked: [other.certificate.fingerprint]).reasonAgainst(chain: [leaf.der]) == nil)
    #expect(
      try roots(refused: [Self.uri]).reasonAgainst(chain: [leaf.der]) == "client refused")
    #expect(try roots(refused: [Self.uri + "c"]).reasonAgainst(chain: [leaf.der]) == nil)
  }

  @Test(
    "want a list of an authority that has one, and of no other",
    .covers("S-B19", "S-B21", "S-B22", "S-B23"))
  func lists() throws {
    let second = try Self.leaf(other)
    let now = UnixTime.now()
    let entry = RevokedCertificate(
      serialNumber: leaf.serialNumber, time: now, reason: .unspecified)
    let empty = try authority.issueRevocationList([], number: 1, validity: .seconds(60))
    let full = try authority.issueRevocationList([entry], number: 2, validity: .seconds(60))
    let stale = try authority.issueRevocationList(
      [], number: 3, validity: .seconds(60), now: now - 61)
    for (list, isGood) in [(empty, true), (full, false), (stale, false)] {
      let roots = try roots([list])
      #expect((roots.reasonAgainst(chain: [leaf.der]) == nil) == isGood)
      #expect(roots.reasonAgainst(chain: [second.der]) == nil)
    }
    let stranger = try CertificateAuthority.make(commonName: "three", validity: .seconds(3600))
    #expect(throws: ServerCredentialsError.self) {
      try roots([try stranger.issueRevocationList([], number: 1, validity: .seconds(60))])
    }
    // Of another key under a name that is known: it counts for nothing, and its name's clients wait.
    let forged = try CertificateAuthority.make(commonName: "one", validity: .seconds(3600))
      .issueRevocationList([], number: 1, validity: .seconds(60))
    #expect(try roots([forged]).reasonAgainst(chain: [leaf.der]) != nil)
  }
}
