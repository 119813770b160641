public import Telemetry

/// What is measured of residential complexes: partners, and the commands that go to them.
public struct ResidentialTelemetry: Sendable {
  private let requests: MetricFamily<Counter>
  private let durations: MetricFamily<Histogram>
  private let commands: MetricFamily<Counter>
  private let registry: MetricRegistry
  private let objectives: ObjectiveBook
  private let series = PartnerSeries()

  /// Creates it.
  public init(registry: MetricRegistry, objectives: ObjectiveBook) {
    self.registry = registry
    self.objectives = objectives
    // For each series of partners there are a few outcomes.
    requests = registry.counters(
      "artel_partner_requests_total", "Requests to partners, by what became of them.",
      labels: ["partner", "operation", "outcome"], limit: PartnerSeries.limit * 10)
    durations = registry.histograms(
      "artel_partner_request_duration_seconds", "How long partners took.",
      labels: ["partner", "operation"], buckets: .durations,
      limit: PartnerSeries.limit + 10)
    commands = registry.counters(
      "artel_commands_total", "Commands, by the state that an exchange with a partner ended in.",
      labels: ["state"])
  }

  func asked(
    _ partner: String, _ operation: String, _ outcome: String, _ isGood: Bool, _ duration: Duration
  ) {
    let name = series.names(partner, operation) ? partner : "other"
    requests.labeled(name, operation, outcome).increment()
    durations.labeled(name, operation).record(duration)
    objectives.integration(partner: partner, operation: operation).count(good: isGood)
  }

  func ended(_ state: CommandState) { commands.labeled(state.rawValue).increment() }

  func watch(_ dispatcher: CommandDispatcher) {
    registry.observe("artel_commands_running", "Commands on their way to partners.") {
      [weak dispatcher] in
      dispatcher.map { [MetricSample($0.runningCount)] } ?? []
    }
  }
}
