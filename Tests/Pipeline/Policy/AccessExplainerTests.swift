import GeneratedOptions
import Pipeline
import RPC
import TestSupport
import Testing
import Transcoding

@Suite("Explaining access")
struct AccessExplainerTests {
  private let lab: IdentityLab
  private static let path = "/peer.v1.Directory/GetResident"

  init() throws { lab = try IdentityLab() }

  private func explanation(
    _ access: Artel_Options_V1_Access, token: String, path: String = path,
    from address: String? = nil
  ) async throws -> AccessExplainer.Explanation? {
    try await AccessExplainer(
      schema: try Schema(descriptorSet: try PipelineHarness.contracts(access)),
      configuration: .init(
        trustDomain: "artel.test", operatorTenant: "platform", now: { IdentityLab.now }),
      directory: lab, revocations: nil
    ).explain(path, by: .token(token), from: address)
  }

  @Test("gives the verdict that the call gets, whatever speaks against it", .covers("A22"))
  func agreement() async throws {
    let accesses: [Artel_Options_V1_Access] = [
      .with { $0.principals = [.user] },
      .with { $0.principals = [.partner] },
      .with { $0.scopes = ["things:read", "things:own"] },
      .with { $0.roles = ["manager"] },
      .with { $0.tenantKinds = [.bank] },
      .with { $0.operator = true },
      .with { $0.stepUpSeconds = 300 },
      .with {
        $0.principals = [.partner]
        $0.scopes = ["things:own"]
        $0.stepUpSeconds = 300
      },
    ]
    var partner = IdentityLab.claims
    partner["artel_kind"] = "partner"
    partner["client_id"] = "intercom"
    var old = IdentityLab.claims
    old["auth_time"] = .number(IdentityLab.now - 301)
    var expired = IdentityLab.claims
    expired["exp"] = .number(IdentityLab.now - 100)
    for claims in [IdentityLab.claims, partner, old, expired] {
      let token = try await lab.token(claims)
      for suspended in [false, true] {
        lab.suspended.withLock { $0 = suspended ? ["alpha"] : [] }
        for access in accesses {
          let harness = try PipelineHarness(lab, access: access, operatorTenant: "platform")
          let refusal = await harness.refusal(token: token)
          let explained = try #require(try await explanation(access, token: token))
          let first = explained.findings.first { $0.verdict == .refused }
          if let first {
            #expect(refusal?.says(first.reason) == true, "\(access) \(first.reason)")
            #expect(!first.remedy.isEmpty)
          } else {
            #expect(refusal == nil, "\(access)")
          }
        }
      }
    }
  }

  @Test("says what is demanded and what the caller has, in the order of the pipeline")
  func order() async throws {
    let access = Artel_Options_V1_Access.with {
      $0.principals = [.user]
      $0.scopes = ["things:read", "things:own"]
    }
    var claims = IdentityLab.claims
    claims["scope"] = "things:read"
    let explained = try #require(
      try await explanation(access, token: try await lab.token(claims)))
    #expect(
      explained.findings.map(\.name) == [
        "IDENTITY", "REVOCATION", "TENANT_STATE", "CELL", "ADDRESS", "OPERATING_TENANT",
        "TENANT_KIND", "PRINCIPAL_KIND", "SCOPES", "ROLES", "STEP_UP",
      ])
    let scopes = try #require(explained.findings.first { $0.name == "SCOPES" })
    #expect(scopes.verdict == .refused)
    #expect(scopes.demanded == ["things:read", "things:own"])
    #expect(scopes.held == ["things:read"])
    #expect(scopes.reason == "SCOPE_MISSING")
    #expect(explained.findings.first { $0.name == "ROLES" }?.verdict == .notAsked)
    #expect(explained.findings.first { $0.name == "PRINCIPAL_KIND" }?.verdict == .passed)
  }

  @Test("knows public methods, and none that there is not")
  func others() async throws {
    let token = try await lab.token()
    let open = try await explanation(.with { $0.public = true }, token: token)
    #expect(open?.isPublic == true)
    #expect(open?.findings.isEmpty == true)
    #expect(try await explanation(.signedIn, token: token, path: "/peer.v1.Nothing/Get") == nil)
  }
}
