import LibCrypto
import Mutation

extension TenantVault {
  /// Gives a tenant a new key; its subjects get theirs when something is sealed for them next. What the
  /// keys before sealed opens on.
  public func rotate(tenantID: String) async throws {
    try await freshen()
    let owner = StoredKey.Owner(tenantID: tenantID)
    let before = try await newest(of: owner)
    try await makeNext(behind: before.generation, owner)
    cache.forget(tenantID: tenantID)
  }

  /// Seals what a row has by the newest key.
  ///
  /// - Returns: nil where its subject was erased.
  public func resealed(
    _ sealed: [UInt8], table: String, column: String, row: String, subject: String?,
    tenantID: String
  ) async throws -> [UInt8]? {
    let place = SealedPlace(tenant: tenantID, table: table, column: column, row: row)
    guard let value = try await open(sealed, at: place) else { return nil }
    return try await seal(value, at: place, subject: subject)
  }

  /// Wraps the tenants' keys anew that an older key of keys wrapped; what they sealed stays as it is.
  /// What was done is done, also where it is cut off.
  ///
  /// - Returns: how many were wrapped.
  public func rewrap() async throws -> Int {
    var count = 0
    var last: String?
    while true {
      let keys = try await store.roots(after: last, limit: 100)
      guard let end = keys.last else { return count }
      for key in keys {
        guard let wrapped = key.wrapped, encryption.isOutdated(wrapped) else { continue }
        let place = Self.place(tenantID: key.owner.tenantID, id: key.id)
        let opened = try await encryption.unwrap(wrapped, for: place)
        try await store.rewrap(
          key, as: try await encryption.wrap(opened, for: place), by: nil)
        count += 1
      }
      last = end.id
    }
  }

  /// The tenant's own keys that were replaced; what they sealed opens on until they are retired.
  public func replacedKeys(tenantID: String) async throws -> [String] {
    let keys = try await store.all(tenantID: tenantID).filter {
      $0.owner == .init(tenantID: tenantID) && $0.wrapped != nil
    }
    let newest = keys.map(\.generation).max()
    return keys.filter { $0.generation != newest }.map(\.id)
  }

  /// Has the tenant's newest key wrap the keys of subjects that a replaced one wraps: those of before
  /// too, which what cannot be sealed anew still needs.
  ///
  /// - Returns: how many were wrapped.
  public func rewrapSubjects(tenantID: String) async throws -> Int {
    let owner = StoredKey.Owner(tenantID: tenantID)
    var count = 0
    for key in try await store.all(tenantID: tenantID) {
      guard let wrapped = key.wrapped, let before = key.wrappingID else { continue }
      guard before != (try await newest(of: owner)).id else { continue }
      guard let outer = try await keys([before], tenantID: tenantID)[before]?.key
      else { throw VaultError.unknownKey }
      let place = Self.place(tenantID: tenantID, id: key.id).authenticatedData
      let opened = try AESGCM.open(wrapped, key: outer, authenticating: place)
      let (anew, wrapping) = try await wrapByNewest(opened, of: owner, authenticating: place)
      try await store.rewrap(key, as: anew, by: wrapping)
      count += 1
    }
    return count
  }

  /// Wraps by the newest key of an owner, which may have sealed all that this process set aside of it.
  private func wrapByNewest(
    _ key: [UInt8], of owner: StoredKey.Owner, authenticating place: [UInt8]
  ) async throws -> (wrapped: [UInt8], wrappingID: String) {
    while true {
      let newest = try await newest(of: owner)
      guard let outer = newest.key else { throw VaultError.destroyed }
      do throws(CryptoError) {
        return (try AESGCM.seal(key, key: outer, authenticating: place), newest.id)
      } catch {
        guard error.code == .exhausted else { throw error }
        cache.drop(newestOf: owner)
      }
    }
  }

  /// Destroys keys of a tenant's own that were replaced. What they sealed opens nowhere any more: to be
  /// called where nothing names them.
  ///
  /// - Parameter age: those that were replaced within this time stay: a backup of the rows that is younger
  ///   may name them.
  /// - Returns: how many; those that were replaced just now stay at any rate.
  public func retire(
    _ ids: [String], olderThan age: Duration, tenantID: String
  ) async throws -> Int {
    defer { cache.forget(tenantID: tenantID) }
    return try await store.retire(ids, olderThan: age, tenantID: tenantID)
  }

  /// Gives every owner another key before its next seal: for a key store that came from a backup.
  public func useUp() async throws { try await store.useUp() }

  /// Says that the tenants' rows are in this database.
  public func claim(_ tenantIDs: [String]) async throws { try await store.claim(tenantIDs) }

  /// Tries the keys of keys on what each of them has wrapped.
  ///
  /// - Throws: `VaultError.wrongKeyEncryptionKey` where one of them is missing.
  public func check() async throws {
    for key in try await store.rootSamples() { try await check(key) }
    isChecked.store(true, ordering: .relaxed)
  }

  /// Wraps a key that nobody uses, and unwraps it: the key of keys may be in a token that was taken out.
  ///
  /// - Throws: why the key of keys cannot be used now.
  public func tryKeyOfKeys() async throws {
    let place = Self.place(tenantID: "", id: "trial")
    _ = try await encryption.unwrap(try await encryption.wrap(.generate(), for: place), for: place)
  }

  /// Once: a wrong key of keys would wrap keys that nobody opens when the right one is back.
  func checkOnce() async throws {
    if !isChecked.load(ordering: .relaxed) { try await check() }
  }

  func check(_ key: StoredKey) async throws {
    guard let wrapped = key.wrapped, !Mutation.isOn(.takesAnyKeyOfKeys) else { return }
    do {
      _ = try await encryption.unwrap(
        wrapped, for: Self.place(tenantID: key.owner.tenantID, id: key.id))
    } catch is CryptoError {
      throw VaultError.wrongKeyEncryptionKey
    }
  }
}
