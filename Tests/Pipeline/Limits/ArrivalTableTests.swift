import TestSupport
import Testing

@testable import Pipeline

@Suite("The table of arrival times")
struct ArrivalTableTests {
  private let rate = ArrivalRate(.init(perSecond: 100, burst: 20))
  private let second: Int64 = 1_000_000_000

  @Test("lets from idle the burst through, and over time what the rate allows", .covers("S-F1"))
  func longRun() {
    let table = ArrivalTable<Int>(capacity: 100)
    var now = second
    var admitted = 0
    for _ in 0..<21 { admitted += table.take(1, rate, now: now).isAdmitted ? 1 : 0 }
    #expect(admitted == 20)
    admitted = 0
    // A hundred seconds of a thousand calls each.
    for _ in 0..<100_000 {
      now += second / 1000
      admitted += table.take(1, rate, now: now).isAdmitted ? 1 : 0
    }
    #expect((9_800...10_200).contains(admitted))
  }

  @Test("says how long to wait, and lets the call through then")
  func wait() {
    let table = ArrivalTable<Int>(capacity: 100)
    for _ in 0..<20 { _ = table.take(1, rate, now: 5) }
    let refused = table.take(1, rate, now: 5)
    #expect(refused.wait(rate) == second / 100)
    #expect(!table.take(1, rate, now: 4 + second / 100).isAdmitted)
    #expect(table.take(1, rate, now: 5 + second / 100).isAdmitted)
  }

  @Test("frees nobody who has used up a limit for the sake of new callers", .covers("S-F1"))
  func overflow() {
    let table = ArrivalTable<Int>(capacity: 64, parts: 1)
    let slow = ArrivalRate(.init(perSecond: 0.01, burst: 3))
    for _ in 0..<3 { #expect(table.take(-1, slow, now: 0).isAdmitted) }
    for stranger in 0..<100_000 { _ = table.take(stranger, rate, now: Int64(stranger)) }
    #expect(table.count == 64)
    #expect(!table.take(-1, slow, now: 100_000).isAdmitted)
  }

  @Test("tells others what was spent, once, and takes their sum over its own")
  func reports() {
    let table = ArrivalTable<Int>(capacity: 100, keepsReports: true)
    for _ in 0..<5 { _ = table.take(1, rate, now: 0) }
    _ = table.take(2, rate, now: 0)
    table.giveBack(2, rate)
    let reports = table.reports(atMost: 10)
    #expect(reports.map(\.key) == [1])
    #expect(reports.map(\.spent) == [5 * rate.interval])
    #expect(table.reports(atMost: 10).isEmpty)

    // Another process has let in fifteen more.
    table.learn(1, backlog: 20 * rate.interval, now: 0)
    #expect(!table.take(1, rate, now: 0).isAdmitted)
    // Who keeps the sum has lost it: nobody gains by that.
    table.learn(1, backlog: 0, now: 0)
    #expect(!table.take(1, rate, now: 0).isAdmitted)
  }

  @Test(
    "tells of a call that was given back after it was told, with the next ones", .covers("S-F2"))
  func givenBackLate() {
    let table = ArrivalTable<Int>(capacity: 100, keepsReports: true)
    _ = table.take(1, rate, now: 0)
    #expect(table.reports(atMost: 10).map(\.spent) == [rate.interval])
    table.giveBack(1, rate)
    #expect(table.reports(atMost: 10).isEmpty)
    for _ in 0..<3 { _ = table.take(1, rate, now: 0) }
    #expect(table.reports(atMost: 10).map(\.spent) == [2 * rate.interval])
  }

  @Test("adds what it let in while it asked to what the others say")
  func learnsWhileCalling() {
    let table = ArrivalTable<Int>(capacity: 100, keepsReports: true)
    _ = table.take(1, rate, now: 0)
    _ = table.reports(atMost: 10)
    _ = table.take(1, rate, now: 0)
    table.learn(1, backlog: 10 * rate.interval, now: 0)
    #expect(table.backlog(of: 1, now: 0) == 11 * rate.interval)
  }

  @Test("takes any rate", arguments: [0, 0.000001, 1, 1e9, 1e300, .infinity] as [Double])
  func extremes(perSecond: Double) {
    let rate = ArrivalRate(.init(perSecond: perSecond, burst: perSecond))
    let table = ArrivalTable<Int>(capacity: 1)
    #expect(table.take(1, rate, now: .max / 4).isAdmitted)
    #expect(rate.interval > 0 && rate.depth >= rate.interval)
  }
}
