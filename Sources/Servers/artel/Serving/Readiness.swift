import Logging
import Postgres
import RPCHealth
import ServiceLifecycle
import Synchronization
import Telemetry

/// Whether the process can serve: its database answers, and its keys are there (S-F16). Balancers ask
/// for it at both doors. That the process lives is another question, which touches no database:
/// `/healthz`, and the health check of the name `live`.
final class Readiness: Service {
  /// The name by which gRPC's health check is asked whether the process lives.
  static let live = "live"
  private static let interval: Duration = .seconds(1)
  private static let patience: Duration = .seconds(2)

  private let database: PostgresPool
  private let hasKeys: @Sendable () async -> Bool
  private let health: HealthStore
  private let services: [String]
  private let logger = Logger(label: "artel.readiness")
  private let state = Mutex<[String]?>(["starting"])

  /// - Parameters:
  ///   - services: Whose health the gRPC port tells.
  ///   - hasKeys: Whether the keys can be used now.
  init(
    database: PostgresPool, services: [String], health: HealthStore, registry: MetricRegistry,
    hasKeys: @escaping @Sendable () async -> Bool
  ) {
    self.database = database
    self.services = services
    self.health = health
    self.hasKeys = hasKeys
    registry.observe("artel_ready", "Whether the process can serve: 1, or 0.") { [weak self] in
      [MetricSample(self?.isReady == true ? 1 : 0)]
    }
    registry.observe("artel_key_store_up", "Whether the keys can be used: 1, or 0.") {
      [weak self] in
      [MetricSample(self?.isMissing("keys") == false ? 1 : 0)]
    }
  }

  /// Whether the process can serve, as the last look found it.
  var isReady: Bool { state.withLock { $0 == nil } }

  private func isMissing(_ part: String) -> Bool { state.withLock { $0?.contains(part) == true } }

  /// The doors are open.
  func begin() async {
    health.set(Self.live, .serving)
    await look()
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while (try? await Task.sleep(for: Self.interval)) != nil { await self.look() }
    }
    // Whoever asks while calls drain is sent elsewhere.
    set(missing: ["shutting down"])
  }

  private func look() async {
    var missing: [String] = []
    do {
      _ = try await database.read(
        Statement("SELECT 1"), in: nil, deadline: .now + Self.patience)
    } catch {
      missing.append("database")
    }
    if !(await hasKeys()) { missing.append("keys") }
    set(missing: missing.isEmpty ? nil : missing)
  }

  private func set(missing: [String]?) {
    let before = state.withLock { state in
      defer { state = missing }
      return state
    }
    guard before != missing else { return }
    for service in services + [HealthStore.server] {
      health.set(service, missing == nil ? .serving : .notServing)
    }
    if let missing {
      logger.error(
        "not ready", metadata: ["missing": "\(missing.joined(separator: ", "))"])
    } else {
      logger.notice("ready")
    }
  }
}
