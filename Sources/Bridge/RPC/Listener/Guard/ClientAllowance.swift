internal import Synchronization

/// What one client, by its certificate, may ask of the core on all of its connections: to connect
/// again refills nothing. A client whose connection was ended for abuse is refused for a while.
final class ClientAllowance: Sendable {
  private struct State {
    var meters: FloodMeters
    var strikes = 0
    var struckAt: ContinuousClock.Instant?
    var suspendedUntil: ContinuousClock.Instant?
    var usedAt = ContinuousClock.now
  }

  /// After so long without abuse, all is forgotten.
  static let memory: Duration = .seconds(600)
  private static let longestSuspension: Duration = .seconds(300)

  private let limits: FrameLimits
  private let suspension: Duration?
  private let state: Mutex<State>

  /// - Parameter suspension: How long the first suspension is; each doubles the next. Nil for none.
  init(_ limits: FrameLimits, suspension: Duration?) {
    self.limits = limits.ofClient
    self.suspension = suspension
    state = Mutex(State(meters: FloodMeters(limits.ofClient)))
  }

  /// Takes one frame from what all of the client's connections share.
  func take(_ kind: FloodMeters.Kind, now: () -> ContinuousClock.Instant) -> Bool {
    state.withLock { $0.meters.take(kind, limits, now: now) }
  }

  /// A connection of the client was abusive.
  func strike(now: ContinuousClock.Instant) {
    guard let suspension else { return }
    state.withLock { state in
      if let last = state.struckAt, last + Self.memory < now { state.strikes = 0 }
      state.struckAt = now
      let length = suspension * (1 << min(state.strikes, 16))
      state.strikes += 1
      state.suspendedUntil = now + min(length, Self.longestSuspension)
    }
  }

  /// Whether the client is refused now.
  func isSuspended(now: ContinuousClock.Instant) -> Bool {
    state.withLock { state in
      state.usedAt = now
      return state.suspendedUntil.map { $0 > now } ?? false
    }
  }

  /// Whether nothing is lost by forgetting the client.
  func isForgettable(now: ContinuousClock.Instant) -> Bool {
    state.withLock { state in
      let quiet = state.struckAt.map { $0 + Self.memory < now } ?? true
      return quiet && state.usedAt + Self.memory < now
    }
  }
}
