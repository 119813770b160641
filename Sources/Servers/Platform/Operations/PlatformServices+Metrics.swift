public import Telemetry

extension PlatformServices {
  /// Adds what the platform knows of itself to a registry: it is read when somebody asks.
  public func observe(_ registry: MetricRegistry) {
    registry.observe(
      "artel_revocation_feed_age_seconds",
      "How old what is known of revocations is; above five seconds nobody comes in."
    ) { [revocations] in
      revocations.age.map { [MetricSample($0 / .seconds(1))] } ?? []
    }
    registry.observe(
      "artel_outbox_lag_seconds",
      "How long ago all events that there were had been handed out."
    ) { [dispatcher] in
      dispatcher.map { [MetricSample($0.progress.age / .seconds(1))] } ?? []
    }
    registry.observe(
      "artel_outbox_position", "The transaction up to which events were handed out."
    ) { [dispatcher] in
      dispatcher?.progress.transaction.map { [MetricSample(Double($0))] } ?? []
    }
    registry.observe(
      "artel_key_derivations_waiting", "Callers that wait for a secret to be checked.",
      labels: ["line"]
    ) { [derivations, passwordDerivations] in
      [
        MetricSample(derivations.waiting, "clients"),
        MetricSample(passwordDerivations.waiting, "people"),
      ]
    }
  }
}
