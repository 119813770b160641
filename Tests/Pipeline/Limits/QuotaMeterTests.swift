import GeneratedOptions
import RPC
import Synchronization
import TestSupport
import Testing

@testable import Pipeline

@Suite("A tenant's quota")
struct QuotaMeterTests {
  /// What all processes have counted.
  private final class Store: QuotaStore {
    let uses = Mutex<[String: QuotaUse]>([:])
    let told = Mutex<[QuotaBatch]>([])
    let fails = Atomic(false)
    /// Counts what it is told, and its answer is lost.
    let losesAnswers = Atomic(false)

    func add(_ batch: QuotaBatch) async throws -> [QuotaUse] {
      if fails.load(ordering: .relaxed) { throw RPCError(code: .unavailable, message: "away") }
      let isNew = told.withLock { told in
        defer { told.append(batch) }
        return !told.contains(batch)
      }
      let known = uses.withLock { uses in
        batch.uses.map { use in
          let key = "\(use.tenantID) \(use.day)"
          var sum =
            uses[key]
            ?? QuotaUse(tenantID: use.tenantID, day: use.day, calls: 0, expensiveCalls: 0)
          if isNew {
            sum.calls += use.calls
            sum.expensiveCalls += use.expensiveCalls
            sum.keyedCalls += use.keyedCalls
          }
          uses[key] = sum
          return sum
        }
      }
      if losesAnswers.load(ordering: .relaxed) {
        throw RPCError(code: .unavailable, message: "away")
      }
      return known
    }
  }

  private func tenant(
    _ id: String, calls: Int64, expensive: Int64 = 100,
    kind: Artel_Options_V1_PrincipalKind = .user
  ) -> Caller {
    .of(id, kind: kind, quotas: TenantQuotas(dailyCalls: calls, dailyExpensiveCalls: expensive))
  }

  @Test("ends a tenant's day, says when the next begins, and touches no neighbour", .covers("B08"))
  func day() throws {
    let now = Atomic<Int64>(86_400 * 20_000 + 86_000)
    let meter = QuotaMeter(store: Store()) { now.load(ordering: .relaxed) }
    let alpha = tenant("alpha", calls: 3)
    for _ in 0..<3 { try meter.use(alpha, .low) }
    for _ in 0..<2 {
      let error = #expect(throws: RPCError.self) { try meter.use(alpha, .low) }
      #expect(error?.code == .resourceExhausted)
      #expect(error?.says("QUOTA_EXCEEDED") == true)
      #expect(error?.metadata.first("ratelimit") == "\"daily-calls\";r=0;t=400")
    }
    try meter.use(tenant("beta", calls: 3), .low)
    now.add(400, ordering: .relaxed)
    try meter.use(alpha, .low)
  }

  @Test("has a part for costly calls")
  func expensive() throws {
    let meter = QuotaMeter(store: Store()) { 0 }
    let alpha = tenant("alpha", calls: 100, expensive: 2)
    for _ in 0..<2 { try meter.use(alpha, .high) }
    let error = #expect(throws: RPCError.self) { try meter.use(alpha, .high) }
    #expect(error?.metadata.first("ratelimit-policy")?.contains("daily-expensive-calls") == true)
    try meter.use(alpha, .medium)
  }

  @Test("is not used up by what apps tell of themselves", .covers("C96"))
  func telemetry() throws {
    let meter = QuotaMeter(store: Store()) { 0 }
    let alpha = tenant("alpha", calls: 1)
    for _ in 0..<5 { try meter.use(alpha, .telemetry) }
    try meter.use(alpha, .low)
  }

  @Test("is that of all processes together, once they have told each other")
  func processes() async throws {
    let store = Store()
    let meters = (0..<2).map { _ in QuotaMeter(store: store) { 0 } }
    let alpha = tenant("alpha", calls: 10)
    for _ in 0..<5 { for meter in meters { try meter.use(alpha, .low) } }
    for _ in 0..<2 { for meter in meters { try await meter.flush() } }
    // The first was told before the second: its next call tells it again.
    #expect(throws: RPCError.self) { try meters[1].use(alpha, .low) }
    try meters[0].use(alpha, .low)
    try await meters[0].flush()
    #expect(throws: RPCError.self) { try meters[0].use(alpha, .low) }
  }

  @Test("loses nothing while the store is away, and nothing of what comes while it is told")
  func away() async throws {
    let store = Store()
    let meter = QuotaMeter(store: store) { 0 }
    let alpha = tenant("alpha", calls: 4)
    try meter.use(alpha, .low)
    store.fails.store(true, ordering: .relaxed)
    await #expect(throws: RPCError.self) { try await meter.flush() }
    try meter.use(alpha, .low)
    store.fails.store(false, ordering: .relaxed)
    try await meter.flush()
    #expect(store.uses.withLock { $0["alpha 0"]?.calls } == 2)
    // After a restart, what was kept counts.
    let next = QuotaMeter(store: store) { 0 }
    try next.use(alpha, .low)
    try await next.flush()
    try next.use(alpha, .low)
    #expect(throws: RPCError.self) { try next.use(alpha, .low) }
  }

