import Synchronization

/// Asks for the addresses of names: each name once at a time, whoever wants it, and remembers what
/// was answered.
///
/// A name whose server does not answer is the trouble of those who call that name, and of nobody
/// else: each of them has few questions under way, nobody waits for one longer than `patience`,
/// and what the name meant before counts meanwhile.
final class NameLookups: Sendable {
  /// On whose behalf a name is asked for.
  struct Owner: Sendable, Hashable {
    let purpose: EgressDestination.Purpose
    let tenantID: String?

    init(_ destination: EgressDestination.ID) {
      purpose = destination.purpose
      tenantID = destination.tenantID
    }
  }

  /// How many questions one owner may have under way, and all together.
  static let mostOfOwner = 4
  static let most = 128
  /// How long a question is waited for; less where an older answer is known.
  static let patience = Duration.seconds(2)
  private static let patienceWithAnswer = Duration.milliseconds(500)
  /// How long an answer counts, and for how long one counts that nobody could renew.
  private static let life = Duration.seconds(30)
  private static let emptyLife = Duration.seconds(1)
  private static let longestLife = Duration.seconds(600)
  /// The least time between a question that nobody answered and the next one.
  private static let pause = Duration.seconds(1)
  private static let capacity = 10_000

  private typealias Lookup = Promise<[IPAddress]?>

  private struct Known {
    var addresses: [IPAddress] = []
    /// When they were answered; nil where nobody has answered yet.
    var since: ContinuousClock.Instant?
    /// When the name may be asked for again.
    var next: ContinuousClock.Instant
  }

  private struct Running {
    let lookup: Lookup
    let owner: Owner
    let begin: ContinuousClock.Instant
  }

  private struct State {
    var known: [String: Known] = [:]
    var running: [String: Running] = [:]
    var counts: [Owner: Int] = [:]
  }

  private enum Step {
    case known([IPAddress])
    case wait(Running, isFirst: Bool)
    case refused(EgressError)
  }

  private let resolver: any EgressResolver
  private let now: @Sendable () -> ContinuousClock.Instant
  private let state = Mutex(State())

  init(
    resolver: any EgressResolver, now: @escaping @Sendable () -> ContinuousClock.Instant
  ) {
    self.resolver = resolver
    self.now = now
  }

  /// The addresses of a name, best first; none where it has none.
  ///
  /// - Throws: `lookupFailed` where nobody says in time which they are, `busy` where this owner asks
  ///   for too many names already.
  func addresses(
    of host: String, for owner: Owner, until expiry: ContinuousClock.Instant
  ) async throws(EgressError) -> [IPAddress] {
    let (step, older) = state.withLock { state -> (Step, [IPAddress]?) in
      let before = self.older(state.known[host])
      return (self.step(host, owner, &state), before)
    }
    switch step {
    case .known(let addresses): return addresses
    case .refused(let error):
      guard let older else { throw error }
      return older
    case .wait(let running, let isFirst):
      // A task of its own: it serves everybody who waits, each for as long as it likes.
      if isFirst { Task { running.lookup.fulfil(await ask(host, owner)) } }
      let patience = older == nil ? Self.patience : Self.patienceWithAnswer
      let found = await running.lookup.value(until: min(expiry, running.begin + patience))
      guard let addresses = (found ?? nil) ?? older else { throw EgressError(.lookupFailed) }
      return addresses
    }
  }

  private func step(_ host: String, _ owner: Owner, _ state: inout State) -> Step {
    let time = now()
    if let running = state.running[host] { return .wait(running, isFirst: false) }
    if let known = state.known[host], known.next > time {
      guard known.since != nil, older(known) != nil || known.addresses.isEmpty else {
        return .refused(EgressError(.lookupFailed))
      }
      return .known(known.addresses)
    }
    guard state.running.count < Self.most, state.counts[owner, default: 0] < Self.mostOfOwner
    else { return .refused(EgressError(.busy)) }
    let running = Running(lookup: Lookup(), owner: owner, begin: .now)
    state.running[host] = running
    state.counts[owner, default: 0] += 1
    return .wait(running, isFirst: true)
  }

  /// What a name meant before, where that may still count.
  private func older(_ known: Known?) -> [IPAddress]? {
    guard let known, let since = known.since, !known.addresses.isEmpty,
      now() - since < Self.longestLife
    else { return nil }
    return known.addresses
  }

  private func ask(_ host: String, _ owner: Owner) async -> [IPAddress]? {
    // Why nobody answered is not said: the caller's error is the same.
    let found = try? await resolver.addresses(of: host)
    state.withLock { state in
      let time = now()
      state.running[host] = nil
      let left = state.counts[owner, default: 1] - 1
      state.counts[owner] = left == 0 ? nil : left
      if state.known.count >= Self.capacity, state.known[host] == nil {
        state.known = state.known.filter { $0.value.next > time }
        if state.known.count >= Self.capacity { state.known.removeAll() }
      }
      if let found {
        state.known[host] = Known(
          addresses: found, since: time, next: time + (found.isEmpty ? Self.emptyLife : Self.life))
      } else {
        state.known[host, default: Known(next: time)].next = time + Self.pause
      }
    }
    return found
  }
}
