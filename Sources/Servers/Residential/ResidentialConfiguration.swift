/// The settings of the residential domain.
public struct ResidentialConfiguration: Sendable {
  /// Authorities, in PEM, that partners' certificates may come from besides the system's.
  public var partnerTrustRoots: [String]
  /// Whether partners may be on this machine, over http too: development only.
  public var allowsLoopbackPartners: Bool
  /// How long commands live.
  public var timing: CommandTiming
  /// The most commands that are on their way to partners at once.
  public var dispatchLimit: Int

  /// Creates the settings.
  public init(
    partnerTrustRoots: [String] = [], allowsLoopbackPartners: Bool = false,
    timing: CommandTiming = CommandTiming(), dispatchLimit: Int = 256
  ) {
    self.partnerTrustRoots = partnerTrustRoots
    self.allowsLoopbackPartners = allowsLoopbackPartners
    self.timing = timing
    self.dispatchLimit = dispatchLimit
  }
}
