import Foundation
import LibCrypto
import Pipeline
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import Platform

@Suite("Calls of people whose keys cannot be had yet")
struct AuditHeldEntryTests {
  private let lab: AuditWriterLab
  private let store = MemoryKeyStore()
  private let vault: TenantVault
  private let method = "/artel.audit.v1.AuditService/ListAuditEntries"

  init() throws {
    lab = try AuditWriterLab()
    vault = TenantVault(
      store: store, encryption: FileKeyEncryption(KeyEncryptionKey(.generate())))
  }

  private func keyStore(fails: Bool) { store.state.withLock { $0.fails = fails } }

  /// A person's call, which names a person in its message.
  private func call(of tenant: Tenant) -> CallRecord {
    let text = Array("artel:canary".utf8)
    return lab.record(
      of: tenant, method, kind: .user, request: [4 << 3 | 2, UInt8(text.count)] + text)
  }

  /// What the files of a folder hold, as text.
  private func files(of folder: String) -> String {
    (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? [])
      .compactMap { FileManager.default.contents(atPath: "\(folder)/\($0)") }
      .map { String(decoding: $0, as: UTF8.self) }.joined()
  }

  /// A call of the complex's own client.
  private func other(of tenant: Tenant) -> CallRecord {
    var record = lab.record(of: tenant)
    record.caller = Caller(
      tenant: tenant, principal: Principal(kind: .service, subject: "clients/lift"), rows: .tenant)
    record.address = "ipv4:198.51.100.1:1"
    return record
  }

  private func write(_ fixture: PlatformFixture, _ folder: String, _ tenant: Tenant) async throws {
    let writer = try lab.writer(fixture, folder, vault: vault)
    writer.record(call(of: tenant))
    writer.record(other(of: tenant))
    await writer.flush()
    try await writer.ship()
  }

  private func isFree(_ folder: String) -> Bool {
    (try? Spool(folder: "\(folder)/0", limit: 1)) != nil
  }

  /// A process leaves them in its spool, and is killed there.
  private func leave(_ fixture: PlatformFixture, _ folder: String, _ tenant: Tenant) async throws {
    try await write(fixture, folder, tenant)
    // What it had begun still ends.
    while !isFree(folder) { await Task.yield() }
  }

  /// A process that has another spool of the folder.
  private func second(_ fixture: PlatformFixture, _ folder: String) throws -> AuditWriter {
    let first = try Spool(folder: "\(folder)/0", limit: 1)
    return try withExtendedLifetime(first) { try lab.writer(fixture, folder, vault: vault) }
  }

  @Test(
    "wait in the spool, sealed, and nothing waits behind them; then the log has them, sealed",
    .covers("S-H4", "S-H7", "S-H8"))
  func held() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      try await lab.inFolder { folder in
        keyStore(fails: true)
        try await leave(fixture, folder, alpha)
        // The service's call does not wait.
        let before = try await lab.calls(fixture, alpha, vault: vault)
        #expect(before.map(\.call.principalKind) == ["SERVICE"])
        let files = files(of: folder)
        for text in ["canary", "artel:ann", "192.0.2"] { #expect(!files.contains(text), "\(text)") }

        // Another process, while the key store still fails, and when it answers again.
        let writer = try lab.writer(fixture, folder, vault: vault)
        try await writer.ship()
        try await writer.shipHeld(within: .seconds(60))
        #expect(try await lab.calls(fixture, alpha, vault: vault).count == 1)
        #expect(writer.waitsForKeys.withLock { $0 } && writer.statistics.spooled > 0)
        keyStore(fails: false)
        // The vault asks a store that has failed again after a moment.
        let end = ContinuousClock.now + .seconds(60)
        while writer.waitsForKeys.withLock({ $0 }), .now < end {
          try await writer.shipHeld(within: .seconds(60))
          try await Task.sleep(for: .milliseconds(10))
        }
        #expect(!writer.waitsForKeys.withLock { $0 } && writer.statistics.spooled == 0)

        let entries = try await lab.calls(fixture, alpha, vault: vault)
        let person = try #require(entries.first { $0.call.principalKind == "USER" })
        #expect(entries.count == 2 && person.actor == "artel:ann")
        #expect(person.call.address == "ipv4:192.0.2.7:40000" && !person.personalDigest.isEmpty)
        #expect(person.call.startTime?.microseconds == 1_700_000_000_123_456)
        let rows = try await fixture.database.sql(
          "SELECT e::text FROM artel.audit_entry AS e WHERE principal_kind = 'USER'")
        #expect(!rows.contains("canary") && !rows.contains("ann") && !rows.contains("192.0.2"))
        let sealed = Sealed()
        _ = try await fixture.sealer([sealed]).seal()
        let leaf = try #require(sealed.leaves.first { $0.entry.id == person.id })
        #expect(leaf.entry.leaf.first == 2)
        let line = AuditLine.text(of: leaf.entry, tenant: "alpha", leaf: nil)
        #expect(!line.contains("ann") && !line.contains("192.0.2"))

        try await vault.erase(subject: "artel:ann", tenantID: alpha.id)
        let left = try await lab.calls(fixture, alpha, vault: vault)
        #expect(left.contains { $0.actor == "[erased]" && $0.call.address == "[erased]" })
        #expect(try await fixture.verify(alpha, outside: sealed.checkpoints).size == 3)
      }
    }
  }

  @Test("are written by another process of the machine", .covers("S-H7"))
  func abandoned() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      try await lab.inFolder { folder in
        keyStore(fails: true)
        try await leave(fixture, folder, alpha)
        let writer = try second(fixture, folder)
        keyStore(fails: false)
        while try await lab.calls(fixture, alpha, vault: vault).count < 2 {
          try await writer.shipAbandoned()
        }
        let actors = try await lab.calls(fixture, alpha, vault: vault).map(\.actor)
        #expect(actors == ["clients/lift", "artel:ann"])
      }
    }
  }

  @Test("are set aside where they were sealed by another key of processes", .covers("S-H7"))
  func otherKey() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      try await lab.inFolder { folder in
        keyStore(fails: true)
        try await leave(fixture, folder, alpha)
        keyStore(fails: false)
        let other = try HeldEntry(signingKey: Ed25519Key(seed: [UInt8](repeating: 8, count: 32)))
        let writer = try lab.writer(fixture, folder, vault: vault, holding: other)
        try await writer.ship()
        try await writer.shipHeld(within: .seconds(60))
        #expect(writer.statistics.setAside == 1 && writer.statistics.spooled == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/0")
        #expect(names.contains { $0.hasSuffix(".aside") })
      }
    }
  }

  @Test("are written without the person where the tenant's keys are no more", .covers("S-H4"))
  func destroyed() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      try await lab.inFolder { folder in
        try await vault.erase(tenantID: alpha.id)
        let writer = try lab.writer(fixture, folder, vault: vault)
        writer.record(call(of: alpha))
        await writer.flush()
        try await writer.ship()
        let entries = try await lab.calls(fixture, alpha, vault: vault)
        let entry = try #require(entries.first)
        #expect(entry.actor.isEmpty && entry.call.address.isEmpty && !entry.originDigest.isEmpty)
      }
    }
  }
}
