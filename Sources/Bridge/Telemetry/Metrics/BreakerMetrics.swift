/// How often breakers opened. How they are is read of them when somebody asks for metrics: one that
/// was told of each move would say for ever what it heard last of a partner that is gone.
public final class BreakerMetrics: Sendable {
  private let series = PartnerSeries()
  private let openings: MetricFamily<Counter>

  /// Adds them to a registry.
  public init(registry: MetricRegistry) {
    openings = registry.counters(
      "artel_breaker_openings_total", "How often breakers opened.",
      labels: ["partner", "operation"], limit: PartnerSeries.limit)
  }

  /// A breaker has opened.
  ///
  /// - Parameters:
  ///   - partner: As `artel_partner_requests_total` has it: `tenant/partner`.
  ///   - operation: Of few values.
  public func opened(partner: String, operation: String) {
    let isNamed = series.names(partner, operation)
    openings.labeled(isNamed ? partner : "other", isNamed ? operation : "other").increment()
  }
}
