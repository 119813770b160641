public import LibCrypto
import Mutation
import Synchronization

/// The vault of the program: a key of keys wraps the keys of tenants, a tenant's key wraps those of its
/// subjects, and values are sealed by the key of whom they tell of.
///
/// A key seals no more than 2^32 values, in all processes together: each process sets seals aside in
/// the key store before it makes them, and where no more are left the owner gets another key.
public final class TenantVault: DataVault {
  /// How many seals a process sets aside at once.
  static let reserve = 1 << 16

  let store: any KeyStore
  let encryption: any KeyEncryption
  let cache: KeyCache
  let newestFlights = SingleFlight<Flight<StoredKey.Owner>, KeyCache.Entry>()
  let keyFlights = SingleFlight<Flight<Set<String>>, [String: KeyCache.Entry]>()
  private let refreshes = SingleFlight<Bool, Void>()
  private let gate = KeyStoreGate()
  /// Whether the key of keys was tried on what it has wrapped.
  let isChecked = Atomic(false)
  private let older: Envelope?

  /// Creates a vault.
  ///
  /// - Parameters:
  ///   - older: opens what was sealed before there were keys of tenants.
  ///   - life: how long a process holds an unwrapped key.
  ///   - capacity: how many it holds.
  public init(
    store: any KeyStore, encryption: any KeyEncryption, older: Envelope? = nil,
    life: Duration = .seconds(300), capacity: Int = 20_000
  ) {
    self.store = store
    self.encryption = encryption
    self.older = older
    cache = KeyCache(life: life, capacity: capacity)
  }

  public func seal(
    _ value: [UInt8], at place: SealedPlace, subject: String?
  ) async throws -> [UInt8] {
    let owner = try await owner(subject, in: place.tenant)
    while true {
      let entry = try await newest(of: owner)
      // What is said of somebody who was erased is erased as it is written.
      if entry.key == nil, subject == nil { throw VaultError.destroyed }
      let header = SealedValue.header(keyID: entry.id)
      do throws(CryptoError) {
        return header
          + (try AESGCM.seal(
            value, key: entry.key ?? .generate(),
            authenticating: header + place.authenticatedData))
      } catch {
        guard error.code == .exhausted else { throw error }
        cache.drop(newestOf: owner)
      }
    }
  }

  public func open(_ sealed: [UInt8], at place: SealedPlace) async throws -> [UInt8]? {
    try await open([(sealed, place)])[0]
  }

  /// Opens values, whose keys are fetched together.
  ///
  /// - Returns: each value in its place; nil where its subject was erased.
  /// - Throws: `CryptoError` where one belongs to another place or was changed.
  public func open(_ values: [(sealed: [UInt8], place: SealedPlace)]) async throws -> [[UInt8]?] {
    var wanted: [String: Set<String>] = [:]
    for value in values where !isOlder(value.sealed) {
      wanted[value.place.tenant, default: []].insert(try SealedValue(value.sealed).keyID)
    }
    var keys: [String: [String: KeyCache.Entry]] = [:]
    for (tenant, ids) in wanted { keys[tenant] = try await self.keys(ids, tenantID: tenant) }
    return try values.map { sealed, place in
      if isOlder(sealed), let older { return try older.open(sealed, at: place) }
      let value = try SealedValue(sealed)
      guard let entry = keys[place.tenant]?[value.keyID] else { throw VaultError.unknownKey }
      guard let key = entry.key else { return nil }
      return try AESGCM.open(
        value.body, key: key, authenticating: value.header + place.authenticatedData)
    }
  }

  /// Opens a secret of the tenant's.
  ///
  /// - Throws: `VaultError.destroyed` also where whose it was is erased.
  public func secret(_ sealed: [UInt8], at place: SealedPlace) async throws -> [UInt8] {
    guard let secret = try await open(sealed, at: place) else { throw VaultError.destroyed }
    return secret
  }

  /// A key for one purpose that follows from the tenant's: those of other purposes tell nothing of it.
  public func derivedKey(for purpose: String, tenantID: String) async throws -> [UInt8] {
    try await hash(purpose, "derived key", tenantID)
  }

  /// The keyed hash by which a sealed column is searched for a value: equal values of one tenant's
  /// column have equal ones, and nobody without the tenant's index key can tell which.
  public func blindIndex(
    _ value: String, table: String, column: String, tenantID: String
  ) async throws -> [UInt8] {
    Array(try await hash(value, "blind index \(table).\(column)", tenantID).prefix(16))
  }