  @Test("counts a batch once whose answer was lost, and what came meanwhile with the next")
  func lostAnswer() async throws {
    let store = Store()
    let meter = QuotaMeter(store: store) { 0 }
    let alpha = tenant("alpha", calls: 10)
    for _ in 0..<3 { try meter.use(alpha, .high) }
    store.losesAnswers.store(true, ordering: .relaxed)
    for _ in 0..<2 {
      await #expect(throws: RPCError.self) { try await meter.flush() }
      try meter.use(alpha, .low)
    }
    store.losesAnswers.store(false, ordering: .relaxed)
    try await meter.flush()
    #expect(store.uses.withLock { $0["alpha 0"]?.calls } == 5)
    #expect(store.uses.withLock { $0["alpha 0"]?.expensiveCalls } == 3)
    #expect(store.told.withLock { $0.map(\.sequence) } == [1, 1, 1, 2])
    for _ in 0..<5 { try meter.use(alpha, .low) }
    #expect(throws: RPCError.self) { try meter.use(alpha, .low) }
  }

  @Test("is told of all tenants at once, in their order, and at the first failure no further")
  func batches() async throws {
    let store = Store()
    let meter = QuotaMeter(store: store) { 0 }
    for number in 0..<2500 { try meter.use(tenant("t\(number)", calls: 10), .low) }
    store.fails.store(true, ordering: .relaxed)
    await #expect(throws: RPCError.self) { try await meter.flush() }
    store.fails.store(false, ordering: .relaxed)
    try await meter.flush()
    let told = store.told.withLock { $0 }
    #expect(told.map(\.uses.count) == [1000, 1000, 500])
    #expect(told.flatMap(\.uses).map(\.tenantID) == (0..<2500).map { "t\($0)" }.sorted())
    try await meter.flush()
    #expect(store.told.withLock(\.count) == 3)
  }

  @Test("leaves its administrators enough to end what uses it up", .covers("B08"))
  func reserve() throws {
    let meter = QuotaMeter(store: Store()) { 0 }
    for _ in 0..<3 { try meter.use(tenant("alpha", calls: 3), .low) }
    #expect(throws: RPCError.self) { try meter.use(tenant("alpha", calls: 3), .low) }
    let administrator = tenant("alpha", calls: 3, expensive: 0, kind: .administrator)
    for _ in 0..<100 { try meter.use(administrator, .high) }
    #expect(throws: RPCError.self) { try meter.use(administrator, .high) }
    for _ in 0..<900 { try meter.use(administrator, .low) }
    #expect(throws: RPCError.self) { try meter.use(administrator, .low) }
  }

  @Test("bounds the calls whose answers are kept", .covers("B08"))
  func keyed() throws {
    let meter = QuotaMeter(store: Store()) { 0 }
    for _ in 0..<TenantQuotas.dailyKeyedCalls { try meter.keep(tenant("alpha", calls: 1)) }
    let error = #expect(throws: RPCError.self) { try meter.keep(tenant("alpha", calls: 1)) }
    #expect(error?.metadata.first("ratelimit")?.hasPrefix("\"daily-keyed-calls\";r=0") == true)
    try meter.keep(tenant("beta", calls: 1))
    // Calls without a key go on.
    try meter.use(tenant("alpha", calls: 1), .low)
  }

  @Test("ends calls at the pipeline, and keyed ones when too many are kept", .covers("B08"))
  func pipeline() async throws {
    let lab = try IdentityLab()
    let meter = QuotaMeter(store: Store()) { 0 }
    lab.quotas.withLock { $0 = TenantQuotas(dailyCalls: 4) }
    let harness = try PipelineHarness(
      lab, access: .signedIn, answers: MemoryAnswers(), quotas: meter,
      policy: { $0.idempotencyKey = .optional })
    let token = try await lab.token()
    for _ in 0..<2 { _ = try await harness.call(token: token) }
    for _ in 0..<2 {
      _ = try await harness.call(token: token, metadata: ["idempotency-key": "k"])
    }
    let error = await harness.refusal(token: token)
    #expect(error?.code == .resourceExhausted)
    #expect(error?.says("QUOTA_EXCEEDED") == true)
    #expect(error?.says("daily-calls") == true)
    #expect(harness.handled == 3)
    #expect(harness.pipeline.limitCounts.quotaExceeded == 1)

    lab.quotas.withLock { $0 = TenantQuotas() }
    let caller = try #require(harness.records.last?.caller)
    while (try? meter.keep(caller)) != nil {}
    #expect(
      await harness.refusal(token: token, metadata: ["idempotency-key": "l"])?
        .says("daily-keyed-calls") == true)
    // What is kept is given again.
    _ = try await harness.call(token: token, metadata: ["idempotency-key": "k"])
    _ = try await harness.call(token: token)
  }
}
