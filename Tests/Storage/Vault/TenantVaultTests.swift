import LibCrypto
import StorageTestSupport
import TestSupport
import Testing

@testable import Storage

@Suite("The vault of tenants")
struct TenantVaultTests {
  private let store = MemoryKeyStore()
  private let key = KeyEncryptionKey(.generate())
  private let tenant = UUIDv7.make()
  private let words = Array("Anna, flat 7".utf8)

  private func vault(_ key: KeyEncryptionKey? = nil, others: [KeyEncryptionKey] = []) -> TenantVault
  {
    TenantVault(store: store, encryption: FileKeyEncryption(key ?? self.key, others: others))
  }

  private func place(
    _ tenant: String? = nil, _ table: String = "person", _ column: String = "sealed_login",
    _ row: String = "1"
  ) -> SealedPlace {
    SealedPlace(tenant: tenant ?? self.tenant, table: table, column: column, row: row)
  }

  @Test("opens what it sealed, in another process as well", .covers("S-H1"))
  func roundTrip() async throws {
    let vault = vault()
    for subject in [nil, "artel:anna"] {
      let sealed = try await vault.seal(words, at: place(), subject: subject)
      #expect(sealed != words)
      #expect(try await vault.open(sealed, at: place()) == words)
      #expect(try await self.vault().open(sealed, at: place()) == words)
    }
  }

