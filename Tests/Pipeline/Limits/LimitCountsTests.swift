import GeneratedOptions
import RPC
import TestSupport
import Testing

@testable import Pipeline

@Suite("What limits have done")
struct LimitCountsTests {
  @Test("is counted, each under its name")
  func counts() async throws {
    let lab = try IdentityLab()
    let slow = RateLimits.Rate(perSecond: 0.001, burst: 2)
    let networks = NetworkRules()
    try networks.replace(by: "deny 203.0.113.0/24")
    let harness = try PipelineHarness(
      lab, access: .signedIn, limits: RateLimits(low: slow, medium: slow, high: slow),
      answers: MemoryAnswers(), networks: networks, policy: { $0.idempotencyKey = .optional })
    let token = try await lab.token()
    let key: Metadata = ["idempotency-key": "k"]
    for _ in 0..<2 { _ = try await harness.call(token: token, metadata: key) }
    #expect(await harness.refusal(token: token) != nil)
    #expect(await harness.refusal(token: token, address: "203.0.113.7") != nil)
    var expected = LimitCounts()
    expected.rateLimited = 1
    expected.networkDenied = 1
    expected.replayed = 1
    expected.runningLimit = LoadShedder.ceiling
    #expect(harness.pipeline.limitCounts == expected)
  }

  @Test("has refusals of a place that sent too many", .covers("S-F4"))
  func flood() async throws {
    let lab = try IdentityLab()
    let harness = try PipelineHarness(
      lab, access: .signedIn, limits: RateLimits(refused: .init(perSecond: 0.001, burst: 1)))
    for token in ["made.up.token", "made.up.token", nil, nil] {
      #expect(await harness.refusal(token: token) != nil)
    }
    #expect(harness.pipeline.limitCounts.rateLimited == 3)
  }

  @Test("is nothing to health, and to the operator's methods while few run", .covers("S-F8"))
  func overload() async throws {
    let lab = try IdentityLab()
    for (access, isOperators) in [(Artel_Options_V1_Access.signedIn, false), (.operators, true)] {
      let harness = try PipelineHarness(lab, access: access, operatorTenant: "alpha")
      let shedder = harness.pipeline.shedder
      for _ in 0..<200 { try shedder.enter(.low) }
      for _ in 0..<50 { shedder.observe(delay: .seconds(1)) }
      let token = try await lab.token()
      #expect(await harness.refusal(token: token)?.says("OVERLOADED") == (isOperators ? nil : true))
      // Whoever has no credential is gone at once; who has one and calls without end, is not.
      #expect(
        await harness.refusal()?.says("CREDENTIAL_MISSING") == (isOperators ? true : false))
      while (try? shedder.enter(.low, hasReserve: true)) != nil {}
      #expect(await harness.refusal(token: token)?.says("OVERLOADED") == true)
    }
    let harness = try PipelineHarness(lab, access: .signedIn)
    func stage(_ path: String) -> Stage {
      Stage(
        path: path, policy: .with { $0.access.public = true }, authorization: nil, validator: nil,
        masking: nil, pipeline: harness.pipeline)
    }
    #expect(stage("/grpc.health.v1.Health/Check").isNeverShed)
    #expect(!stage("/artel.auth.v1.TokenService/A").isNeverShed)
  }
}

extension Artel_Options_V1_Access {
  fileprivate static let operators = Self.with {
    $0.principals = [.user, .administrator]
    $0.operator = true
  }
}
