import GeneratedOptions
import Mutation
import RPC
import Synchronization

/// The limits of callers: by tenant, caller and cost class; of each tenant as a whole; and of those
/// that nobody knows, by their network.
final class RateLimiter: Sendable {
  /// Whose calls are counted together.
  struct Key: Hashable, Sendable {
    /// Empty for who is not known.
    let tenant: String
    /// Empty for all callers of the tenant.
    let subject: String
    /// A cost class, or one of `refusals` and `failures`.
    let cost: Int
  }

  /// How many callers are remembered, of those that are known and of those that are not: strangers
  /// push out strangers alone.
  private static let remembered = 100_000
  /// Stands in the place of a cost class for credentials that were worth nothing.
  private static let refusals = -1
  /// The same for calls that were refused whoever made them: apart, for they cost nothing, and must
  /// not keep a neighbour's new token from being looked at.
  private static let failures = -2

  private struct Rates {
    let low, medium, high, telemetry, refused: ArrivalRate

    init(_ limits: RateLimits, _ factor: Double) {
      low = ArrivalRate(limits.low.scaled(by: factor))
      medium = ArrivalRate(limits.medium.scaled(by: factor))
      high = ArrivalRate(limits.high.scaled(by: factor))
      telemetry = ArrivalRate(limits.telemetry.scaled(by: factor))
      refused = ArrivalRate(limits.refused.scaled(by: factor))
    }

    func rate(_ cost: Artel_Options_V1_CostClass) -> ArrivalRate {
      switch cost {
      case .high: high
      case .medium: medium
      case .telemetry: telemetry
      default: low
      }
    }
  }

  let now: @Sendable () -> Int64
  private let whole: (caller: Rates, tenant: Rates)
  /// For a process that cannot tell what the others let in.
  private let share: (caller: Rates, tenant: Rates)
  let isAlone: Atomic<Bool>
  let callers: ArrivalTable<Key>
  let strangers: ArrivalTable<Key>

  /// - Parameters:
  ///   - share: the part of the limits that this process keeps by itself while it cannot tell what
  ///     the others let in; nil where there are no others.
  ///   - now: nanoseconds of a clock that only goes on.
  init(
    limits: RateLimits, share: Double? = nil, remembered: Int = RateLimiter.remembered,
    now: @escaping @Sendable () -> Int64 = MonotonicTime.now
  ) {
    self.now = now
    whole = (Rates(limits, 1), Rates(limits, limits.tenantFactor))
    let part = share ?? 1
    self.share = (Rates(limits, part), Rates(limits, part * limits.tenantFactor))
    isAlone = Atomic(share != nil)
    callers = ArrivalTable(capacity: remembered, keepsReports: share != nil)
    strangers = ArrivalTable(capacity: remembered, keepsReports: share != nil)
  }

  /// What this process goes by now.
  private var rates: (caller: Rates, tenant: Rates) {
    isAlone.load(ordering: .relaxed) ? share : whole
  }

  /// The rate that all processes together let a key's calls in by.
  func sharedRate(_ key: Key) -> ArrivalRate {
    guard let cost = Artel_Options_V1_CostClass(rawValue: key.cost), key.cost >= 0 else {
      return whole.caller.refused
    }
    return (key.tenant.isEmpty || !key.subject.isEmpty ? whole.caller : whole.tenant).rate(cost)
  }

  /// Takes one call from the caller's limit, and one from its tenant's; where that is used up, an
  /// administrator's from what is kept for administrators.
  ///
  /// - Throws: `RPCError` with `.resourceExhausted` and how long to wait.
  func admit(_ caller: Caller, _ cost: Artel_Options_V1_CostClass) throws(RPCError) {
    let tenant = Mutation.isOn(.sharesLimits) ? "" : caller.tenant.id
    let rates = rates
    let key = Key(tenant: tenant, subject: caller.principal.subject, cost: cost.rawValue)
    try take(key, rates.caller.rate(cost), cost, .caller)
    guard !Mutation.isOn(.ignoresTenantRate) else { return }
    let all = Key(tenant: tenant, subject: "", cost: cost.rawValue)
    do throws(RPCError) {
      try take(all, rates.tenant.rate(cost), cost, .tenant)
    } catch {
      if takesReserve(caller, tenant, rates.caller.rate(cost), cost) { return }
      // What was not made does not count: a caller does not pay for its neighbours.
      callers.giveBack(key, rates.caller.rate(cost))
      throw error
    }
  }

