/// A promise whose events are counted. Counting allocates nothing.
public struct Objective: Sendable {
  /// What is promised.
  public let definition: ObjectiveDefinition
  let total: Counter
  let good: Counter

  /// Counts an event.
  public func count(good isGood: Bool) {
    // The good ones first: seen between the two, an objective looks no worse than it is.
    if isGood { good.increment() }
    total.increment()
  }
}

/// Both promises of a class of methods.
public struct ObjectiveClass: Sendable {
  let availability: Objective
  let latency: Objective

  /// How a call ended, as far as a promise is concerned.
  public enum Outcome: Sendable {
    /// As its caller wished.
    case served
    /// By our fault.
    case failed
    /// At its caller's deadline.
    case late
    /// By its caller's fault, or because the caller may not. No event of any promise: a flood of
    /// refusals, which are quick, would otherwise hide that the calls that are served fail.
    case refused
  }

  /// Counts a call.
  ///
  /// - Parameter duration: How long it took; nil for a stream, whose length its caller chooses.
  public func count(_ outcome: Outcome, duration: Duration?) {
    let threshold = latency.definition.threshold
    switch outcome {
    case .refused: return
    case .failed: availability.count(good: false)
    case .late:
      // Whoever gives less time than is promised spends nothing of the promise.
      guard let duration, let threshold, duration >= threshold else { return }
      availability.count(good: false)
    case .served:
      availability.count(good: true)
      guard let duration, let threshold else { return }
      latency.count(good: duration <= threshold)
    }
  }
}

/// How a promise is kept, at one moment.
public struct ObjectiveReport: Sendable {
  /// What is promised.
  public let definition: ObjectiveDefinition
  /// How many events of the window were good.
  public let good: Int
  /// How many there were.
  public let total: Int
  /// What is left of the budget: 1 is all, less than 0 a broken promise.
  public let budgetRemaining: Double
  /// How fast it is being spent: 1 spends it exactly in the window.
  public let burnRates: [(window: Duration, rate: Double)]
}
