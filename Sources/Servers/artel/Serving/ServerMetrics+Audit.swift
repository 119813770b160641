import Platform
import Telemetry

extension ServerMetrics {
  /// How the audit keeps up, read when somebody asks for metrics.
  static func add(audit: AuditServices, to registry: MetricRegistry) {
    let (sealer, writer) = (audit.sealer, audit.writer)
    registry.observe(
      "artel_audit_unsealed_seconds",
      "How long the oldest committed audit entry has been waiting for its place in its log."
    ) { [MetricSample(Int(sealer.lag.components.seconds))] }
    registry.observe(
      "artel_audit_held_logs", "Logs that are not what was signed, to which nothing is added."
    ) { [MetricSample(sealer.heldLogs)] }
    registry.observe(
      "artel_audit_spool_bytes", "What waits on the disk to be written into the audit's log."
    ) { [MetricSample(writer.statistics.spooled)] }
    registry.observe("artel_audit_spool_limit_bytes", "How much may wait there.") {
      [MetricSample(writer.statistics.spoolLimit)]
    }
    registry.observe(
      "artel_audit_entries_total", "Calls by what became of their audit entries.", kind: .counter,
      labels: ["outcome"]
    ) {
      let statistics = writer.statistics
      return [
        MetricSample(statistics.written, "written"), MetricSample(statistics.lost, "lost"),
        MetricSample(statistics.setAside, "set_aside"),
      ]
    }
    registry.observe(
      "artel_audit_refuses_changes", "1 while changes are refused, because no entry can be kept."
    ) { [MetricSample(writer.statistics.isBroken ? 1 : 0)] }
  }
}
