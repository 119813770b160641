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
