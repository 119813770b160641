/// A circuit breaker: a state machine without a clock, a lock or a task of its own.
///
/// Closed, it lets calls through and counts. Open, it refuses them until its pause is over; then
/// one call is the probe, whose outcome closes it or opens it for longer.
struct Breaker: Sendable {
  /// A call that was let through.
  struct Permit: Sendable, Hashable {
    /// Which period of the breaker it belongs to: what comes of it later says nothing of others.
    fileprivate let period: Int
    let isProbe: Bool
  }

  enum Verdict: Sendable, Hashable {
    case pass(Permit)
    case refuse(retryAfter: Duration)
  }

  /// What came of a call, as far as the partner's health goes.
  enum Outcome: Sendable, Hashable {
    case success
    /// The partner answers, but refuses: neither good nor bad.
    case refusal
    case failure(isTimeout: Bool)
    /// Nothing was learnt: the caller went away before there was an answer.
    case unknown
  }

  enum State: Sendable, Hashable {
    case closed
    case open(until: ContinuousClock.Instant)
    case halfOpen
  }

  let rules: BreakerRules
  private let start: ContinuousClock.Instant
  private(set) var state = State.closed
  private(set) var since: ContinuousClock.Instant
  private(set) var counts = BreakerCounts()
  /// How often it opened since it was closed last.
  private(set) var openings = 0
  private(set) var lastUse: ContinuousClock.Instant
  private var period = 0
  private var consecutive = 0
  private var recent = SlidingCounts()

  init(rules: BreakerRules, now: ContinuousClock.Instant) {
    self.rules = rules
    start = now
    since = now
    lastUse = now
  }

  /// How long calls are refused from now on; nil where the next one may go.
  func pause(at now: ContinuousClock.Instant) -> Duration? {
    switch state {
    case .closed: nil
    case .open(let until): until > now ? until - now : nil
    // The probe is on its way, and answers soon.
    case .halfOpen: .seconds(1)
    }
  }

  /// Refuses a call that would not be let through; nil where it would.
  mutating func reject(at now: ContinuousClock.Instant) -> Duration? {
    guard let pause = pause(at: now) else { return nil }
    lastUse = now
    counts.rejections += 1
    return pause
  }

  /// Lets a call through, or not.
  mutating func admit(at now: ContinuousClock.Instant) -> Verdict {
    lastUse = now
    if let pause = pause(at: now) {
      counts.rejections += 1
      return .refuse(retryAfter: pause)
    }
    if case .open = state {
      move(to: .halfOpen, at: now)
      return .pass(Permit(period: period, isProbe: true))
    }
    return .pass(Permit(period: period, isProbe: false))
  }

  /// Takes what came of a call.
  mutating func record(_ outcome: Outcome, of permit: Permit, at now: ContinuousClock.Instant) {
    count(outcome)
    guard permit.period == period else { return }
    if permit.isProbe {
      switch outcome {
      case .success, .refusal: close(at: now)
      case .failure: open(at: now)
      // The next call is the probe.
      case .unknown: move(to: .open(until: now), at: now)
      }
      return
    }
    switch outcome {
    case .refusal, .unknown: return
    case .success: consecutive = 0
    case .failure: consecutive += 1
    }
    let isFailure = outcome != .success
    let slice = (now - start) / (rules.window / 10)
    recent.add(isFailure: isFailure, at: Int64(slice))
    if isFailure, consecutive >= rules.consecutiveFailures || isAboveShare { open(at: now) }
  }

  /// Closes it, whatever it has seen.
  mutating func close(at now: ContinuousClock.Instant) {
    openings = 0
    consecutive = 0
    recent = SlidingCounts()
    recent.drop(until: Int64((now - start) / (rules.window / 10)))
    move(to: .closed, at: now)
  }

  private var isAboveShare: Bool {
    recent.total >= rules.leastCalls
      && recent.failures * 100 > recent.total * rules.failureShare
  }

  private mutating func open(at now: ContinuousClock.Instant) {
    openings += 1
    move(to: .open(until: now + rules.pause * min(openings, rules.mostPauses)), at: now)
  }

  private mutating func move(to next: State, at now: ContinuousClock.Instant) {
    state = next
    since = now
    period += 1
  }

  private mutating func count(_ outcome: Outcome) {
    switch outcome {
    case .success: counts.successes += 1
    case .refusal: counts.refusals += 1
    case .failure(let isTimeout):
      counts.failures += 1
      if isTimeout { counts.timeouts += 1 }
    case .unknown: break
    }
  }
}
