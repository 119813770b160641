import Synchronization
import TestSupport
import Testing

@testable import Telemetry

@Suite("An objective")
struct ObjectiveTests {
  private final class Clock: Sendable {
    private let time = Mutex<Int64>(1_000_000)
    func now() -> Int64 { time.withLock { $0 } }
    func pass(_ seconds: Int64) { time.withLock { $0 += seconds } }
  }

  private let clock = Clock()
  private let registry = MetricRegistry()

  private func book() -> ObjectiveBook {
    let clock = clock
    return ObjectiveBook(registry: registry, now: { clock.now() })
  }

  private let definition = ObjectiveDefinition(
    name: "test", kind: .availability, target: 0.99, window: .seconds(86_400))

  @Test("has its whole budget while nothing happens", .covers("B35"))
  func idle() throws {
    let book = book()
    _ = book.objective(definition)
    let report = try #require(book.reports.first)
    #expect(report.total == 0 && report.budgetRemaining == 1)
    #expect(report.burnRates.allSatisfy { $0.rate == 0 })
  }

  @Test("spends its budget by what is bad, and faster while it is worse", .covers("B35"))
  func spending() throws {
    let book = book()
    let objective = book.objective(definition)
    for _ in 0..<990 { objective.count(good: true) }
    for minute in 0..<120 {
      clock.pass(60)
      book.mark()
      if minute == 100 { for _ in 0..<10 { objective.count(good: false) } }
    }
    let report = try #require(book.reports.first)
    #expect(report.total == 1_000 && report.good == 990)
    #expect(abs(report.budgetRemaining) < 1e-9)
    // Nothing in the last five minutes; only bad ones in the last hour, and ten of a thousand in six.
    #expect(report.burnRates[0].rate == 0)
    #expect(abs(report.burnRates[1].rate - 100) < 1e-9)
    #expect(abs(report.burnRates[2].rate - 1) < 1e-9)
  }

  @Test("forgets what lies before its window")
  func window() throws {
    let book = book()
    let objective = book.objective(definition)
    objective.count(good: false)
    for _ in 0..<30 {
      clock.pass(3_600)
      book.mark()
    }
    objective.count(good: true)
    let report = try #require(book.reports.first)
    #expect(report.total == 1 && report.good == 1 && report.budgetRemaining == 1)
  }

  @Test("is a metric, with its target")
  func metrics() {
    let book = book()
    book.objective(definition).count(good: false)
    let text = Exposition.text(of: registry, as: .prometheus)
    #expect(text.contains(#"artel_objective_events_total{objective="test"} 1"#))
    #expect(text.contains(#"artel_objective_good_events_total{objective="test"} 0"#))
    #expect(text.contains(#"artel_objective_target_ratio{objective="test"} 0.99"#))
  }

  @Test("of partners' operations there are so many, and one for the rest", .covers("B35", "S-D16"))
  func integrations() {
    let book = book()
    func count(_ partner: String) {
      book.integration(partner: partner, operation: "open").count(good: true)
    }
    func total(_ name: String) -> Int? {
      book.reports.first { $0.definition.name == "partner-availability:\(name)" }?.total
    }
    for number in 0..<PartnerSeries.limit + 49 { count("t\(number)/p") }
    count("t0/p")
    #expect(book.reports.count == PartnerSeries.limit)
    #expect(total("other") == 50)
    #expect(total("t0/p/open") == 2)
  }

  @Test("of one tenant's partners leave room for others'", .covers("S-D16"))
  func greedy() {
    let book = book()
    for number in 0..<600 {
      book.integration(partner: "greedy/\(number)", operation: "open").count(good: false)
    }
    book.integration(partner: "t/p", operation: "open").count(good: true)
    let names = book.reports.map(\.definition.name)
    #expect(names.count { $0.contains(":greedy/") } == PartnerSeries.limitOfTenant)
    #expect(names.contains("partner-availability:t/p/open"))
  }

  @Test("of a class counts time only where there was an answer")
  func classes() {
    let book = book()
    let objectives = book.objectives(of: .standard)
    objectives.count(.served, duration: .milliseconds(10))
    objectives.count(.served, duration: .seconds(2))
    objectives.count(.failed, duration: .seconds(2))
    objectives.count(.served, duration: nil)
    let reports = book.reports
    #expect(reports.map(\.definition.name) == ["standard-availability", "standard-latency"])
    #expect(reports.map(\.total) == [4, 2])
    #expect(reports.map(\.good) == [3, 1])
  }

  @Test("is neither kept nor broken by calls that are refused, nor by impatient callers")
  func refusals() {
    let book = book()
    let objectives = book.objectives(of: .standard)
    for _ in 0..<1_000 { objectives.count(.refused, duration: .milliseconds(1)) }
    objectives.count(.late, duration: .milliseconds(1))
    objectives.count(.late, duration: nil)
    #expect(book.reports.map(\.total) == [0, 0])
    // Whoever waited as long as is promised waited for us.
    objectives.count(.late, duration: .seconds(30))
    #expect(book.reports.map(\.total) == [1, 0])
    #expect(book.reports.map(\.good) == [0, 0])
  }

  @Test("keeps no more history than its windows need")
  func bounded() {
    var history = ObjectiveHistory()
    for minute in 0..<Int64(60 * 24 * 40) {
      history.mark(.init(good: Int(minute), total: Int(minute)), at: minute * 60)
    }
    // The clock was set back: passed over.
    history.mark(.init(), at: 0)
    let now = ObjectiveHistory.Counts(good: 60_000, total: 60_000)
    #expect(history.since(60 * (60 * 24 * 40 - 60), now: now).total == 60_000 - (60 * 24 * 40 - 60))
  }
}
