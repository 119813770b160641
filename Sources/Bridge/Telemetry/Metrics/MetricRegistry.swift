import Synchronization

/// The metrics of a process, by name.
///
/// Names follow Prometheus' conventions: `artel_` before them, the unit in them, base units. A
/// counter's name is given with its `_total`. Labels never hold paths, subjects or addresses, and
/// a tenant's name only where their number is capped.
public final class MetricRegistry: Sendable {
  private struct Contents {
    private(set) var order: [String] = []
    private(set) var entries: [String: Entry] = [:]

    mutating func add(_ name: String, _ entry: Entry) {
      precondition(
        name.utf8.allSatisfy {
          (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F
        },
        "\(name) is no metric's name")
      precondition(entries[name] == nil, "somebody tells \(name) already")
      entries[name] = entry
      order.append(name)
    }
  }

  enum Entry: Sendable {
    case counter(MetricFamily<Counter>)
    case gauge(MetricFamily<Gauge>)
    case histogram(MetricFamily<Histogram>)
    case observed(MetricDescriptor, @Sendable () -> [MetricSample])
  }

  private let contents = Mutex(Contents())

  /// Creates a registry without metrics.
  public init() {}

  /// A counter's series; the same family for the same name.
  ///
  /// - Parameter name: Ends in `_total`.
  public func counters(
    _ name: String, _ help: String, labels: [String] = [],
    limit: Int = MetricFamily<Counter>.usualLimit
  ) -> MetricFamily<Counter> {
    let descriptor = MetricDescriptor(name: name, help: help, labels: labels, kind: .counter)
    return family(descriptor) {
      MetricFamily(descriptor, limit: limit) { Counter(cell: Counter.Cell()) }
    } wrap: {
      .counter($0)
    } unwrap: {
      if case .counter(let family) = $0 { family } else { nil }
    }
  }

  /// A gauge's series; the same family for the same name.
  public func gauges(
    _ name: String, _ help: String, labels: [String] = [],
    limit: Int = MetricFamily<Gauge>.usualLimit
  ) -> MetricFamily<Gauge> {
    let descriptor = MetricDescriptor(name: name, help: help, labels: labels, kind: .gauge)
    return family(descriptor) {
      MetricFamily(descriptor, limit: limit) { Gauge(cell: Counter.Cell()) }
    } wrap: {
      .gauge($0)
    } unwrap: {
      if case .gauge(let family) = $0 { family } else { nil }
    }
  }

  /// A histogram's series; the same family for the same name.
  public func histograms(
    _ name: String, _ help: String, labels: [String] = [], buckets: Histogram.Buckets,
    limit: Int = MetricFamily<Histogram>.usualLimit
  ) -> MetricFamily<Histogram> {
    let descriptor = MetricDescriptor(name: name, help: help, labels: labels, kind: .histogram)
    return family(descriptor) {
      MetricFamily(descriptor, limit: limit) { Histogram(cell: Histogram.Cell(buckets)) }
    } wrap: {
      .histogram($0)
    } unwrap: {
      if case .histogram(let family) = $0 { family } else { nil }
    }
  }

  /// A counter without labels.
  public func counter(_ name: String, _ help: String) -> Counter {
    counters(name, help).labeled()
  }

  /// A gauge without labels.
  public func gauge(_ name: String, _ help: String) -> Gauge { gauges(name, help).labeled() }

  /// A metric whose numbers somebody else keeps: they are read when the metrics are asked for.
  ///
  /// - Parameter read: Must not wait; what it gives is bounded by who writes it.
  public func observe(
    _ name: String, _ help: String, kind: MetricKind = .gauge, labels: [String] = [],
    _ read: @escaping @Sendable () -> [MetricSample]
  ) {
    precondition(kind != .histogram, "a histogram is not read: its values are recorded")
    let descriptor = MetricDescriptor(name: name, help: help, labels: labels, kind: kind)
    contents.withLock { $0.add(name, .observed(descriptor, read)) }
  }

  /// All metrics, in the order in which they came.
  var entries: [Entry] {
    contents.withLock { contents in contents.order.compactMap { contents.entries[$0] } }
  }

  private func family<Family>(
    _ descriptor: MetricDescriptor, _ make: () -> Family, wrap: (Family) -> Entry,
    unwrap: (Entry) -> Family?
  ) -> Family {
    contents.withLock { contents in
      guard let known = contents.entries[descriptor.name] else {
        let family = make()
        contents.add(descriptor.name, wrap(family))
        return family
      }
      guard let family = unwrap(known) else {
        preconditionFailure("\(descriptor.name) is another kind of metric already")
      }
      return family
    }
  }
}
