import Mutation
import Synchronization

/// The breakers of this process.
public final class Breakers: Sendable {
  /// How many there may be: far more than are used at once. Beyond it those are forgotten that were
  /// not used longest, of one tenant's own where it has more than its part.
  struct Capacity {
    var total = 20_000
    var perTenant = 2_000
  }

  struct State {
    var breakers: [BreakerKey: Breaker] = [:]
    var keys: [String?: Set<BreakerKey>] = [:]
  }

  private let capacity: Capacity
  private let rules: BreakerRules
  let now: @Sendable () -> ContinuousClock.Instant
  private let observer: any EgressObserver
  let state = Mutex(State())

  init(
    rules: BreakerRules, observer: any EgressObserver, capacity: Capacity = Capacity(),
    now: @escaping @Sendable () -> ContinuousClock.Instant
  ) {
    self.rules = rules
    self.capacity = capacity
    self.observer = observer
    self.now = now
  }

  /// How long calls are refused from now on; nil where the next one may go.
  public func pause(of key: BreakerKey) -> Duration? {
    let key = Self.slot(of: key)
    return state.withLock { $0.breakers[key]?.pause(at: now()) }
  }

  /// The breakers of a tenant that were used since the process started.
  public func statuses(tenantID: String) -> [BreakerStatus] {
    let time = now()
    return state.withLock { state in
      state.keys[tenantID, default: []].compactMap { key in
        guard let breaker = state.breakers[key] else { return nil }
        var nextProbe: Duration?
        if case .open(let until) = breaker.state { nextProbe = max(.zero, until - time) }
        return BreakerStatus(
          key: key, state: BreakerState(breaker.state), age: time - breaker.since,
          nextProbe: nextProbe, openings: breaker.openings, counts: breaker.counts)
      }
    }
  }

  /// Closes a breaker, whatever it has seen; false where there is none.
  public func reset(_ key: BreakerKey) -> Bool {
    change(key) { breaker, time in
      breaker?.close(at: time)
      return breaker != nil
    }
  }

  /// How long a call is refused; nil where it would be let through.
  func rejection(of key: BreakerKey) -> Duration? {
    change(key) { breaker, time in breaker?.reject(at: time) }
  }

  func admit(_ key: BreakerKey) -> Breaker.Verdict {
    change(key) { breaker, time in
      var known = breaker ?? Breaker(rules: rules, now: time)
      defer { breaker = known }
      return known.admit(at: time)
    }
  }

  func record(_ outcome: Breaker.Outcome, of permit: Breaker.Permit, _ key: BreakerKey) {
    change(key) { breaker, time in breaker?.record(outcome, of: permit, at: time) }
  }

  /// Changes a breaker, and tells of transitions after the lock.
  private func change<Result: Sendable>(
    _ key: BreakerKey, _ body: (inout Breaker?, ContinuousClock.Instant) -> Result
  ) -> Result {
    let key = Self.slot(of: key)
    let time = now()
    let (result, moves) = state.withLock { state in
      let before = state.breakers[key]?.state
      let result = body(&state.breakers[key], time)
      var moves: [BreakerTransition] = []
      guard let after = state.breakers[key]?.state else { return (result, moves) }
      if let before {
        Self.note(key, from: before, to: after, &moves)
      } else {
        moves = makeRoom(for: key, &state)
        state.keys[key.destination.tenantID, default: []].insert(key)
      }
      return (result, moves)
    }
    for move in moves { observer.moved(move) }
    return result
  }

  private static func note(
    _ key: BreakerKey, from: Breaker.State, to: Breaker.State, _ moves: inout [BreakerTransition]
  ) {
    let (from, to) = (BreakerState(from), BreakerState(to))
    if from != to { moves.append(BreakerTransition(key: key, from: from, to: to)) }
  }

  /// Makes room for a breaker that has just come: a quarter goes at once, so that the search is
  /// rare. One that is open and forgotten is closed.
  private func makeRoom(for key: BreakerKey, _ state: inout State) -> [BreakerTransition] {
    let own = state.keys[key.destination.tenantID]
    let crowd: [BreakerKey]
    if let own, own.count >= capacity.perTenant {
      crowd = Array(own)
    } else if state.breakers.count > capacity.total {
      crowd = state.breakers.keys.filter { $0 != key }
    } else {
      return []
    }
    let ranked = crowd.compactMap { key in
      state.breakers[key].map { (key: key, isOpen: $0.state != .closed, use: $0.lastUse) }
    }.sorted { $0.isOpen != $1.isOpen ? $1.isOpen : $0.use < $1.use }
    var moves: [BreakerTransition] = []
    for old in ranked.prefix(max(1, ranked.count / 4)) {
      guard let breaker = state.breakers.removeValue(forKey: old.key) else { continue }
      Self.note(old.key, from: breaker.state, to: .closed, &moves)
      let tenantID = old.key.destination.tenantID
      state.keys[tenantID]?.remove(old.key)
      if state.keys[tenantID]?.isEmpty == true { state.keys[tenantID] = nil }
    }
    return moves
  }

  private static func slot(of key: BreakerKey) -> BreakerKey {
    guard Mutation.isOn(.sharesBreakers) else { return key }
    return BreakerKey(
      destination: .init(purpose: key.destination.purpose, tenantID: nil, name: ""),
      operation: key.operation)
  }
}
