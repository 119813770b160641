/// A rate in nanoseconds: what one call costs, and how far ahead of the clock calls may run.
///
/// The generic cell rate algorithm (ITU-T I.371, annex A) in its form of virtual scheduling: all
/// that is kept of a caller is when its next call would be due if it kept to its rate. A caller whose
/// time lies in the past has its whole burst, so nothing need be remembered of it.
struct ArrivalRate: Sendable, Hashable {
  /// What one call costs.
  let interval: Int64
  /// What a whole burst costs.
  let depth: Int64

  init(_ rate: RateLimits.Rate) {
    // A day per call is as good as never, and keeps sums far from overflow.
    let nanoseconds = rate.perSecond > 0 ? 1e9 / rate.perSecond : .infinity
    interval = Int64(min(max(nanoseconds, 1), 86_400e9))
    depth = Int64(min(Double(interval) * max(rate.burst.rounded(.down), 1), 4e18))
  }

  /// Calls that are still free where this much is spent.
  func remaining(_ backlog: Int64) -> Int64 { max(0, (depth - backlog) / interval) }
}

/// What became of a call.
struct ArrivalVerdict: Sendable, Hashable {
  let isAdmitted: Bool
  /// How far ahead of the clock the caller is now, in nanoseconds.
  let backlog: Int64

  /// How long until a call would be admitted, in nanoseconds.
  func wait(_ rate: ArrivalRate) -> Int64 { max(0, backlog + rate.interval - rate.depth) }
}
