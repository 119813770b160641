import GeneratedOperations
import Pipeline
import RPC
import TestSupport
import Testing

@testable import Platform
@testable import Telemetry

@Suite("What a process remembers of reported errors")
struct ClientErrorBookTests {
  private typealias Grouping = ClientErrorGroupingTests

  private let known = Grouping.report("x").reporter
  private let stranger = Grouping.report("x", client: nil).reporter

  @Test("knows an event again, and forgets the oldest ones first", .covers("C96"))
  func duplicates() {
    let book = ClientErrorBook(remembered: 4)
    #expect(book.admit("A", of: known) == .taken)
    #expect(book.admit("a", of: known) == .duplicate)
    // Nobody can take another's place by guessing.
    #expect(book.admit("a", of: stranger) == .taken)
    for event in ["b", "c", "d", "e"] { #expect(book.admit(event, of: known) == .taken) }
    #expect(book.admit("e", of: known) == .duplicate)
    #expect(book.admit("a", of: known) == .taken)
  }

  @Test("takes so many of a tenant, and those of strangers apart", .covers("C96", "S-F4"))
  func allowance() {
    let clock = ManualClock()
    let book = ClientErrorBook(
      known: .init(burst: 3, perSecond: 1), anonymous: .init(burst: 1, perSecond: 0.5),
      now: clock.now)
    func verdicts(_ names: [String], _ reporter: ClientErrorReporter) -> [ClientErrorBook.Verdict] {
      names.map { book.admit($0, of: reporter) }
    }
    #expect(verdicts(["1", "2"], stranger) == [.taken, .dropped])
    #expect(verdicts(["1", "2", "3", "4"], known) == [.taken, .taken, .taken, .dropped])
    clock.advance(.seconds(1))
    // One that was dropped was not taken, and may come again.
    #expect(verdicts(["4", "5"], known) == [.taken, .dropped])
    #expect(verdicts(["2"], stranger) == [.dropped])
    clock.advance(.seconds(1))
    #expect(verdicts(["2"], stranger) == [.taken])
  }

  @Test("has room for so many groups of a tenant, and keeps what could not be written")
  func groups() {
    let book = ClientErrorBook()
    for index in 0..<(ClientErrorBook.waitingOfStrangers + 5) {
      let word = String(repeating: "x", count: index + 1)
      let isCounted = book.count(Grouping.report(word, client: nil))
      #expect(isCounted == (index < ClientErrorBook.waitingOfStrangers))
    }
    #expect(book.count(Grouping.report("known", version: "1.0")))
    #expect(book.count(Grouping.report("known", version: "2.0")))
    let waiting = book.take()
    #expect(waiting.count == ClientErrorBook.waitingOfStrangers + 1)
    #expect(book.take().isEmpty)
    #expect(book.count(Grouping.report("known", version: "3.0")))
    book.giveBack(waiting)
    let again = book.take()
    #expect(again.count == waiting.count)
    let tally = again.values.first { !$0.isAnonymous }
    #expect(tally?.count == 3)
    #expect(
      tally?.versions.map(VersionOrder.version).sorted() == ["1.0", "2.0", "3.0"])
  }

  @Test(
    "names few versions and apps in metrics, and only apps that prove who they are", .covers("C96"))
  func metrics() {
    let registry = MetricRegistry()
    let metrics = ClientErrorMetrics(registry: registry)
    for version in 0..<100 { metrics.reported(Grouping.report("x", version: "1.\(version)")) }
    for app in 0..<100 {
      metrics.reported(Grouping.report("x", client: "app\(app)", version: "1.0"))
    }
    for _ in 0..<100 { metrics.reported(Grouping.report("x", client: nil, version: "9.9")) }
    metrics.dropped(.rate)
    let lines = Exposition.text(of: registry, as: .prometheus).split(separator: "\n")
      .filter { $0.hasPrefix("artel_client_errors_total{") }
    #expect(lines.count <= 46)
    #expect(lines.contains { $0.contains(#"app="app",version="other""#) && $0.hasSuffix(" 75") })
    #expect(lines.contains { $0.contains(#"app="other",version="other""#) })
    #expect(!lines.contains { $0.contains("9.9") || $0.contains("said") })
    let sum = lines.compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }.reduce(0, +)
    #expect(sum == 300)
  }
}
