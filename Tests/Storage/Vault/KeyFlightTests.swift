import LibCrypto
import StorageTestSupport
import TestSupport
import Testing

@testable import Storage

@Suite("Keys on their way from the store")
struct KeyFlightTests {
  private struct Failure: Error {}

  private let store = MemoryKeyStore()
  private let key = KeyEncryptionKey(.generate())
  private let tenant = UUIDv7.make()

  private func vault(_ key: KeyEncryptionKey? = nil) -> TenantVault {
    TenantVault(store: store, encryption: FileKeyEncryption(key ?? self.key))
  }

  private func place(_ tenant: String? = nil) -> SealedPlace {
    SealedPlace(tenant: tenant ?? self.tenant, table: "person", column: "sealed_login", row: "1")
  }

  private var reads: Int { store.state.withLock { $0.newestReads } }

  @Test("are fetched once for all who want them at the same time", .covers("S-H2"))
  func once() async throws {
    let (vault, place) = (vault(), place())
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<50 {
        group.addTask { _ = try await vault.seal([1], at: place, subject: "artel:anna") }
      }
      try await group.waitForAll()
    }
    // Of indexes, of the tenant and hers: each was missing, then made, then read.
    #expect(reads == 6)
  }

  @Test("stay in memory where another tenant's are destroyed", .covers("S-D21"))
  func others() async throws {
    let (vault, elsewhere, other) = (vault(), vault(), UUIDv7.make())
    for vault in [vault, elsewhere] {
      _ = try await vault.seal([1], at: place(), subject: "artel:anna")
    }
    let theirs = try await vault.seal([1], at: place(other), subject: "artel:vera")
    let before = reads
    try await vault.erase(subject: "artel:vera", tenantID: other)
    for vault in [vault, elsewhere] {
      try await vault.refresh()
      _ = try await vault.seal([1], at: place(), subject: "artel:anna")
    }
    #expect(reads == before)
    #expect(try await elsewhere.open(theirs, at: place(other)) == nil)
  }

  @Test("are pushed out by their own tenant's, not by another's", .covers("S-D21"))
  func capacity() async throws {
    let vault = TenantVault(store: store, encryption: FileKeyEncryption(key), capacity: 20)
    let other = UUIDv7.make()
    _ = try await vault.seal([1], at: place(), subject: "artel:anna")
    for number in 0..<50 {
      _ = try await vault.seal([1], at: place(other), subject: "artel:\(number)")
    }
    let before = reads
    _ = try await vault.seal([1], at: place(), subject: "artel:anna")
    #expect(reads == before)
  }

  @Test("are waited for by one alone once the store has failed", .covers("S-F9"))
  func gate() async throws {
    let gate = KeyStoreGate()
    try gate.pass(at: .now)
    await #expect(throws: Failure.self) { try await gate.ask { throw Failure() } }
    let failed = ContinuousClock.now
    #expect(throws: Failure.self) { try gate.pass(at: failed) }
    try gate.pass(at: failed + .seconds(1))
    _ = try await gate.ask {
      // Somebody finds out: nobody else waits.
      #expect(throws: Failure.self) { try gate.pass(at: failed + .seconds(1)) }
    }
    try gate.pass(at: failed)
  }

  @Test("wrap another's when the seals of theirs are used up", .covers("S-H1"))
  func usedUp() async throws {
    let vault = vault()
    _ = try await vault.seal([1], at: place(), subject: "artel:anna")
    let entry = try await vault.newest(of: .init(tenantID: tenant))
    while (try? entry.key?.countSeal()) != nil {}
    let sealed = try await vault.seal([1], at: place(), subject: "artel:vera")
    #expect(try await vault.open(sealed, at: place()) == [1])
  }

  @Test("are not made by a key of keys that opens none of those there are", .covers("S-H2"))
  func wrongKey() async throws {
    _ = try await vault().seal([1], at: place(), subject: nil)
    let wrong = vault(KeyEncryptionKey(.generate()))
    await #expect(throws: VaultError.wrongKeyEncryptionKey) { try await wrong.check() }
    await #expect(throws: VaultError.wrongKeyEncryptionKey) {
      _ = try await wrong.seal([1], at: place(UUIDv7.make()), subject: nil)
    }
    #expect(store.state.withLock { $0.keys.count } == 1)
    try await vault().check()
  }

  @Test("of a tenant that has moved are destroyed by nobody but its new database", .covers("S-D19"))
  func moved() async throws {
    let sealed = try await vault().seal([1], at: place(), subject: "artel:anna")
    let there = MemoryKeyStore(store, home: "there")
    let vaultThere = TenantVault(store: there, encryption: FileKeyEncryption(key))
    #expect(try await vaultThere.erase(tenantID: tenant) == nil)
    try await vaultThere.restore([], tenantID: tenant)
    #expect(try await vaultThere.open(sealed, at: place()) == [1])
    let here = MemoryKeyStore(there, home: "here")
    let vaultHere = TenantVault(store: here, encryption: FileKeyEncryption(key))
    #expect(try await vaultHere.erase(tenantID: tenant) == nil)
    #expect(try await vaultHere.open(sealed, at: place()) == [1])
  }

  @Test("are destroyed when they were replaced and nothing is sealed by them", .covers("S-H2"))
  func retired() async throws {
    let vault = vault()
    let old = try await vault.seal([1], at: place(), subject: nil)
    let anna = try await vault.seal([2], at: place(), subject: "artel:anna")
    #expect(try await vault.replacedKeys(tenantID: tenant) == [])
    try await vault.rotate(tenantID: tenant)
    let replaced = try await vault.replacedKeys(tenantID: tenant)
    #expect(replaced == [try SealedValue(old).keyID])
    // It wraps a subject's yet.
    #expect(try await vault.retire(replaced, olderThan: .zero, tenantID: tenant) == 0)
    #expect(try await vault.rewrapSubjects(tenantID: tenant) == 1)
    #expect(try await vault.retire(replaced, olderThan: .zero, tenantID: tenant) == 1)
    #expect(try await vault.open(anna, at: place()) == [2])
    #expect(try await self.vault().open(anna, at: place()) == [2])
    await #expect(throws: VaultError.unknownKey) { _ = try await vault.open(old, at: place()) }
  }
}
