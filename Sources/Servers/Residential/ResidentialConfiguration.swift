/// The settings of the residential domain.
public struct ResidentialConfiguration: Sendable {
  /// How long commands live.
  public var timing: CommandTiming
  /// The most commands that are on their way to partners at once.
  public var places: CommandPlaceLimits
  /// Where partners and commands are measured; nil measures nothing.
  public var telemetry: ResidentialTelemetry?

  /// Creates the settings.
  public init(
    timing: CommandTiming = CommandTiming(), places: CommandPlaceLimits = .init(),
    telemetry: ResidentialTelemetry? = nil
  ) {
    self.timing = timing
    self.places = places
    self.telemetry = telemetry
  }
}
