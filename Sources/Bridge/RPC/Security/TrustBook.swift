internal import Synchronization

/// What is known of each name's trust. Asks when it has to, once per name at a time, and tells
/// everyone who waits; tells listeners when an answer changed.
final class TrustBook: Sendable {
  typealias Receiver = @Sendable (TrustAnswer) -> Void
  typealias Listener = @Sendable (Change) -> Void

  /// A trust that is another from now on.
  struct Change: Sendable {
    /// Whether the change is of the trust of a name; nil for clients that gave none.
    let covers: @Sendable (_ serverName: String?) -> Bool
    let answer: TrustAnswer
  }

  private struct Page {
    var answer: TrustAnswer?
    /// What the answer was made of; nil for a name that is unknown, or could not be asked for.
    var trust: ClientTrust?
    var freshUntil = ContinuousClock.now
    /// Connections stand under the name, as far as anybody has said.
    var neededUntil = ContinuousClock.now
    var asking = false
    var waiting: [Receiver] = []
  }

  private struct State {
    var source: TrustSource
    var pages: [String: Page] = [:]
    var listeners: [UInt64: Listener] = [:]
    var nextListener: UInt64 = 0
    var running = 0
    var queued: [String] = []
  }

  /// How many names are asked for at once: strangers choose names.
  private static let mostAsked = 32
  /// How many names are remembered; above it, those that nobody needs are forgotten.
  private static let mostPages = 16_384
  /// How long a name is remembered for connections that stand.
  private static let need: Duration = .seconds(120)

  private let state: Mutex<State>

  init(_ source: TrustSource) { state = Mutex(State(source: source)) }

  /// How often the names of standing connections are to be asked for again; nil where changes are
  /// told without.
  var recheckInterval: Duration? {
    state.withLock { if case .asked(_, let recheck, _) = $0.source { recheck } else { nil } }
  }

  /// The trust of a name.
  ///
  /// - Parameters:
  ///   - name: As the client gave it, nil without one.
  ///   - later: Called once, on any thread, where the answer is not known now.
  /// - Returns: The answer, where it is known.
  func trust(for name: String?, later: @escaping Receiver) -> TrustAnswer? {
    state.withLock { state -> TrustAnswer? in
      let key = Self.key(name, state.source)
      var page = state.pages[key] ?? Page()
      if let answer = page.answer, page.freshUntil > .now { return answer }
      switch state.source {
      case .everyone(let trust):
        return remember(trust, key, &state)
      case .table(let table):
        guard name != TrustSource.noName, let trust = table[key] else { return .unknown }
        return remember(trust, key, &state)
      case .asked:
        // A name that no host can have.
        guard name != TrustSource.noName else { return .unknown }
        page.waiting.append(later)
        state.pages[key] = page
        ask(key, &state)
        return nil
      }
    }
  }

  /// Asks for a name again under which connections stand, also while its answer holds; listeners
  /// hear of a change.
  func refresh(_ name: String?) {
    state.withLock { state in
      guard case .asked = state.source else { return }
      let key = Self.key(name, state.source)
      state.pages[key, default: Page()].neededUntil = .now + Self.need
      ask(key, &state)
    }
  }

  /// What was last found out of a name, be it fresh or not; nil where it is not remembered.
  func known(for name: String?) -> TrustAnswer? {
    state.withLock { $0.pages[Self.key(name, $0.source)]?.answer }
  }

  /// Replaces the trust of every name by one.
  func set(everyone trust: ClientTrust) {
    change { state in
      state.source = .everyone(trust)
      state.pages = [:]
      return [Change(covers: { _ in true }, answer: remember(trust, TrustSource.noName, &state))]
    }
  }

  /// Replaces the trust of one name, nil for none. Where the source is asked, the name is asked for
  /// again at once instead.
  func set(_ trust: ClientTrust?, for name: String) {
    change { state in
      var changes: [Change] = []
      switch state.source {
      case .everyone:
        state.source = .table(trust.map { [name: $0] } ?? [:])
        state.pages = [:]
        changes.append(Change(covers: { $0 != name }, answer: .unknown))
      case .table(var table):
        table[name] = trust
        state.source = .table(table)
      case .asked:
        if state.pages[name] == nil { return [] }
        state.pages[name]?.freshUntil = .now
        ask(name, &state)
        return []
      }
      changes.append(Change(covers: { $0 == name }, answer: remember(trust, name, &state)))
      return changes
    }
  }

  /// Hears of every answer that changed, until `remove`.
  func add(_ listener: @escaping Listener) -> UInt64 {
    state.withLock { state in
      state.nextListener += 1
      state.listeners[state.nextListener] = listener
      return state.nextListener
    }
  }

  func remove(_ listener: UInt64) {
    state.withLock { _ = $0.listeners.removeValue(forKey: listener) }
  }

  private static func key(_ name: String?, _ source: TrustSource) -> String {
    if case .everyone = source { return TrustSource.noName }
    return name ?? TrustSource.noName
  }

  /// Applies a change that was made here, and tells the listeners.
  private func change(_ body: (inout State) -> [Change]) {
    let (listeners, changes) = state.withLock { state in
      let changes = body(&state)
      return (Array(state.listeners.values), changes)
    }
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

  private func ask(_ key: String, _ state: inout State) {
    guard case .asked(_, _, let ask) = state.source, state.pages[key]?.asking == false else {
      return
    }
    state.pages[key]?.asking = true
    guard state.running < Self.mostAsked else {
      state.queued.append(key)
      return
    }
    state.running += 1
    start(key, ask)
  }

  private func start(
    _ key: String, _ ask: @escaping @Sendable (String?) async throws -> ClientTrust?
  ) {
    // On the global executor: the thread that asks serves connections.
    Task { @concurrent in
      do {
        self.answered(key, .success(try await ask(key == TrustSource.noName ? nil : key)))
      } catch {
        self.answered(key, .failure(error))
      }
    }
  }

  private func answered(_ key: String, _ result: Result<ClientTrust?, any Error>) {
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
      var page = state.pages[key] ?? Page()
      let waiting = page.waiting
      page.waiting = []
      page.asking = false
      var changed = false
      if case .success = result {
        changed = page.answer != nil && page.trust != trust
        page.answer = answer
        page.trust = trust
        if case .asked(let lifetime, _, _) = state.source { page.freshUntil = .now + lifetime }
      }
      state.pages[key] = page
      forgetStale(&state)
      continueQueue(&state)
      return (waiting, changed ? Array(state.listeners.values) : [])
    }
    for receiver in waiting { receiver(answer) }
    let change = Change(covers: { ($0 ?? TrustSource.noName) == key }, answer: answer)
    for listener in listeners { listener(change) }
  }

  private func continueQueue(_ state: inout State) {
    state.running -= 1
    guard let next = state.queued.first, case .asked(_, _, let ask) = state.source else { return }
    state.queued.removeFirst()
    state.running += 1
    start(next, ask)
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
