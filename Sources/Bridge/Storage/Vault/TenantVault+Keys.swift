import LibCrypto

/// How keys come from the store.
extension TenantVault {
  /// What is under way: of a tenant, and behind what was forgotten of it, so that nobody joins what
  /// began before a key was destroyed.
  struct Flight<Wanted: Hashable & Sendable>: Hashable, Sendable {
    let wanted: Wanted
    let tenantID: String
    let turn: UInt64
  }

  /// The key that seals for an owner; made where there is none, and where the one there is has sealed
  /// all that it may or stands under a tenant's key that was replaced.
  func newest(of owner: StoredKey.Owner) async throws -> KeyCache.Entry {
    try await freshen()
    if let entry = cache.newest(of: owner) { return entry }
    let turn = cache.turn(of: owner.tenantID)
    return try await newestFlights.run(
      Flight(wanted: owner, tenantID: owner.tenantID, turn: turn)
    ) { try await self.fetchNewest(of: owner) }
  }

  private func fetchNewest(of owner: StoredKey.Owner) async throws -> KeyCache.Entry {
    // The key of indexes seals nothing, so that it is never used up: another one would find nothing of
    // what this one has indexed.
    let seals = owner.purpose == .index ? 0 : Self.reserve
    var isSure = false
    var attempts = 0
    while true {
      attempts += 1
      // Another process may have replaced the key that wraps, and destroyed it.
      if attempts > 3 { cache.drop(newestOf: .init(tenantID: owner.tenantID)) }
      let turn = cache.turn(of: owner.tenantID)
      let wrapping = try await wrapping(of: owner)
      guard let found = try await store.newest(of: owner, reserving: seals) else {
        try await add(1, owner, wrapping)
        continue
      }
      let key = found.key
      if key.wrapped == nil { return cache.hold(key, nil, asNewest: true, turn: turn) }
      if key.wrappingID != wrapping?.id, !isSure {
        // Another process may know a newer key of the tenant's: two that did not agree would replace
        // each other's for ever.
        cache.drop(newestOf: .init(tenantID: owner.tenantID))
        isSure = true
        continue
      }
      guard found.reserved || seals == 0, key.wrappingID == wrapping?.id else {
        try await add(key.generation + 1, owner, wrapping)
        continue
      }
      return cache.hold(
        key, try await unwrap(key, sealsLeft: UInt64(seals)), asNewest: true, turn: turn)
    }
  }

  private func wrapping(of owner: StoredKey.Owner) async throws -> KeyCache.Entry? {
    owner.subject.isEmpty ? nil : try await newest(of: .init(tenantID: owner.tenantID))
  }

  /// Keys by their names, unwrapped.
  func keys(_ ids: Set<String>, tenantID: String) async throws -> [String: KeyCache.Entry] {
    try await freshen()
    var result: [String: KeyCache.Entry] = [:]
    for id in ids { result[id] = cache.key(id, tenantID: tenantID) }
    let missing = ids.filter { result[$0] == nil }
    guard !missing.isEmpty else { return result }
    let turn = cache.turn(of: tenantID)
    let fetched = try await keyFlights.run(
      Flight(wanted: missing, tenantID: tenantID, turn: turn)
    ) { try await self.fetch(missing, tenantID: tenantID, turn: turn) }
    return result.merging(fetched) { _, new in new }
  }

  private func fetch(
    _ ids: Set<String>, tenantID: String, turn: UInt64
  ) async throws -> [String: KeyCache.Entry] {
    var result: [String: KeyCache.Entry] = [:]
    let stored = try await store.keys(ids.sorted(), tenantID: tenantID)
    let wrapping = Set(stored.compactMap { $0.wrapped == nil ? nil : $0.wrappingID })
    if !wrapping.isEmpty { _ = try await keys(wrapping, tenantID: tenantID) }
    for key in stored {
      let unwrapped = key.wrapped == nil ? nil : try await unwrap(key, sealsLeft: 0)
      result[key.id] = cache.hold(key, unwrapped, asNewest: false, turn: turn)
    }
    return result
  }

  /// Makes the next key of an owner, unless somebody else does at the same time.
  func makeNext(behind generation: Int, _ owner: StoredKey.Owner) async throws {
    try await add(generation + 1, owner, nil)
  }

  private func add(
    _ generation: Int, _ owner: StoredKey.Owner, _ wrapping: KeyCache.Entry?
  ) async throws {
    let id = UUIDv7.make()
    let place = Self.place(tenantID: owner.tenantID, id: id)
    let key = AES256Key.generate()
    let wrapped: [UInt8]
    if let wrapping {
      guard let outer = wrapping.key else { throw VaultError.destroyed }
      do throws(CryptoError) {
        wrapped = try AESGCM.seal(key.bytes, key: outer, authenticating: place.authenticatedData)
      } catch {
        guard error.code == .exhausted else { throw error }
        // It has sealed what this process set aside of it: the next look sets more aside.
        cache.drop(newestOf: .init(tenantID: owner.tenantID))
        return
      }
    } else {
      try await checkOnce()
      wrapped = try await encryption.wrap(key, for: place)
    }
    let mayHave = try await store.add(
      StoredKey(
        id: id, owner: owner, generation: generation, wrappingID: wrapping?.id, wrapped: wrapped))
    guard mayHave else { throw VaultError.destroyed }
  }

  private func unwrap(_ stored: StoredKey, sealsLeft: UInt64) async throws -> AES256Key {
    guard let wrapped = stored.wrapped else { throw VaultError.destroyed }
    let place = Self.place(tenantID: stored.owner.tenantID, id: stored.id)
    let bytes: [UInt8]
    if let id = stored.wrappingID {
      let outer = try await keys([id], tenantID: stored.owner.tenantID)[id]
      guard let outer = outer?.key else { throw VaultError.unknownKey }
      bytes = try AESGCM.open(wrapped, key: outer, authenticating: place.authenticatedData)
    } else {
      bytes = try await encryption.unwrap(wrapped, for: place).bytes
    }
    return try AES256Key(bytes, sealsLeft: sealsLeft)
  }

  static func place(tenantID: String, id: String) -> SealedPlace {
    SealedPlace(tenant: tenantID, table: "data_key", column: "wrapped", row: id)
  }
}
