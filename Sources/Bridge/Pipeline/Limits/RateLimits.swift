import GeneratedOptions

/// How many calls a caller may make.
public struct RateLimits: Sendable {
  /// Calls per second and the burst above it, for one cost class.
  public struct Rate: Sendable {
    /// Calls per second over time.
    public var perSecond: Double
    /// Calls at once from idle.
    public var burst: Double

    /// Creates a rate.
    public init(perSecond: Double, burst: Double) {
      self.perSecond = perSecond
      self.burst = burst
    }

    func scaled(by factor: Double) -> Rate {
      Rate(perSecond: perSecond * factor, burst: burst * factor)
    }
  }

  /// Reads by key.
  public var low: Rate
  /// Lists and changes.
  public var medium: Rate
  /// Calls that reach a partner, a device or a key derivation.
  public var high: Rate
  /// What an app tells of itself, many events in a call.
  public var telemetry: Rate
  /// Credentials of one address that turn out to be worth nothing.
  public var refused: Rate
  /// How many times one caller's calls all callers of a tenant may make together.
  public var tenantFactor: Double

  /// Creates limits.
  public init(
    low: Rate = Rate(perSecond: 500, burst: 1000), medium: Rate = Rate(perSecond: 100, burst: 200),
    high: Rate = Rate(perSecond: 10, burst: 30),
    telemetry: Rate = Rate(perSecond: 1, burst: 20),
    refused: Rate = Rate(perSecond: 50, burst: 200), tenantFactor: Double = 20
  ) {
    self.low = low
    self.medium = medium
    self.high = high
    self.telemetry = telemetry
    self.refused = refused
    self.tenantFactor = tenantFactor
  }

  /// The same limits for callers that may make this many times as many calls.
  public func scaled(by factor: Double) -> RateLimits {
    RateLimits(
      low: low.scaled(by: factor), medium: medium.scaled(by: factor),
      high: high.scaled(by: factor), telemetry: telemetry.scaled(by: factor),
      refused: refused.scaled(by: factor),
      tenantFactor: tenantFactor)
  }

  func rate(_ cost: Artel_Options_V1_CostClass) -> Rate {
    switch cost {
    case .high: high
    case .medium: medium
    case .telemetry: telemetry
    default: low
    }
  }
}
