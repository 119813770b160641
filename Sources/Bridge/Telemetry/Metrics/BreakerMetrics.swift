import Synchronization

/// How often breakers opened. How they are is read of them when somebody asks for metrics: one that
/// was told of each move would say for ever what it heard last of a partner that is gone.
///
/// One tenant has so many series at most: its partners, of which it makes as many as it likes, leave
/// room for those of others.
public final class BreakerMetrics: Sendable {
  private static let limit = 500
  private static let limitOfTenant = 25

  private struct Room {
    var series: Set<[String]> = []
    var tenants: [Substring: Int] = [:]
  }

  private let room = Mutex(Room())
  private let openings: MetricFamily<Counter>

  /// Adds them to a registry.
  public init(registry: MetricRegistry) {
    openings = registry.counters(
      "artel_breaker_openings_total", "How often breakers opened.",
      labels: ["partner", "operation"], limit: Self.limit)
  }

  /// A breaker has opened.
  ///
  /// - Parameters:
  ///   - partner: As `artel_partner_requests_total` has it: `tenant/partner`.
  ///   - operation: Of few values.
  public func opened(partner: String, operation: String) {
    let isNamed = hasRoom(partner, operation)
    openings.labeled(isNamed ? partner : "other", isNamed ? operation : "other").increment()
  }

  private func hasRoom(_ partner: String, _ operation: String) -> Bool {
    let tenant = partner.prefix { $0 != "/" }
    return room.withLock { room in
      if room.series.contains([partner, operation]) { return true }
      // One is left for the others.
      guard room.series.count < Self.limit - 1,
        room.tenants[tenant, default: 0] < Self.limitOfTenant
      else { return false }
      room.series.insert([partner, operation])
      room.tenants[tenant, default: 0] += 1
      return true
    }
  }
}
