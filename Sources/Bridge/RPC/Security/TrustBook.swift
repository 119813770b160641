internal import Mutation
internal import Synchronization

/// What is known of each name's trust. Asks when it has to, once per name at a time, and tells
/// everyone who waits; tells listeners when an answer changed. A door that is not this library's can
/// take its clients by one, too.
public final class TrustBook: Sendable {
  package typealias Receiver = @Sendable (TrustAnswer) -> Void
  package typealias Listener = @Sendable (Change) -> Void

  /// A trust that is another from now on.
  package struct Change: Sendable {
    /// Whether the change is of the trust of a name; nil for clients that gave none.
    package let covers: @Sendable (_ serverName: String?) -> Bool
    package let answer: TrustAnswer
  }

  private struct Page {
    var answer: TrustAnswer?
    /// What the answer was made of; nil for a name that is unknown, or could not be asked for.
    var trust: ClientTrust?
    var freshUntil = ContinuousClock.now
    /// Connections stand under the name, as far as anybody has said.
    var neededUntil = ContinuousClock.now
    var asking = false
    /// Somebody has said that it changed, since it is being asked for.
    var outdated = false
    var waiting: [Receiver] = []
  }

  private struct State {
    var source: TrustSource
    var pages: [String: Page] = [:]
    var listeners: [UInt64: Listener] = [:]
    var nextListener: UInt64 = 0
    var queue = AskQueue()
    /// Which source an answer is of: a late one of an earlier source is none.
    var era = 0

    /// Replaces the source; whoever waits has to be told.
    mutating func begin(_ source: TrustSource) -> [Receiver] {
      self.source = source
      era += 1
      defer { pages = [:] }
      return pages.values.flatMap(\.waiting)
    }
  }

  /// How many names are remembered; above it, those that nobody needs are forgotten.
  private static let mostPages = 16_384
  /// How long a name is remembered for connections that stand.
  private static let need: Duration = .seconds(120)

  private let state: Mutex<State>

  init(_ source: TrustSource) { state = Mutex(State(source: source)) }

  /// Asks for trusts when a name is needed.
  ///
  /// - Parameters:
  ///   - lifetime: How long an answer holds for new connections.
  ///   - recheckInterval: How often names with standing connections are asked for again: within
  ///     this time, a client that no longer verifies is cut off.
  ///   - trustFor: Gives the trust of a name in lower case, or of no name; nil where nobody is
  ///     served under it. The handshake waits. Where it throws, that handshake fails.
  public convenience init(
    lifetime: Duration = .seconds(1), recheckInterval: Duration = .seconds(3),
    trustFor: @escaping @Sendable (_ serverName: String?) async throws -> ClientTrust?
  ) {
    self.init(.asked(lifetime: lifetime, recheck: recheckInterval, trustFor))
  }

  /// How often the names of standing connections are to be asked for again; nil where changes are
  /// told without.
  package var recheckInterval: Duration? {
    state.withLock { if case .asked(_, let recheck, _) = $0.source { recheck } else { nil } }
  }

  /// The trust of a name.
  ///
  /// - Parameters:
  ///   - name: As the client gave it, nil without one.
  ///   - later: Called once, on any thread, where the answer is not known now.
  /// - Returns: The answer, where it is known.
  package func trust(for name: String?, later: @escaping Receiver) -> TrustAnswer? {
    state.withLock { state -> TrustAnswer? in
      let key = Self.key(name, state.source)
      var page = state.pages[key] ?? Page()
      if let answer = page.answer, page.freshUntil > .now { return answer }
      switch state.source {
      case .everyone(let trust):
        return remember(trust, key, &state)
      case .table(let table):
        guard name != TrustSource.noName, let trust = table[key] else { return .unknown }
        if Mutation.isOn(.trustsUnderEveryName) {
          let roots = table.values.map(\.rootsPEM).joined(separator: "\n")
          return remember(ClientTrust(rootsPEM: roots), key, &state)
        }
        return remember(trust, key, &state)
      case .asked:
        // A name that no host can have.
        guard name != TrustSource.noName else { return .unknown }
        page.waiting.append(later)
        state.pages[key] = page
        guard ask(key, &state) else {
          state.pages[key] = nil
          return .broken("too many names are asked for")
        }
        return nil
      }
    }
  }

  /// Asks for a name again under which connections stand, also while its answer holds; listeners
  /// hear of a change.
  package func refresh(_ name: String?) {
    state.withLock { state in
      guard case .asked = state.source else { return }
      let key = Self.key(name, state.source)
      state.pages[key, default: Page()].neededUntil = .now + Self.need
      _ = ask(key, &state)  // What is needed is never refused.
    }
  }

  /// What was last found out of a name, be it fresh or not; nil where it is not remembered.
  package func known(for name: String?) -> TrustAnswer? {
    state.withLock { $0.pages[Self.key(name, $0.source)]?.answer }
  }

  /// Replaces the trust of every name by one.
  func set(everyone trust: ClientTrust) {
    change { state, waiting in
      waiting = state.begin(.everyone(trust))
      return [Change(covers: { _ in true }, answer: remember(trust, TrustSource.noName, &state))]
    }
  }

