import LibCrypto
import TestSupport
import Testing

@Suite("A revocation list")
struct RevocationListTests {
  private static let now: Int64 = 1_780_000_000
  private let authority: CertificateAuthority
  private let other: CertificateAuthority

  init() throws {
    authority = try CertificateAuthority.make(
      commonName: "one", validity: .seconds(86_400), now: Self.now)
    other = try CertificateAuthority.make(
      commonName: "other", validity: .seconds(86_400), now: Self.now)
  }

  private func leaf(_ authority: CertificateAuthority) throws -> Certificate {
    try authority.issueClient(
      uriSAN: "spiffe://artel.test/tenants/a/clients/b", commonName: "b",
      publicKey: try PrivateKey.makeP256().publicKey, validity: .seconds(3600), now: Self.now)
  }

  private func list(
    _ revoked: [Certificate], by authority: CertificateAuthority, number: Int64 = 1,
    validity: Duration = .seconds(600), now: Int64 = now
  ) throws -> CertificateRevocationList {
    try authority.issueRevocationList(
      revoked.map {
        RevokedCertificate(serialNumber: $0.serialNumber, time: now, reason: .keyCompromise)
      }, number: number, validity: validity, now: now)
  }

  @Test("names what it was made of, and its authority verifies it")
  func good() throws {
    let (bad, good) = (try leaf(authority), try leaf(authority))
    let list = try list([bad], by: authority, number: 200)
    try list.verify(by: authority.certificate)
    #expect(try list.revokes(bad))
    #expect(try !list.revokes(good))
    #expect(try !list.revokes(try leaf(other)))
    #expect(list.thisUpdate == Self.now)
    #expect(list.nextUpdate == Self.now + 600)
    #expect(try CertificateRevocationList(pem: list.pem) == list)
    #expect(try CertificateRevocationList.lists(pem: list.pem + list.pem).count == 2)
    #expect(try CertificateRevocationList.lists(pem: "").isEmpty)
  }

  @Test("has room for as many as there are, where it is made here")
  func many() throws {
    let revoked = (1...5000).map { number in
      RevokedCertificate(
        serialNumber: [1] + withUnsafeBytes(of: UInt64(number).bigEndian) { Array($0) },
        time: Self.now, reason: .superseded)
    }
    let list = try authority.issueRevocationList(
      revoked, number: 1, validity: .seconds(600), now: Self.now)
    try list.verify(by: authority.certificate)
    #expect(list.der.count > CertificateRevocationList.maximumSize)
    // What is brought has a bound.
    #expect(throws: CertificateError.self) { try CertificateRevocationList(der: list.der) }
  }

  @Test("is not another authority's, by its name or by its key", .covers("S-B24"))
  func wrongAuthority() throws {
    let list = try list([], by: authority)
    #expect(throws: CertificateError.unknownIssuer) { try list.verify(by: other.certificate) }
    let impostor = try CertificateAuthority.make(
      commonName: "one", validity: .seconds(86_400), now: Self.now)
    #expect(throws: CertificateError.invalidSignature) {
      try list.verify(by: impostor.certificate)
    }
  }

  @Test("is refused broken, or with bytes behind it")
  func broken() throws {
    let der = try list([], by: authority).der
    for bytes in [[], Array(der.dropLast()), der + [0], authority.certificate.der] {
      #expect(throws: CertificateError.self) { try CertificateRevocationList(der: bytes) }
    }
    #expect(throws: CertificateError.self) {
      try CertificateRevocationList.lists(pem: authority.certificate.pem)
    }
    #expect(throws: CertificateError.self) {
      try authority.issueRevocationList(
        [RevokedCertificate(serialNumber: [], time: 1, reason: .unspecified)], number: 1,
        validity: .seconds(1))
    }
  }

  @Test(
    "keeps a revoked certificate out, and others where it is stale; authorities without one need none",
    .covers("S-B19", "S-B21", "S-B22", "S-B23"))
  func trust() throws {
    let (bad, good, foreign) = (try leaf(authority), try leaf(authority), try leaf(other))
    let roots = [authority.certificate, other.certificate]
    let store = try TrustStore(
      roots: roots, revocationLists: [try list([bad], by: authority)])
    #expect(throws: CertificateError.revoked) { try store.verifyClient(bad, now: Self.now) }
    #expect(try store.verifyClient(good, now: Self.now) == authority.certificate)
    #expect(try store.verifyClient(foreign, now: Self.now) == other.certificate)
    for stale in [
      try list([], by: authority, now: Self.now - 601),
      try list([], by: authority, now: Self.now + 60),
    ] {
      let store = try TrustStore(roots: roots, revocationLists: [stale])
      #expect {
        try store.verifyClient(good, now: Self.now)
      } throws: { error in
        if case CertificateError.revocationUnknown = error { true } else { false }
      }
      #expect(try store.verifyClient(foreign, now: Self.now) == other.certificate)
    }
    let empty = try TrustStore(roots: roots, revocationLists: [try list([], by: authority)])
    #expect(try empty.verifyClient(good, now: Self.now) == authority.certificate)
  }

  @Test("does not count where another key of the same name signed it", .covers("S-B24"))
  func forged() throws {
    let impostor = try CertificateAuthority.make(
      commonName: "one", validity: .seconds(86_400), now: Self.now)
    let store = try TrustStore(
      roots: [authority.certificate], revocationLists: [try list([], by: impostor)])
    #expect(throws: CertificateError.self) {
      try store.verifyClient(try leaf(authority), now: Self.now)
    }
  }

  @Test("verifies authorities by themselves and below others")
  func authorities() throws {
    let store = try TrustStore(roots: [authority.certificate])
    try store.verifyAuthority(authority.certificate, now: Self.now)
    #expect(throws: CertificateError.self) {
      try store.verifyAuthority(other.certificate, now: Self.now)
    }
  }
}
