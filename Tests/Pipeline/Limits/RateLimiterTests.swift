import GeneratedOptions
import RPC
import TestSupport
import Testing

@testable import Pipeline

@Suite("A caller's limit")
struct RateLimiterTests {
  @Test("lets exactly the burst through, then says when to come back", .covers("A16", "B08"))
  func burst() async throws {
    let lab = try IdentityLab()
    // A token comes back after a thousand seconds: none does while the test runs.
    let slow = RateLimits.Rate(perSecond: 0.001, burst: 5)
    let harness = try PipelineHarness(
      lab, access: .signedIn, limits: RateLimits(low: slow, medium: slow, high: slow))
    let token = try await lab.token()
    for _ in 0..<5 { _ = try await harness.call(token: token) }
    let error = await harness.refusal(token: token)
    #expect(error?.code == .resourceExhausted)
    #expect(error?.says("RATE_LIMITED") == true)
    #expect(error?.says("google.rpc.RetryInfo") == true)
    #expect(harness.handled == 5)

    var other = IdentityLab.claims
    other["sub"] = "boris"
    _ = try await harness.call(token: try await lab.token(other))
    #expect(harness.handled == 6)
  }

  @Test("counts what is worth nothing before its keys are looked for", .covers("S-F4"))
  func worthless() async throws {
    let lab = try IdentityLab()
    let harness = try PipelineHarness(
      lab, access: .signedIn,
      limits: RateLimits(refused: RateLimits.Rate(perSecond: 0.001, burst: 3)))
    let known = try await lab.token()
    _ = try await harness.call(token: known, address: "203.0.113.7")
    for _ in 0..<3 {
      let error = await harness.refusal(token: "made.up.token", address: "203.0.113.7")
      #expect(error?.says("TOKEN_INVALID") == true)
    }
    let error = await harness.refusal(token: "made.up.token", address: "203.0.113.7")
    #expect(error?.code == .resourceExhausted)
    #expect(error?.says("RATE_LIMITED") == true)
    #expect(error?.says("google.rpc.RetryInfo") == true)
    // Nobody's calls fail because a neighbour's do; and elsewhere nothing has happened.
    _ = try await harness.call(token: known, address: "203.0.113.7")
    var other = IdentityLab.claims
    other["sub"] = "boris"
    _ = try await harness.call(token: try await lab.token(other), address: "203.0.113.8")
  }

  @Test("is the tenant's own, whatever its callers are called", .covers("S-D16"))
  func tenants() throws {
    let once = RateLimits.Rate(perSecond: 0.001, burst: 1)
    let limiter = RateLimiter(limits: RateLimits(low: once, medium: once, high: once))
    // Every name of one or two signs that a key might be joined with.
    let signs = ["a", "b", ":", "/", " ", "|"]
    let names = signs + signs.flatMap { first in signs.map { first + $0 } }
    for tenant in names {
      for subject in names {
        let caller = Caller(
          tenant: Tenant(
            id: tenant, name: tenant, displayName: "", kind: .residential, suspended: false,
            issuer: "", createTime: 0),
          principal: Principal(kind: .user, subject: subject))
        for cost in [Artel_Options_V1_CostClass.low, .medium, .high] {
          #expect(throws: Never.self) { try limiter.admit(caller, cost) }
          #expect(throws: RPCError.self) { try limiter.admit(caller, cost) }
        }
      }
    }
  }

  @Test("lets a caller make as many times the calls as the operator says")
  func scaled() {
    let once = RateLimits.Rate(perSecond: 2, burst: 3)
    let limits = RateLimits(low: once, medium: once, high: once).scaled(by: 10)
    for rate in [limits.low, limits.medium, limits.high] {
      #expect(rate.perSecond == 20)
      #expect(rate.burst == 30)
    }
  }
}
