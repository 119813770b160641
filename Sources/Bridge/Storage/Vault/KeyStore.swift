/// A key as the key store has it.
public struct StoredKey: Sendable, Hashable {
  /// What a key is for.
  public enum Purpose: String, Sendable {
    /// Seals values, and a tenant's own also the keys of its subjects.
    case data = "DATA"
    /// Makes blind indexes, and the names of subjects in the store. Never rotated.
    case index = "INDEX"
  }

  /// Whose key: a tenant's, or a subject's of it.
  public struct Owner: Sendable, Hashable {
    /// The tenant.
    public var tenantID: String
    /// The purpose.
    public var purpose: Purpose
    /// The keyed hash of the subject's name; empty for the tenant's own.
    public var subject: [UInt8]

    /// Names an owner.
    public init(tenantID: String, purpose: Purpose = .data, subject: [UInt8] = []) {
      self.tenantID = tenantID
      self.purpose = purpose
      self.subject = subject
    }
  }

  /// Its name in sealed values, a UUID.
  public var id: String
  /// Whose it is.
  public var owner: Owner
  /// Counts from 1; the greatest one seals.
  public var generation: Int
  /// The tenant's key that wraps it; nil where the key of keys does.
  public var wrappingID: String?
  /// The key, wrapped; nil once it is destroyed.
  public var wrapped: [UInt8]?

  /// Names a key.
  public init(
    id: String, owner: Owner, generation: Int, wrappingID: String?, wrapped: [UInt8]?
  ) {
    self.id = id
    self.owner = owner
    self.generation = generation
    self.wrappingID = wrappingID
    self.wrapped = wrapped
  }
}

/// Where wrapped keys are: apart from what they seal, so that no backup of the one has the other.
public protocol KeyStore: Sendable {
  /// The newest key of an owner; nil where there is none.
  ///
  /// - Parameter seals: how many seals are set aside for the caller: what it does not use is lost.
  /// - Returns: the key, and whether that many were left of the 2^32 that one key may make.
  func newest(
    of owner: StoredKey.Owner, reserving seals: Int
  ) async throws -> (key: StoredKey, reserved: Bool)?

  /// The names of an owner's keys, destroyed ones too, in the order of their making.
  func ids(of owner: StoredKey.Owner) async throws -> [String]

  /// Keys by their names; what does not exist is left out.
  func keys(_ ids: [String], tenantID: String) async throws -> [StoredKey]

  /// Adds a key, unless somebody else has just added one of this owner and generation, or the key that
  /// wraps it is gone.
  ///
  /// - Returns: whether the tenant may have keys: not once its keys were destroyed.
  func add(_ key: StoredKey) async throws -> Bool

  /// Destroys every key of a subject, for ever: also where it had none, nothing is ever sealed for it
  /// again that opens.
  ///
  /// - Parameter tombstone: what stands for a subject that had no key.
  /// - Returns: how many keys there were.
  func destroy(_ tombstone: StoredKey) async throws -> Int

  /// Destroys every key of a tenant, which gets none any more.
  ///
  /// - Returns: how many there were; nil where the tenant has moved into another database of this key
  ///   store, and nothing was destroyed.
  func destroy(tenantID: String) async throws -> Int?

  /// Says that the tenants are in this database, unless it is said of another one.
  func claim(_ tenantIDs: [String]) async throws

  /// Says that a tenant has moved into this database, and takes its keys where the store has none. All
  /// of it is done, or nothing. Whoever was erased here stays erased, whatever is given. Keys that are
  /// taken count as used up, so that every owner soon has another.
  ///
  /// - Parameter keys: empty where the tenant comes from another database of this key store.
  /// - Throws: where the store has other keys of the tenant, or none and none are given.
  func restore(_ keys: [StoredKey], tenantID: String) async throws

  /// Every key of a tenant, in the order of their making; of erased subjects what stands for them.
  func all(tenantID: String) async throws -> [StoredKey]

  /// What was destroyed or replaced behind an epoch.
  func changes(since epoch: Int64?) async throws -> KeyChanges

  /// The keys that the key of keys wraps, of all tenants, behind a key.
  func roots(after id: String?, limit: Int) async throws -> [StoredKey]

  /// One key that the key of keys wraps for each key of keys that wraps any.
  func rootSamples() async throws -> [StoredKey]

  /// Replaces a wrapping by another of the same key, unless it was replaced or destroyed meanwhile.
  ///
  /// - Parameter wrappingID: the tenant's key that made it; nil where the key of keys did.
  func rewrap(_ key: StoredKey, as wrapped: [UInt8], by wrappingID: String?) async throws

  /// Deletes keys of a tenant's own that were replaced that long ago and wrap no other key.
  ///
  /// - Parameter age: in whole seconds; a quarter of an hour at least counts.
  /// - Returns: how many.
  func retire(_ ids: [String], olderThan age: Duration, tenantID: String) async throws -> Int

  /// Says of every key that it has sealed all that it may, so that every owner gets another. For a key
  /// store that came from a backup, whose counts are of before.
  func useUp() async throws
}

/// What has changed in a key store.
public struct KeyChanges: Sendable {
  /// Counts the changes.
  public var epoch: Int64
  /// Whose keys were destroyed or replaced.
  public var tenantIDs: [String]

  /// Names changes.
  public init(epoch: Int64, tenantIDs: [String]) {
    self.epoch = epoch
    self.tenantIDs = tenantIDs
  }
}
