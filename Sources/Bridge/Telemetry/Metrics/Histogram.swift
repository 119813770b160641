import Synchronization

/// How values are spread: durations, sizes. Recording allocates nothing and takes no lock.
public struct Histogram: Sendable {
  let cell: Cell

  /// Counts a whole number in the histogram's unit.
  public func record(_ value: Int) { cell.record(value) }

  /// Counts a duration, for a histogram of `.durations`.
  public func record(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    cell.record(Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000))
  }

  /// How many values were counted.
  public var count: Int { cell.counts.reduce(0) { $0 + $1.value.load(ordering: .relaxed) } }

  /// The bounds of a histogram's buckets, and what its whole numbers stand for.
  public struct Buckets: Sendable, Hashable {
    /// The upper bounds, growing; a last bucket without bound comes behind them.
    public let bounds: [Int]
    /// How many of the numbers are one of the metric's unit.
    public let scale: Int

    /// Creates bounds.
    public init(bounds: [Int], scale: Int = 1) {
      self.bounds = bounds
      self.scale = scale
    }

    /// Counted in nanoseconds and shown in seconds, from a quarter of a millisecond to ten seconds:
    /// the bounds that the objectives ask for are among them.
    public static let durations = Buckets(
      bounds: [
        250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000,
        100_000_000, 250_000_000, 500_000_000, 1_000_000_000, 2_500_000_000, 5_000_000_000,
        10_000_000_000,
      ], scale: 1_000_000_000)

    /// Bytes of a message, from 64 to 16 MiB.
    public static let sizes = Buckets(bounds: (0..<10).map { 64 << (2 * $0) })
  }

  final class Cell: Sendable {
    let buckets: Buckets
    let counts: [Counter.Cell]
    let sum = Atomic<Int>(0)

    init(_ buckets: Buckets) {
      self.buckets = buckets
      counts = (0...buckets.bounds.count).map { _ in Counter.Cell() }
    }

    func record(_ value: Int) {
      var index = 0
      while index < buckets.bounds.count, value > buckets.bounds[index] { index += 1 }
      counts[index].value.add(1, ordering: .relaxed)
      // A sum that no longer fits begins anew, as after a restart: better than a trap.
      sum.wrappingAdd(value, ordering: .relaxed)
    }
  }
}
