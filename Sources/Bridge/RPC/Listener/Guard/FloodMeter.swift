/// Counts frames of one kind: a bucket that fills with time.
struct FloodMeter {
  private var left: Int
  private var filled: ContinuousClock.Instant?

  init(_ rate: FrameLimits.Rate) { left = rate.burst }

  /// Takes one frame from the bucket; false where it is empty.
  mutating func take(_ rate: FrameLimits.Rate, now: @autoclosure () -> ContinuousClock.Instant)
    -> Bool
  {
    if left > 0 {
      // The clock is not asked while there is no need.
      left -= 1
      if filled == nil { filled = now() }
      return true
    }
    let now = now()
    let passed = (filled ?? now).duration(to: now)
    let more = Int(passed / .milliseconds(1)) * rate.perSecond / 1000
    guard more > 0 else { return false }
    left = min(rate.burst, more) - 1
    filled = now
    return true
  }
}
