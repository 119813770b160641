import LibCrypto
import Pipeline
import RPC
import TestSupport
import Testing

@Suite("A client certificate")
struct CertificateTests {
  private let lab: IdentityLab
  private let harness: PipelineHarness

  init() throws {
    lab = try IdentityLab()
    harness = try PipelineHarness(lab, access: .signedIn)
  }

  @Test("of the tenant's own authority names tenant and client")
  func good() async throws {
    let pem = try lab.certificate(by: lab.alphaAuthority, naming: "alpha", client: "console")
    #expect(try await harness.call(certificate: pem) == "alpha clients/console")
    #expect(try await harness.call(certificate: pem) == "alpha clients/console")
  }

  @Test("of tenant B's authority that names tenant A is refused", .covers("S-B10"))
  func otherAuthority() async throws {
    let pem = try lab.certificate(by: lab.betaAuthority, naming: "alpha", client: "console")
    let error = await harness.refusal(certificate: pem)
    #expect(error?.code == .unauthenticated)
    #expect(error?.says("CERTIFICATE_INVALID") == true)
    #expect(harness.handled == 0)
  }

  @Test("of any of the tenant's authorities is good, until that is withdrawn", .covers("S-B26"))
  func rotation() async throws {
    let next = try CertificateAuthority.make(
      commonName: "alpha 2", validity: .seconds(86_400), now: IdentityLab.now - 3600)
    func leaf(_ authority: CertificateAuthority) throws -> [UInt8] {
      try lab.certificate(by: authority, naming: "alpha", client: "console")
    }
    let early = await harness.refusal(certificate: try leaf(next))
    #expect(early?.code == .unauthenticated)
    lab.alphaRoots.withLock { $0.append(next.certificate.pem) }
    for authority in [lab.alphaAuthority, next] {
      #expect(try await harness.call(certificate: try leaf(authority)) == "alpha clients/console")
    }
    lab.alphaRoots.withLock { _ = $0.removeFirst() }
    #expect(try await harness.call(certificate: try leaf(next)) == "alpha clients/console")
    let old = await harness.refusal(certificate: try leaf(lab.alphaAuthority))
    #expect(old?.code == .unauthenticated)
  }

  @Test("that names nobody here is refused")
  func nobody() async throws {
    let authority = lab.alphaAuthority
    for pem in [
      try lab.certificate(by: authority, naming: "alpha", client: "unknown"),
      try lab.certificate(by: authority, naming: "alpha", client: "disabled"),
      try lab.certificate(by: authority, naming: "alpha", client: "beta-console"),
      try lab.certificate(by: authority, naming: "gamma", client: "console"),
      try lab.certificate(
        by: authority, naming: "alpha", client: "console", domain: "other.test"),
    ] {
      #expect(await harness.refusal(certificate: pem)?.code == .unauthenticated)
    }
    #expect(await harness.refusal(certificate: [1, 2, 3])?.code == .unauthenticated)
    #expect(harness.handled == 0)
  }

