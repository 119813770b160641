import Egress
import Telemetry

/// Measures calls to other systems and their breakers, and tells another observer of them, too.
struct MeasuredEgress: EgressObserver {
  private let next: any EgressObserver
  private let breakers: BreakerMetrics
  private let attempts: MetricFamily<Counter>

  init(_ next: any EgressObserver, breakers: BreakerMetrics, registry: MetricRegistry) {
    self.next = next
    self.breakers = breakers
    attempts = registry.counters(
      "artel_egress_attempts_total", "Attempts to call other systems, by how they ended.",
      labels: ["purpose", "result"])
  }

  func attempted(_ attempt: EgressAttempt) {
    let result =
      switch attempt.result {
      case .answered(let status): "\(status / 100)xx"
      case .failed(let error): error.reason.name
      }
    attempts.labeled(attempt.destination.purpose.rawValue, result).increment()
    next.attempted(attempt)
  }

  func moved(_ transition: BreakerTransition) {
    if transition.to == .open {
      breakers.opened(
        partner: Self.partner(transition.key), operation: transition.key.operation)
    }
    next.moved(transition)
  }

  /// As the domains name partners; issuers and providers may be the platform's own.
  private static func partner(_ key: BreakerKey) -> String {
    "\(key.destination.tenantID ?? "platform")/\(key.destination.name)"
  }

  /// How breakers are, read when somebody asks for metrics.
  static func add(breakers: Breakers, to registry: MetricRegistry) {
    registry.observe(
      "artel_breaker_state",
      "Breakers that hold calls back: 1 lets one through that decides, 2 none. Others are closed.",
      labels: ["partner", "operation"]
    ) {
      breakers.shut(limit: 500, ofTenant: 25).named.map {
        MetricSample($0.state == .open ? 2 : 1, partner($0.key), $0.key.operation)
      }
    }
    registry.observe("artel_breakers_open", "How many breakers let no call through.") {
      [MetricSample(breakers.shut(limit: 0, ofTenant: 0).open)]
    }
  }
}
