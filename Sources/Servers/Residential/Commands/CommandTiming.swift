/// How long commands live.
public struct CommandTiming: Sendable {
  /// How long after the request a command may be acknowledged; it is never sent later.
  public var timeToLive: Duration
  /// How long behind the deadline a partner may still be asked what became of it.
  public var inquiryGrace: Duration
  /// How long behind the deadline an acknowledged command may be executed.
  public var executionGrace: Duration
  /// How long a process has a command to itself before it must say again that it is alive.
  public var lease: Duration
  /// How long the recovery has a command to itself.
  public var recoveryLease: Duration
  /// How often the recovery looks for commands that nobody takes care of.
  public var sweepInterval: Duration
  /// The pause between two attempts; each is twice the one before.
  public var firstPause: Duration

  /// Creates the timing; the defaults are what a person in front of a door can wait for.
  public init(
    timeToLive: Duration = .seconds(10), inquiryGrace: Duration = .seconds(2),
    executionGrace: Duration = .seconds(60), lease: Duration = .seconds(5),
    recoveryLease: Duration = .seconds(15), sweepInterval: Duration = .seconds(1),
    firstPause: Duration = .milliseconds(100)
  ) {
    self.timeToLive = timeToLive
    self.inquiryGrace = inquiryGrace
    self.executionGrace = executionGrace
    self.lease = lease
    self.recoveryLease = recoveryLease
    self.sweepInterval = sweepInterval
    self.firstPause = firstPause
  }
}
