import GeneratedOptions
import Logging
import MetricsDoor
import Pipeline
import Platform
import RPC
import RPCTelemetry
import ServiceLifecycle
import Telemetry
import Transcoding

/// What the process tells of itself: metrics, spans, objectives.
struct ServerTelemetry: Sendable {
  let registry: MetricRegistry
  let objectives: ObjectiveBook
  let calls: CallTelemetry
  /// To be told of breakers that move.
  let breakers: BreakerMetrics
  private let exporter: SpanExporter?
  private let door: MetricsDoor?

  init(_ settings: ServerSettings) {
    let registry = MetricRegistry()
    self.registry = registry
    ProcessMetrics.add(to: registry, configuration: Self.build)
    objectives = ObjectiveBook(registry: registry)
    breakers = BreakerMetrics(registry: registry)
    registry.observe(
      "artel_log_lines_dropped_total", "Log lines that nobody read in time.", kind: .counter
    ) { [MetricSample(StandardStreams.log.dropped)] }
    SpanExporter.metrics(registry)
    exporter = settings.telemetry.collector.map {
      SpanExporter(
        client: RPCClient(configuration: $0), resource: [("service.name", "artel")],
        registry: registry, logger: Logger(label: "artel.telemetry"))
    }
    let tracer = exporter.map { exporter in
      Tracer(ratio: settings.telemetry.traceRatio) { exporter.add($0) }
    }
    calls = CallTelemetry(
      registry: registry, tracer: tracer, trustsTraces: Self.trust(settings))
    door = settings.telemetry.metricsAddress.map {
      MetricsDoor(
        host: $0.host, port: $0.port, registry: registry, logger: Logger(label: "artel.metrics"))
    }
  }

  /// What outlives the doors, so that their end is seen, too.
  var services: [any Service] {
    ([door, exporter] as [(any Service)?]).compactMap { $0 } + [ObjectiveMarks(book: objectives)]
  }

  /// - Returns: Where metrics are asked for; nil for nowhere.
  func start(_ settings: ServerSettings) async throws -> String? {
    guard let door, let address = settings.telemetry.metricsAddress else { return nil }
    let port = try await door.start()
    let host = address.host.contains(":") ? "[\(address.host)]" : address.host
    return "http://\(host):\(port)/metrics"
  }

  func stop() async { await door?.stop() }

  /// Stands before methods, with what their contracts promise.
  func observe(_ methods: [RegisteredMethod], schema: Schema) -> [RegisteredMethod] {
    let standard = objectives.objectives(of: .standard)
    let critical = objectives.objectives(of: .critical)
    return calls.observe(methods) { descriptor in
      // Contracts that are not ours, such as health, promise nothing.
      guard descriptor.path.hasPrefix("/artel."),
        let policy = schema.method(path: descriptor.path)?.policy
      else { return nil }
      return switch policy.objective {
      case .critical: critical
      case Artel_Options_V1_ObjectiveClass.none: nil
      default: standard
      }
    }
  }

  /// Whose `traceparent` goes on here: clients with a certificate, verified under the name of a
  /// tenant that the settings name.
  static func trust(_ settings: ServerSettings) -> @Sendable (Peer) -> Bool {
    let names = Set(
      settings.telemetry.tracingTenants.map { "\($0).\(settings.baseDomain)" })
    guard !names.isEmpty else { return { _ in false } }
    return { peer in
      guard let name = peer.serverName, names.contains(name) else { return false }
      return peer.certificatePEM != nil
    }
  }

  private static var build: String {
    #if DEBUG
      "debug"
    #else
      "release"
    #endif
  }
}

/// Remembers every minute how objectives stand.
private struct ObjectiveMarks: Service {
  let book: ObjectiveBook

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        book.mark()
        // Ends early only when cancelled, and then so does the loop.
        try? await Task.sleep(for: .seconds(60))
      }
    }
  }
}
