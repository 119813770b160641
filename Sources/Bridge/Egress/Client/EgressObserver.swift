/// Sees what goes out: metrics, logs, audit.
public protocol EgressObserver: Sendable {
  /// An attempt came to its end, or was refused before it began.
  func attempted(_ attempt: EgressAttempt)
  /// A breaker changed its state.
  func moved(_ transition: BreakerTransition)
}

/// One attempt of a call.
public struct EgressAttempt: Sendable, Hashable {
  /// How it ended.
  public enum Result: Sendable, Hashable {
    /// With an answer of this status.
    case answered(Int)
    /// Without one.
    case failed(EgressError)
  }

  /// What was called.
  public let destination: EgressDestination.ID
  /// Which operation.
  public let operation: String
  /// 1 for the first of a call.
  public let number: Int
  /// How it ended.
  public let result: Result
  /// How long it took.
  public let duration: Duration
}

/// Sees nothing.
public struct NoEgressObserver: EgressObserver {
  /// Creates it.
  public init() {}
  public func attempted(_ attempt: EgressAttempt) {}
  public func moved(_ transition: BreakerTransition) {}
}
