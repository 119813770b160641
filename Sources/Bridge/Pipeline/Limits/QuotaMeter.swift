import GeneratedOptions
import LibCrypto
import Mutation
import RPC
import Synchronization

/// Counts what tenants use of their quotas.
///
/// Calls are counted here, and told to the store in batches: what a process has counted since is what
/// a tenant may use too much, and what is forgotten when the process is killed.
public final class QuotaMeter: Sendable {
  /// What was counted.
  struct Sum {
    var calls: Int64 = 0
    var expensive: Int64 = 0
    var keyed: Int64 = 0

    static func + (left: Sum, right: Sum) -> Sum {
      Sum(
        calls: left.calls + right.calls, expensive: left.expensive + right.expensive,
        keyed: left.keyed + right.keyed)
    }
  }

  private struct Count {
    var day: Int64
    /// What all processes have counted, as far as it is known.
    var known = Sum()
    /// What the store has not been told.
    var untold = Sum()
  }

  private struct Telling {
    var sequence: Int64 = 0
    /// What was told and not answered: it may be counted already.
    var unanswered: QuotaBatch?
    var isRunning = false
  }

  private final class Part: Sendable {
    let counts = Mutex<[String: Count]>([:])
  }

  private static let secondsOfDay: Int64 = 86_400
  /// How many tenants one batch has.
  private static let atOnce = 1000

  private let store: any QuotaStore
  private let meterID: String
  private let now: @Sendable () -> Int64
  private let parts = (0..<16).map { _ in Part() }
  private let telling = Mutex(Telling())

  /// - Parameter now: seconds since 1970.
  public init(store: any QuotaStore, now: @escaping @Sendable () -> Int64) {
    self.store = store
    self.now = now
    meterID = UUIDv7.make()
  }

  /// Counts a call.
  ///
  /// - Throws: `RPCError` with `.resourceExhausted` where a quota is used up, and when it is free
  ///   again; the call is not counted then.
  func use(_ caller: Caller, _ cost: Artel_Options_V1_CostClass) throws(RPCError) {
    // What apps tell of themselves is no use that a tenant makes of its calls.
    guard cost != .telemetry else { return }
    let quotas = caller.tenant.quotas
    try count(caller, cost == .high ? Sum(calls: 1, expensive: 1) : Sum(calls: 1)) { sum in
      sum.calls > quotas.dailyCalls + caller.reserve(.daily, quotas.dailyCalls)
        ? ("daily-calls", quotas.dailyCalls)
        : cost == .high
          && sum.expensive > quotas.dailyExpensiveCalls
            + caller.reserve(.dailyExpensive, quotas.dailyExpensiveCalls)
          ? ("daily-expensive-calls", quotas.dailyExpensiveCalls) : nil
    }
  }

  /// Counts a call whose answer is to be kept.
  ///
  /// - Throws: As for `use`.
  func keep(_ caller: Caller) throws(RPCError) {
    let limit = TenantQuotas.dailyKeyedCalls
    try count(caller, Sum(keyed: 1)) { sum in
      sum.keyed > limit + caller.reserve(.daily, limit) ? ("daily-keyed-calls", limit) : nil
    }
  }

  private func count(
    _ caller: Caller, _ more: Sum, _ exceeds: (Sum) -> (String, Int64)?
  ) throws(RPCError) {
    let now = now()
    let day = now / Self.secondsOfDay
    let tenantID = caller.tenant.id
    let exhausted = part(of: tenantID).counts.withLock { counts -> (String, Int64)? in
      var count = counts[tenantID] ?? Count(day: day)
      if count.day != day { count = Count(day: day) }
      let exhausted = exceeds(count.known + count.untold + more)
      if exhausted == nil { count.untold = count.untold + more }
      counts[tenantID] = count
      return exhausted
    }
    guard let (quota, limit) = exhausted, !Mutation.isOn(.ignoresQuotas) else { return }
    throw Self.exceeded(quota, limit, seconds: (day + 1) * Self.secondsOfDay - now)
  }

  private static func exceeded(_ quota: String, _ limit: Int64, seconds: Int64) -> RPCError {
    var error = RPCError(
      code: .resourceExhausted, reason: "QUOTA_EXCEEDED",
      message: "the tenant's quota of the day is used up",
      metadata: ["quota": quota, "limit": "\(limit)"], retryAfter: .seconds(seconds))
    error.metadata.add("\"\(quota)\";r=0;t=\(seconds)", for: "ratelimit")
    error.metadata.add("\"\(quota)\";q=\(limit);w=86400", for: "ratelimit-policy")
    return error
  }

  /// Tells the store what was counted since the last time, and learns what others have counted.
  ///
  /// - Throws: what the store throws, at the first batch that it does not take: who asks again tells it
  ///   that one again.
  public func flush() async throws {
    guard
      telling.withLock({ telling in
        defer { telling.isRunning = true }
        return !telling.isRunning
      })
    else { return }
    defer { telling.withLock { $0.isRunning = false } }
    if let batch = telling.withLock({ $0.unanswered }) { try await tell(batch) }
    let uses = untold()
    for start in stride(from: 0, to: uses.count, by: Self.atOnce) {
      let sequence = telling.withLock { telling in
        telling.sequence += 1
        return telling.sequence
      }
      try await tell(
        QuotaBatch(
          meterID: meterID, sequence: sequence,
          uses: Array(uses[start..<min(start + Self.atOnce, uses.count)])))
    }
  }

  private func tell(_ batch: QuotaBatch) async throws {
    telling.withLock { $0.unanswered = batch }
    let known = try await store.add(batch)
    telling.withLock { $0.unanswered = nil }
    for use in batch.uses {
      change(use) { count in
        count.untold.calls -= use.calls
        count.untold.expensive -= use.expensiveCalls
        count.untold.keyed -= use.keyedCalls
      }
    }
    for use in known {
      change(use) {
        $0.known = Sum(calls: use.calls, expensive: use.expensiveCalls, keyed: use.keyedCalls)
      }
    }
  }

  /// Changes the count of a use's tenant, unless another day has begun.
  private func change(_ use: QuotaUse, _ body: (inout Count) -> Void) {
    part(of: use.tenantID).counts.withLock { counts in
      guard var count = counts[use.tenantID], count.day == use.day else { return }
      body(&count)
      counts[use.tenantID] = count
    }
  }

  /// What is to be told, in the order of tenants: stores lock rows in one order. Who has used nothing
  /// since yesterday need not be remembered.
  private func untold() -> [QuotaUse] {
    let day = now() / Self.secondsOfDay
    var uses: [QuotaUse] = []
    for part in parts {
      part.counts.withLock { counts in
        for (tenantID, count) in counts {
          if count.untold.calls > 0 || count.untold.keyed > 0 {
            uses.append(
              QuotaUse(
                tenantID: tenantID, day: count.day, calls: count.untold.calls,
                expensiveCalls: count.untold.expensive, keyedCalls: count.untold.keyed))
          } else if count.day != day {
            counts[tenantID] = nil
          }
        }
      }
    }
    return uses.sorted { $0.tenantID < $1.tenantID }
  }

  private func part(of tenantID: String) -> Part {
    parts[Int(UInt(bitPattern: tenantID.hashValue) % UInt(parts.count))]
  }
}

extension Caller {
  fileprivate func reserve(_ reserve: TenantReserve, _ limit: Int64) -> Int64 {
    mayUseReserve ? reserve.above(limit) : 0
  }
}