  @Test("opens a value nowhere but in its tenant, table, column and row", .covers("S-H1", "A10"))
  func places() async throws {
    let vault = vault()
    let other = UUIDv7.make()
    _ = try await vault.seal(words, at: place(other), subject: "artel:anna")
    let sealed = try await vault.seal(words, at: place(), subject: "artel:anna")
    for place in [
      place(nil, "passkey"), place(nil, "person", "sealed_display_name"),
      place(nil, "person", "sealed_login", "2"),
    ] {
      let error = await #expect(throws: CryptoError.self) {
        _ = try await vault.open(sealed, at: place)
      }
      #expect(error?.code == .authentication)
    }
    // A tenant has no key of another's.
    await #expect(throws: VaultError.unknownKey) {
      _ = try await vault.open(sealed, at: place(other))
    }
  }

  @Test("refuses every changed bit, a shorter value and another version", .covers("S-H1"))
  func forged() async throws {
    let vault = vault()
    let sealed = try await vault.seal(words, at: place(), subject: nil)
    for index in sealed.indices {
      var forged = sealed
      forged[index] ^= 1
      await #expect(throws: (any Error).self) { _ = try await vault.open(forged, at: place()) }
    }
    for count in 0..<sealed.count {
      await #expect(throws: (any Error).self) {
        _ = try await vault.open(Array(sealed.prefix(count)), at: place())
      }
    }
    // The version before, whose keys are others.
    let older = Envelope(key: key)
    let both = TenantVault(store: store, encryption: FileKeyEncryption(key), older: older)
    #expect(
      try await both.open(try older.seal(words, at: place()), at: place()) == words)
    var downgraded = sealed
    downgraded[0] = 1
    await #expect(throws: CryptoError.self) {
      _ = try await both.open(downgraded, at: place())
    }
  }

  @Test("gives a subject's values to nobody once its key is destroyed", .covers("S-H4", "B03"))
  func erased() async throws {
    let (vault, elsewhere) = (vault(), vault())
    let anna = try await vault.seal(words, at: place(), subject: "artel:anna")
    let vera = try await vault.seal(words, at: place(), subject: "artel:vera")
    #expect(try await elsewhere.open(anna, at: place()) == words)
    #expect(try await vault.erase(subject: "artel:anna", tenantID: tenant) == 1)
    #expect(try await vault.isErased(subject: "artel:anna", tenantID: tenant))
    #expect(try await vault.open(anna, at: place()) == nil)
    // Another process has looked by then.
    try await elsewhere.refresh()
    #expect(try await elsewhere.open(anna, at: place()) == nil)
    #expect(try await elsewhere.open(vera, at: place()) == words)
    // What is said of her later is gone as it is written.
    let late = try await elsewhere.seal(words, at: place(), subject: "artel:anna")
    #expect(try await vault.open(late, at: place()) == nil)
    // And so for who had no key.
    try await vault.erase(subject: "artel:nobody", tenantID: tenant)
    let never = try await vault.seal(words, at: place(), subject: "artel:nobody")
    #expect(try await vault.open(never, at: place()) == nil)
  }

  @Test("uses no key that it holds where the key store cannot be asked", .covers("S-H4"))
  func blind() async throws {
    let vault = vault()
    let sealed = try await vault.seal(words, at: place(), subject: "artel:anna")
    store.state.withLock { $0.fails = true }
    #expect(try await vault.open(sealed, at: place()) == words)
    vault.cache.doubt()
    await #expect(throws: MemoryKeyStore.Failure.self) {
      _ = try await vault.open(sealed, at: place())
    }
  }

  @Test("seals by a new key after a rotation, and opens what both sealed", .covers("S-H2", "A11"))
  func rotation() async throws {
    let (vault, elsewhere) = (vault(), vault())
    let before = try await vault.seal(words, at: place(), subject: nil)
    let annaBefore = try await vault.seal(words, at: place(), subject: "artel:anna")
    #expect(try await elsewhere.open(before, at: place()) == words)
    try await vault.rotate(tenantID: tenant)
    #expect(try await vault.isOutdated(before, subject: nil, tenantID: tenant))
    #expect(try await vault.isOutdated(annaBefore, subject: "artel:anna", tenantID: tenant))
    let after = try await vault.seal(words, at: place(), subject: nil)
    let annaAfter = try await vault.seal(words, at: place(), subject: "artel:anna")
    #expect(try await !vault.isOutdated(annaAfter, subject: "artel:anna", tenantID: tenant))
    for sealed in [before, annaBefore, after, annaAfter] {
      #expect(try await vault.open(sealed, at: place()) == words)
      #expect(try await elsewhere.open(sealed, at: place()) == words)
    }
    // The index goes on.
    #expect(try await index("a", vault) == index("a", elsewhere))
  }

  @Test("wraps only keys anew when the key of keys is rolled", .covers("S-H2", "A11"))
  func roll() async throws {
    let before = try await vault().seal(words, at: place(), subject: "artel:anna")
    let next = KeyEncryptionKey(.generate())
    let rolling = vault(next, others: [key])
    let keys = store.state.withLock { $0.keys }
    #expect(try await rolling.rewrap() == keys.count { $0.wrappingID == nil })
    #expect(try await rolling.rewrap() == 0)
    #expect(
      store.state.withLock { $0.keys.filter { $0.wrappingID != nil } }
        == keys.filter { $0.wrappingID != nil })
    // The old one is not needed any more, and is of no use.
    #expect(try await vault(next).open(before, at: place()) == words)
    await #expect(throws: CryptoError.self) { _ = try await vault().open(before, at: place()) }
  }

  @Test("takes another key before one has sealed 2^32 values", .covers("S-H1"))
  func exhausted() async throws {
    let first = try await vault().seal(words, at: place(), subject: nil)
    store.state.withLock { state in
      for id in state.reserved.keys { state.reserved[id] = 1 << 32 }
    }
    let vault = vault()
    let second = try await vault.seal(words, at: place(), subject: nil)
    #expect(try SealedValue(first).keyID != (try SealedValue(second).keyID))
    #expect(try await vault.open(first, at: place()) == words)
    // A process that has used up what it set aside sets more aside.
    let entry = try await vault.newest(of: .init(tenantID: tenant))
    for _ in 0..<TenantVault.reserve - 1 { try entry.key?.countSeal() }
    #expect(throws: CryptoError.self) { try entry.key?.countSeal() }
    let third = try await vault.seal(words, at: place(), subject: nil)
    #expect(try SealedValue(third).keyID == (try SealedValue(second).keyID))
  }

  @Test("makes one key for an owner, however many processes ask at once", .covers("A10"))
  func together() async throws {
    let place = place()
    let ids = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<20 {
        let vault = vault()
        group.addTask {
          try SealedValue(try await vault.seal([1], at: place, subject: "artel:anna")).keyID
        }
      }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(ids.count == 1)
    // The tenant's, its index's, and hers.
    #expect(store.state.withLock { $0.keys.count } == 3)
  }

  @Test("has one index for equal values of one column of one tenant", .covers("A10"))
  func indexes() async throws {
    let vault = vault()
    let own = try await index("ann@example.org", vault)
    #expect(own.count == 16)
    #expect(try await index("ann@example.org", self.vault()) == own)
    #expect(try await index("ann@example.com", vault) != own)
    #expect(try await index("ann@example.org", vault, column: "other") != own)
    #expect(try await index("ann@example.org", vault, tenant: UUIDv7.make()) != own)
  }

  @Test("finds by an index whatever number of processes have asked for its key", .covers("A10"))
  func indexesForEver() async throws {
    let own = try await index("ann@example.org", vault())
    store.state.withLock { state in
      for id in state.reserved.keys { state.reserved[id] = 1 << 32 }
    }
    #expect(try await index("ann@example.org", vault()) == own)
  }

  @Test("takes the epoch of a key store that was restored, and forgets once", .covers("S-H4"))
  func restored() {
    let cache = KeyCache(life: .seconds(60), capacity: 4)
    let start = ContinuousClock.now
    cache.note(KeyChanges(epoch: 7, tenantIDs: []), since: nil, askedAt: start)
    cache.note(KeyChanges(epoch: 3, tenantIDs: []), since: 7, askedAt: start + .seconds(1))
    let turn = cache.turn(of: tenant)
    cache.note(KeyChanges(epoch: 3, tenantIDs: []), since: 3, askedAt: start + .seconds(2))
    #expect(cache.turn(of: tenant) == turn)
    // An answer that comes late says nothing.
    cache.note(KeyChanges(epoch: 7, tenantIDs: [tenant]), since: 3, askedAt: start)
    #expect(cache.turn(of: tenant) == turn)
  }

  private func index(
    _ value: String, _ vault: TenantVault, column: String = "login_index", tenant: String? = nil
  ) async throws -> [UInt8] {
    try await vault.blindIndex(
      value, table: "person", column: column, tenantID: tenant ?? self.tenant)
  }

  @Test("keeps no more keys than it was told")
  func bounded() async throws {
    let vault = TenantVault(
      store: store, encryption: FileKeyEncryption(key), capacity: 4)
    for number in 0..<10 {
      let sealed = try await vault.seal(words, at: place(), subject: "artel:\(number)")
      #expect(try await vault.open(sealed, at: place()) == words)
    }
  }

  @Test("gives up a tenant's keys with the tenant", .covers("S-D19"))
  func tenantErased() async throws {
    let vault = vault()
    let sealed = try await vault.seal(words, at: place(), subject: "artel:anna")
    try await vault.erase(subject: "artel:vera", tenantID: tenant)
    #expect(try await vault.erase(tenantID: tenant) ?? 0 > 0)
    await #expect(throws: VaultError.unknownKey) { _ = try await vault.open(sealed, at: place()) }
    #expect(store.state.withLock { $0.keys.count } == 1)
    // What comes late brings no keys back.
    await #expect(throws: VaultError.destroyed) {
      _ = try await vault.seal(words, at: place(), subject: "artel:late")
    }
  }
}
