import Synchronization

/// A number that only grows: calls, bytes, refusals. Adding to it allocates nothing and takes no
/// lock, from any thread.
public struct Counter: Sendable {
  let cell: Cell

  /// Creates a counter of nobody's metric, for who keeps counts of their own.
  public init() { cell = Cell() }

  init(cell: Cell) { self.cell = cell }

  /// Adds to the number.
  public func increment(by amount: Int = 1) {
    cell.value.add(amount, ordering: .relaxed)
  }

  /// The number now.
  public var value: Int { cell.value.load(ordering: .relaxed) }

  final class Cell: Sendable {
    let value = Atomic<Int>(0)
  }
}

/// A number that goes up and down: calls under way, places taken.
public struct Gauge: Sendable {
  let cell: Counter.Cell

  /// Sets the number.
  public func set(_ value: Int) { cell.value.store(value, ordering: .relaxed) }

  /// Adds to the number, or takes away from it.
  public func add(_ amount: Int) { cell.value.add(amount, ordering: .relaxed) }

  /// The number now.
  public var value: Int { cell.value.load(ordering: .relaxed) }
}
