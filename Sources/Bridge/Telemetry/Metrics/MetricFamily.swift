import Synchronization

/// All series of one metric: one for each combination of its labels' values.
///
/// A series is looked up once, where its owner is made, and then used without a lock. There are at
/// most so many: what comes above shares one series whose labels all say `other`, so that nobody
/// outside can fill the process's memory, or the monitoring's, by inventing values (S-D16).
public final class MetricFamily<Instrument: Sendable>: Sendable {
  /// What series a family has room for unless it is said otherwise.
  public static var usualLimit: Int { 2_000 }

  let descriptor: MetricDescriptor
  private let limit: Int
  private let make: @Sendable () -> Instrument
  private let series = Mutex<(known: [[String]: Instrument], order: [[String]])>(([:], []))

  init(
    _ descriptor: MetricDescriptor, limit: Int, _ make: @escaping @Sendable () -> Instrument
  ) {
    self.descriptor = descriptor
    self.limit = max(1, limit)
    self.make = make
  }

  /// The series of these values, in the order of the labels. Missing ones are empty, and surplus
  /// ones are left out.
  public func labeled(_ values: String...) -> Instrument { labeled(values) }

  /// The same, for values in an array.
  public func labeled(_ values: [String]) -> Instrument {
    let wanted = descriptor.labels.count
    let values = Array((values + Array(repeating: "", count: wanted)).prefix(wanted))
    return series.withLock { series in
      if let known = series.known[values] { return known }
      let isFull = series.known.count >= limit
      let values = isFull ? Array(repeating: "other", count: wanted) : values
      if isFull, let other = series.known[values] { return other }
      let new = make()
      series.known[values] = new
      series.order.append(values)
      return new
    }
  }

  /// The series as they are now, in the order in which they came.
  var all: [(values: [String], instrument: Instrument)] {
    series.withLock { series in series.order.map { ($0, series.known[$0]!) } }
  }
}

/// What is told of a metric before its series.
struct MetricDescriptor: Sendable {
  let name: String
  let help: String
  let labels: [String]
  let kind: MetricKind
}

/// What may be done with a metric's numbers.
public enum MetricKind: String, Sendable {
  /// Only grows.
  case counter
  /// Goes up and down.
  case gauge
  /// Is spread over buckets.
  case histogram
}

/// One number of a metric that is read when it is asked for.
public struct MetricSample: Sendable {
  /// The labels' values, in the labels' order.
  public var values: [String]
  /// The number.
  public var value: Double

  /// Creates a sample.
  public init(_ value: Double, _ values: String...) {
    self.values = values
    self.value = value
  }

  /// Creates a sample.
  public init(_ value: Int, _ values: String...) {
    self.values = values
    self.value = Double(value)
  }
}