  /// Replaces the trust of one name, nil for none. Where the source is asked, the name is asked for
  /// again at once instead.
  func set(_ trust: ClientTrust?, for name: String) {
    change { state, waiting in
      var changes: [Change] = []
      switch state.source {
      case .everyone:
        waiting = state.begin(.table(trust.map { [name: $0] } ?? [:]))
        changes.append(Change(covers: { $0 != name }, answer: .unknown))
      case .table(var table):
        table[name] = trust
        state.source = .table(table)
      case .asked:
        if state.pages[name] == nil { return [] }
        state.pages[name]?.freshUntil = .now
        state.pages[name]?.outdated = true
        _ = ask(name, &state)  // Where strangers are too many, the next who needs it asks.
        return []
      }
      changes.append(Change(covers: { $0 == name }, answer: remember(trust, name, &state)))
      return changes
    }
  }

  /// Hears of every answer that changed, until `remove`.
  package func add(_ listener: @escaping Listener) -> UInt64 {
    state.withLock { state in
      state.nextListener += 1
      state.listeners[state.nextListener] = listener
      return state.nextListener
    }
  }

  package func remove(_ listener: UInt64) {
    state.withLock { _ = $0.listeners.removeValue(forKey: listener) }
  }

  private static func key(_ name: String?, _ source: TrustSource) -> String {
    if case .everyone = source { return TrustSource.noName }
    return name ?? TrustSource.noName
  }

  /// Applies a change that was made here, and tells the listeners.
  private func change(_ body: (inout State, inout [Receiver]) -> [Change]) {
    let (listeners, changes, waiting) = state.withLock { state in
      var waiting: [Receiver] = []
      let changes = body(&state, &waiting)
      return (Array(state.listeners.values), changes, waiting)
    }
    for receiver in waiting { receiver(.broken("the trust was replaced")) }
    for change in changes { for listener in listeners { listener(change) } }
  }

  /// Writes an answer down that was not asked for.
  private func remember(_ trust: ClientTrust?, _ key: String, _ state: inout State) -> TrustAnswer {
    let answer = TrustAnswer(trust)
    var page = state.pages[key] ?? Page()
    page.answer = answer
    page.trust = trust
    // What is known here stays true until it is changed here.
    page.freshUntil = .now + .seconds(1 << 40)
    state.pages[key] = page
    return answer
  }

  // MARK: Asking

  /// Asks for a name, unless it is asked for; false where there are too many.
  private func ask(_ key: String, _ state: inout State) -> Bool {
    guard case .asked(_, _, let ask) = state.source, let page = state.pages[key], !page.asking
    else { return true }
    var rank = AskQueue.Rank.stranger
    if case .trusted = page.answer { rank = .known }
    if page.neededUntil > .now { rank = .known }
    switch state.queue.add(key, rank) {
    case .start: start(key, rank, state.era, ask)
    case .wait: break
    case .refuse: return false
    }
    state.pages[key]?.asking = true
    return true
  }

  private func start(
    _ key: String, _ rank: AskQueue.Rank, _ era: Int,
    _ ask: @escaping @Sendable (String?) async throws -> ClientTrust?
  ) {
    // On the global executor: the thread that asks serves connections.
    Task { @concurrent in
      do {
        let trust = try await ask(key == TrustSource.noName ? nil : key)
        self.answered(key, rank, era, .success(trust))
      } catch {
        self.answered(key, rank, era, .failure(error))
      }
    }
  }

  private func answered(
    _ key: String, _ rank: AskQueue.Rank, _ era: Int, _ result: Result<ClientTrust?, any Error>
  ) {
    // Made outside of the lock: parsing takes a while.
    let known = state.withLock { $0.pages[key] }
    let answer: TrustAnswer
    var trust: ClientTrust?
    switch result {
    case .success(let given):
      trust = given
      if let old = known?.answer, let given, given == known?.trust {
        answer = old
      } else {
        answer = TrustAnswer(given)
      }
    case .failure(let error):
      answer = .broken("the trust cannot be asked for: \(error)")
      trust = known?.trust
    }
    let (waiting, listeners) = state.withLock { state -> ([Receiver], [Listener]) in
      defer { continueQueue(behind: rank, &state) }
      guard era == state.era else { return ([], []) }
      var page = state.pages[key] ?? Page()
      let waiting = page.waiting
      page.waiting = []
      page.asking = false
      var changed = false
      if case .success = result {
        // Where nothing was remembered, connections may stand that were trusted by something else.
        changed = page.answer == nil ? page.neededUntil > .now : page.trust != trust
        page.answer = answer
        page.trust = trust
        if case .asked(let lifetime, _, _) = state.source, !page.outdated {
          page.freshUntil = .now + lifetime
        }
      }
      let again = page.outdated
      page.outdated = false
      state.pages[key] = page
      if again { _ = ask(key, &state) }
      forgetStale(&state)
      return (waiting, changed ? Array(state.listeners.values) : [])
    }
    for receiver in waiting { receiver(answer) }
    let change = Change(covers: { ($0 ?? TrustSource.noName) == key }, answer: answer)
    for listener in listeners { listener(change) }
  }

  private func continueQueue(behind rank: AskQueue.Rank, _ state: inout State) {
    for (name, rank) in state.queue.finish(rank) {
      guard case .asked(_, _, let ask) = state.source else { continue }
      start(name, rank, state.era, ask)
    }
  }

  private func forgetStale(_ state: inout State) {
    guard state.pages.count > Self.mostPages else { return }
    let now = ContinuousClock.now
    func isKept(_ page: Page) -> Bool { page.asking || page.neededUntil > now }
    state.pages = state.pages.filter { isKept($0.value) || $0.value.freshUntil > now }
    guard state.pages.count > Self.mostPages else { return }
    state.pages = state.pages.filter { isKept($0.value) }
  }
}
