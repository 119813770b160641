/// What a server may do next: it starts once, and ends once.
///
/// ```
/// idle ──► starting ──► running ──► stopped
///  ▲          │            ╰ an end that was asked for meanwhile comes at once
///  ╰──────────┴─► stopped, where an end was asked for meanwhile
/// ```
struct ServerLife<Running> {
  private enum State {
    case idle
    case starting(stopRequested: Bool)
    case running(Running)
    case stopped
  }

  /// What an end means.
  enum End {
    /// Nothing ran: it has ended.
    case atOnce
    /// This has to be ended.
    case of(Running)
    /// Somebody else ends it, or has.
    case elsewhere
  }

  private var state = State.idle

  /// Whether it runs, and its end has not begun.
  var isRunning: Bool { if case .running = state { true } else { false } }

  /// A start begins; false where there was one before, or an end.
  mutating func begin() -> Bool {
    guard case .idle = state else { return false }
    state = .starting(stopRequested: false)
    return true
  }

  /// The start has succeeded.
  ///
  /// - Returns: Whether an end was asked for meanwhile: the caller has to end what runs.
  mutating func began(_ running: Running) -> Bool {
    defer { state = .running(running) }
    if case .starting(stopRequested: true) = state { return true }
    return false
  }

  /// The start has failed: there may be another one.
  ///
  /// - Returns: Whether an end was asked for meanwhile, which has come by that.
  mutating func failed() -> Bool {
    if case .starting(stopRequested: true) = state {
      state = .stopped
      return true
    }
    state = .idle
    return false
  }

  /// An end is asked for.
  mutating func end() -> End {
    switch state {
    case .idle:
      state = .stopped
      return .atOnce
    case .starting:
      state = .starting(stopRequested: true)
      return .elsewhere
    case .running(let running):
      state = .stopped
      return .of(running)
    case .stopped: return .elsewhere
    }
  }
}
