import GeneratedOptions
import Pipeline
import RPC
import Synchronization
import TestSupport
import Testing
import Transcoding

@Suite("A method's policy")
struct AuthorizationTests {
  private let lab: IdentityLab

  init() throws { lab = try IdentityLab() }

  private func verdict(_ access: Artel_Options_V1_Access, _ claims: [String: IdentityLab.Value])
    async throws -> RPCError?
  {
    try await PipelineHarness(lab, access: access).refusal(token: try await lab.token(claims))
  }

  @Test("wants every scope, whole", .covers("S-A18", "B05", "A22"))
  func scopes() async throws {
    let access = Artel_Options_V1_Access.with {
      $0.principals = [.user]
      $0.scopes = ["things:read", "things:write"]
    }
    var claims = IdentityLab.claims
    #expect(try await verdict(access, claims) == nil)
    for scope in ["things:read", "things:read things:write2", "things:read things:*", ""] {
      claims["scope"] = .text(scope)
      let error = try await verdict(access, claims)
      #expect(error?.code == .permissionDenied)
      #expect(error?.says("SCOPE_MISSING") == true)
    }
  }

  @Test("wants one of the kinds of principals")
  func principals() async throws {
    let access = Artel_Options_V1_Access.with { $0.principals = [.partner] }
    var claims = IdentityLab.claims
    #expect(try await verdict(access, claims)?.says("PRINCIPAL_NOT_ALLOWED") == true)
    claims["artel_kind"] = "partner"
    claims["client_id"] = "intercom"
    #expect(try await verdict(access, claims) == nil)
  }

  @Test("wants the operating tenant, whatever scopes another one writes")
  func operatingTenant() async throws {
    let access = Artel_Options_V1_Access.with {
      $0.principals = [.user]
      $0.operator = true
    }
    for (tenant, refused) in [("alpha", false), ("beta", true), (nil, true)] as [(String?, Bool)] {
      let harness = try PipelineHarness(lab, access: access, operatorTenant: tenant)
      let error = await harness.refusal(token: try await lab.token())
      #expect((error?.says("NOT_OPERATOR") ?? false) == refused)
      #expect((error?.code == .permissionDenied) == refused)
    }
  }

  @Test("wants a tenant of its kind")
  func tenantKinds() async throws {
    let access = Artel_Options_V1_Access.with {
      $0.principals = [.user]
      $0.tenantKinds = [.bank]
    }
    #expect(
      try await verdict(access, IdentityLab.claims)?.says("TENANT_KIND_NOT_ALLOWED") == true)
  }

  @Test("wants one of the roles")
  func roles() async throws {
    let access = Artel_Options_V1_Access.with {
      $0.principals = [.user]
      $0.roles = ["manager", "owner"]
    }
    var claims = IdentityLab.claims
    #expect(try await verdict(access, claims)?.says("ROLE_MISSING") == true)
    claims["roles"] = ["owner"]
    #expect(try await verdict(access, claims) == nil)
  }

  @Test("wants a fresh sign-in where it asks for step-up", .covers("S-H10"))
  func stepUp() async throws {
    let access = Artel_Options_V1_Access.with {
      $0.principals = [.user]
      $0.stepUpSeconds = 300
    }
    var claims = IdentityLab.claims
    #expect(try await verdict(access, claims)?.says("STEP_UP_REQUIRED") == true)
    claims["auth_time"] = .number(IdentityLab.now - 301)
    #expect(try await verdict(access, claims)?.code == .unauthenticated)
    claims["auth_time"] = .number(IdentityLab.now - 299)
    #expect(try await verdict(access, claims) == nil)
  }

  @Test("asks no client for a sign-in, which it has not", .covers("S-H10"))
  func stepUpOfClients() async throws {
    let access = Artel_Options_V1_Access.with {
      $0.principals = [.user, .partner]
      $0.stepUpSeconds = 300
    }
    var claims = IdentityLab.claims
    claims["artel_kind"] = "partner"
    claims["client_id"] = "intercom"
    #expect(try await verdict(access, claims) == nil)
  }

  @Test("that is public lets anyone in, and its handler knows no caller")
  func open() async throws {
    let harness = try PipelineHarness(
      lab, access: .with { $0.public = true },
      handler: { context in
        #expect(throws: RPCError.self) { try context.caller }
        return "anyone"
      })
    #expect(try await harness.call() == "anyone")
    #expect(try await harness.call(token: "garbage") == "anyone")
  }

  @Test("has to be there: a method without one is not served")
  func missing() throws {
    #expect(throws: PipelineError.self) { try PipelineHarness(lab, access: nil) }
  }

  @Test("ends an open stream when its tenant is suspended", .covers("S-A20", "S-D19"))
  func suspendedStream() async throws {
    let lab = lab
    let harness = try PipelineHarness(lab, access: .signedIn)
    let error = await harness.watch(token: try await lab.token()) {
      lab.suspended.withLock { _ = $0.insert("alpha") }
    }
    #expect(error?.code == .permissionDenied)
    #expect(harness.records.last?.code == .permissionDenied)
  }

  @Test("ends an open stream in the second in which its token ends", .covers("S-C31"))
  func expiredStream() async throws {
    let time = Mutex(IdentityLab.now)
    let harness = try PipelineHarness(lab, access: .signedIn, now: { time.withLock { $0 } })
    let error = await harness.watch(token: try await lab.token()) {
      time.withLock { $0 += 600 }
    }
    #expect(error?.code == .unauthenticated)
    #expect(error?.says("TOKEN_EXPIRED") == true)
  }

  @Test("leaves a record of every call, refused ones too", .covers("S-H6"))
  func journal() async throws {
    let harness = try PipelineHarness(lab, access: .signedIn)
    _ = try await harness.call(token: try await lab.token(), door: .rest)
    _ = await harness.refusal()
    let records = harness.records
    #expect(records.map(\.code) == [.ok, .unauthenticated])
    #expect(records[0].caller?.principal.subject == "artel:anna")
    #expect(records[0].door == .rest)
    #expect(records[1].caller == nil)
  }
}
