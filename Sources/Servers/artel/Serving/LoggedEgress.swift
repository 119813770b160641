import Egress
import Logging

/// Writes down what went wrong with calls to other systems, and when they are left alone.
struct LoggedEgress: EgressObserver {
  let logger: Logger

  func attempted(_ attempt: EgressAttempt) {
    guard case .failed(let error) = attempt.result, error.reason != .breakerOpen else { return }
    var metadata = Self.metadata(attempt.destination, attempt.operation)
    metadata["attempt"] = "\(attempt.number)"
    metadata["error"] = "\(error)"
    logger.notice("no answer of another system", metadata: metadata)
  }

  func moved(_ transition: BreakerTransition) {
    var metadata = Self.metadata(transition.key.destination, transition.key.operation)
    metadata["from"] = "\(transition.from.rawValue)"
    metadata["to"] = "\(transition.to.rawValue)"
    logger.warning("a breaker moved", metadata: metadata)
  }

  private static func metadata(
    _ destination: EgressDestination.ID, _ operation: String
  ) -> Logger.Metadata {
    var metadata: Logger.Metadata = [
      "purpose": "\(destination.purpose.rawValue)", "destination": "\(destination.name)",
      "operation": "\(operation)",
    ]
    if let tenant = destination.tenantID { metadata["tenant"] = "\(tenant)" }
    return metadata
  }
}
