import Synchronization

/// A pool's numbers at one moment, for metrics.
public struct PoolStatistics: Sendable, Hashable {
  /// Connections that work for somebody.
  public var inUse = 0
  /// Connections that wait for work.
  public var idle = 0
  /// Connections that are being made.
  public var connecting = 0
  /// Callers that wait for a connection.
  public var waiting = 0
  /// Connections made since the start.
  public var created = 0
  /// Attempts to connect that failed since the start.
  public var failed = 0
  /// Connections that broke since the start.
  public var lost = 0
  /// Callers that were refused a connection since the start.
  public var refused = 0
  /// Callers that waited for a connection and got one, since the start.
  public var waited = 0
  /// How long they waited, all together.
  public var waitingTime: Duration = .zero
  /// Whether the circuit is open: the database cannot be reached.
  public var isUnavailable = false

  public init() {}
}

/// Where the reactor leaves a pool's numbers for other threads.
final class PoolMeter: Sendable {
  private let numbers = Mutex(PoolStatistics())

  var statistics: PoolStatistics { numbers.withLock { $0 } }

  func update(_ change: (inout PoolStatistics) -> Void) { numbers.withLock { change(&$0) } }
}
