import Synchronization
import TestSupport
import Testing

@testable import Egress

@Suite("A breaker")
struct BreakerTests {
  private let start = ContinuousClock.now

  /// A breaker that is told what comes of calls at seconds.
  private final class Run {
    private(set) var breaker: Breaker
    private let start: ContinuousClock.Instant

    init(_ start: ContinuousClock.Instant) {
      breaker = Breaker(rules: BreakerRules(), now: start)
      self.start = start
    }

    /// Whether a call went out.
    @discardableResult
    func call(_ outcome: Breaker.Outcome, at seconds: Double) -> Bool {
      let time = start + .seconds(seconds)
      guard case .pass(let permit) = breaker.admit(at: time) else { return false }
      breaker.record(outcome, of: permit, at: time)
      return true
    }

    func admit(at seconds: Double) -> Breaker.Verdict {
      breaker.admit(at: start + .seconds(seconds))
    }

    func record(_ outcome: Breaker.Outcome, of permit: Breaker.Permit, at seconds: Double) {
      breaker.record(outcome, of: permit, at: start + .seconds(seconds))
    }

    func pause(at seconds: Double) -> Duration? {
      breaker.pause(at: start + .seconds(seconds))
    }
  }

  private static let failure = Breaker.Outcome.failure(isTimeout: false)

  @Test("opens at the fifth failure in a row, not at the fourth", .covers("S-F5", "A33", "B30"))
  func consecutive() {
    let run = Run(start)
    for second in 0..<4 { run.call(Self.failure, at: Double(second)) }
    #expect(run.breaker.state == .closed)
    run.call(.success, at: 4)
    for second in 5..<9 { run.call(Self.failure, at: Double(second)) }
    #expect(run.breaker.state == .closed)
    run.call(.failure(isTimeout: true), at: 9)
    #expect(run.breaker.state == .open(until: start + .seconds(39)))
    #expect(run.pause(at: 9) == .seconds(30))
    #expect(!run.call(.success, at: 38.9))
    #expect(run.breaker.counts.rejections == 1)
    #expect(run.breaker.counts.timeouts == 1 && run.breaker.counts.failures == 9)
  }

  @Test("takes failures in a row however far apart they are", .covers("S-F5"))
  func apart() {
    let run = Run(start)
    for index in 0..<5 { run.call(Self.failure, at: Double(index) * 60) }
    #expect(run.breaker.openings == 1)
  }

  @Test("opens above half of at least twenty calls within ten seconds", .covers("S-F5"))
  func share() {
    // Never two failures in a row more than the rule for runs allows.
    func outcomes(_ pattern: String, every seconds: Double) -> Breaker.State {
      let run = Run(start)
      for (index, letter) in pattern.enumerated() {
        run.call(letter == "x" ? Self.failure : .success, at: Double(index) * seconds)
      }
      return run.breaker.state
    }
    let half = String(repeating: ".x", count: 20)
    #expect(outcomes(half, every: 0.1) == .closed)
    let more = String(repeating: "xx.", count: 6)
    #expect(outcomes(more, every: 0.1) == .closed, "eighteen are too few")
    #expect(outcomes(more + "x.", every: 0.1) == .closed, "the twentieth was no failure")
    #expect(outcomes(more + "x.x", every: 0.1) != .closed)
    #expect(outcomes(more + "x.x", every: 0.6) == .closed, "the first are too old")
  }

  @Test("never counts 4xx and those who went away, and counts timeouts", .covers("S-F5"))
  func neutral() {
    let run = Run(start)
    for index in 0..<100 { run.call(.refusal, at: Double(index) / 100) }
    for index in 0..<100 { run.call(.unknown, at: Double(index) / 100) }
    #expect(run.breaker.state == .closed)
    #expect(run.breaker.counts.refusals == 100)
    for _ in 0..<4 { run.call(.failure(isTimeout: true), at: 2) }
    run.call(.refusal, at: 2)
    #expect(run.breaker.state == .closed)
    run.call(.failure(isTimeout: true), at: 2)
    #expect(run.breaker.openings == 1)
  }

  @Test("lets one probe through after its pause; its success closes", .covers("S-F5"))
  func probe() throws {
    let run = Run(start)
    for _ in 0..<5 { run.call(Self.failure, at: 0) }
    guard case .pass(let permit) = run.admit(at: 30) else {
      Issue.record("there is no probe")
      return
    }
    #expect(permit.isProbe && run.breaker.state == .halfOpen)
    #expect(run.admit(at: 30) == .refuse(retryAfter: .seconds(1)))
    run.record(.success, of: permit, at: 30)
    #expect(run.breaker.state == .closed && run.breaker.openings == 0)
    for _ in 0..<4 { run.call(Self.failure, at: 31) }
    #expect(run.breaker.state == .closed, "it counts anew")
  }

  @Test("stays open n times as long at the n-th time, up to ten", .covers("S-F5"))
  func longer() {
    let run = Run(start)
    for _ in 0..<5 { run.call(Self.failure, at: 0) }
    var second = 0.0
    for opening in 2...12 {
      second += Double(30 * min(opening - 1, 10))
      #expect(!run.call(Self.failure, at: second - 0.001))
      #expect(run.call(Self.failure, at: second))
      #expect(run.breaker.openings == opening)
      #expect(run.pause(at: second) == .seconds(30 * min(opening, 10)))
    }
  }

  @Test("takes the next call for the probe where nothing was learnt of the first")
  func lostProbe() {
    let run = Run(start)
    for _ in 0..<5 { run.call(Self.failure, at: 0) }
    #expect(run.call(.unknown, at: 30))
    #expect(run.call(.refusal, at: 30), "who refuses is alive")
    #expect(run.breaker.state == .closed)
  }

  @Test("learns nothing from calls that began before it opened")
  func late() {
    let run = Run(start)
    guard case .pass(let old) = run.admit(at: 0) else { return }
    for _ in 0..<5 { run.call(Self.failure, at: 1) }
    run.record(.success, of: old, at: 2)
    #expect(run.breaker.openings == 1 && run.pause(at: 2) != nil)
    #expect(run.call(.success, at: 31))
    for _ in 0..<6 { run.record(Self.failure, of: old, at: 32) }
    #expect(run.breaker.state == .closed)
  }
}
