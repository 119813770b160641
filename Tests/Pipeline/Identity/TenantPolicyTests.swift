import Pipeline
import RPC
import TestSupport
import Testing

@Suite("What a tenant's and a client's records say of credentials")
struct TenantPolicyTests {
  private let lab: IdentityLab

  init() throws { lab = try IdentityLab() }

  private func partner(scope: String = "things:read things:write", bound: String? = nil)
    async throws -> String
  {
    var claims = IdentityLab.claims
    claims["artel_kind"] = "partner"
    claims["client_id"] = "intercom"
    claims["scope"] = .text(scope)
    if let bound { claims["cnf"] = .object(["x5t#S256": bound]) }
    return try await lab.token(claims)
  }

  @Test("a scope taken from a client counts no more in tokens that are out", .covers("A17"))
  func scopes() async throws {
    let access = Access.with {
      $0.principals = [.partner]
      $0.scopes = ["things:write"]
    }
    let harness = try PipelineHarness(lab, access: access)
    let token = try await partner()
    #expect(await harness.refusal(token: token)?.says("SCOPE_MISSING") == true)
    lab.partnerScopes.withLock { $0 = ["things:read", "things:write"] }
    #expect(await harness.refusal(token: token) == nil)
    lab.partnerScopes.withLock { $0 = ["things:read"] }
    #expect(await harness.refusal(token: token)?.says("SCOPE_MISSING") == true)
  }

  @Test("a tenant that requires bound tokens takes no other of its clients", .covers("S-B6"))
  func boundTokens() async throws {
    let harness = try PipelineHarness(lab, access: .signedIn)
    let certificate = try lab.certificate(
      by: lab.alphaAuthority, naming: "alpha", client: "intercom")
    let thumbprint = try #require(Thumbprint.of(certificate))
    let loose = try await partner()
    let bound = try await partner(bound: thumbprint)
    #expect(await harness.refusal(token: loose) == nil)
    lab.policy.withLock { $0.requiresBoundTokens = true }
    let error = await harness.refusal(token: loose)
    #expect(error?.code == .unauthenticated)
    #expect(error?.says("TOKEN_INVALID") == true)
    // Beside a certificate, a token that is not bound to it is as loose as before.
    #expect(await harness.refusal(token: loose, certificate: certificate) != nil)
    #expect(await harness.refusal(token: bound, certificate: certificate) == nil)
    #expect(await harness.refusal(token: bound) != nil)
    // People have no certificates; a certificate alone needs no token.
    #expect(await harness.refusal(token: try await lab.token()) == nil)
    #expect(await harness.refusal(certificate: certificate) == nil)
  }

  @Test("a tenant of another cell is told which")
  func cells() async throws {
    let harness = try PipelineHarness(lab, access: .signedIn)
    lab.cell.withLock { $0 = "eu-2" }
    let error = await harness.refusal(token: try await lab.token())
    #expect(error?.code == .failedPrecondition)
    #expect(error?.says("TENANT_ELSEWHERE") == true)
    #expect(error?.says("eu-2") == true)
  }
}
