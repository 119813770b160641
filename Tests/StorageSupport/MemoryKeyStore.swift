import LibCrypto
public import Storage
public import Synchronization

/// A key store of the test's own, which several vaults may share as processes do.
public final class MemoryKeyStore: KeyStore {
  /// What a store that cannot be reached throws.
  public struct Failure: Error {}

  /// Creates an empty store.
  ///
  /// - Parameter home: the database whose rows it seals.
  public init(home: String = "here") {
    self.home = home
    state = Mutex(State())
  }

  /// The same store, as another database has it: not at the same time.
  public init(_ other: MemoryKeyStore, home: String) {
    self.home = home
    state = Mutex(other.state.withLock { $0 })
  }

  private let home: String

  /// What it holds.
  public struct State: Sendable {
    public var keys: [StoredKey] = []
    public var reserved: [String: Int] = [:]
    public var epoch: Int64 = 1
    /// The epoch of each tenant's last change.
    public var changes: [String: Int64] = [:]
    /// Tenants whose keys are destroyed.
    public var destroyed: Set<String> = []
    /// Whose database each tenant is in.
    public var homes: [String: String] = [:]
    /// How many reads there were of keys to seal by.
    public var newestReads = 0

    /// Says of a tenant that its keys changed.
    mutating func change(_ tenantID: String) {
      epoch += 1
      changes[tenantID] = epoch
    }
    /// Called before each read.
    public var read: (@Sendable () -> Void)?
    public var fails = false
    public var reads = 0
  }

  /// For tests to look at and to change.
  public let state: Mutex<State>

  private func run<R>(_ body: (inout State) throws -> R) throws -> R {
    state.withLock { $0.read }?()
    return try state.withLock { state in
      if state.fails { throw Failure() }
      return try body(&state)
    }
  }

  public func newest(
    of owner: StoredKey.Owner, reserving seals: Int
  ) async throws -> (key: StoredKey, reserved: Bool)? {
    try run { state in
      state.reads += 1
      state.newestReads += 1
      let found = state.keys.filter { $0.owner == owner }.max { $0.generation < $1.generation }
      guard let found else { return nil }
      let used = state.reserved[found.id, default: 0]
      guard used + seals <= 1 << 32 else { return (found, false) }
      state.reserved[found.id] = used + seals
      return (found, true)
    }
  }

  public func ids(of owner: StoredKey.Owner) async throws -> [String] {
    try run { state in
      state.keys.filter { $0.owner == owner }.sorted { $0.generation < $1.generation }.map(\.id)
    }
  }

  public func keys(_ ids: [String], tenantID: String) async throws -> [StoredKey] {
    try run { state in
      state.reads += 1
      return state.keys.filter { ids.contains($0.id) && $0.owner.tenantID == tenantID }
    }
  }

  public func add(_ key: StoredKey) async throws -> Bool {
    try run { state in
      let tenant = key.owner.tenantID
      guard !state.destroyed.contains(tenant) else { return false }
      let isTaken = state.keys.contains {
        $0.owner == key.owner && ($0.generation == key.generation || $0.wrapped == nil)
      }
      let canOpen = key.wrappingID.map { id in state.keys.contains { $0.id == id } } ?? true
      guard !isTaken, canOpen else { return true }
      state.keys.append(key)
      if state.homes[tenant] == nil { state.homes[tenant] = home }
      if key.generation > 1, key.owner.subject.isEmpty { state.change(tenant) }
      return true
    }
  }

  public func destroy(_ tombstone: StoredKey) async throws -> Int {
    try run { state in
      var count = 0
      for index in state.keys.indices
      where state.keys[index].owner == tombstone.owner && state.keys[index].wrapped != nil {
        state.keys[index].wrapped = nil
        count += 1
      }
      if count > 0 { state.change(tombstone.owner.tenantID) }
      var last = tombstone
      last.generation = .max
      state.keys.append(last)
      return count
    }
  }

  public func destroy(tenantID: String) async throws -> Int? {
    try run { state in
      guard state.homes[tenantID, default: home] == home else { return nil }
      state.change(tenantID)
      state.destroyed.insert(tenantID)
      let count = state.keys.count
      state.keys.removeAll { $0.owner.tenantID == tenantID && $0.wrapped != nil }
      return count - state.keys.count
    }
  }

  public func claim(_ tenantIDs: [String]) async throws {
    try run { state in
      for id in tenantIDs where state.homes[id] == nil { state.homes[id] = home }
    }
  }

  public func restore(_ keys: [StoredKey], tenantID: String) async throws {
    try run { state in
      let lives = state.keys.contains { $0.owner.tenantID == tenantID && $0.wrapped != nil }
      if !lives {
        guard !keys.isEmpty else { throw VaultError.noKeys }
        state.keys += keys
      } else if keys.contains(where: { key in !state.keys.contains { $0.id == key.id } }) {
        throw VaultError.otherKeys
      }
      state.homes[tenantID] = home
      state.destroyed.remove(tenantID)
      state.change(tenantID)
    }
  }

  public func all(tenantID: String) async throws -> [StoredKey] {
    try run { $0.keys.filter { $0.owner.tenantID == tenantID } }
  }

  public func changes(since epoch: Int64?) async throws -> KeyChanges {
    try run { state in
      KeyChanges(
        epoch: state.epoch,
        tenantIDs: state.changes.filter { $0.value > epoch ?? .max }.map(\.key).sorted())
    }
  }

  public func roots(after id: String?, limit: Int) async throws -> [StoredKey] {
    try run { state in
      Array(
        state.keys.filter { $0.wrappingID == nil && $0.wrapped != nil && $0.id > id ?? "" }
          .sorted { $0.id < $1.id }.prefix(limit))
    }
  }

  public func rootSamples() async throws -> [StoredKey] {
    try run { state in
      var samples: [[UInt8]: StoredKey] = [:]
      for key in state.keys where key.wrappingID == nil {
        if let wrapped = key.wrapped { samples[Array(wrapped.prefix(9))] = key }
      }
      return Array(samples.values)
    }
  }

  public func rewrap(
    _ key: StoredKey, as wrapped: [UInt8], by wrappingID: String?
  ) async throws {
    try run { state in
      for index in state.keys.indices
      where state.keys[index].id == key.id && state.keys[index].wrapped == key.wrapped {
        state.keys[index].wrapped = wrapped
        state.keys[index].wrappingID = wrappingID
      }
    }
  }

  public func retire(
    _ ids: [String], olderThan age: Duration, tenantID: String
  ) async throws -> Int {
    try run { state in
      let wrapping = Set(state.keys.compactMap(\.wrappingID))
      let count = state.keys.count
      state.keys.removeAll {
        ids.contains($0.id) && $0.owner == .init(tenantID: tenantID) && !wrapping.contains($0.id)
      }
      state.change(tenantID)
      return count - state.keys.count
    }
  }

  public func useUp() async throws {
    try run { state in
      for key in state.keys where key.owner.purpose == .data { state.reserved[key.id] = 1 << 32 }
      for tenant in Set(state.keys.map(\.owner.tenantID)) { state.change(tenant) }
    }
  }
}
