import Synchronization

/// The promises of a process, with what is left of their error budgets.
///
/// Their events are metrics, too, so that Prometheus knows what all processes did together; this
/// process tells its own, since it started.
public final class ObjectiveBook: Sendable {
  /// Over which times it is told how fast a budget is spent: the short ones of the alerts.
  private static let burnWindows: [Duration] = [
    .seconds(300), .seconds(3_600), .seconds(6 * 3_600),
  ]
  /// Since when it counts, in seconds since 1970.
  public let since: Int64

  private struct Entry {
    let objective: Objective
    var history = ObjectiveHistory()
  }

  private let now: @Sendable () -> Int64
  private let totals: MetricFamily<Counter>
  private let goods: MetricFamily<Counter>
  private let series = PartnerSeries()
  private let entries = Mutex<[String: Entry]>([:])

  /// Creates a book whose counts are in a registry.
  ///
  /// - Parameter now: The clock, in seconds since 1970.
  public init(
    registry: MetricRegistry,
    now: @escaping @Sendable () -> Int64 = { WallClock.seconds }
  ) {
    self.now = now
    since = now()
    totals = registry.counters(
      "artel_objective_events_total", "Events that an objective is about.", labels: ["objective"])
    goods = registry.counters(
      "artel_objective_good_events_total", "Those of them that were good.", labels: ["objective"])
    let book = Weak()
    registry.observe(
      "artel_objective_target_ratio", "The share of an objective's events that has to be good.",
      labels: ["objective"]
    ) {
      book.targets()
    }
    registry.observe(
      "artel_objective_error_budget_remaining_ratio",
      "What this process has left of an objective's error budget since it started.",
      labels: ["objective"]
    ) {
      book.remaining()
    }
    book.set(self)
  }

  /// Counts for a class of methods.
  public func objectives(of definition: ObjectiveClassDefinition) -> ObjectiveClass {
    ObjectiveClass(
      availability: objective(definition.availability), latency: objective(definition.latency))
  }

  /// Counts for an operation of a partner. Of more than `PartnerSeries` names, the rest are one.
  ///
  /// - Parameters:
  ///   - partner: `tenant/partner`, no address and no person's name.
  ///   - operation: What is asked of it, of few values.
  public func integration(partner: String, operation: String) -> Objective {
    let name = series.names(partner, operation) ? "\(partner)/\(operation)" : "other"
    return objective(
      ObjectiveDefinition(
        name: "partner-availability:\(name)", kind: .availability, target: 0.99))
  }

  /// Counts for a promise; the same for the same name.
  public func objective(_ definition: ObjectiveDefinition) -> Objective {
    entries.withLock { entries in
      if let known = entries[definition.name] { return known.objective }
      let objective = Objective(
        definition: definition, total: totals.labeled(definition.name),
        good: goods.labeled(definition.name))
      entries[definition.name] = Entry(objective: objective)
      return objective
    }
  }

  /// Remembers the counts of this moment: to be called about every minute.
  public func mark() {
    let time = now()
    entries.withLock { entries in
      for (name, entry) in entries {
        entries[name]?.history.mark(entry.objective.counts, at: time)
      }
    }
  }

  /// How the promises are kept, in the order of their names.
  public var reports: [ObjectiveReport] {
    let time = now()
    return entries.withLock { entries in
      entries.values.map { Self.report($0, now: time) }
    }.sorted { $0.definition.name < $1.definition.name }
  }

  private static func report(_ entry: Entry, now: Int64) -> ObjectiveReport {
    let definition = entry.objective.definition
    let counts = entry.objective.counts
    func since(_ window: Duration) -> ObjectiveHistory.Counts {
      entry.history.since(now - window.components.seconds, now: counts)
    }
    func burn(_ counts: ObjectiveHistory.Counts) -> Double {
      guard counts.total > 0, definition.budget > 0 else { return 0 }
      return Double(counts.total - counts.good) / Double(counts.total) / definition.budget
    }
    let whole = since(definition.window)
    return ObjectiveReport(
      definition: definition, good: whole.good, total: whole.total,
      budgetRemaining: 1 - burn(whole),
      burnRates: burnWindows.map { ($0, burn(since($0))) })
  }

  /// The registry outlives the book, and must not keep it.
  private final class Weak: Sendable {
    private struct Reference { weak var book: ObjectiveBook? }
    private let reference = Mutex(Reference())

    func set(_ book: ObjectiveBook) { reference.withLock { $0.book = book } }

    private var reports: [ObjectiveReport] { reference.withLock { $0.book }?.reports ?? [] }

    func targets() -> [MetricSample] {
      reports.map { MetricSample($0.definition.target, $0.definition.name) }
    }

    func remaining() -> [MetricSample] {
      reports.map { MetricSample($0.budgetRemaining, $0.definition.name) }
    }
  }
}

extension Objective {
  var counts: ObjectiveHistory.Counts {
    // Read in this order, never more good ones than there are.
    let good = good.value
    return ObjectiveHistory.Counts(good: good, total: max(good, total.value))
  }
}
