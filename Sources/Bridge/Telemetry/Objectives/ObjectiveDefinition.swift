/// What is promised of some events, and over which time.
public struct ObjectiveDefinition: Sendable, Hashable {
  /// What makes an event good.
  public enum Kind: Sendable, Hashable {
    /// It did not fail by our fault, or the partner's.
    case availability
    /// It was answered within this time.
    case latency(Duration)
  }

  /// The name, such as `critical-availability`: a label of metrics.
  public var name: String
  /// What makes an event good.
  public var kind: Kind
  /// The share that has to be good.
  public var target: Double
  /// Over which time, up to now.
  public var window: Duration

  /// Creates a definition.
  public init(
    name: String, kind: Kind, target: Double, window: Duration = .seconds(30 * 86_400)
  ) {
    self.name = name
    self.kind = kind
    self.target = target
    self.window = window
  }

  /// The time within which an event is good; nil where time does not count.
  public var threshold: Duration? {
    if case .latency(let threshold) = kind { threshold } else { nil }
  }

  /// What share of the events may be bad.
  var budget: Double { 1 - target }
}

/// The promises of a class of methods: that they answer, and how soon.
public struct ObjectiveClassDefinition: Sendable {
  /// That they answer.
  public var availability: ObjectiveDefinition
  /// How soon.
  public var latency: ObjectiveDefinition

  /// What most methods promise: of a thousand calls one may fail, and of a hundred five may take
  /// more than half a second.
  public static let standard = ObjectiveClassDefinition(
    availability: .init(name: "standard-availability", kind: .availability, target: 0.999),
    latency: .init(
      name: "standard-latency", kind: .latency(.milliseconds(500)), target: 0.95))

  /// What somebody waits for at a closed door: partners' devices are on the way.
  public static let critical = ObjectiveClassDefinition(
    availability: .init(name: "critical-availability", kind: .availability, target: 0.9995),
    latency: .init(name: "critical-latency", kind: .latency(.seconds(1)), target: 0.99))
}
