/// Finds out what becomes of one command at its partner.
///
/// A send whose effect is unknown is followed by a question, never by another send: only a partner
/// that says that it never saw the command gets it again, under the same key, and only before the
/// deadline. What is still unknown in the end is `timedOut`, which a late report can correct;
/// `failed` is said only of a command that certainly had no effect.
struct CommandExchange: Sendable {
  /// What is known when the exchange begins.
  enum Start: Sendable, Hashable {
    /// Nothing was sent yet.
    case fresh
    /// A process that is gone may have sent it.
    case afterSend
    /// The partner took it, and it was not executed in time.
    case afterAcknowledgement
  }

  /// The most sends of one exchange.
  static let sendLimit = 3

  let client: any PartnerClient
  let timing: CommandTiming

  /// Runs the exchange; it ends at the deadline and its grace at the latest.
  ///
  /// - Parameter expiry: The command's deadline.
  /// - Returns: Nil where the task was cancelled, so that nobody knows.
  func outcome(
    of order: PartnerOrder, from start: Start, expiry: ContinuousClock.Instant
  ) async -> CommandOutcome? {
    var run = Run(
      client: client, order: order, start: start, expiry: expiry,
      end: max(expiry, .now) + timing.inquiryGrace, inquiryTime: timing.inquiryGrace)
    var pause = timing.firstPause
    while true {
      let outcome = run.asks ? await run.ask() : await run.send()
      if Task.isCancelled { return nil }
      if let outcome { return outcome }
      if run.pauses {
        let next = min(.now + max(pause, run.wait), run.end)
        // Cancelled: the loop's check says so at its next turn.
        try? await Task.sleep(until: next, clock: .continuous)
        pause = min(pause * 2, .seconds(1))
      }
    }
  }
}

/// One exchange on its way.
private struct Run {
  let client: any PartnerClient
  let order: PartnerOrder
  let start: CommandExchange.Start
  let expiry: ContinuousClock.Instant
  /// When even questions end.
  let end: ContinuousClock.Instant
  let inquiryTime: Duration

  /// Whether the next step is a question: a send may have had an effect.
  var asks: Bool
  /// Whether to wait before the next step.
  var pauses = false
  /// How long the partner asked to be left alone.
  private(set) var wait = Duration.zero
  private var sends = 0
  /// What to say of a command that had no effect in the end.
  private var failure: CommandFailure?
  /// Whether the partner refused a repeated send: then it does not get another.
  private var isRefused = false

  init(
    client: any PartnerClient, order: PartnerOrder, start: CommandExchange.Start,
    expiry: ContinuousClock.Instant, end: ContinuousClock.Instant, inquiryTime: Duration
  ) {
    self.client = client
    self.order = order
    self.start = start
    self.expiry = expiry
    self.end = end
    self.inquiryTime = inquiryTime
    asks = start != .fresh
  }

  /// Sends the command; nil where another step has to follow.
  mutating func send() async -> CommandOutcome? {
    wait = .zero
    guard sends < CommandExchange.sendLimit, .now < expiry else { return withoutEffect }
    sends += 1
    pauses = true
    switch await client.open(order, until: expiry) {
    case .state(let state):
      return CommandOutcome(state)
    case .notSent(let problem, let pause):
      failure = CommandFailure(problem)
      wait = pause ?? .zero
      // Whoever waits at the door learns at once that it stays shut.
      guard sends < CommandExchange.sendLimit, .now + wait < expiry else { return withoutEffect }
      return nil
    case .refused(let code):
      failure = CommandFailure(code: .refused, partnerCode: code)
      // A refusal of a repetition may be about the repetition: ask about the command itself.
      guard sends > 1 || start != .fresh else { return withoutEffect }
      isRefused = true
      (asks, pauses) = (true, false)
      return nil
    case .unclear(let problem):
      failure = CommandFailure(problem)
      (asks, pauses) = (true, false)
      return nil
    case .unknownCommand:
      failure = CommandFailure(code: .error, partnerCode: "unknown_command")
      return withoutEffect
    }
  }

  /// Asks for the command's state; nil where another step has to follow.
  mutating func ask() async -> CommandOutcome? {
    wait = .zero
    pauses = true
    switch await client.state(of: order, until: min(end, .now + inquiryTime)) {
    case .state(.acknowledged) where start == .afterAcknowledgement:
      return .timedOut
    case .state(let state):
      return CommandOutcome(state)
    case .unknownCommand:
      guard start != .afterAcknowledgement, .now < expiry else { return .timedOut }
      guard !isRefused, sends < CommandExchange.sendLimit else { return withoutEffect }
      asks = false
      return nil
    case .notSent(_, let pause):
      wait = pause ?? .zero
      return start == .afterAcknowledgement || .now >= end ? .timedOut : nil
    case .refused, .unclear:
      return start == .afterAcknowledgement || .now >= end ? .timedOut : nil
    }
  }

  /// The outcome of a command that the partner does not have.
  private var withoutEffect: CommandOutcome { failure.map { .failed($0) } ?? .timedOut }
}

extension CommandOutcome {
  fileprivate init(_ state: PartnerState) {
    switch state {
    case .acknowledged: self = .acknowledged
    case .executed(let time): self = .executed(at: time)
    case .failed(let code): self = .failed(CommandFailure(code: .error, partnerCode: code))
    }
  }
}
