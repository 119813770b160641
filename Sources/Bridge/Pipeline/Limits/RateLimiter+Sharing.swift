import LibCrypto
import Mutation

/// What processes tell each other of their callers.
extension RateLimiter {
  /// What a caller has spent here, and what others are told of it.
  struct Spent: Sendable {
    let key: Key
    let isKnown: Bool
    let report: RateReport
  }

  /// How many bursts all processes together may have let in before anybody knew of it: more is not
  /// true.
  static let mostBursts: Int64 = 8

  /// What was spent since the last time by callers, and by those that nobody knows: some of each, the
  /// rest next time.
  func spent(atMost most: Int) -> [Spent] {
    func spent(_ table: ArrivalTable<Key>, isKnown: Bool) -> [Spent] {
      table.reports(atMost: most).map {
        Spent(
          key: $0.key, isKnown: isKnown,
          report: RateReport(
            key: Self.name($0.key), cost: ($0.spent + 500) / 1000,
            depth: sharedRate($0.key).depth / 1000))
      }
    }
    return spent(callers, isKnown: true) + spent(strangers, isKnown: false)
  }

  /// Learns how far ahead of the clock all processes together have let a caller go.
  ///
  /// - Parameter backlog: In microseconds, from a server whose clock may have been set and whose data
  ///   may be anything: what no burst explains counts as one, or a caller would be shut out for it.
  func learn(_ spent: Spent, backlog: Int64) {
    let depth = sharedRate(spent.key).depth
    // Of rates that are as good as never a burst is centuries: sums have to stay in 64 bits.
    let most = min(depth, .max / 64) * Self.mostBursts
    let isTrue = backlog <= most / 1000
    let nanoseconds = isTrue || Mutation.isOn(.believesRedis) ? max(0, backlog) &* 1000 : depth
    (spent.isKnown ? callers : strangers).learn(spent.key, backlog: nanoseconds, now: now())
  }

  /// The key of what is told. No two callers have the same: tenants are UUIDs, costs numbers, and the
  /// rest is a hash of the subject, or of the network, since names of people are not to be kept where
  /// nobody erases them.
  static func name(_ key: Key) -> String {
    let subject =
      key.subject.isEmpty
      ? "" : Base64URL.encode(Array(SHA256.hash(Array(key.subject.utf8)).prefix(16)))
    return "artel:\(key.tenant):rate:\(key.cost):\(subject)"
  }
}
