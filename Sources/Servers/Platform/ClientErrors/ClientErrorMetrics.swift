import Synchronization
import Telemetry

/// How many errors apps have reported.
///
/// Labels name only what a credential has proved, but for versions, of which a series says `other` when
/// an app has told too many; and a tenant has so many series at most, so that it leaves room for those
/// of others.
final class ClientErrorMetrics: Sendable {
  private static let limit = 2_000
  /// Of one tenant: with versions, without, and without apps. Each leaves room for the next one.
  private static let limitsOfTenant = [25, 35, 45]

  private struct Room {
    var series: Set<[String]> = []
    var tenants: [String: Int] = [:]
  }

  private let room = Mutex(Room())
  private let errors: MetricFamily<Counter>
  private let drops: MetricFamily<Counter>

  /// Adds them to a registry.
  init(registry: MetricRegistry) {
    errors = registry.counters(
      "artel_client_errors_total", "Errors that apps have reported.",
      labels: ["tenant", "app", "version", "kind"], limit: Self.limit)
    drops = registry.counters(
      "artel_client_errors_dropped_total",
      "Reported errors that were not taken, or are in no group, because there were too many.",
      labels: ["reason"])
    for reason in DropReason.allCases { _ = drops.labeled(reason.rawValue) }
  }

  /// Why an event is not where it should be.
  enum DropReason: String, CaseIterable {
    /// The tenant has reported too many.
    case rate
    /// There were too many groups at once.
    case groups
  }

  /// An error was taken.
  func reported(_ report: ClientErrorReport) {
    let tenant = report.reporter.tenant.name
    let kind = report.event.kind.word
    let app = report.reporter.isAnonymous ? "anonymous" : report.app
    let version = report.reporter.isAnonymous ? "" : report.version
    let labels = [
      [tenant, app, version, kind], [tenant, app, "other", kind], [tenant, "other", "other", kind],
    ]
    let named = zip(labels, Self.limitsOfTenant).first { hasRoom($0, ofTenant: $1) }?.0
    errors.labeled(named ?? ["other", "other", "other", "other"]).increment(by: report.count)
  }

  /// An event was dropped.
  func dropped(_ reason: DropReason) { drops.labeled(reason.rawValue).increment() }

  private func hasRoom(_ labels: [String], ofTenant most: Int) -> Bool {
    room.withLock { room in
      if room.series.contains(labels) { return true }
      // One is left for the others.
      guard room.series.count < Self.limit - 1, room.tenants[labels[0], default: 0] < most
      else { return false }
      room.series.insert(labels)
      room.tenants[labels[0], default: 0] += 1
      return true
    }
  }
}
