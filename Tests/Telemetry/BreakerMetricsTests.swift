import TestSupport
import Testing

@testable import Telemetry

@Suite("Openings of breakers in metrics")
struct BreakerMetricsTests {
  @Test("are counted from the first one on", .covers("A30", "B32"))
  func told() {
    let registry = MetricRegistry()
    let breakers = BreakerMetrics(registry: registry)
    func text() -> [Substring] {
      Exposition.text(of: registry, as: .prometheus).split(separator: "\n")
        .filter { !$0.hasPrefix("#") }
    }
    #expect(text().isEmpty)
    breakers.opened(partner: "t/p", operation: "open")
    breakers.opened(partner: "t/p", operation: "open")
    #expect(text() == [#"artel_breaker_openings_total{partner="t/p",operation="open"} 2"#])
  }

  @Test("of one tenant leave room for those of others", .covers("S-D16"))
  func room() {
    let registry = MetricRegistry()
    let breakers = BreakerMetrics(registry: registry)
    for number in 0..<600 { breakers.opened(partner: "greedy/\(number)", operation: "token") }
    breakers.opened(partner: "t/p", operation: "open")
    breakers.opened(partner: "greedy/0", operation: "token")
    let lines = Exposition.text(of: registry, as: .prometheus).split(separator: "\n")
    #expect(lines.count { $0.hasPrefix(#"artel_breaker_openings_total{partner="greedy/"#) } == 25)
    #expect(lines.contains(#"artel_breaker_openings_total{partner="t/p",operation="open"} 1"#))
    #expect(
      lines.contains(#"artel_breaker_openings_total{partner="greedy/0",operation="token"} 2"#))
    #expect(
      lines.contains(#"artel_breaker_openings_total{partner="other",operation="other"} 575"#))
  }
}
