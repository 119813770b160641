import RPC
import TestSupport
import Testing

@testable import Pipeline

@Suite("An overloaded process")
struct LoadShedderTests {
  @Test("refuses what it would not get through, costly calls first, at once", .covers("S-F8"))
  func sheds() throws {
    let shedder = LoadShedder()
    for _ in 0..<100 { try shedder.enter(.low) }
    // So much work waits that the limit falls from what runs.
    for _ in 0..<20 { shedder.observe(delay: .seconds(1)) }
    #expect(shedder.currentLimit == LoadShedder.floor)
    let error = #expect(throws: RPCError.self) { try shedder.enter(.low) }
    #expect(error?.code == .unavailable)
    #expect(error?.says("OVERLOADED") == true)
    #expect(error?.says("google.rpc.RetryInfo") == true)
    #expect(shedder.runningCalls == 100)
    for _ in 0..<60 { shedder.leave() }
    // Forty run of sixty-four.
    #expect(throws: RPCError.self) { try shedder.enter(.high) }
    try shedder.enter(.medium)
    try shedder.enter(.low)
    #expect(shedder.takeShedCount() == 2)
    #expect(shedder.takeShedCount() == 0)
    // Before those that cost most, what apps tell of themselves.
    for _ in 0..<8 { shedder.leave() }
    try shedder.enter(.high)
    #expect(throws: RPCError.self) { try shedder.enter(.telemetry) }
  }

  @Test("takes calls again within ten seconds of its end", .covers("S-F8"))
  func recovers() throws {
    let shedder = LoadShedder()
    for _ in 0..<1000 { try shedder.enter(.low) }
    for _ in 0..<100 { shedder.observe(delay: .seconds(1)) }
    for _ in 0..<1000 { shedder.leave() }
    // A look takes a tenth of a second.
    for _ in 0..<100 { shedder.observe(delay: .milliseconds(1)) }
    #expect(shedder.currentLimit == LoadShedder.ceiling)
  }

  @Test("keeps places for who operates it, which nobody can fill without end", .covers("S-F8"))
  func reserve() throws {
    let shedder = LoadShedder()
    for _ in 0..<100 { try shedder.enter(.low) }
    for _ in 0..<20 { shedder.observe(delay: .seconds(1)) }
    for _ in 0..<LoadShedder.reserve {
      #expect(try shedder.enter(.high, hasReserve: true) == .reserved)
    }
    #expect(throws: RPCError.self) { try shedder.enter(.low, hasReserve: true) }
    #expect(shedder.runningCalls == 100 + LoadShedder.reserve)
    shedder.leave(.reserved)
    #expect(try shedder.enter(.low, hasReserve: true) == .reserved)
    // The others' places come first, and are given back as such.
    for _ in 0..<100 { shedder.leave() }
    #expect(try shedder.enter(.low, hasReserve: true) == .shared)
  }

  @Test("never refuses so few that nobody could be waiting")
  func floor() throws {
    let shedder = LoadShedder()
    for _ in 0..<100 { shedder.observe(delay: .seconds(1)) }
    for _ in 0..<LoadShedder.floor { try shedder.enter(.low) }
  }
}

@Suite("A tenant's share of a process")
struct TenantSharesTests {
  @Test("ends its calls, and nobody else's", .covers("S-D21"))
  func share() throws {
    let shares = TenantShares(most: 3)
    let (noisy, quiet) = (Caller.of("noisy"), Caller.of("quiet"))
    for _ in 0..<3 { try shares.enter(noisy) }
    let error = #expect(throws: RPCError.self) { try shares.enter(noisy) }
    #expect(error?.code == .resourceExhausted)
    #expect(error?.says("TENANT_BUSY") == true)
    for _ in 0..<3 { try shares.enter(quiet) }
    shares.leave("noisy")
    try shares.enter(noisy)
    for _ in 0..<3 { shares.leave("noisy") }
    #expect(shares.running("noisy") == 0)
  }

  @Test("leaves its administrators some calls more", .covers("S-D21"))
  func administrators() throws {
    let shares = TenantShares(most: 3)
    let administrator = Caller.of("noisy", kind: .administrator)
    for _ in 0..<3 { try shares.enter(Caller.of("noisy")) }
    for _ in 0..<10 { try shares.enter(administrator) }
    #expect(throws: RPCError.self) { try shares.enter(administrator) }
    #expect(throws: RPCError.self) { try shares.enter(Caller.of("noisy")) }
  }

  @Test("is given back by calls however they end", .covers("S-D21"))
  func pipeline() async throws {
    let lab = try IdentityLab()
    let harness = try PipelineHarness(
      lab, access: .signedIn, callsPerTenant: 1,
      handler: { context in
        guard context.metadata.first("fails") == nil else {
          throw RPCError(code: .notFound, message: "gone")
        }
        return "done"
      })
    let token = try await lab.token()
    for _ in 0..<3 {
      _ = try await harness.call(token: token)
      #expect(await harness.refusal(token: token, metadata: ["fails": "1"])?.code == .notFound)
    }
  }
}
