/// What has a breaker of its own: one operation at one destination of one tenant.
public struct BreakerKey: Sendable, Hashable {
  /// What is called.
  public let destination: EgressDestination.ID
  /// Which of its operations.
  public let operation: String

  /// Names a breaker.
  public init(destination: EgressDestination.ID, operation: String) {
    self.destination = destination
    self.operation = operation
  }
}

/// Whether a breaker lets calls through.
public enum BreakerState: String, Sendable, Hashable {
  /// It does.
  case closed
  /// It does not.
  case open
  /// One call is on its way, and decides.
  case halfOpen = "half_open"
}

/// How a breaker of this process is now.
public struct BreakerStatus: Sendable, Hashable {
  /// Which breaker.
  public let key: BreakerKey
  /// Whether it lets calls through.
  public let state: BreakerState
  /// For how long it has been so.
  public let age: Duration
  /// When the next call may try the partner; nil unless it is open.
  public let nextProbe: Duration?
  /// How often it opened since it was closed last.
  public let openings: Int
  /// What it has seen.
  public let counts: BreakerCounts
}

/// A breaker that changed its state.
public struct BreakerTransition: Sendable, Hashable {
  /// Which breaker.
  public let key: BreakerKey
  /// What it was.
  public let from: BreakerState
  /// What it is.
  public let to: BreakerState
}

extension BreakerState {
  init(_ state: Breaker.State) {
    switch state {
    case .closed: self = .closed
    case .open: self = .open
    case .halfOpen: self = .halfOpen
    }
  }
}
