import GeneratedOptions
import LogTestSupport
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
    #expect(error?.metadata.first("ratelimit")?.hasPrefix("\"low\";r=0;t=") == true)
    #expect(error?.metadata.first("ratelimit-policy") == "\"low\";q=5;w=5000")
    #expect(harness.handled == 5)

    var other = IdentityLab.claims
    other["sub"] = "boris"
    _ = try await harness.call(token: try await lab.token(other))
    #expect(harness.handled == 6)
  }

  @Test("is another one for what apps tell of themselves", .covers("C96", "A16"))
  func telemetry() throws {
    let slow = RateLimits.Rate(perSecond: 0.001, burst: 2)
    let limiter = RateLimiter(limits: RateLimits(telemetry: slow, tenantFactor: 2))
    let tenant = Tenant(
      id: "alpha", name: "alpha", displayName: "", kind: .residential, suspended: false, issuer: "",
      createTime: 0)
    func caller(_ name: String) -> Caller {
      Caller(tenant: tenant, principal: Principal(kind: .user, subject: name))
    }
    for _ in 0..<2 { try limiter.admit(caller("a:ann"), .telemetry) }
    let error = #expect(throws: RPCError.self) {
      try limiter.admit(caller("a:ann"), .telemetry)
    }
    #expect(error?.metadata.first("ratelimit")?.hasPrefix("\"telemetry\";r=0") == true)
    for _ in 0..<2 { try limiter.admit(caller("a:boris"), .telemetry) }
    // All of the tenant together have used theirs up, and everything else goes on.
    let all = #expect(throws: RPCError.self) { try limiter.admit(caller("a:clara"), .telemetry) }
    #expect(all?.metadata.first("ratelimit")?.hasPrefix("\"tenant-telemetry\"") == true)
    for cost in [Artel_Options_V1_CostClass.low, .medium, .high] {
      try limiter.admit(caller("a:ann"), cost)
    }
    for _ in 0..<2 { try limiter.admit(address: "203.0.113.7", .telemetry) }
    #expect(throws: RPCError.self) { try limiter.admit(address: "203.0.113.7", .telemetry) }
    try limiter.admit(address: "203.0.113.7", .high)
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

  @Test(
    "is a network's for whatever is refused, and holds up nobody who is let in", .covers("S-F4"))
  func refusals() async throws {
    let lab = try IdentityLab()
    let log = Lines()
    let harness = try PipelineHarness(
      lab, access: .signedIn, limits: RateLimits(refused: .init(perSecond: 0.001, burst: 5)),
      logger: log.logger, now: { lab.clock.load(ordering: .relaxed) })
    var short = IdentityLab.claims
    short["exp"] = .number(IdentityLab.now + 60)
    let expired = try await lab.token(short)
    let good = try await lab.token()
    _ = try await harness.call(token: expired, address: "2001:db8::1")
    lab.clock.add(600, ordering: .relaxed)
    for (token, reason) in [
      (nil, "CREDENTIAL_MISSING"), (expired, "TOKEN_EXPIRED"), (expired, "TOKEN_EXPIRED"),
    ] { #expect(await harness.refusal(token: token, address: "2001:db8::2")?.says(reason) == true) }
    for reason in ["TENANT_MISMATCH", "TENANT_MISMATCH", "RATE_LIMITED"] {
      let error = await harness.refusal(
        token: good, metadata: ["x-tenant-id": "beta"], address: "2001:db8::3")
      #expect(error?.says(reason) == true)
    }
    for token in [nil, expired] {
      let error = await harness.refusal(token: token, address: "2001:db8::4")
      #expect(error?.code == .resourceExhausted)
      #expect(error?.says("google.rpc.RetryInfo") == true)
    }
    #expect(await harness.refusal(address: "2001:db8:0:1::1")?.says("CREDENTIAL_MISSING") == true)
    // Also who has never called from there.
    _ = try await harness.call(token: good, address: "2001:db8::5")
    var other = IdentityLab.claims
    other["sub"] = "boris"
    _ = try await harness.call(token: try await lab.token(other), address: "2001:db8::5")
    #expect(log.count(of: "token refused") == 1)
  }

  @Test("is the tenant's own, whatever its callers are called", .covers("S-D16"))
  func tenants() throws {
    let once = RateLimits.Rate(perSecond: 0.001, burst: 1)
    let limiter = RateLimiter(
      limits: RateLimits(low: once, medium: once, high: once, tenantFactor: 1000))
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

  @Test("is said in answers once half of it is used", .covers("S-F1", "A16"))
  func said() async throws {
    let lab = try IdentityLab()
    let slow = RateLimits.Rate(perSecond: 0.001, burst: 4)
    let harness = try PipelineHarness(
      lab, access: .signedIn, limits: RateLimits(low: slow, medium: slow, high: slow))
    let token = try await lab.token()
    for _ in 0..<2 {
      #expect(try await harness.reply(token: token).trailingMetadata.first("ratelimit") == nil)
    }
    let reply = try await harness.reply(token: token)
    #expect(reply.trailingMetadata.first("ratelimit") == "\"low\";r=1;t=3000")
    #expect(reply.trailingMetadata.first("ratelimit-policy") == "\"low\";q=4;w=4000")
  }

  @Test("is the tenant's too, for all of its callers, who pay for nobody else", .covers("S-D21"))
  func wholeTenant() throws {
    let once = RateLimits.Rate(perSecond: 1, burst: 4)
    let limiter = RateLimiter(
      limits: RateLimits(low: once, medium: once, high: once, tenantFactor: 2), now: { 0 })
    func caller(_ tenant: String, _ subject: String) -> Caller {
      Caller(
        tenant: Tenant(
          id: tenant, name: tenant, displayName: "", kind: .residential, suspended: false,
          issuer: "", createTime: 0), principal: Principal(kind: .user, subject: subject))
    }
    for subject in ["a", "b", "c", "d"] {
      for _ in 0..<2 { try limiter.admit(caller("noisy", subject), .low) }
    }
    for _ in 0..<10 {
      let error = #expect(throws: RPCError.self) { try limiter.admit(caller("noisy", "e"), .low) }
      #expect(error?.metadata.first("ratelimit-policy") == "\"tenant-low\";q=8;w=4")
    }
    // What was refused for the tenant's sake did not count for the caller.
    #expect(
      limiter.callers.backlog(of: .init(tenant: "noisy", subject: "e", cost: 1), now: 0) == 0)
    for _ in 0..<4 { try limiter.admit(caller("quiet", "a"), .low) }
  }

  @Test("leaves administrators a part when their tenant's is used up", .covers("S-D21"))
  func reserve() throws {
    let once = RateLimits.Rate(perSecond: 1, burst: 4)
    let limiter = RateLimiter(
      limits: RateLimits(low: once, medium: once, high: once, tenantFactor: 2), now: { 0 })
    for subject in ["a", "b"] {
      for _ in 0..<4 { try limiter.admit(.of("t", subject), .low) }
    }
    #expect(throws: RPCError.self) { try limiter.admit(.of("t", "c"), .low) }
    for _ in 0..<4 { try limiter.admit(.of("t", "d", kind: .administrator), .low) }
    // Of all of them together, not of each.
    #expect(throws: RPCError.self) {
      try limiter.admit(.of("t", "e", kind: .administrator), .low)
    }
  }

  @Test("is a share of it while nobody knows what other processes let in", .covers("S-F3"))
  func share() throws {
    let rate = RateLimits.Rate(perSecond: 1, burst: 10)
    let limiter = RateLimiter(
      limits: RateLimits(low: rate, medium: rate, high: rate), share: 0.5, now: { 0 })
    let caller = Caller(
      tenant: Tenant(
        id: "t", name: "t", displayName: "", kind: .residential, suspended: false, issuer: "",
        createTime: 0), principal: Principal(kind: .user, subject: "a"))
    func admitted() -> Int {
      (0..<20).count { _ in (try? limiter.admit(caller, .low)) != nil }
    }
    #expect(admitted() == 5)
    // Half of the rate's time is two calls' of the whole rate.
    limiter.setAlone(false)
    #expect(admitted() == 0)
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