  /// Destroys the keys of a subject: whatever was sealed for it opens nowhere any more, and nothing is
  /// ever sealed for it again that opens. Other processes know within a second.
  ///
  /// - Returns: how many keys there were.
  @discardableResult
  public func erase(subject: String, tenantID: String) async throws -> Int {
    try await erase(
      subjectNamed: try await name(ofSubject: subject, tenantID: tenantID), tenantID: tenantID)
  }

  /// The same by the name that the key store has for the subject: to be done later by whoever is not to
  /// know whom.
  @discardableResult
  public func erase(subjectNamed name: [UInt8], tenantID: String) async throws -> Int {
    let owner = StoredKey.Owner(tenantID: tenantID, subject: name)
    var destroyed = 1
    // Also where it is not known what became of it.
    defer { if destroyed > 0 { cache.forget(tenantID: tenantID) } }
    destroyed = try await store.destroy(
      StoredKey(
        id: UUIDv7.make(), owner: owner, generation: 1, wrappingID: nil, wrapped: nil))
    return destroyed
  }

  /// The name that the key store has for a subject: a keyed hash, which says nobody's own.
  public func name(ofSubject subject: String, tenantID: String) async throws -> [UInt8] {
    try await owner(subject, in: tenantID).subject
  }

  /// The keys that ever sealed something for a subject, as UUIDs, destroyed ones too. Empty where
  /// nothing was, and it was not erased either.
  public func keyIDs(ofSubject subject: String, tenantID: String) async throws -> [String] {
    let owner = try await owner(subject, in: tenantID)
    return try await store.ids(of: owner)
  }

  /// Whether a subject was erased.
  public func isErased(subject: String, tenantID: String) async throws -> Bool {
    try await freshen()
    let owner = try await owner(subject, in: tenantID)
    guard let found = try await store.newest(of: owner, reserving: 0) else { return false }
    return found.key.wrapped == nil
  }

  /// Destroys the keys of a tenant, which gets none any more.
  ///
  /// - Returns: how many there were; nil where the tenant has moved into another database, whose rows
  ///   they seal: they stay.
  @discardableResult
  public func erase(tenantID: String) async throws -> Int? {
    defer { cache.forget(tenantID: tenantID) }
    return try await store.destroy(tenantID: tenantID)
  }

  /// Looks whether keys were destroyed, unless somebody is just doing so. To be called more often than
  /// once a second, so that no call has to wait for it.
  public func refresh() async throws {
    try await refreshes.run(true) { [store, cache, gate] in
      let (now, epoch) = (ContinuousClock.now, cache.epoch)
      let changes = try await gate.ask { try await store.changes(since: epoch) }
      cache.note(changes, since: epoch, askedAt: now)
    }
  }

  public func prepare(tenantID: String) async throws {
    _ = try await newest(of: .init(tenantID: tenantID))
  }

  /// Fetches what is sealed of one subject next, before a transaction begins that must not wait for the
  /// key store.
  public func prepare(subject: String, tenantID: String) async throws {
    _ = try await newest(of: try await owner(subject, in: tenantID))
  }

  /// Whether a value was sealed by another key than its owner's newest.
  public func isOutdated(_ sealed: [UInt8], subject: String?, tenantID: String) async throws -> Bool
  {
    if isOlder(sealed) { return true }
    let entry = try await newest(of: try await owner(subject, in: tenantID))
    return try SealedValue(sealed).keyID != entry.id
  }

  func freshen() async throws {
    let now = ContinuousClock.now
    guard cache.isStale(at: now), !Mutation.isOn(.keepsDestroyedKeys) else { return }
    try gate.pass(at: now)
    try await refresh()
    // What somebody else had begun to ask before this call came, may be too old for it.
    if cache.isStale(at: .now), !cache.wasChecked(since: now) { try await refresh() }
  }

  func owner(_ subject: String?, in tenantID: String) async throws -> StoredKey.Owner {
    guard let subject else { return .init(tenantID: tenantID) }
    return .init(tenantID: tenantID, subject: try await hash(subject, "subject", tenantID))
  }

  private func hash(_ text: String, _ purpose: String, _ tenantID: String) async throws -> [UInt8] {
    let entry = try await newest(of: .init(tenantID: tenantID, purpose: .index))
    guard let root = entry.key else { throw VaultError.destroyed }
    return HMACSHA256.code(
      of: Array(text.utf8), key: HMACSHA256.code(of: Array(purpose.utf8), key: root.bytes))
  }

  private func isOlder(_ sealed: [UInt8]) -> Bool {
    older != nil && sealed.first != SealedValue.version
  }
}
