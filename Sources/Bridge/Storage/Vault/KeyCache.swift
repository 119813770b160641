import LibCrypto
import Synchronization

/// The keys that a process holds unwrapped, for a short time and not too many of them.
///
/// They count only while the key store's epoch was seen less than a second ago: that is how long a
/// destroyed key is good anywhere (S-H4). What one tenant's changes cost, that tenant alone pays.
final class KeyCache: Sendable {
  /// A key that is held.
  struct Entry: Sendable {
    let id: String
    /// Nil for one that is destroyed.
    let key: AES256Key?
    let generation: Int
    let until: ContinuousClock.Instant
  }

  /// A tenant's: whoever asks for another's does not find it.
  private struct Held {
    var keys: [String: Entry] = [:]
    var newest: [StoredKey.Owner: Entry] = [:]
    var count: Int { keys.count + newest.count }
  }

  private struct State {
    var tenants: [String: Held] = [:]
    var count = 0
    var epoch: Int64?
    var checked: ContinuousClock.Instant?
    /// Counts how often something was forgotten; when all was, and when a tenant's was.
    var turn: UInt64 = 0
    var allForgotten: UInt64 = 0
    var forgotten: [String: UInt64] = [:]

    mutating func forget() {
      tenants = [:]
      count = 0
      turn += 1
      allForgotten = turn
      forgotten = [:]
    }

    mutating func forget(_ tenantID: String) {
      drop(tenantID)
      turn += 1
      forgotten[tenantID] = turn
    }

    mutating func drop(_ tenantID: String) {
      count -= tenants.removeValue(forKey: tenantID)?.count ?? 0
    }

    func turn(of tenantID: String) -> UInt64 { max(allForgotten, forgotten[tenantID] ?? 0) }
  }

  /// How long an epoch is believed.
  static let trust: Duration = .milliseconds(700)

  private let life: Duration
  private let capacity: Int
  private let state = Mutex(State())

  init(life: Duration, capacity: Int) {
    self.life = life
    self.capacity = capacity
  }

  /// Whether the epoch has to be looked at before anything is taken from here.
  func isStale(at now: ContinuousClock.Instant) -> Bool {
    state.withLock { state in state.checked.map { now - $0 > Self.trust } ?? true }
  }

  /// Whether the epoch was asked for at a time or later.
  func wasChecked(since time: ContinuousClock.Instant) -> Bool {
    state.withLock { state in state.checked.map { $0 >= time } ?? false }
  }

  /// The epoch that was seen last.
  var epoch: Int64? { state.withLock { $0.epoch } }

  /// Takes what has changed behind an epoch, as it was answered to a question of a time.
  func note(
    _ changes: KeyChanges, since epoch: Int64?, askedAt time: ContinuousClock.Instant
  ) {
    state.withLock { state in
      // Of two that were asked, the answers may come in the other order: the later question counts.
      if let checked = state.checked, time < checked { return }
      if let seen = state.epoch, let epoch, epoch <= seen, seen <= changes.epoch {
        for tenantID in changes.tenantIDs { state.forget(tenantID) }
      } else if state.epoch != changes.epoch {
        // A key store that was restored has an epoch of before, which is as good as any other.
        state.forget()
      }
      state.epoch = changes.epoch
      state.checked = time
    }
  }

  /// When a tenant's keys were last forgotten: to be asked before keys are read from the store, and
  /// given back with them.
  func turn(of tenantID: String) -> UInt64 { state.withLock { $0.turn(of: tenantID) } }

  /// Has the epoch looked at before anything else.
  func doubt() { state.withLock { $0.checked = nil } }

  func forget(tenantID: String) { state.withLock { $0.forget(tenantID) } }

  func key(_ id: String, tenantID: String) -> Entry? {
    state.withLock { state in
      state.tenants[tenantID]?.keys[id].flatMap { $0.until > .now ? $0 : nil }
    }
  }

  func newest(of owner: StoredKey.Owner) -> Entry? {
    state.withLock { state in
      state.tenants[owner.tenantID]?.newest[owner].flatMap { $0.until > .now ? $0 : nil }
    }
  }

  /// The key is used up, or another one has come.
  func drop(newestOf owner: StoredKey.Owner) {
    state.withLock { state in
      if state.tenants[owner.tenantID]?.newest.removeValue(forKey: owner) != nil {
        state.count -= 1
      }
    }
  }

  /// Holds a key, unless the tenant's were forgotten since it was read.
  func hold(_ stored: StoredKey, _ key: AES256Key?, asNewest: Bool, turn: UInt64) -> Entry {
    let entry = Entry(
      id: stored.id, key: key, generation: stored.generation, until: .now + life)
    let tenantID = stored.owner.tenantID
    state.withLock { state in
      guard state.turn(of: tenantID) == turn else { return }
      // Whoever has most makes room: one tenant's people push out no other tenant's keys.
      if state.count >= capacity,
        let most = state.tenants.max(by: { $0.value.count < $1.value.count })
      {
        state.drop(most.key)
      }
      var held = state.tenants.removeValue(forKey: tenantID) ?? Held()
      let before = held.count
      if asNewest { held.newest[stored.owner] = entry }
      held.keys[stored.id] = entry
      state.count += held.count - before
      state.tenants[tenantID] = held
    }
    return entry
  }
}
