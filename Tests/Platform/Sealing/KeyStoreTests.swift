import LibCrypto
import Postgres
import Storage
import TestSupport
import Testing

@testable import Platform

@Suite("The key store in PostgreSQL")
struct KeyStoreTests {
  private let tenant = UUIDv7.make()

  private func place(_ row: String = "1") -> SealedPlace {
    SealedPlace(tenant: tenant, table: "person", column: "sealed_login", row: row)
  }

  private func process(_ fixture: PlatformFixture) -> TenantVault {
    TenantVault(
      store: fixture.keyStore, encryption: FileKeyEncryption(fixture.key))
  }

  @Test("gives all processes one key of an owner, also where they make it at once", .covers("A10"))
  func together() async throws {
    try await PlatformFixture.with { fixture in
      let values = try await withThrowingTaskGroup(of: [UInt8].self) { group in
        for _ in 0..<8 {
          let vault = process(fixture)
          let place = place()
          group.addTask { try await vault.seal([7], at: place, subject: "artel:anna") }
        }
        return try await group.reduce(into: [[UInt8]]()) { $0.append($1) }
      }
      for value in values { #expect(try await process(fixture).open(value, at: place()) == [7]) }
      let keys = try await fixture.database.sql("SELECT count(*) FROM artel_keys.data_key")
      #expect(keys == "3")
    }
  }

  @Test("destroys a subject's keys for good, and everybody sees it", .covers("S-H4", "B03"))
  func destroys() async throws {
    try await PlatformFixture.with { fixture in
      let (vault, elsewhere) = (process(fixture), process(fixture))
      let sealed = try await vault.seal([7], at: place(), subject: "artel:anna")
      #expect(try await elsewhere.open(sealed, at: place()) == [7])
      let before = try await fixture.database.sql(
        "SELECT key_id || ' ' || encode(wrapped, 'hex') FROM artel_keys.data_key "
          + "WHERE octet_length(subject_hash) = 32")
      #expect(try await vault.erase(subject: "artel:anna", tenantID: tenant) == 1)
      #expect(try await vault.open(sealed, at: place()) == nil)
      #expect(
        try await eventually { try await elsewhere.open(sealed, at: place()) == nil })
      let late = try await elsewhere.seal([7], at: place(), subject: "artel:anna")
      #expect(try await vault.open(late, at: place()) == nil)
      // Not even who owns the table brings it back.
      let parts = before.split(separator: " ")
      let refusal = await #expect(throws: (any Error).self) {
        try await fixture.database.sql(
          "UPDATE artel_keys.data_key SET wrapped = '\\x\(parts[1])', destroy_time = NULL "
            + "WHERE key_id = '\(parts[0])'")
      }
      #expect("\(refusal as Any)".contains("the key is destroyed"))
    }
  }

  @Test("leaves everybody's keys in memory where an erased subject had none", .covers("S-D21"))
  func quiet() async throws {
    try await PlatformFixture.with { fixture in
      let vault = process(fixture)
      let sealed = try await vault.seal([7], at: place(), subject: "artel:anna")
      let epoch = "SELECT epoch FROM artel_keys.epoch"
      let before = try await fixture.database.sql(epoch)
      for _ in 0..<2 {
        #expect(try await vault.erase(subject: "artel:nobody", tenantID: tenant) == 0)
      }
      #expect(try await fixture.database.sql(epoch) == before)
      // What comes late for it opens for nobody all the same.
      let late = try await process(fixture).seal([7], at: place(), subject: "artel:nobody")
      #expect(try await vault.open(late, at: place()) == nil)
      #expect(try await vault.open(sealed, at: place()) == [7])
    }
  }

  @Test("lets its role neither add a key by hand nor delete one", .covers("S-D4"))
  func rights() async throws {
    try await PlatformFixture.with { fixture in
      for statement in [
        Statement("DELETE FROM artel_keys.data_key"),
        Statement("UPDATE artel_keys.epoch SET epoch = 1"),
        Statement(
          """
          INSERT INTO artel_keys.data_key (tenant_id, key_id, purpose, subject_hash, generation)
          VALUES (gen_random_uuid(), gen_random_uuid(), 'DATA', '', 1)
          """),
      ] {
        let error = await #expect(throws: PostgresError.self) {
          _ = try await fixture.keyPool.execute(statement, in: nil)
        }
        #expect(error?.sqlState == "42501")
      }
      // The application does not even see it.
      let error = await #expect(throws: PostgresError.self) {
        _ = try await fixture.app.query(Statement("SELECT 1 FROM artel_keys.data_key"), in: nil)
      }
      #expect(error?.sqlState == "42501")
    }
  }

  @Test("counts a key's seals across processes and takes another at 2^32", .covers("S-H1"))
  func counts() async throws {
    try await PlatformFixture.with { fixture in
      for _ in 0..<3 { _ = try await process(fixture).seal([7], at: place(), subject: nil) }
      let reserved = try await fixture.database.sql(
        "SELECT seals_reserved / 65536 FROM artel_keys.data_key WHERE purpose = 'DATA'")
      #expect(reserved == "3")
      try await fixture.database.sql("UPDATE artel_keys.data_key SET seals_reserved = 4294967296")
      let sealed = try await process(fixture).seal([7], at: place(), subject: nil)
      #expect(try await process(fixture).open(sealed, at: place()) == [7])
      let generations = try await fixture.database.sql(
        "SELECT string_agg(purpose || generation, ' ' ORDER BY purpose, generation) "
          + "FROM artel_keys.data_key")
      #expect(generations == "DATA1 DATA2")
    }
  }

  @Test("rolls the key of keys and rotates a tenant's", .covers("S-H2", "A11"))
  func rolls() async throws {
    try await PlatformFixture.with { fixture in
      let sealed = try await process(fixture).seal([7], at: place(), subject: "artel:anna")
      let next = KeyEncryptionKey(.generate())
      let rolling = TenantVault(
        store: fixture.keyStore,
        encryption: FileKeyEncryption(next, others: [fixture.key]))
      #expect(try await rolling.rewrap() == 2)
      try await rolling.rotate(tenantID: tenant)
      let after = TenantVault(
        store: fixture.keyStore, encryption: FileKeyEncryption(next))
      #expect(try await after.open(sealed, at: place()) == [7])
      #expect(
        try await after.isOutdated(sealed, subject: "artel:anna", tenantID: tenant))
      #expect(try await after.erase(tenantID: tenant) ?? 0 > 0)
      await #expect(throws: VaultError.unknownKey) {
        _ = try await after.open(sealed, at: place())
      }
    }
  }

  @Test(
    "takes a tenant's keys back from an archive, but not those of who was erased since",
    .covers("S-H4", "S-D20"))
  func archives() async throws {
    try await PlatformFixture.with { fixture in
      let vault = process(fixture)
      let anna = try await vault.seal([7], at: place(), subject: "artel:anna")
      let vera = try await vault.seal([8], at: place(), subject: "artel:vera")
      let index = try await vault.blindIndex("a", table: "t", column: "c", tenantID: tenant)
      let archive = try await vault.archivedKeys(tenantID: tenant)
      #expect(archive.count == 4)
      try await vault.erase(subject: "artel:anna", tenantID: tenant)
      try await vault.erase(tenantID: tenant)
      await #expect(throws: VaultError.unknownKey) { _ = try await vault.open(vera, at: place()) }
      // Nothing is sealed any more that would stand in the way.
      await #expect(throws: VaultError.destroyed) {
        _ = try await vault.seal([9], at: place(), subject: "artel:vera")
      }
      await #expect(throws: VaultError.noKeys) { try await vault.restore([], tenantID: tenant) }
      let strange = TenantVault(
        store: fixture.keyStore, encryption: FileKeyEncryption(KeyEncryptionKey(.generate())))
      await #expect(throws: VaultError.wrongKeyEncryptionKey) {
        try await strange.restore(archive, tenantID: tenant)
      }
      try await vault.restore(archive, tenantID: tenant)
      // Again, where the commit of the rows was cut off.
      try await vault.restore(archive, tenantID: tenant)
      #expect(try await process(fixture).open(vera, at: place()) == [8])
      #expect(
        try await process(fixture).blindIndex("a", table: "t", column: "c", tenantID: tenant)
          == index)
      #expect(try await process(fixture).open(anna, at: place()) == nil)
      let late = try await process(fixture).seal([7], at: place(), subject: "artel:anna")
      #expect(try await process(fixture).open(late, at: place()) == nil)
      await #expect(throws: (any Error).self) {
        try await vault.restore(["{}"], tenantID: tenant)
      }
      // What they have sealed since nobody knows: each owner has another for what it seals.
      let next = try await process(fixture).seal([7], at: place(), subject: nil)
      #expect(!archive.contains { $0.contains(next.keyID) })
    }
  }

  @Test("takes no other keys of a tenant than it has", .covers("S-D20"))
  func otherKeys() async throws {
    try await PlatformFixture.with { fixture in
      let vault = process(fixture)
      _ = try await vault.seal([7], at: place(), subject: "artel:anna")
      let archive = try await vault.archivedKeys(tenantID: tenant)
      try await fixture.database.sql(
        "DELETE FROM artel_keys.data_key; DELETE FROM artel_keys.tenant")
      let sealed = try await process(fixture).seal([8], at: place(), subject: "artel:anna")
      await #expect(throws: VaultError.otherKeys) {
        try await process(fixture).restore(archive, tenantID: tenant)
      }
      #expect(try await process(fixture).open(sealed, at: place()) == [8])
    }
  }

  @Test("keeps a tenant's keys where it has moved into another database", .covers("S-D19", "S-D20"))
  func moved() async throws {
    try await PlatformFixture.with { fixture in
      try await PlatformFixture.with { other in
        let there = TenantVault(
          store: PostgresKeyStore(pool: fixture.keyPool, rows: RowsDatabase(pool: other.app)),
          encryption: FileKeyEncryption(fixture.key))
        let here = process(fixture)
        let sealed = try await here.seal([7], at: place(), subject: "artel:anna")
        // It is here, whoever claims it later.
        try await there.claim([tenant])
        #expect(try await there.erase(tenantID: tenant) == nil)
        try await there.restore([], tenantID: tenant)
        #expect(try await here.erase(tenantID: tenant) == nil)
        #expect(try await there.open(sealed, at: place()) == [7])
        #expect(try await there.erase(tenantID: tenant) == 3)
      }
    }
  }

  @Test("leaves other tenants' keys in memory where one tenant's are destroyed", .covers("S-D21"))
  func changes() async throws {
    try await PlatformFixture.with { fixture in
      let vault = process(fixture)
      _ = try await vault.seal([7], at: place(), subject: "artel:anna")
      let epoch = try await fixture.keyStore.changes(since: nil)
      #expect(epoch.tenantIDs == [])
      try await vault.erase(subject: "artel:anna", tenantID: tenant)
      let after = try await fixture.keyStore.changes(since: epoch.epoch)
      #expect(after.epoch > epoch.epoch)
      #expect(after.tenantIDs == [tenant])
      #expect(try await fixture.keyStore.changes(since: after.epoch).tenantIDs == [])
    }
  }

  @Test("counts no seals backwards, and gives all another key behind a backup", .covers("S-H1"))
  func useUp() async throws {
    try await PlatformFixture.with { fixture in
      let first = try await process(fixture).seal([7], at: place(), subject: "artel:anna")
      let refusal = await #expect(throws: PostgresError.self) {
        _ = try await fixture.keyPool.execute(
          Statement("UPDATE artel_keys.data_key SET seals_reserved = 0"), in: nil)
      }
      // What the trigger raises.
      #expect(refusal?.sqlState == "P0001")
      let index = try await process(fixture).blindIndex(
        "a", table: "t", column: "c", tenantID: tenant)
      let vault = process(fixture)
      _ = try await vault.seal([7], at: place(), subject: "artel:anna")
      try await vault.useUp()
      try await vault.refresh()
      let second = try await vault.seal([7], at: place(), subject: "artel:anna")
      #expect(second.keyID != first.keyID)
      #expect(try await vault.open(first, at: place()) == [7])
      #expect(
        try await process(fixture).blindIndex("a", table: "t", column: "c", tenantID: tenant)
          == index)
    }
  }

  @Test("lets go of a replaced key when no backup of the rows is as old", .covers("S-H2"))
  func retiresByAge() async throws {
    try await PlatformFixture.with { fixture in
      let vault = process(fixture)
      _ = try await vault.seal([8], at: place(), subject: nil)
      try await vault.rotate(tenantID: tenant)
      try await fixture.database.sql(
        "UPDATE artel_keys.data_key SET create_time = now() - interval '34 days'")
      let replaced = try await vault.replacedKeys(tenantID: tenant)
      func retired(_ days: Int) async throws -> Int {
        try await vault.retire(replaced, olderThan: .seconds(days * 86_400), tenantID: tenant)
      }
      #expect(try await retired(35) == 0)
      #expect(try await retired(33) == 1)
    }
  }

  @Test("lets go of a replaced key whose successor went before it", .covers("S-H2"))
  func retiresOutOfTurn() async throws {
    try await PlatformFixture.with { fixture in
      let vault = process(fixture)
      _ = try await vault.seal([8], at: place(), subject: nil)
      try await vault.rotate(tenantID: tenant)
      let first = try await vault.replacedKeys(tenantID: tenant)
      try await vault.rotate(tenantID: tenant)
      let second = Set(try await vault.replacedKeys(tenantID: tenant)).subtracting(first)
      try await fixture.database.sql(
        "UPDATE artel_keys.data_key SET create_time = now() - interval '1 day'")
      for keys in [Array(second), first] {
        #expect(try await vault.retire(keys, olderThan: .zero, tenantID: tenant) == 1)
      }
      #expect(try await vault.replacedKeys(tenantID: tenant) == [])
    }
  }

  @Test("lets go of a replaced key a quarter of an hour later", .covers("S-H2", "A11"))
  func retires() async throws {
    try await PlatformFixture.with { fixture in
      let vault = process(fixture)
      let anna = try await vault.seal([7], at: place(), subject: "artel:anna")
      let own = try await vault.seal([8], at: place(), subject: nil)
      try await vault.rotate(tenantID: tenant)
      let replaced = try await vault.replacedKeys(tenantID: tenant)
      #expect(replaced.count == 1)
      #expect(try await vault.retire(replaced, olderThan: .zero, tenantID: tenant) == 0)
      try await fixture.database.sql(
        "UPDATE artel_keys.data_key SET create_time = now() - interval '16 minutes'")
      #expect(try await vault.retire(replaced, olderThan: .zero, tenantID: tenant) == 0)
      #expect(try await vault.rewrapSubjects(tenantID: tenant) == 1)
      #expect(try await vault.retire(replaced, olderThan: .zero, tenantID: tenant) == 1)
      #expect(try await process(fixture).open(anna, at: place()) == [7])
      await #expect(throws: VaultError.unknownKey) {
        _ = try await process(fixture).open(own, at: place())
      }
      // What seals now stays.
      let newest = try await fixture.keyStore.all(tenantID: tenant).map(\.id)
      #expect(try await vault.retire(newest, olderThan: .zero, tenantID: tenant) == 0)
    }
  }
}

extension [UInt8] {
  /// The key that a sealed value names.
  fileprivate var keyID: String {
    let digits = [Character](Hexadecimal.encode([UInt8](dropFirst().prefix(16))))
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
      .joined(separator: "-")
  }
}
