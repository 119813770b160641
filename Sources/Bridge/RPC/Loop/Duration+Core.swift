internal import CGRPC

/// Durations as the core wants them. What is beyond its reach is taken as its end: whoever says
/// "for ever" by a very long time is understood, and not trapped.
extension Duration {
  /// Whole milliseconds.
  var milliseconds: Int { Int(clamping: whole(.milliseconds(1))) }

  /// The duration as a span of the core's.
  var span: gpr_timespec { gpr_time_from_micros(whole(.microseconds(1)), GPR_TIMESPAN) }

  /// How many whole units there are, the largest number for more.
  private func whole(_ unit: Duration) -> Int64 {
    let count = (self / unit).rounded(.towardZero)
    // 2^63 is the first number that does not fit.
    guard count < 0x1p63 else { return .max }
    return count < -0x1p63 ? .min : Int64(count)
  }
}
