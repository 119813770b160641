import GeneratedOptions
import Mutation
import RPC
import Synchronization

/// How many calls a caller may make.
public struct RateLimits: Sendable {
  /// Calls per second and the burst above it, for one cost class.
  public struct Rate: Sendable {
    /// Calls per second over time.
    public var perSecond: Double
    /// Calls at once from idle.
    public var burst: Double

    /// Creates a rate.
    public init(perSecond: Double, burst: Double) {
      self.perSecond = perSecond
      self.burst = burst
    }
  }

  /// Reads by key.
  public var low: Rate
  /// Lists and changes.
  public var medium: Rate
  /// Calls that reach a partner, a device or a key derivation.
  public var high: Rate
  /// Credentials of one address that turn out to be worth nothing.
  public var refused: Rate

  /// Creates limits.
  public init(
    low: Rate = Rate(perSecond: 500, burst: 1000), medium: Rate = Rate(perSecond: 100, burst: 200),
    high: Rate = Rate(perSecond: 10, burst: 30),
    refused: Rate = Rate(perSecond: 50, burst: 200)
  ) {
    self.low = low
    self.medium = medium
    self.high = high
    self.refused = refused
  }

  /// The same limits for callers that may make this many times as many calls.
  public func scaled(by factor: Double) -> RateLimits {
    func scaled(_ rate: Rate) -> Rate {
      Rate(perSecond: rate.perSecond * factor, burst: rate.burst * factor)
    }
    return RateLimits(
      low: scaled(low), medium: scaled(medium), high: scaled(high),
      refused: scaled(refused))
  }

  func rate(_ cost: Artel_Options_V1_CostClass) -> Rate {
    switch cost {
    case .high: high
    case .medium: medium
    default: low
    }
  }
}

/// Token buckets by tenant, caller and cost class, in this process.
final class RateLimiter: Sendable {
  private struct Key: Hashable {
    let tenant: String
    let subject: String
    let cost: Int
  }

  private struct Bucket {
    var tokens: Double
    var filled: ContinuousClock.Instant
  }

  private static let remembered = 100_000
  /// Stands in the place of a cost class for credentials that were worth nothing.
  private static let refusals = -1

  private let limits: RateLimits
  private let buckets = Mutex<[Key: Bucket]>([:])

  init(limits: RateLimits) { self.limits = limits }

  /// Takes one call from the caller's bucket.
  ///
  /// - Throws: `RPCError` with `.resourceExhausted` and how long to wait.
  func admit(_ caller: Caller, _ cost: Artel_Options_V1_CostClass) throws(RPCError) {
    let key = Key(
      tenant: Mutation.isOn(.sharesLimits) ? "" : caller.tenant.id,
      subject: caller.principal.subject, cost: cost.rawValue)
    try take(key, limits.rate(cost))
  }

  /// Takes one call from the bucket of an address, where no caller is known.
  ///
  /// - Throws: As for callers.
  func admit(address: String, _ cost: Artel_Options_V1_CostClass) throws(RPCError) {
    try take(
      Key(tenant: "", subject: NetworkName.of(address), cost: cost.rawValue), limits.rate(cost))
  }

  /// Refuses work for a credential that is not known yet, after too many that were worth nothing came
  /// from the same place. What is known already is not asked for, so that nobody's calls fail because
  /// a neighbour's do.
  ///
  /// - Throws: As for callers.
  func admitUnknownCredential(from address: String) throws(RPCError) {
    let key = Key(tenant: "", subject: NetworkName.of(address), cost: Self.refusals)
    let known = buckets.withLock { buckets in
      buckets[key].map { self.tokens(of: $0, limits.refused, at: .now) }
    }
    guard let known, known < 1 else { return }
    throw Self.limited(1 - known, limits.refused)
  }

  /// Counts a credential that was worth nothing.
  func refused(from address: String) {
    // An empty bucket stays empty: that is what `admitUnknownCredential` looks at.
    try? take(
      Key(tenant: "", subject: NetworkName.of(address), cost: Self.refusals), limits.refused)
  }

  /// The address without its port: `ipv4:127.0.0.1:40000` and `127.0.0.1` are the same host.
  static func host(_ address: String) -> String {
    guard address.hasPrefix("ipv4:") || address.hasPrefix("ipv6:") else { return address }
    let bare = address.utf8.dropFirst(5)
    let end = bare.lastIndex(of: UInt8(ascii: ":")) ?? bare.endIndex
    return String(Substring(bare[..<end]))
  }

  private func take(_ key: Key, _ rate: RateLimits.Rate) throws(RPCError) {
    let now = ContinuousClock.now
    let lacking = buckets.withLock { buckets -> Double in
      if buckets.count >= Self.remembered {
        // A full bucket remembers nothing.
        buckets = buckets.filter { entry in
          let own =
            entry.key.cost == Self.refusals
            ? limits.refused : limits.rate(.init(rawValue: entry.key.cost) ?? .low)
          return (now - entry.value.filled) / .seconds(1) * own.perSecond < own.burst
        }
        // Nobody is idle: a burst more for each costs less than a map without bound.
        if buckets.count >= Self.remembered { buckets.removeAll(keepingCapacity: true) }
      }
      var bucket = buckets[key] ?? Bucket(tokens: rate.burst, filled: now)
      bucket.tokens = tokens(of: bucket, rate, at: now)
      bucket.filled = now
      let lacking = max(0, 1 - bucket.tokens)
      if lacking == 0 { bucket.tokens -= 1 }
      buckets[key] = bucket
      return lacking
    }
    guard lacking > 0 else { return }
    throw Self.limited(lacking, rate)
  }

  private func tokens(
    of bucket: Bucket, _ rate: RateLimits.Rate, at now: ContinuousClock.Instant
  ) -> Double {
    min(rate.burst, bucket.tokens + (now - bucket.filled) / .seconds(1) * rate.perSecond)
  }

  private static func limited(_ lacking: Double, _ rate: RateLimits.Rate) -> RPCError {
    RPCError(
      code: .resourceExhausted, reason: "RATE_LIMITED", message: "too many calls",
      retryAfter: .seconds(max(1, (lacking / rate.perSecond).rounded(.up))))
  }
}
