import TestSupport
import Testing

@testable import Telemetry

@Suite("Metrics")
struct MetricRegistryTests {
  private func lines(_ registry: MetricRegistry, _ format: Exposition.Format = .prometheus)
    -> [String]
  {
    Exposition.text(of: registry, as: format).split(separator: "\n").map(String.init)
  }

  @Test("are the same series for the same labels, and lose nothing between threads", .covers("B32"))
  func counters() async {
    let registry = MetricRegistry()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          let counter = registry.counters("artel_calls_total", "Calls.", labels: ["door"])
            .labeled("rest")
          for _ in 0..<10_000 { counter.increment() }
        }
      }
    }
    #expect(
      lines(registry) == [
        "# HELP artel_calls_total Calls.", "# TYPE artel_calls_total counter",
        "artel_calls_total{door=\"rest\"} 40000",
      ])
  }

  @Test("share one series above their limit", .covers("S-D16"))
  func bounded() {
    let registry = MetricRegistry()
    let family = registry.counters("artel_x_total", "X.", labels: ["tenant"], limit: 2)
    for name in ["a", "b", "c", "d", "a"] { family.labeled(name).increment() }
    #expect(
      lines(registry).dropFirst(2) == [
        "artel_x_total{tenant=\"a\"} 2", "artel_x_total{tenant=\"b\"} 1",
        "artel_x_total{tenant=\"other\"} 2",
      ])
  }

  @Test("stay one line whatever a label holds", .covers("S-H9"))
  func escaped() {
    let registry = MetricRegistry()
    registry.gauges("artel_x", "a\n# \\", labels: ["name"]).labeled("\"}\n1\\").set(-3)
    #expect(
      lines(registry) == [
        "# HELP artel_x a\\n# \\\\", "# TYPE artel_x gauge", "artel_x{name=\"\\\"}\\n1\\\\\"} -3",
      ])
  }

  @Test("of durations are counted in each bucket above them, in seconds")
  func histogram() {
    let registry = MetricRegistry()
    let histogram = registry.histograms(
      "artel_seconds", "Time.",
      buckets: .init(bounds: [1_000_000, 500_000_000], scale: 1_000_000_000)
    ).labeled()
    histogram.record(.milliseconds(1))
    histogram.record(.milliseconds(2))
    histogram.record(.seconds(3))
    #expect(histogram.count == 3)
    #expect(
      lines(registry).dropFirst(2) == [
        "artel_seconds_bucket{le=\"0.001\"} 1", "artel_seconds_bucket{le=\"0.5\"} 2",
        "artel_seconds_bucket{le=\"+Inf\"} 3", "artel_seconds_sum 3.003", "artel_seconds_count 3",
      ])
  }

  @Test("that others keep are read when they are asked for, and missing labels are empty")
  func observed() {
    let registry = MetricRegistry()
    registry.observe("artel_pool_waiting", "Waiting.", labels: ["pool"]) {
      [MetricSample(2, "app"), MetricSample(0.5, "directory")]
    }
    _ = registry.gauges("artel_two", "Two.", labels: ["a", "b"]).labeled("x")
    #expect(
      lines(registry).filter { !$0.hasPrefix("#") } == [
        "artel_pool_waiting{pool=\"app\"} 2", "artel_pool_waiting{pool=\"directory\"} 0.5",
        "artel_two{a=\"x\",b=\"\"} 0",
      ])
  }

  @Test("are OpenMetrics where that is accepted")
  func openMetrics() {
    #expect(
      Exposition.Format(accept: "application/openmetrics-text;version=1.0.0,text/plain;q=0.5")
        == .openMetrics)
    #expect(Exposition.Format(accept: "text/plain") == .prometheus)
    #expect(Exposition.Format(accept: nil) == .prometheus)
    let registry = MetricRegistry()
    registry.counter("artel_calls_total", "Calls.").increment()
    #expect(
      lines(registry, .openMetrics) == [
        "# HELP artel_calls Calls.", "# TYPE artel_calls counter", "artel_calls_total 1", "# EOF",
      ])
  }
}
