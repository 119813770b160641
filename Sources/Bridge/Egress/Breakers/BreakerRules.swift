/// When a breaker opens, and for how long (S-F5).
public struct BreakerRules: Sendable, Hashable {
  /// So many failures in a row open it.
  public var consecutiveFailures = 5
  /// How far back calls count.
  public var window = Duration.seconds(10)
  /// So many calls in the window are enough to judge by the share of failures.
  public var leastCalls = 20
  /// It opens above this share, in hundredths.
  public var failureShare = 50
  /// How long it is open the first time; the n-th time in a row n times as long.
  public var pause = Duration.seconds(30)
  /// The most of those times.
  public var mostPauses = 10

  /// The rules that S-F5 demands.
  public init() {}
}
