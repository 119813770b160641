/// A registry's numbers as text: Prometheus' format 0.0.4, or OpenMetrics 1.0.
public struct Exposition: Sendable {
  /// How the text is written.
  public enum Format: Sendable {
    /// Prometheus' text format 0.0.4.
    case prometheus
    /// OpenMetrics 1.0.0.
    case openMetrics

    /// The format that an `Accept` field asks for.
    public init(accept: String?) {
      self =
        accept?.lowercased().contains("application/openmetrics-text") == true
        ? .openMetrics : .prometheus
    }

    /// The media type of the text.
    public var contentType: String {
      switch self {
      case .prometheus: "text/plain; version=0.0.4; charset=utf-8"
      case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
      }
    }
  }

  private let format: Format
  private var text = ""

  /// Writes everything that a registry has.
  public static func text(of registry: MetricRegistry, as format: Format) -> String {
    var exposition = Exposition(format: format)
    for entry in registry.entries { exposition.write(entry) }
    if format == .openMetrics { exposition.text += "# EOF\n" }
    return exposition.text
  }

  private init(format: Format) { self.format = format }

  private mutating func write(_ entry: MetricRegistry.Entry) {
    switch entry {
    case .counter(let family):
      head(family.descriptor)
      for (values, counter) in family.all {
        line(family.descriptor, values, Double(counter.value))
      }
    case .gauge(let family):
      head(family.descriptor)
      for (values, gauge) in family.all { line(family.descriptor, values, Double(gauge.value)) }
    case .histogram(let family):
      head(family.descriptor)
      // Sixteen lines of zeros for each method that nobody calls would say nothing.
      for (values, histogram) in family.all where histogram.count > 0 {
        write(histogram, family.descriptor, values)
      }
    case .observed(let descriptor, let read):
      head(descriptor)
      for sample in read() { line(descriptor, sample.values, sample.value) }
    }
  }

  private mutating func head(_ descriptor: MetricDescriptor) {
    var name = descriptor.name
    // OpenMetrics names the family, whose only series is `_total`.
    if format == .openMetrics, descriptor.kind == .counter, name.hasSuffix("_total") {
      name.removeLast("_total".count)
    }
    text += "# HELP \(name) \(Self.escaped(descriptor.help, quotes: format == .openMetrics))\n"
    text += "# TYPE \(name) \(descriptor.kind.rawValue)\n"
  }

  private mutating func write(
    _ histogram: Histogram, _ descriptor: MetricDescriptor, _ values: [String]
  ) {
    let buckets = histogram.cell.buckets
    var seen = 0
    for (index, cell) in histogram.cell.counts.enumerated() {
      seen += cell.value.load(ordering: .relaxed)
      let bound =
        index < buckets.bounds.count
        ? Self.number(Double(buckets.bounds[index]) / Double(buckets.scale), isBound: true) : "+Inf"
      line(descriptor, values, Double(seen), suffix: "_bucket", bound: bound)
    }
    let sum = Double(histogram.cell.sum.load(ordering: .relaxed)) / Double(buckets.scale)
    line(descriptor, values, sum, suffix: "_sum")
    // The sum of the buckets as they were read, so that the count is never below the last of them.
    line(descriptor, values, Double(seen), suffix: "_count")
  }

  private mutating func line(
    _ descriptor: MetricDescriptor, _ values: [String], _ number: Double, suffix: String = "",
    bound: String? = nil
  ) {
    text += descriptor.name
    text += suffix
    var labels = zip(descriptor.labels, values).map { name, value in
      "\(name)=\"\(Self.escaped(value, quotes: true))\""
    }
    if let bound { labels.append("le=\"\(bound)\"") }
    if !labels.isEmpty { text += "{\(labels.joined(separator: ","))}" }
    text += " \(Self.number(number))\n"
  }

  /// Whole numbers without a fraction, but for OpenMetrics' bounds.
  private static func number(_ value: Double, isBound: Bool = false) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    guard !isBound, value == value.rounded(), abs(value) < 1e15 else { return "\(value)" }
    return "\(Int64(value))"
  }

  /// Whatever stands in a value, it stays one line.
  private static func escaped(_ text: String, quotes: Bool) -> String {
    guard text.utf8.contains(where: { $0 == 0x5C || $0 == 0x0A || quotes && $0 == 0x22 }) else {
      return text
    }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\"" where quotes: result += "\\\""
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
