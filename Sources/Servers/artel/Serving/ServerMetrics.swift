import Gateway
import Pipeline
import Platform
import Postgres
import RPC
import Telemetry

/// What the doors and the pools know of themselves, read when somebody asks for metrics.
enum ServerMetrics {
  static func add(pools: [(name: String, pool: PostgresPool)], to registry: MetricRegistry) {
    func gauge(
      _ name: String, _ help: String, _ kind: MetricKind = .gauge,
      _ value: @escaping @Sendable (PoolStatistics, PostgresPool) -> Double
    ) {
      registry.observe(name, help, kind: kind, labels: ["pool"]) {
        pools.map { MetricSample(value($0.pool.statistics, $0.pool), $0.name) }
      }
    }
    gauge("artel_postgres_pool_size", "How many connections a pool may have.") {
      Double($1.configuration.poolSize)
    }
    gauge("artel_postgres_pool_busy", "Connections that work for somebody.") { now, _ in
      Double(now.inUse)
    }
    gauge("artel_postgres_pool_idle", "Connections that wait for work.") { now, _ in
      Double(now.idle)
    }
    gauge("artel_postgres_pool_connecting", "Connections that are being made.") { now, _ in
      Double(now.connecting)
    }
    gauge("artel_postgres_pool_waiting", "Callers that wait for a connection.") { now, _ in
      Double(now.waiting)
    }
    gauge("artel_postgres_pool_up", "Whether the database can be reached: 1, or 0.") { now, _ in
      now.isUnavailable ? 0 : 1
    }
    gauge("artel_postgres_connections_made_total", "Connections that were made.", .counter) {
      now, _ in Double(now.created)
    }
    gauge("artel_postgres_connections_failed_total", "Attempts that came to nothing.", .counter) {
      now, _ in Double(now.failed)
    }
    gauge("artel_postgres_connections_lost_total", "Connections that broke.", .counter) {
      now, _ in Double(now.lost)
    }
    gauge(
      "artel_postgres_acquisitions_refused_total", "Callers that got no connection.", .counter
    ) { now, _ in Double(now.refused) }
    gauge(
      "artel_postgres_acquisitions_delayed_total", "Callers that waited for a connection.",
      .counter
    ) { now, _ in Double(now.waited) }
    gauge(
      "artel_postgres_acquisition_wait_seconds_total", "How long they waited.", .counter
    ) { now, _ in now.waitingTime / .seconds(1) }
  }

  static func add(grpc: RPCServer, rest: Gateway, to registry: MetricRegistry) {
    registry.observe(
      "artel_connections_open", "Connections that stand.", labels: ["door"]
    ) {
      [
        MetricSample(grpc.connections.count, "grpc"),
        MetricSample(rest.statistics.openConnections, "rest"),
      ]
    }
    registry.observe(
      "artel_connections_accepted_total", "Connections that were accepted.", kind: .counter,
      labels: ["door"]
    ) {
      [
        MetricSample(grpc.listenerCounts.accepted, "grpc"),
        MetricSample(rest.statistics.accepted, "rest"),
      ]
    }
    registry.observe(
      "artel_connections_refused_total", "Connections that were closed again at once.",
      kind: .counter, labels: ["door", "reason"]
    ) {
      let counts = grpc.listenerCounts
      return [
        MetricSample(counts.refusedByLimit, "grpc", "limit"),
        MetricSample(counts.refusedByAddress, "grpc", "address"),
        MetricSample(counts.refusedByRate, "grpc", "rate"),
        MetricSample(counts.refusedByNetwork, "grpc", "network"),
        MetricSample(counts.refusedByServerName, "grpc", "server_name"),
        MetricSample(counts.refusedByCertificate, "grpc", "certificate"),
        MetricSample(counts.refusedForAbuse, "grpc", "abuse"),
        MetricSample(counts.refusedForDescriptors, "grpc", "descriptors"),
        MetricSample(rest.statistics.refused, "rest", "limit"),
        MetricSample(rest.statistics.denied, "rest", "network"),
      ]
    }
    registry.observe(
      "artel_connections_ended_total", "Connections that the server ended.", kind: .counter,
      labels: ["door", "reason"]
    ) {
      let counts = grpc.listenerCounts
      return [
        MetricSample(counts.ended, "grpc", "trust"),
        MetricSample(counts.abusive, "grpc", "abuse"),
      ]
    }
    registry.observe(
      "artel_handshakes_failed_total", "Handshakes that came to nothing.", kind: .counter,
      labels: ["door"]
    ) {
      [
        MetricSample(grpc.listenerCounts.failedHandshakes, "grpc"),
        MetricSample(rest.statistics.failedHandshakes, "rest"),
      ]
    }
    registry.observe(
      "artel_http_answers_total", "Answers of the REST door, by their HTTP status.",
      kind: .counter, labels: ["status"]
    ) {
      rest.statistics.answers.sorted { $0.key < $1.key }.map {
        MetricSample($0.value, "\($0.key)")
      }
    }
  }

  /// - Parameter isShared: Whether limits are to be shared with other processes.
  static func add(pipeline: Pipeline, isShared: Bool, to registry: MetricRegistry) {
    registry.observe(
      "artel_limiter_fallback", "1 while limits are this process's alone that are to be shared."
    ) {
      [MetricSample(isShared && pipeline.limitCounts.isAlone ? 1 : 0)]
    }
  }

  /// When the doors' certificates end, read from where a renewal is written to.
  static func add(
    identities: [(door: String, identity: ServerSettings.Identity?)], to registry: MetricRegistry
  ) {
    let ends = CertificateEnds()
    registry.observe(
      "artel_certificate_end_timestamp_seconds", "When a door's certificate ends.",
      labels: ["door"]
    ) {
      identities.compactMap { door, identity in
        identity.flatMap { ends.end(of: $0.certificateFile) }.map { MetricSample(Double($0), door) }
      }
    }
  }

  static func add(lists: StaleListAlarm, to registry: MetricRegistry) {
    registry.observe(
      "artel_revocation_list_end_timestamp_seconds",
      "When the first of the revocation lists in use has to be followed by another."
    ) {
      lists.firstEnd().map { [MetricSample(Double($0))] } ?? []
    }
  }
}