  /// Takes one call of what a tenant's administrators have besides the tenant's limit, as much as one
  /// caller has: they are who can end what uses it up.
  private func takesReserve(
    _ caller: Caller, _ tenant: String, _ rate: ArrivalRate, _ cost: Artel_Options_V1_CostClass
  ) -> Bool {
    // No caller has this subject: people's have a colon, clients' a slash.
    caller.mayUseReserve
      && callers.take(
        Key(tenant: tenant, subject: "administrators", cost: cost.rawValue), rate, now: now()
      ).isAdmitted
  }

  /// Where a caller stands with its limits, once half of one is used; nil before.
  func standing(
    of caller: Caller, _ cost: Artel_Options_V1_CostClass
  ) -> RateStanding? {
    let rates = rates
    let now = now()
    func standing(
      _ subject: String, _ rate: ArrivalRate, _ owner: RateStanding.Owner
    ) -> RateStanding {
      let key = Key(tenant: caller.tenant.id, subject: subject, cost: cost.rawValue)
      return RateStanding(
        cost: cost, owner: owner, rate: rate, backlog: callers.backlog(of: key, now: now))
    }
    let own = standing(caller.principal.subject, rates.caller.rate(cost), .caller)
    let all = standing("", rates.tenant.rate(cost), .tenant)
    let nearer = all.remaining < own.remaining ? all : own
    return nearer.isWorthSaying ? nearer : nil
  }

  /// Takes one call from the limit of an address, where no caller is known.
  ///
  /// - Throws: As for callers.
  func admit(address: String, _ cost: Artel_Options_V1_CostClass) throws(RPCError) {
    let key = Self.key(address, cost.rawValue)
    let rate = rates.caller.rate(cost)
    try Self.check(strangers.take(key, rate, now: now()), rate, cost, .caller)
  }

  /// Refuses work for a credential that is not known yet, after too many that were worth nothing came
  /// from the same place. What is known already is not asked for, so that nobody's calls fail because
  /// a neighbour's do.
  ///
  /// - Throws: As for callers.
  func admitUnknownCredential(from address: String) throws(RPCError) {
    let refused = rates.caller.refused
    let backlog = strangers.backlog(of: Self.key(address, Self.refusals), now: now())
    let verdict = ArrivalVerdict(
      isAdmitted: backlog + refused.interval <= refused.depth, backlog: backlog)
    try Self.check(verdict, refused, .low, .caller)
  }

  /// Counts a credential that was worth nothing.
  func refused(from address: String) {
    // A limit that is used up stays so: that is what `admitUnknownCredential` looks at.
    _ = strangers.take(Self.key(address, Self.refusals), rates.caller.refused, now: now())
  }

  /// Takes one call from what one place may have refused, for whatever reason.
  ///
  /// - Throws: As for callers.
  func admitRefusal(from address: String) throws(RPCError) {
    let refused = rates.caller.refused
    let verdict = strangers.take(Self.key(address, Self.failures), refused, now: now())
    try Self.check(verdict, refused, .low, .caller)
  }

  /// Says whether what the other processes let in is known.
  func setAlone(_ isAlone: Bool) { self.isAlone.store(isAlone, ordering: .relaxed) }

  /// Whether what other processes let in is not known.
  var isAloneNow: Bool { isAlone.load(ordering: .relaxed) }

  /// The address without its port: `ipv4:127.0.0.1:40000` and `127.0.0.1` are the same host.
  static func host(_ address: String) -> String {
    guard address.hasPrefix("ipv4:") || address.hasPrefix("ipv6:") else { return address }
    let bare = address.utf8.dropFirst(5)
    let end = bare.lastIndex(of: UInt8(ascii: ":")) ?? bare.endIndex
    return String(Substring(bare[..<end]))
  }

  private static func key(_ address: String, _ cost: Int) -> Key {
    Key(tenant: "", subject: NetworkName.of(address), cost: cost)
  }

  private func take(
    _ key: Key, _ rate: ArrivalRate, _ cost: Artel_Options_V1_CostClass,
    _ owner: RateStanding.Owner
  ) throws(RPCError) {
    try Self.check(callers.take(key, rate, now: now()), rate, cost, owner)
  }

  private static func check(
    _ verdict: ArrivalVerdict, _ rate: ArrivalRate, _ cost: Artel_Options_V1_CostClass,
    _ owner: RateStanding.Owner
  ) throws(RPCError) {
    guard !verdict.isAdmitted else { return }
    throw RateStanding(cost: cost, owner: owner, rate: rate, backlog: verdict.backlog)
      .refusal(verdict)
  }
}
