/// One meter for each kind of frame that costs the receiver more than the sender.
struct FloodMeters {
  enum Kind: Int, CaseIterable {
    case resets
    case pings
    case settings
    case emptyData
    case windowUpdates
    case lateMessages
    case others
  }

  private var meters: InlineArray<7, FloodMeter>

  init(_ limits: FrameLimits) {
    meters = InlineArray { FloodMeter(limits.rate(of: Kind(rawValue: $0)!)) }
  }

  /// Takes one frame; false where there were too many.
  mutating func take(
    _ kind: Kind, _ limits: FrameLimits, now: () -> ContinuousClock.Instant
  ) -> Bool { meters[kind.rawValue].take(limits.rate(of: kind), now: now()) }
}