  @Test("under another tenant's name is refused", .covers("S-B11"))
  func otherName() async throws {
    let pem = try lab.certificate(by: lab.alphaAuthority, naming: "alpha", client: "console")
    #expect(
      try await harness.call(certificate: pem, serverName: "alpha.artel.test")
        == "alpha clients/console")
    for name in ["beta.artel.test", "artel.test", "alpha.artel.test.evil.test"] {
      let error = await harness.refusal(certificate: pem, serverName: name)
      #expect(error?.says("CERTIFICATE_INVALID") == true, "\(name)")
    }
  }

  @Test("that was revoked here is refused", .covers("S-B19"))
  func revokedHere() async throws {
    let pem = try lab.certificate(by: lab.alphaAuthority, naming: "alpha", client: "console")
    let certificate = try Certificate(pem: String(decoding: pem, as: UTF8.self))
    lab.revoked.withLock { $0 = [certificate.thumbprint] }
    let error = await harness.refusal(certificate: pem)
    #expect(error?.code == .unauthenticated)
    #expect(error?.says("CERTIFICATE_INVALID") == true)
    #expect(harness.handled == 0)
  }

  @Test("that its authority's list names is refused", .covers("S-B19"))
  func listed() async throws {
    let pem = try lab.certificate(by: lab.alphaAuthority, naming: "alpha", client: "console")
    let certificate = try Certificate(pem: String(decoding: pem, as: UTF8.self))
    let other = try lab.certificate(by: lab.alphaAuthority, naming: "alpha", client: "intercom")
    let list = try lab.alphaAuthority.issueRevocationList(
      [
        RevokedCertificate(
          serialNumber: certificate.serialNumber, time: IdentityLab.now, reason: .superseded)
      ], number: 1, validity: .seconds(3600), now: IdentityLab.now)
    lab.alphaLists.withLock { $0 = list.pem }
    #expect(await harness.refusal(certificate: pem)?.says("CERTIFICATE_INVALID") == true)
    #expect(try await harness.call(certificate: other) == "alpha clients/intercom")
  }

  @Test(
    "is refused while its authority's list is stale or another's; another tenant's is not",
    .covers("S-B21", "S-B22", "S-B24"))
  func badLists() async throws {
    let pem = try lab.certificate(by: lab.alphaAuthority, naming: "alpha", client: "console")
    let beta = try lab.certificate(by: lab.betaAuthority, naming: "beta", client: "beta-console")
    let stale = try lab.alphaAuthority.issueRevocationList(
      [], number: 1, validity: .seconds(60), now: IdentityLab.now - 61)
    let impostor = try CertificateAuthority.make(
      commonName: "alpha", validity: .seconds(86_400), now: IdentityLab.now - 3600)
    let forged = try impostor.issueRevocationList(
      [], number: 1, validity: .seconds(3600), now: IdentityLab.now)
    for list in [stale.pem, forged.pem, "-----BEGIN X509 CRL-----\nx\n-----END X509 CRL-----\n"] {
      lab.alphaLists.withLock { $0 = list }
      let own = try PipelineHarness(lab, access: .signedIn)
      #expect(await own.refusal(certificate: pem)?.says("CERTIFICATE_INVALID") == true)
      #expect(try await own.call(certificate: beta) == "beta clients/beta-console")
    }
  }

  @Test("is taken where its authority's list is empty", .covers("S-B23"))
  func emptyList() async throws {
    let pem = try lab.certificate(by: lab.alphaAuthority, naming: "alpha", client: "console")
    let list = try lab.alphaAuthority.issueRevocationList(
      [], number: 1, validity: .seconds(3600), now: IdentityLab.now)
    lab.alphaLists.withLock { $0 = list.pem }
    #expect(try await harness.call(certificate: pem) == "alpha clients/console")
  }

  @Test("of one tenant with a token of another is refused", .covers("S-D13", "S-B11"))
  func disagreement() async throws {
    let pem = try lab.certificate(by: lab.betaAuthority, naming: "beta", client: "beta-console")
    let error = await harness.refusal(token: try await lab.token(), certificate: pem)
    #expect(error?.code == .permissionDenied)
    #expect(error?.says("TENANT_MISMATCH") == true)
    #expect(harness.handled == 0)
  }

  @Test("beside a token of the same tenant leaves the token's person the caller")
  func agreement() async throws {
    let pem = try lab.certificate(by: lab.alphaAuthority, naming: "alpha", client: "console")
    let who = try await harness.call(token: try await lab.token(), certificate: pem)
    #expect(who == "alpha artel:anna")
  }

  @Test("does not help a bad token")
  func badToken() async throws {
    let pem = try lab.certificate(by: lab.alphaAuthority, naming: "alpha", client: "console")
    let error = await harness.refusal(token: "a.b.c", certificate: pem)
    #expect(error?.code == .unauthenticated)
  }
}
