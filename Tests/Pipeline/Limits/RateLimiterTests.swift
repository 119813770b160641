import GeneratedOptions
import Pipeline
import RPC
import TestSupport
import Testing

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
}
