import Synchronization
import Telemetry

/// What a door has done since the start, counted on every loop.
final class GatewayCounts: Sendable {
  private static let statuses = 100..<600

  let accepted = Counter()
  let refused = Counter()
  let denied = Counter()
  let failedHandshakes = Counter()
  private let answers = statuses.map { _ in Counter() }

  /// An answer's head is written.
  func answered(_ status: Int) {
    guard Self.statuses.contains(status) else { return }
    answers[status - Self.statuses.lowerBound].increment()
  }

  var answersByStatus: [Int: Int] {
    Dictionary(
      uniqueKeysWithValues: zip(Self.statuses, answers).lazy
        .filter { $0.1.value > 0 }.map { ($0, $1.value) })
  }
}

/// What a REST door has done since the start, for metrics.
public struct GatewayStatistics: Sendable {
  /// Connections that stand.
  public var openConnections = 0
  /// Connections that were accepted, also those that were closed again.
  public var accepted = 0
  /// Closed at once: there were `maxConnections`, or `maxConnectionsPerAddress` of their address, or the
  /// door was shutting down.
  public var refused = 0
  /// Closed at once: nobody may come from their address, by `deniesAddress`.
  public var denied = 0
  /// TLS handshakes that came to nothing.
  public var failedHandshakes = 0
  /// Answers by their HTTP status.
  public var answers: [Int: Int] = [:]
}

extension Gateway {
  /// What the door has done since the start.
  public var statistics: GatewayStatistics {
    GatewayStatistics(
      openConnections: core.connections.load(ordering: .relaxed),
      accepted: core.counts.accepted.value, refused: core.counts.refused.value,
      denied: core.counts.denied.value, failedHandshakes: core.counts.failedHandshakes.value,
      answers: core.counts.answersByStatus)
  }
}
