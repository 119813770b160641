import Pipeline
import Telemetry

extension ServerMetrics {
  /// What limits do, read when somebody asks for metrics.
  static func add(limits pipeline: Pipeline, to registry: MetricRegistry) {
    registry.observe(
      "artel_limited_total", "Calls that a limit refused, by the limit.", kind: .counter,
      labels: ["limit"]
    ) {
      let counts = pipeline.limitCounts
      return [
        MetricSample(counts.rateLimited, "rate"), MetricSample(counts.quotaExceeded, "quota"),
        MetricSample(counts.tenantBusy, "tenant"), MetricSample(counts.shed, "overload"),
        MetricSample(counts.networkDenied, "network"), MetricSample(counts.keyRefused, "key"),
      ]
    }
    registry.observe(
      "artel_calls_replayed_total", "Repeated calls that were given the first one's answer.",
      kind: .counter
    ) { [MetricSample(pipeline.limitCounts.replayed)] }
    registry.observe("artel_calls_running", "Calls that run now.") {
      [MetricSample(pipeline.limitCounts.running)]
    }
    registry.observe("artel_calls_running_limit", "How many may run before others are refused.") {
      [MetricSample(pipeline.limitCounts.runningLimit)]
    }
  }
}
